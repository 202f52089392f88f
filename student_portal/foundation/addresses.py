"""One field for a mobile number or an e-mail address, as people type them.

A number may stand in any digits (full-width, Arabic), with spaces, brackets or +44. Only mobiles of the UK
and its islands are taken: other kinds cost money or cannot receive texts. The range kept for drama
(07700 900000 to 900999), which demos and tests use, counts as a mobile.
"""

import re
import unicodedata
from dataclasses import dataclass
from typing import Literal

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumber, PhoneNumberFormat, PhoneNumberType

Code = Literal["empty", "number", "landline", "not_uk_mobile", "two", "email"]

LONGEST_EMAIL = 254
_EMAIL = re.compile(
    r"[a-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}"
)
_BETWEEN_TWO = re.compile(r"[,;/&|\n]|\bor\b|\band\b", re.IGNORECASE)
_DRAMA = re.compile(r"7700900\d{3}")
_REGIONS = {"GB", "GG", "IM", "JE"}
_LONGEST_NUMBER = 17  # digits, with 00 before the country code; more are two numbers in a row
_FEWEST_DIGITS = 6  # fewer next to an address are a slip, not a second address


class AddressError(ValueError):
    """What was typed is not one address that we can use; `code` says why."""

    def __init__(self, code: Code) -> None:
        super().__init__(code)
        self.code: Code = code


@dataclass(frozen=True)
class Address:
    """One address. `value` is E.164 or a lower-case e-mail; `shown` is how people write it."""

    channel: Literal["sms", "email"]
    value: str
    shown: str


def parse(text: str) -> Address:
    """Read what somebody typed. Raises AddressError."""
    plain = _plain(text)
    if not plain:
        raise AddressError("empty")
    if _holds_two(plain):
        raise AddressError("two")
    return _email(plain) if "@" in plain else _mobile(plain)


def shown(value: str) -> str:
    """A stored address as people write it: 07700 900142."""
    if "@" in value:
        return value
    return phonenumbers.format_number(phonenumbers.parse(value), PhoneNumberFormat.NATIONAL)


def _plain(text: str) -> str:
    """ASCII digits and signs, without the invisible marks that phones paste along."""
    folded = unicodedata.normalize("NFKC", text)
    kept = (char for char in folded if unicodedata.category(char) != "Cf")
    return "".join(ascii_digit(char) for char in kept).strip()


def ascii_digit(char: str) -> str:
    """A digit of any script as 0 to 9; everything else stays."""
    value = unicodedata.decimal(char, None)
    return char if value is None else str(value)


def _holds_two(plain: str) -> bool:
    parts = [part for part in _BETWEEN_TWO.split(plain) if _whole(part)]
    words_with_at = sum("@" in word for word in plain.split())
    digits_beside = _digits(" ".join(word for word in plain.split() if "@" not in word))
    beside_an_email = words_with_at == 1 and digits_beside >= _FEWEST_DIGITS
    return len(parts) > 1 or words_with_at > 1 or beside_an_email or digits_beside > _LONGEST_NUMBER


def _whole(part: str) -> bool:
    return "@" in part or _digits(part) >= _FEWEST_DIGITS


def _digits(text: str) -> int:
    return sum(char.isdigit() for char in text)


def _email(plain: str) -> Address:
    value = plain.lower()
    if len(value) > LONGEST_EMAIL or not _EMAIL.fullmatch(value):
        raise AddressError("email")
    return Address("email", value, value)


def _mobile(plain: str) -> Address:
    number = _number(plain)
    if not _is_drama(number):
        _must_be_a_uk_mobile(number)
    value = phonenumbers.format_number(number, PhoneNumberFormat.E164)
    return Address("sms", value, shown(value))


def _number(plain: str) -> PhoneNumber:
    try:
        number = phonenumbers.parse(plain, "GB")
    except NumberParseException as unreadable:
        raise AddressError("number") from unreadable
    if not _is_drama(number) and not phonenumbers.is_valid_number(number):
        raise AddressError("number")
    return number


def _is_drama(number: PhoneNumber) -> bool:
    return number.country_code == 44 and bool(_DRAMA.fullmatch(str(number.national_number)))


def _must_be_a_uk_mobile(number: PhoneNumber) -> None:
    if phonenumbers.region_code_for_number(number) not in _REGIONS:
        raise AddressError("not_uk_mobile")
    kind = phonenumbers.number_type(number)
    if kind == PhoneNumberType.FIXED_LINE:
        raise AddressError("landline")
    if kind != PhoneNumberType.MOBILE:
        raise AddressError("not_uk_mobile")
