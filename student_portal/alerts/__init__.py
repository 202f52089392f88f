"""Answers that a named person must read before a session: whose, by when, read, and what was done.

Users: the therapist who owns an alert. Nothing here is a level, a colour or an order by severity.
Hazards: H01 (an answer nobody read), H11 (no score decides anything), H12 (an unanswered item is not a
"no"), H22 (one alert for one sent form, with what changed since the last).
"""
