"""Signed hand-offs between two of our own pages: never identity, never a secret.

For example the check page signs a digest of what it showed, so that Send sends that and nothing newer.
"""

from typing import Any

from itsdangerous import BadSignature, URLSafeSerializer

from student_portal.foundation import crypto


def sign(payload: Any, *, purpose: str) -> str:
    """A text for a hidden field that `read` gives back only for the same purpose."""
    return str(_serializer(purpose).dumps(payload))


def read(signed: str, *, purpose: str) -> Any:
    """What `sign` was given, or None if the text was changed or made for another purpose."""
    try:
        return _serializer(purpose).loads(signed)
    except BadSignature:
        return None


def _serializer(purpose: str) -> URLSafeSerializer:
    return URLSafeSerializer(crypto.keys().index, salt=purpose)
