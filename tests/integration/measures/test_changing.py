"""A student changes what they sent, until the session starts: version 2 of the same form (rules.md)."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial

import pytest

from student_portal.access.queries import Role, Viewer
from student_portal.audit import queries as audit
from student_portal.audit.queries import machine
from student_portal.consent import service as consent
from student_portal.consent.queries import Decision, Scope
from student_portal.episodes import queries as episode_facts
from student_portal.episodes import service as episodes
from student_portal.episodes.queries import SessionFacts
from student_portal.episodes.service import Slot
from student_portal.foundation import clock
from student_portal.foundation.clock import FrozenClock
from student_portal.foundation.errors import Conflict, NotFound, Refused
from student_portal.measures import queries, service
from tests.integration.measures import story
from tests.integration.measures.story import MOST, NOT_AT_ALL, OFTEN, SOMETIMES
from tests.integration.measures.test_at_once import at_once
from tests.support import care

Begin = Callable[[], str]


@pytest.fixture
def begin(student: Viewer, session: SessionFacts) -> Begin:
    """Press "Change an answer"."""
    return lambda: service.begin_change(session_id=session.id, by=student, at=clock.now())


@pytest.fixture
def first(student: Viewer, session: SessionFacts) -> str:
    """The form as first sent: item 1 often, nothing else above "not at all"."""
    story.fill(student, session, {1: OFTEN})
    return story.send(student, session)


def own(viewer: Viewer, session: SessionFacts) -> queries.Form:
    return queries.own_form(viewer, session.id, at=clock.now())


def only_form(therapist: Viewer, session: SessionFacts) -> queries.SentForm:
    (form,) = queries.scores_for_episode(therapist, session.episode_id)
    return form


def chosen(therapist: Viewer, response_id: str, item: int) -> str | None:
    return queries.response(therapist, response_id).lines[item - 1].chosen


def move(therapist: Viewer, session: SessionFacts, days: float) -> None:
    facts = episode_facts.session(session.id)
    assert facts.starts_at
    slot = Slot(facts.id, facts.starts_at + timedelta(days=days), 50, episode_facts.Mode.CAMPUS, "Room 2.14")
    episodes.move(slot=slot, seen_version=facts.version, by=therapist, at=clock.now())


@pytest.mark.hazard("H10")
def test_until_its_own_send_a_change_counts_nowhere(
    therapist: Viewer, student: Viewer, session: SessionFacts, first: str, begin: Begin
) -> None:
    begin()
    story.save(student, session, 1, NOT_AT_ALL)
    form = only_form(therapist, session)
    assert (form.response_id, form.earlier, chosen(therapist, first, 1)) == (first, (), "Often")
    state = queries.form_state(session.id)
    assert state
    assert (state.state, state.response_id, state.answered, state.version) == ("sent", first, 34, 1)
    assert not queries.form_not_sent(session.id), "no text asks for it again"


@pytest.mark.hazard("H10")
def test_sent_the_change_counts_and_the_form_as_first_sent_can_still_be_read(
    therapist: Viewer, student: Viewer, session: SessionFacts, first: str, begin: Begin
) -> None:
    before = only_form(therapist, session).line
    begin()
    story.save(student, session, 3, MOST)  # one of the ten of the line
    second = story.send(student, session)
    form = only_form(therapist, session)
    assert form.response_id == second != first
    assert [version.response_id for version in form.earlier] == [first]
    assert (form.is_changed, form.first_id) == (True, first)
    assert before
    assert form.line
    assert form.line.value != before.value, "scored anew"
    assert chosen(therapist, second, 1) == "Often"
    assert chosen(therapist, second, 3) == "Most or all the time"
    assert chosen(therapist, first, 3) == "Not at all"
    assert story.send(student, session) == second, "pressed twice"
    assert story.stored(session) == {}


def test_it_starts_from_what_was_sent_and_says_what_would_be_different(
    student: Viewer, session: SessionFacts, first: str, begin: Begin
) -> None:
    assert begin() == begin()
    form = own(student, session)
    assert form.is_change
    assert (form.changes, form.next_item, form.shown_position(1)) == ((), None, OFTEN)
    story.save(student, session, 1, None)
    story.save(student, session, 2, SOMETIMES)
    assert own(student, session).changes == (
        queries.Change(1, OFTEN, None),
        queries.Change(2, NOT_AT_ALL, SOMETIMES),
    )


def test_a_change_that_changes_nothing_is_not_sent(
    student: Viewer, session: SessionFacts, first: str, begin: Begin
) -> None:
    begin()
    story.save(student, session, 1, SOMETIMES)
    story.save(student, session, 1, OFTEN)
    with pytest.raises(Refused, match="unchanged"):
        story.send(student, session)
    assert [(form.version, form.state) for form in story.forms(session)] == [(1, "sent"), (2, "open")]


@pytest.mark.hazard("H13")
def test_never_mind_destroys_the_change_at_once_and_another_can_begin(
    student: Viewer, session: SessionFacts, first: str, begin: Begin
) -> None:
    begin()
    story.save(student, session, 1, NOT_AT_ALL)
    service.decline(session_id=session.id, by=student, at=clock.now())
    assert story.stored(session) == {}
    assert own(student, session).state.state == "sent"
    begin()
    assert own(student, session).changes == ()
    assert len(story.forms(session)) == 2


@pytest.mark.hazard("H13")
def test_a_link_opens_nothing_of_what_was_sent_and_changes_nothing(
    therapist: Viewer, student: Viewer, session: SessionFacts, first: str, begin: Begin
) -> None:
    link = Viewer(student.service_id, student.person_id, Role.LINK, about=session.id)
    with pytest.raises(NotFound):
        service.begin_change(session_id=session.id, by=link, at=clock.now())
    begin()
    form = own(link, session)
    assert (form.is_change, form.state.state, dict(form.given)) == (False, "sent", {})
    with pytest.raises(Refused, match="sent"):
        story.save(link, session, 1, NOT_AT_ALL)
    with pytest.raises(Refused, match="sent"):
        service.decline(session_id=session.id, by=link, at=clock.now())
    assert story.send(link, session) == first, "an old page's Send gives what was sent"
    assert own(student, session).is_change


@pytest.mark.hazard("H10")
def test_when_the_session_starts_an_unsent_change_is_gone_and_what_was_sent_stands(
    therapist: Viewer, student: Viewer, session: SessionFacts, first: str, begin: Begin, portal: FrozenClock
) -> None:
    begin()
    story.save(student, session, 1, NOT_AT_ALL)
    portal.move_to(care.at(12, 2, 14))
    assert own(student, session).is_change, "the start itself still belongs to the time before"
    portal.forward(seconds=1)
    assert not own(student, session).is_change
    with pytest.raises(Refused, match="sent"):
        story.save(student, session, 2, OFTEN)
    with pytest.raises(Refused, match="sent"):
        begin()
    assert story.send(student, session) == first
    assert only_form(therapist, session).response_id == first
    after = queries.after_send(student, session.id, at=clock.now())
    assert after
    assert (after.amend_until, after.has_begun_change) == (None, True), "the student is told"
    portal.move_to(care.at(12, 16, 13, 59))
    by = machine(therapist.service_id)
    assert service.destroy_unsent(at=clock.now(), by=by) == 0
    portal.move_to(care.at(12, 16, 14))
    assert service.destroy_unsent(at=clock.now(), by=by) == 1
    assert story.stored(session) == {}
    assert chosen(therapist, first, 1) == "Often"


def test_a_form_sent_late_cannot_be_changed(
    student: Viewer, session: SessionFacts, begin: Begin, portal: FrozenClock
) -> None:
    portal.move_to(care.at(12, 2, 14, 30))
    story.save(student, session, 1, OFTEN)
    story.send(student, session)
    with pytest.raises(Refused, match="sent"):
        begin()


def test_who_takes_back_the_permission_for_forms_keeps_what_was_sent_as_it_is(
    student: Viewer, session: SessionFacts, first: str, begin: Begin
) -> None:
    begin()
    consent.record(
        person_id=session.person_id, scope=Scope.DIGITAL_FORMS, decision=Decision.WITHDRAWN, by=student,
        at=clock.now(),
    )  # fmt: skip
    for act in (begin, partial(story.save, student, session, 1, 0), partial(story.send, student, session)):
        with pytest.raises(Refused, match="not_permitted"):
            act()


@pytest.mark.hazard("H10")
def test_a_change_never_crosses_over_to_the_fresh_form_after_a_move(
    therapist: Viewer, student: Viewer, sessions: tuple[SessionFacts, ...], portal: FrozenClock
) -> None:
    last = sessions[5]
    portal.move_to(care.at(1, 18, 10))
    story.fill(student, last, {1: OFTEN})
    first = story.send(student, last)
    service.begin_change(session_id=last.id, by=student, at=clock.now())
    story.save(student, last, 1, MOST)
    move(therapist, last, 14)
    assert not own(student, last).is_change
    assert own(student, last).state.state == "stale"
    portal.move_to(care.at(2, 2, 10))
    story.save(student, last, 1, SOMETIMES)
    second = story.send(student, last)
    forms = queries.scores_for_episode(therapist, last.episode_id)
    assert [(form.response_id, form.attempt, form.is_stale) for form in forms] == [
        (first, 1, True),
        (second, 2, False),
    ]
    assert chosen(therapist, second, 2) is None, "nothing was taken over"


@pytest.mark.hazard("H10")
def test_a_change_makes_an_old_form_no_younger(
    therapist: Viewer, student: Viewer, sessions: tuple[SessionFacts, ...], portal: FrozenClock
) -> None:
    last = sessions[5]
    portal.move_to(care.at(1, 18, 10))
    story.fill(student, last, {1: OFTEN})
    story.send(student, last)
    move(therapist, last, 4)
    service.begin_change(session_id=last.id, by=student, at=clock.now())
    story.save(student, last, 1, MOST)
    story.send(student, last)
    move(therapist, last, 4)  # eight days from where it stood when the answers were given
    state = queries.form_state(last.id)
    assert state
    assert state.state == "stale"
    (form,) = queries.scores_for_episode(therapist, last.episode_id)
    assert form.is_stale
    move(therapist, last, -4)
    assert only_form(therapist, last).is_changed, "moved back, the changed one counts"


@pytest.mark.hazard("H09")
def test_two_tabs_change_one_version_and_neither_sends_what_it_did_not_show(
    student: Viewer, session: SessionFacts, first: str, begin: Begin
) -> None:
    assert len(set(at_once(*[begin] * 4))) == 1
    assert len(story.forms(session)) == 2
    seen = own(student, session).seen
    story.save(student, session, 1, SOMETIMES)  # in the other tab
    with pytest.raises(Conflict):
        service.send(session_id=session.id, seen=seen, by=student, at=clock.now())
    press = partial(service.send, session_id=session.id, by=student, at=clock.now())
    late = partial(story.save, student, session, 2, OFTEN)
    one, other, _answer = at_once(press, press, late)
    assert one == other != first
    with pytest.raises(Refused, match="sent"):
        story.save(student, session, 3, OFTEN)
    assert story.stored(session) == {}


def test_what_was_begun_sent_and_dropped_is_in_the_activity_log(
    student: Viewer, session: SessionFacts, first: str, begin: Begin
) -> None:
    for act in (begin, partial(service.decline, session_id=session.id, by=student, at=clock.now()), begin):
        act()
    story.save(student, session, 1, SOMETIMES)
    story.send(student, session)
    verbs = [line.verb for line in audit.about(session.person_id) if line.subject_kind == "response"]
    assert verbs == [
        "measures.open", "measures.send", "measures.amend", "measures.drop_change", "measures.amend",
        "measures.send",
    ]  # fmt: skip


def test_how_many_sittings_it_took_is_kept(therapist: Viewer, student: Viewer, session: SessionFacts) -> None:
    story.save(student, session, 1, OFTEN, proof="a")
    story.save(student, session, 2, OFTEN, proof="b")
    story.save(student, session, 3, OFTEN, proof="b")
    story.send(student, session)
    assert only_form(therapist, session).devices == 2
