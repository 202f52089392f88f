"""What is dialled, texted or opened is what stands on the button."""

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from student_portal.foundation.errors import Refused
from student_portal.signposting import floor, service
from student_portal.signposting.queries import Content, Way, link

DIALLED = {Way.CALL: "tel:", Way.TEXT: "sms:"}
digits = st.text("0123456789", min_size=1, max_size=4)
numbers = st.builds(
    lambda plus, groups: plus + " ".join(groups),
    st.sampled_from(["", "+"]),
    st.lists(digits, min_size=1, max_size=5),
)
anything = st.text(max_size=24) | st.text("0123456789 +-()٣३３,;=&?#", max_size=24)


def accepted(way: Way, target: str) -> bool:
    """Whether an admin could save it; the verb judges before it touches a database."""
    content = Content(
        way=way, name="A", target=target, hours=None, cost="", what_happens="", who_answers="", takes="",
        for_whom="",
    )  # fmt: skip
    try:
        service.judge_target(content)
    except Refused:
        return False
    return True


@pytest.mark.hazard("H03")
@given(way=st.sampled_from(sorted(DIALLED)), target=numbers | anything)
def test_the_digits_dialled_are_the_digits_shown(way: Way, target: str) -> None:
    if accepted(way, target):
        dialled = link(way, target).removeprefix(DIALLED[way])
        assert dialled == target.replace(" ", "")
        assert dialled.removeprefix("+").isascii()
        assert dialled.removeprefix("+").isdigit()


@given(target=numbers.filter(lambda one: 4 <= len(one) <= 20))
def test_numbers_as_people_print_them_can_be_saved(target: str) -> None:
    assert accepted(Way.CALL, target)


@pytest.mark.hazard("H03")
@given(
    target=anything
    | st.sampled_from(["http:", "javascript:", "https:", "data:"]).flatmap(
        lambda scheme: anything.map(lambda rest: f"{scheme}//{rest}")
    )
)
def test_a_page_that_can_be_saved_is_opened_over_https_and_as_it_stands(target: str) -> None:
    if accepted(Way.WEB, target):
        assert target.startswith("https://")
        assert link(Way.WEB, target) == target


@pytest.mark.hazard("H03")
@pytest.mark.parametrize("way", sorted(floor.ROUTES))
def test_what_stands_in_code_follows_the_same_rule(way: Way) -> None:
    route = floor.ROUTES[way]
    assert accepted(way, route.target)
    assert route.href == DIALLED[way] + route.target.replace(" ", "")


hosts = st.text("abc.[]:@\\/?#%℀ \n-_", max_size=12)


@pytest.mark.hazard("H03")
@given(target=st.builds("https://{}".format, hosts | st.text(max_size=12)))
@example("https://[help.example")
@example("https://elsewhere.example\\.help.example")
def test_an_address_is_refused_in_words_or_opens_where_it_says(target: str) -> None:
    """A browser takes a backslash for a slash; what cannot be read at all is refused, and breaks nothing."""
    if accepted(Way.WEB, target):
        assert re.fullmatch(r"https://[^\s\"'<>\\@]+", target)
