"""The database fails at each of its calls in turn, on every page of every side: help, and no trace.

A run of everything takes each call of the students' pages and every third of the team's; `bin/test
sweep` all.
"""

from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import pytest

from student_portal.access.queries import Role
from student_portal.foundation.web import is_staff_side
from tests.support.routes import addresses
from tests.support.striking import struck
from tests.support.world import World, opened
from tests.sweeps.faults import wrong

ROLES = (Role.STUDENT, Role.ADMIN, Role.THERAPIST, Role.ANYONE, Role.DRAFT, Role.LINK)
UNASKED = ("/demo", "/staff/demo", "/static/", "/metrics")
MISTAKE = "⟦That is our mistake, not yours."


@pytest.fixture(params=["words", "pseudo-locale"])
def anywhere(request: pytest.FixtureRequest, seeded_data_dir: Path, tmp_path: Path) -> Iterator[World]:
    """The demo, in English and with every sentence marked."""
    with opened(seeded_data_dir, tmp_path, pseudo=request.param == "pseudo-locale") as standing:
        yield standing


@pytest.mark.hazard("H15")
def test_every_page_has_help_and_no_trace_whichever_call_fails(anywhere: World, full_sweep: bool) -> None:
    marked = anywhere.config.pseudo
    found, seen, untranslated = list[str](), set[str](), list[str]()
    for role in ROLES:
        browser = anywhere.browser(role)
        for path in addresses(anywhere):
            if path in seen or path.startswith(UNASKED) or browser.get(path).status_code != 200:
                continue
            seen.add(path)
            step = 3 if is_staff_side(path) and not full_sweep else 1
            answers = struck(lambda: browser.get(path), step=step)  # noqa: B023 - asked before the next path
            for answer in islice(answers, 2 if marked else None):
                found += [f"{role} {path}: {what}" for what in wrong(answer)]
                if answer.status_code == 503 and MISTAKE not in answer.text:
                    untranslated.append(path)
    assert found == []
    assert len(seen) > 35
    assert not marked or untranslated == []
