"""Row ids: made before the insert, in time order, telling nothing.

An id is 26 characters of Crockford's base 32 in lower case: 48 bits of milliseconds, 80 random bits.
"""

import secrets
from datetime import datetime

from student_portal.foundation import clock

ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
LENGTH = 26


def new(at: datetime | None = None) -> str:
    """A fresh id that sorts after those made in earlier milliseconds of the machine's time."""
    milliseconds = int((at or clock.real()).timestamp() * 1000)
    return _spell((milliseconds << 80) | secrets.randbits(80), LENGTH)


def reference() -> str:
    """Six characters a student can read out on the telephone, such as "7K4PQ2" (30 random bits)."""
    return _spell(secrets.randbits(30), 6).upper()


def _spell(number: int, length: int) -> str:
    return "".join(ALPHABET[(number >> 5 * place) & 31] for place in reversed(range(length)))
