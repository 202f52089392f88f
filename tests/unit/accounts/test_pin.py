"""What may be a PIN: nothing that somebody beside the phone would try first."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from student_portal.accounts.service.pins import weakness

BORN = date(2004, 5, 7)


@pytest.mark.parametrize("pin", ["730582", "9041837", "20197364"])
def test_six_to_eight_digits_that_say_nothing_will_do(pin: str) -> None:
    assert weakness(pin, BORN) is None


@pytest.mark.parametrize("pin", ["", "73058", "730582461", "73058a", "73 582", "٧٣٠٥٨٢"])
def test_anything_else_is_no_pin(pin: str) -> None:
    assert weakness(pin, BORN) == "digits"


@pytest.mark.parametrize("pin", ["111111", "123456", "987654", "890123", "121212", "123123", "12341234"])
def test_digits_that_repeat_or_count_are_refused(pin: str) -> None:
    assert weakness(pin, BORN) == "run"


@pytest.mark.parametrize(
    "pin", ["070504", "050704", "040507", "07052004", "20040507", "752004", "052004", "200405", "0705204"]
)
def test_the_birthday_is_refused_in_every_order(pin: str) -> None:
    assert weakness(pin, BORN) == ("born" if pin != "0705204" else None)


@given(st.dates(date(1930, 1, 1), date(2012, 12, 31)), st.permutations(["%d", "%m", "%Y"]))
def test_whatever_the_birthday(born: date, order: list[str]) -> None:
    assert weakness("".join(born.strftime(part) for part in order), born) in ("born", "run")
