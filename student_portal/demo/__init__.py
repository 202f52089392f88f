"""The demo: a phone that shows our texts, a clock that can be moved, and people to be.

Users: a newcomer who wants to live the whole service in ten minutes, alone. It cannot be switched on where a
real provider is configured, and outside the demo none of its routes exist. Hazard: H16 (no text may leave).
"""
