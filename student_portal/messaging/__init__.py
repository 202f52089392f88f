"""Texts and e-mails: queued by a verb, sent by the worker, and what is known of each address.

Journey: a room queues facts, never an address; at the moment of sending the permission, the session and the
address are asked again, the words are filled in and sealed, and what became of the message is recorded. What
may or may not have gone out is listed for staff and never sent again by the machine.
Users: students, who receive them and see the list; staff, who see what did not arrive.
Hazards: H04, H05, H14, H16, H17, H24.
"""
