"""What any web service needs: HTTP, SQL, time, text messages, cryptography.

Nothing here has ever heard of a student. Rooms to the right import these modules by name.
"""
