"""Two tabs or two devices in the same moment: one form, no answer lost, one Send."""

from collections.abc import Callable
from functools import partial

import pytest

from student_portal.access.queries import Viewer
from student_portal.alerts import queries as alerts
from student_portal.episodes.queries import SessionFacts
from student_portal.foundation import clock
from student_portal.measures import queries, service
from tests.integration.measures import story
from tests.integration.measures.story import OFTEN, SOMETIMES
from tests.support.together import at_once

TABS = 6


def test_starting_in_many_tabs_begins_one_form(student: Viewer, session: SessionFacts) -> None:
    begin = partial(service.open_form, session_id=session.id, by=student, at=clock.now())
    assert len(set(at_once(*[begin] * TABS))) == 1
    assert len(story.forms(session)) == 1


def answer(student: Viewer, session: SessionFacts, item: int, position: int) -> Callable[[], object]:
    return partial(
        service.save_answer,
        session_id=session.id, item=item, position=position, proof_id=None, by=student, at=clock.now(),
    )  # fmt: skip


def test_answers_from_many_tabs_are_all_kept_and_one_stands_for_an_item(
    student: Viewer, session: SessionFacts
) -> None:
    same = [answer(student, session, 1, position) for position in (SOMETIMES, OFTEN)]
    others = [answer(student, session, item, SOMETIMES) for item in (2, 3, 4, 5)]
    at_once(*same, *others)
    kept = story.stored(session)
    assert kept.pop(1) in (SOMETIMES, OFTEN)
    assert kept == dict.fromkeys((2, 3, 4, 5), SOMETIMES)


@pytest.mark.hazard("H02")
def test_an_answer_that_races_with_send_is_in_the_form_or_refused_never_lost_in_between(
    therapist: Viewer, student: Viewer, session: SessionFacts
) -> None:
    story.save(student, session, 16, SOMETIMES)
    press = partial(service.send, session_id=session.id, by=student, at=clock.now())
    first, second, late = at_once(press, press, answer(student, session, 1, OFTEN))
    assert first == second
    assert story.stored(session) == {}
    read = queries.response(therapist, str(first))
    assert read.lines[0].chosen == (None if late == "sent" else "Often")
    assert len(alerts.of_person(therapist, session.person_id)) == 1
