"""What still keeps the service from going live, and who decided to go live all the same.

Managers and admins read it, managers decide. Hazards: all, through the controls that are only planned.
"""
