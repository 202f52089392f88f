"""Send: one moment in which answers become a form, scores and, for some answers, somebody's task."""

from datetime import timedelta
from fractions import Fraction
from itertools import product

import pytest
from sqlmodel import func, select

from questionnaires import load
from student_portal.access.queries import Viewer
from student_portal.alerts import queries as alerts
from student_portal.alerts import service as alert_verbs
from student_portal.alerts.queries import Said
from student_portal.audit import queries as audit
from student_portal.duty import queries as duty
from student_portal.episodes import service as episodes
from student_portal.episodes.queries import SessionFacts
from student_portal.foundation import clock, crypto, db
from student_portal.foundation.clock import FrozenClock
from student_portal.foundation.errors import Conflict, NotFound, Refused
from student_portal.measures import queries, service
from student_portal.measures.models import QuestionnaireResponse, Score
from tests.integration.measures import story
from tests.integration.measures.story import MOST, NOT_AT_ALL, OFTEN, ONLY_OCCASIONALLY, SOMETIMES
from tests.support import care

SAFETY = (6, 9, 16, 22, 24, 34)


def only_alert(therapist: Viewer, session: SessionFacts) -> alerts.AlertView:
    (found,) = alerts.of_person(therapist, session.person_id)
    return found


def first_session(therapist: Viewer) -> SessionFacts:
    """Another student of this therapist, with a first session on Wednesday."""
    episode_id = care.in_therapy(therapist)
    slots = care.weekly(therapist, episode_id, care.at(12, 2), numbers=1)
    episodes.book(bookings=slots, by=therapist, at=clock.now())
    return care.sessions(therapist, episode_id)[0]


def test_scores_are_stored_exactly_and_read_back_as_stored(
    therapist: Viewer, student: Viewer, session: SessionFacts
) -> None:
    story.fill(student, session, {1: SOMETIMES})
    story.send(student, session)
    (form,) = queries.scores_for_episode(therapist, session.episode_id)
    whole = form.score()
    assert (form.number, form.label, form.is_late, form.is_stale) == (1, "CORE-34", False, False)
    # "Not at all" scores 4 on each of the eight reversed items; item 1 adds 2.
    assert whole is not None
    assert (whole.value, whole.shown, whole.answered) == (Fraction(34 * 10, 34), "10.0", 34)
    assert {score.scale for score in form.scores if score.definition_id == "core_om"} == {
        "all", "non_risk", "W", "P", "F", "R",
    }  # fmt: skip
    assert form.line is not None
    assert (form.line.value, form.is_embedded) == (Fraction(8), True), "items 3 and 7 inside the CORE-34"


@pytest.mark.hazard("H12")
def test_a_form_with_too_many_gaps_has_no_score_and_never_a_zero(
    therapist: Viewer, student: Viewer, session: SessionFacts
) -> None:
    story.fill(student, session, dict.fromkeys(range(1, 35)))
    story.send(student, session)
    (form,) = queries.scores_for_episode(therapist, session.episode_id)
    assert {(score.value, score.shown, score.answered) for score in form.scores} == {(None, None, 0)}
    assert alerts.of_person(therapist, session.person_id) == []


def test_what_was_sent_is_read_in_the_words_that_were_ticked(
    therapist: Viewer, student: Viewer, session: SessionFacts
) -> None:
    story.fill(student, session, {2: MOST, 16: OFTEN, 9: None})
    response_id = story.send(student, session)
    read = queries.response(therapist, response_id)
    said = {line.item: line.chosen for line in read.lines}
    assert (said[1], said[2], said[9], said[16]) == ("Not at all", "Most or all the time", None, "Often")
    assert [line.item for line in read.lines if line.is_above] == [16]
    assert [line.item for line in read.not_answered] == [9]
    assert read.rights == load("core_om").rights
    stranger = care.therapist(therapist.service_id, "N. Other")
    with pytest.raises(NotFound):
        queries.response(stranger, response_id)
    with pytest.raises(NotFound):
        queries.scores_for_episode(stranger, session.episode_id)


@pytest.mark.hazard("H13")
def test_before_send_not_even_the_therapist_can_read_a_word(
    therapist: Viewer, student: Viewer, session: SessionFacts
) -> None:
    story.save(student, session, 16, OFTEN)
    (form,) = story.forms(session)
    with pytest.raises(NotFound):
        queries.response(therapist, form.id)
    assert queries.scores_for_episode(therapist, session.episode_id) == []
    assert alerts.of_person(therapist, session.person_id) == []


@pytest.mark.hazard("H01")
def test_every_word_above_not_at_all_on_every_safety_item_reaches_a_named_person(therapist: Viewer) -> None:
    definition = load("core_om")
    for item, position in product(SAFETY, (ONLY_OCCASIONALLY, SOMETIMES, OFTEN, MOST)):
        owner = care.therapist(therapist.service_id)
        session = first_session(owner)
        student = care.as_student(therapist.service_id, session.person_id)
        story.save(student, session, item, position)  # and nothing else: the form cannot be scored
        story.send(student, session)
        alert = only_alert(owner, session)
        (said,) = alert.facts.above
        assert (said.item, said.words) == (item, definition.item(item).text)
        assert said.chosen == definition.label_for(position)
        assert [blank.item for blank in alert.facts.unanswered] == [i for i in SAFETY if i != item]
        task = duty.task_for(duty.TaskKind.ANSWER_TO_READ, alert.id)
        assert task is not None
        assert task.owner_id == alert.owner_id == owner.person_id
        assert task.due_at == alert.raised_at + timedelta(hours=4), "four working hours, on a Monday morning"


