"""Where to get help, now: the page everyone can open, and the rails on which staff edit it.

Users: anyone in distress, without an account; admins who change a number; the second person who approves.
999 and 111 stand in code and the page never fails. Hazards: H03, H07, H15.
"""
