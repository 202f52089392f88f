"""Universities and other organisations, one list per pathway, and dated facts about where a person belongs.

Users: students choosing their university, staff reading it, managers keeping the lists. Hazards: H20, H21.
"""
