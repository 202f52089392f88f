"""Who somebody is, how to reach them, and how they prove it in a browser.

Journey: a student types a number or an e-mail, gets a code, gives a date of birth and is signed in; or taps a
link in a text and gives a date of birth; a member of staff gives an e-mail, a password and six digits.
Users: students, all staff. Hazards: H02, H05, H13, H14.
"""
