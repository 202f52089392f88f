"""Sealing, blind indexes and one-way marks. The keys live outside the database.

A sealed value is `key id (1 byte) | nonce (12) | ciphertext and tag` under AES-256-GCM. Table, column, row
and key id are bound in as associated data, so a value moved to another row or column does not open.
"""

import base64
import hashlib
import hmac
import secrets
from collections.abc import Mapping
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

_NONCE = 12


class SealBroken(Exception):
    """A sealed value did not open: wrong row, wrong key, or changed bytes."""


@dataclass(frozen=True, repr=False)
class Keyring:
    """The data keys by id (1 to 255, 32 bytes each), which one seals now, and the blind indexes' key."""

    data: Mapping[int, bytes]
    current: int
    index: bytes


_keyring: Keyring | None = None


def install(keyring: Keyring) -> None:
    """Choose the keys of this process. Called once at start, and by tests."""
    global _keyring
    _keyring = keyring


def keys() -> Keyring:
    """The keys of this process. Raises RuntimeError before `install`."""
    if _keyring is None:
        raise RuntimeError("no keys are installed: call crypto.install first")
    return _keyring


def seal(value: bytes, *, table: str, column: str, row: str, key: Keyring) -> bytes:
    """Encrypt `value` for one cell of one row with the current data key."""
    nonce = secrets.token_bytes(_NONCE)
    bound = _bound(table, column, row, key.current)
    return bytes([key.current]) + nonce + AESGCM(key.data[key.current]).encrypt(nonce, value, bound)


def open(sealed: bytes, *, table: str, column: str, row: str, key: Keyring) -> bytes:
    """Decrypt what `seal` gave for the same cell. Raises SealBroken."""
    key_id = sealed[0] if sealed else 0
    if key_id not in key.data:
        raise SealBroken(f"{table}.{column} is sealed with a key that is not on the ring")
    try:
        bound = _bound(table, column, row, key_id)
        return AESGCM(key.data[key_id]).decrypt(sealed[1 : 1 + _NONCE], sealed[1 + _NONCE :], bound)
    except InvalidTag as broken:
        raise SealBroken(f"{table}.{column} does not open for this row") from broken


def _bound(table: str, column: str, row: str, key_id: int) -> bytes:
    return "\x1f".join((table, column, row, str(key_id))).encode()


def blind(value: str, *, purpose: str) -> bytes:
    """A keyed mark by which an exact value can be looked up without being stored (16 bytes).

    `purpose` keeps a phone number and a reference that happen to be equal apart.
    """
    message = f"{purpose}\x1f{value}".encode()
    return hmac.new(keys().index, message, hashlib.sha256).digest()[:16]


def token() -> str:
    """A secret for a link or a cookie: 128 random bits in 26 lower-case base-32 characters.

    Lower case and without punctuation, so that a phone that capitalises or cuts at a dot does no harm.
    """
    return base64.b32encode(secrets.token_bytes(16)).decode().rstrip("=").lower()


def digest(secret: str) -> bytes:
    """The only form in which a link's token or a cookie's secret is stored (SHA-256)."""
    return hashlib.sha256(secret.encode()).digest()
