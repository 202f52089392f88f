"""What somebody else with the phone and the date of birth cannot learn; and nothing sent to nobody."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from student_portal.access.queries import Viewer
from student_portal.alerts import queries as alerts
from student_portal.episodes import queries as dates
from student_portal.episodes import service as episodes
from student_portal.episodes.queries import SessionFacts
from student_portal.foundation import clock
from student_portal.foundation.clock import FrozenClock
from student_portal.foundation.errors import Refused
from student_portal.measures import queries
from tests.integration.measures import story
from tests.integration.measures.hand import Phone
from tests.integration.measures.story import NOT_AT_ALL, OFTEN, SOMETIMES


@pytest.mark.hazard("H13")
def test_the_pause_page_does_not_tell_a_later_proof_what_was_answered(
    hand: Phone, another_hand: Callable[[bool], Phone]
) -> None:
    hand.post()
    hand.tap(9, OFTEN)
    assert "Thank you for answering that honestly" in hand.open("/pause")
    later = another_hand(False)
    assert "Thank you for answering" not in later.open("/pause")
    assert later.where == "/1"


@pytest.mark.hazard("H13")
@pytest.mark.parametrize("taken_back", [False, True])
def test_nor_does_a_safety_answer_of_theirs_tell_it(
    hand: Phone, another_hand: Callable[[bool], Phone], taken_back: bool
) -> None:
    """With the pause page seen before, only the help block would come: that would say what was answered."""
    hand.post()
    hand.tap(9, OFTEN)
    assert hand.where == "/pause"
    if taken_back:
        hand.tap(9, NOT_AT_ALL)
    later = another_hand(False)
    later.tap(6, OFTEN)
    assert later.where == "/pause", "as on a form that nobody has answered yet"
    later.tap(16, OFTEN)
    assert later.where == "/17", "once for each proof"
    later.tap(6, SOMETIMES)
    assert later.where == "/7"


@pytest.mark.hazard("H13")
def test_a_hidden_answer_cannot_be_guessed_by_trying_until_the_check_page_looks_the_same(
    student: Viewer, session: SessionFacts
) -> None:
    marks = set()
    for word in (OFTEN, SOMETIMES, OFTEN):
        story.save(student, session, 9, word)
        marks.add(queries.own_form(student, session.id, at=clock.now()).seen)
    assert len(marks) == 3


@pytest.mark.hazard("H01")
def test_nothing_can_be_sent_once_nobody_would_read_it(
    hand: Phone, therapist: Viewer, sessions: tuple[SessionFacts, ...], portal: FrozenClock
) -> None:
    first = sessions[0]
    hand.post()
    hand.tap(9, OFTEN)
    _end(therapist, sessions, portal)
    for page in (hand.post("/send"), hand.tap(10, OFTEN), hand.open("/check"), hand.open()):
        assert "Your sessions have ended, so nobody would read it now." in page
    assert story.stored(first) == {9: OFTEN}
    assert alerts.unread(therapist) == []


@pytest.mark.hazard("H01")
def test_a_course_does_not_end_over_answers_that_nobody_has_read(
    student: Viewer, therapist: Viewer, sessions: tuple[SessionFacts, ...], portal: FrozenClock
) -> None:
    story.fill(student, sessions[0], {9: OFTEN})
    story.send(student, sessions[0])
    with pytest.raises(Refused, match="unread"):
        _end(therapist, sessions, portal)
    episodes.leave(person_id=str(student.person_id), by=student, at=clock.now())
    with pytest.raises(Refused, match="unread"):
        episodes.contacted(person_id=str(student.person_id), note="Rang.", by=therapist, at=clock.now())
    assert len(alerts.unread(therapist)) == 1


def _end(therapist: Viewer, sessions: tuple[SessionFacts, ...], portal: FrozenClock) -> None:
    """They met once, in the time in which a form may still be sent; the course is completed after it."""
    first, *others = sessions
    for facts in others:
        episodes.cancel(
            session_id=facts.id,
            by_student=False,
            seen_version=facts.version,
            by=therapist,
            at=clock.now(),
        )
    assert first.starts_at
    portal.move_to(first.starts_at + timedelta(minutes=30))
    episodes.attended(session_id=first.id, seen_version=first.version, by=therapist, at=clock.now())
    episode = dates.episode(therapist, first.episode_id)
    episodes.complete(episode_id=episode.id, seen_version=episode.version, by=therapist, at=clock.now())
