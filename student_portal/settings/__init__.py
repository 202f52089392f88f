"""What a service may decide for itself: typed, with a default, a hazard id and a history.

Users: managers, and every room to the right. Hazards: each setting names its own.
Deployment configuration (addresses, secrets) is not here but in `student_portal.config`.
"""
