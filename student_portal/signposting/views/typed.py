"""What stands in a hidden field of ours, read without trusting it."""

from student_portal.foundation.errors import NotFound


def number(typed: str | None) -> int:
    """A count of saves or of versions. Raises NotFound for anything that no page of ours holds."""
    if typed is None or not typed.isascii() or not typed.isdigit() or len(typed) > 9:
        raise NotFound("version")
    return int(typed)
