"""One field takes a mobile number or an e-mail address, however it is typed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from student_portal.foundation import addresses
from student_portal.foundation.addresses import Address, AddressError

SAM = Address("sms", "+447700900142", "07700 900142")


@pytest.mark.parametrize(
    "typed",
    [
        "07700 900142",
        "+44 7700 900142",
        "0044 7700 900142",
        "+44 (0)7700 900142",
        "(07700) 900-142",
        "٠٧٧٠٠ ٩٠٠١٤٢",
        "０７７００９００１４２",
        "\u202a07700\u200b900142\u202c",
        " 07700900142\n",
    ],
)
def test_a_mobile_is_the_same_number_however_it_is_typed(typed: str) -> None:
    assert addresses.parse(typed) == SAM


@pytest.mark.parametrize(
    "typed",
    ["Sam.Ashby@Example.COM", " sam.ashby@example.com ", "ｓam.ashby＠example.com"],
)
def test_an_email_is_kept_in_lower_case(typed: str) -> None:
    assert addresses.parse(typed) == Address("email", "sam.ashby@example.com", "sam.ashby@example.com")


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "empty"),
        (" \u200b ", "empty"),
        ("my number", "number"),
        ("07700 90014", "number"),
        ("0151 496 0000", "landline"),
        ("+1 212 555 0199", "not_uk_mobile"),
        ("070 1234 5678", "not_uk_mobile"),
        ("0906 123 4567", "not_uk_mobile"),
        ("0800 123 4567", "not_uk_mobile"),
        ("07700 900142 or 07700 900143", "two"),
        ("07700 900142 07700 900143", "two"),
        ("sam@example.com, 07700 900142", "two"),
        ("sam@example.com 07700900142", "two"),
        ("sam@example.com robin@example.com", "two"),
        ("sam@example.com\nBcc: robin@example.com", "two"),
        ("sam@example", "email"),
        ("sam ashby@example.com", "email"),
        ("<sam@example.com>", "email"),
        (f"{'s' * 300}@example.com", "email"),
    ],
)
def test_what_cannot_be_used_is_refused_with_its_reason(typed: str, code: str) -> None:
    with pytest.raises(AddressError) as refused:
        addresses.parse(typed)
    assert refused.value.code == code


@given(st.integers(0, 999))
def test_the_numbers_kept_for_drama_count_as_mobiles(last: int) -> None:
    assert addresses.parse(f"07700 900{last:03}").value == f"+447700900{last:03}"


@given(st.text(max_size=60) | st.from_regex(r"[0-9+() ./,@a-z]{0,40}", fullmatch=True))
def test_anything_typed_is_either_refused_or_an_address_that_reads_back_as_itself(typed: str) -> None:
    try:
        read = addresses.parse(typed)
    except AddressError:
        return
    assert addresses.parse(read.value) == read
    assert addresses.parse(read.shown) == read
    assert addresses.shown(read.value) == read.shown
