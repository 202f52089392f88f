"""What a therapist needs in the four minutes before a session: read first, who comes, where forms stand.

Users: therapists. Order on every page: what must be read, then what is missing, then the line; lists are in
time order only. Hazards: H01 (an answer nobody read), H02 (the wrong student), H10 (an old form read as a
new one), H11 (a score that decides), H12 (an unanswered item read as "no"), H21 (who may open a record).
"""
