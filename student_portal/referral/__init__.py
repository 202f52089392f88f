"""Asking for support: a student writes a request, sends it, and a person in the team decides what fits.

Users: students, on a phone, signed out; therapists, on the board of new requests. What a student writes is
theirs alone until Send. The answers suggest something to the reader and decide nothing.
Hazards: H07 (believing someone watches), H11 (gating), H13 (someone else at the phone), H14 (what a screen
betrays), H18 (a request lost or stuck), H20 (under 18).
"""
