"""What each student agreed to, purpose by purpose, and every time they changed their mind.

Journey: a student is asked one by one, sees what stands, and gives or withdraws in two taps without a reason.
Users: students; the care team reads. Hazards: H04, H05, H24.
"""
