"""From an accepted request to the last of six sessions: programme, numbered sessions, bookings, leaving.

Users: therapists, who book and say how a session went; students, who see their dates and may leave.
Hazards: H04 (nothing is sent after a withdrawal), H10 and H23 (the form follows the session's number and
date, whatever moves), H16 (a booking keeps its time on the wall clock when the clocks change).
"""