@pytest.mark.hazard("H12")
def test_not_at_all_everywhere_makes_no_alert_and_says_nothing_more(
    therapist: Viewer, student: Viewer, session: SessionFacts
) -> None:
    story.fill(student, session, {})
    story.send(student, session)
    assert alerts.of_person(therapist, session.person_id) == []


@pytest.mark.hazard("H22")
def test_an_alert_shows_what_was_chosen_when_it_was_last_asked(
    therapist: Viewer, student: Viewer, sessions: tuple[SessionFacts, ...], portal: FrozenClock
) -> None:
    story.fill(student, sessions[0], {16: ONLY_OCCASIONALLY})
    story.send(student, sessions[0])
    portal.move_to(care.at(12, 8))
    story.fill(student, sessions[1], {6: OFTEN}, items=10)  # the same words, in the CORE-10
    story.send(student, sessions[1])
    newest = alerts.of_person(therapist, sessions[0].person_id)[0]
    assert newest.facts.form == "CORE-10"
    assert newest.facts.above == (
        Said(6, "I made plans to end my life", "Often", "Only occasionally", was_asked_before=True),
    )


def test_sending_twice_sends_once(therapist: Viewer, student: Viewer, session: SessionFacts) -> None:
    story.fill(student, session, {16: SOMETIMES})
    first = story.send(student, session)
    assert story.send(student, session) == first
    with db.read() as unit:
        assert unit.exec(select(func.count()).select_from(Score)).one() == 7
    assert len(alerts.of_person(therapist, session.person_id)) == 1
    assert story.stored(session) == {}, "one sealed document instead of loose answers"
    verbs = [line.verb for line in audit.about(session.person_id)]
    assert verbs.count("measures.send") == 1


def test_an_answer_after_send_changes_nothing(
    therapist: Viewer, student: Viewer, session: SessionFacts
) -> None:
    story.fill(student, session, {})
    response_id = story.send(student, session)
    before = queries.response(therapist, response_id)
    with pytest.raises(Refused, match="sent"):
        story.save(student, session, 1, OFTEN)
    with pytest.raises(Refused, match="sent"):
        service.decline(session_id=session.id, by=student, at=clock.now())
    assert queries.response(therapist, response_id) == before


def test_send_sends_what_was_shown(student: Viewer, session: SessionFacts) -> None:
    story.save(student, session, 1, SOMETIMES)
    seen = queries.own_form(student, session.id, at=clock.now()).seen
    story.save(student, session, 1, OFTEN)  # in another tab
    with pytest.raises(Conflict):
        service.send(session_id=session.id, seen=seen, by=student, at=clock.now())
    seen = queries.own_form(student, session.id, at=clock.now()).seen
    assert service.send(session_id=session.id, seen=seen, by=student, at=clock.now())


def test_a_form_with_nothing_reached_is_not_sent(student: Viewer, session: SessionFacts) -> None:
    with pytest.raises(Refused, match="empty"):
        story.send(student, session)
    service.open_form(session_id=session.id, by=student, at=clock.now())
    with pytest.raises(Refused, match="empty"):
        story.send(student, session)


@pytest.mark.hazard("H01")
def test_if_the_alert_cannot_be_made_nothing_was_sent(
    monkeypatch: pytest.MonkeyPatch, student: Viewer, session: SessionFacts
) -> None:
    def broken(**_facts: object) -> str:
        raise OSError("disk full")

    story.save(student, session, 16, OFTEN)
    with monkeypatch.context() as patch:
        patch.setattr(alert_verbs, "raise_alert", broken)
        with pytest.raises(OSError, match="disk full"):
            story.send(student, session)
    assert story.stored(session) == {16: OFTEN}
    with db.read() as unit:
        assert unit.exec(select(func.count()).select_from(Score)).one() == 0
    assert story.send(student, session)


@pytest.mark.hazard("H02")
def test_a_sent_form_is_bound_to_its_row_and_its_session(
    therapist: Viewer, student: Viewer, sessions: tuple[SessionFacts, ...], portal: FrozenClock
) -> None:
    story.fill(student, sessions[0], {})
    first = story.send(student, sessions[0])
    portal.move_to(care.at(12, 8))
    story.fill(student, sessions[1], {}, items=10)
    second = story.send(student, sessions[1])
    with db.write():
        stolen = db.locked(QuestionnaireResponse, first).document_sealed
        db.locked(QuestionnaireResponse, second).document_sealed = stolen
    with pytest.raises(crypto.SealBroken):
        queries.response(therapist, second)


def test_not_at_all_is_the_first_box() -> None:
    assert load("core_om").label_for(NOT_AT_ALL) == "Not at all"
