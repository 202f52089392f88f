"""The student fills in the form before a session: one question a screen, each answer kept, then Send.

Users: students, by a text's link or signed in; the therapist reads what was sent through caseload.
Hazards: H01 (a safety answer not seen), H02, H06, H07 (the student believes someone watches), H09, H10, H12,
H13, H22, H23.
"""
