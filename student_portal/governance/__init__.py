"""What keeps the service from going live, who started or stopped the sending, and what came up since.

Managers and admins read it, managers decide. Hazards: all, through the controls that are only planned.
"""
