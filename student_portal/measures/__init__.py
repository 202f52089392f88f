"""The student fills in the form before a session: one question a screen, each answer kept, then Send; changes
an answer until the session starts, hears who has read it, and says what to talk about.

Users: students, by a text's link or signed in; the therapist reads what was sent through caseload.
Hazards: H01 (a safety answer not seen), H02, H06, H07 (the student believes someone watches), H09, H10, H12,
H13, H22, H23.
"""
