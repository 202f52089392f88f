"""Staff passwords (Argon2id) and their six-digit second factor (TOTP, RFC 6238)."""

import hmac

import pyotp
from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from student_portal.foundation import clock

# 19 MiB, two passes: OWASP's second choice, a sixth of the library's default in CPU.
_hasher = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
_SOMEBODY = _hasher.hash("nobody has this password")


def hashed(password: str) -> str:
    """The form in which a password is stored."""
    return _hasher.hash(password)


def matches(stored: str | None, password: str) -> bool:
    """Whether this is the password; takes as long when there is no such account (`stored` None)."""
    try:
        _hasher.verify(stored or _SOMEBODY, password)
    except (VerificationError, InvalidHashError):
        return False
    return stored is not None


def new_totp_secret() -> str:
    """A fresh secret for an authenticator app (base 32, 160 bits)."""
    return pyotp.random_base32()


def totp_now(secret: str) -> str:
    """The six digits an authenticator shows at this moment; the demo prints them."""
    return pyotp.TOTP(secret).at(clock.real())


def totp_step(secret: str, code: str) -> int | None:
    """The 30-second step this code belongs to, one step either side allowed; None if it is wrong.

    The caller stores the step and refuses it, and earlier ones, the next time: a code works once.
    """
    totp = pyotp.TOTP(secret)
    present = int(clock.real().timestamp()) // totp.interval
    for step in (present - 1, present, present + 1):
        if hmac.compare_digest(totp.generate_otp(step), code):
            return step
    return None
