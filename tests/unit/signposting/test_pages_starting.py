"""The pages that come with the software: short, kind, and none a dead end."""

import pytest

from student_portal.signposting.lint import findings
from student_portal.signposting.markdown import no_links
from student_portal.signposting.models import PageKey
from student_portal.signposting.pages_starting import BESIDE, FOR, STARTING
from student_portal.signposting.reading_age import reading_age


def test_there_is_one_for_every_reason() -> None:
    assert set(STARTING) == set(FOR) == set(PageKey)


@pytest.mark.hazard("H25")
@pytest.mark.parametrize("key", PageKey)
def test_each_keeps_to_our_words_and_reads_young(key: PageKey) -> None:
    page = STARTING[key]
    assert findings(f"{page.title}. {page.body}") == ()
    assert no_links(page.body) == []
    assert (reading_age(page.body) or 0) <= 10


@pytest.mark.hazard("H18")
def test_the_route_that_needs_a_gp_never_stands_alone() -> None:
    """Talking Therapies in Liverpool asks for a Liverpool GP, which those who ask us may not have."""
    for key, page in STARTING.items():
        if "Talking Therapies" in page.body:
            assert PageKey.REGISTER_WITH_GP in BESIDE[key]
            assert "university" in page.body
    assert BESIDE
