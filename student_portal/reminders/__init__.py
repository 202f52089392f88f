"""What to text and when: the form's link some days before a session, and a word the day before.

Journey: every minute the worker plans what is missing from bookings and forms; messaging sends it, after
asking everything again. Planning twice, or in two workers, makes one message.
Users: students who permitted texts or e-mails. Hazards: H04, H10, H16.
"""
