"""Who may see whom: roles, the care relation, and the person behind the present request.

"Access" is what staff may do; "permission" is only ever the student's (the consent room). Hazards: H02, H21.
"""
