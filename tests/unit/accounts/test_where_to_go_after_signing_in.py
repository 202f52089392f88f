"""After signing in a member of staff comes back to the page they wanted, and never to another host."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from student_portal.accounts.views.staff import local_path


@pytest.mark.parametrize("wanted", ["/staff", "/staff/caseload", "/staff/caseload/0abc?tab=form"])
def test_a_page_of_the_staff_is_kept(wanted: str) -> None:
    assert local_path(wanted) == wanted


@pytest.mark.parametrize(
    "wanted",
    [
        None,
        "",
        "/home",
        "/staffroom",
        "//evil.example/staff",
        "https://evil.example/staff/",
        "https:/staff/x",
        "\\\\evil.example/staff",
        "/staff/\\evil.example",
        "/staff/..//evil.example\n",
        "javascript:/staff/",
        "/\t/staff/",
    ],
)
def test_everything_else_is_forgotten(wanted: str | None) -> None:
    assert local_path(wanted) == ""


@given(st.text())
def test_whatever_is_asked_for_it_stays_under_staff_on_this_host(wanted: str) -> None:
    path = local_path(wanted)
    assert path == "" or (path.startswith("/staff") and "\\" not in path)
