"""Row ids: made before the insert, in the order of their making, telling nothing.

An id is 26 characters of Crockford's base 32 in lower case: 48 bits of milliseconds, 80 random bits. Within
one process each sorts after the one before, even in the same millisecond, so the newest row of a history has
the greatest id.
"""

import re
import secrets
from threading import Lock

from student_portal.foundation import clock

ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
LENGTH = 26
PATTERN = rf"^[{ALPHABET}]{{{LENGTH}}}\Z"

_RANDOM_BITS = 80
_lock = Lock()
_latest = 0


def new() -> str:
    """A fresh id, by the machine's time."""
    global _latest
    milliseconds = int(clock.real().timestamp() * 1000)
    drawn = (milliseconds << _RANDOM_BITS) | secrets.randbits(_RANDOM_BITS)
    with _lock:
        # A jump ahead by a random step keeps the next id unguessable within the same millisecond.
        _latest = max(drawn, _latest + 1 + secrets.randbits(40))
        return _spell(_latest, LENGTH)


def is_id(text: str) -> bool:
    """Whether this looks like one of ours."""
    return re.fullmatch(PATTERN, text) is not None


def reference() -> str:
    """Six characters a student can read out on the telephone, such as "7K4PQ2" (30 random bits)."""
    return _spell(secrets.randbits(30), 6).upper()


def _spell(number: int, length: int) -> str:
    return "".join(ALPHABET[(number >> 5 * place) & 31] for place in reversed(range(length)))
