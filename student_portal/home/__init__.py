"""A student's own pages: the next date, the form before it, permissions, the messages that were sent; and the
pages that are the same for everybody, with the way out.

Journey: sign in, see what comes next, fill in what is open, give or withdraw a permission in two taps.
Users: students; the public. Hazards: H04, H07, H13, H14.
"""
