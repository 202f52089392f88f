"""Who saw or changed what: an activity log that is only ever added to.

Users: managers, privacy leads and, about their own record, students. Hazards: H02, H21.
"""
