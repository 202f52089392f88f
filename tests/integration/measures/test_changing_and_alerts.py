"""What a change of a sent form does to the alert: the same one, read again where it must be, then and now."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from questionnaires import load
from student_portal.access.queries import Viewer
from student_portal.alerts import queries as alerts
from student_portal.alerts import service as alert_verbs
from student_portal.alerts.queries import AlertView
from student_portal.duty import queries as duty
from student_portal.episodes import service as episodes
from student_portal.episodes.queries import SessionFacts
from student_portal.foundation import clock
from student_portal.foundation.clock import FrozenClock
from student_portal.foundation.errors import Conflict
from student_portal.measures import service
from tests.integration.measures import story
from tests.integration.measures.story import NOT_AT_ALL, OFTEN, ONLY_OCCASIONALLY, SOMETIMES
from tests.support import care

HURT = 9  # "I have thought of hurting myself"
PLANS = 16
SAFETY = (6, 9, 16, 22, 24, 34)


def sent(student: Viewer, session: SessionFacts, **answers: int | None) -> None:
    """The form is sent with these answers (`i9`: item 9) and "not at all" to every other safety question."""
    send_first(student, session, {int(item[1:]): position for item, position in answers.items()})


def send_first(student: Viewer, session: SessionFacts, answers: dict[int, int | None]) -> None:
    for item in (1, *SAFETY):
        story.save(student, session, item, answers.get(item, NOT_AT_ALL))
    story.send(student, session)


def change(student: Viewer, session: SessionFacts, answers: dict[int, int | None]) -> None:
    service.begin_change(session_id=session.id, by=student, at=clock.now())
    for item, position in answers.items():
        story.save(student, session, item, position)
    story.send(student, session)


def the_alert(therapist: Viewer, session: SessionFacts) -> AlertView:
    (found,) = alerts.of_person(therapist, session.person_id)
    return found


def read(therapist: Viewer, session: SessionFacts) -> None:
    alert_verbs.acknowledge(alert_id=the_alert(therapist, session).id, by=therapist, at=clock.now())


def tasks(therapist: Viewer) -> list[duty.TaskFacts]:
    return [task for task in duty.open_tasks(therapist) if task.kind == duty.TaskKind.ANSWER_TO_READ]


def said(alert: AlertView, item: int) -> tuple[tuple[str | None, ...], str | None] | None:
    """What it was and what it is, of an item that must be read."""
    found = next((one for one in alert.facts.above if one.item == item), None)
    return (found.earlier, found.chosen) if found else None


@pytest.mark.hazard("H01")
@pytest.mark.hazard("H22")
@pytest.mark.parametrize(
    ("before", "now"),
    [(NOT_AT_ALL, SOMETIMES), (SOMETIMES, OFTEN), (OFTEN, ONLY_OCCASIONALLY), (None, OFTEN)],
)
def test_a_new_answer_above_not_at_all_opens_the_same_alert_again_with_both(
    therapist: Viewer, student: Viewer, session: SessionFacts, portal: FrozenClock,
    before: int | None, now: int,
) -> None:  # fmt: skip
    sent(student, session, i16=OFTEN, i9=before)
    first = the_alert(therapist, session)
    read(therapist, session)
    portal.move_to(care.at(12, 1, 10))
    change(student, session, {HURT: now})
    alert = the_alert(therapist, session)
    assert (alert.id, alert.is_read) == (first.id, False)
    label = load("core_om").label_for
    assert said(alert, HURT) == ((None if before is None else label(before),), label(now))
    assert said(alert, PLANS) == ((), "Often"), "unchanged"
    assert alert.due_at == alert.facts.changed_at + timedelta(hours=4), "from the change on"  # type: ignore[operator]
    (task,) = tasks(therapist)
    assert (task.subject_id, task.due_at, task.owner_id) == (alert.id, alert.due_at, therapist.person_id)
    assert [step.state for step in alert.steps] == ["raised", "acknowledged", "raised"]


@pytest.mark.hazard("H01")
def test_without_an_alert_before_the_change_raises_one(
    therapist: Viewer, student: Viewer, session: SessionFacts
) -> None:
    sent(student, session)
    assert alerts.of_person(therapist, session.person_id) == []
    change(student, session, {HURT: SOMETIMES})
    alert = the_alert(therapist, session)
    assert said(alert, HURT) == (("Not at all",), "Sometimes")
    assert len(tasks(therapist)) == 1
    change(student, session, {HURT: OFTEN})
    assert the_alert(therapist, session).id == alert.id, "still the same form"
    assert said(the_alert(therapist, session), HURT) == (("Not at all", "Sometimes"), "Often")


@pytest.mark.hazard("H12")
@pytest.mark.parametrize(("now", "words"), [(NOT_AT_ALL, "Not at all"), (None, None)])
@pytest.mark.parametrize("is_read", [True, False])
def test_an_answer_taken_back_stays_beside_what_it_was_and_closes_nothing(
    therapist: Viewer,
    student: Viewer,
    session: SessionFacts,
    now: int | None,
    words: str | None,
    is_read: bool,
) -> None:
    sent(student, session, i9=SOMETIMES)
    before = the_alert(therapist, session)
    if is_read:
        read(therapist, session)
    change(student, session, {HURT: now})
    alert = the_alert(therapist, session)
    assert said(alert, HURT) == (("Sometimes",), words)
    assert (alert.is_read, alert.due_at) == (is_read, before.due_at)
    assert len(tasks(therapist)) == (not is_read)
    change(student, session, {1: OFTEN})
    assert said(the_alert(therapist, session), HURT) == (("Sometimes",), words), (
        "a later change hides nothing"
    )


@pytest.mark.hazard("H22")
def test_a_change_of_other_answers_leaves_the_alert_alone(
    therapist: Viewer, student: Viewer, session: SessionFacts
) -> None:
    sent(student, session, i9=SOMETIMES)
    read(therapist, session)
    before = the_alert(therapist, session)
    change(student, session, {1: OFTEN})
    assert the_alert(therapist, session) == before


@pytest.mark.hazard("H01")
def test_a_change_gives_an_unread_alert_no_more_time_and_less_if_the_session_is_near(
    therapist: Viewer, student: Viewer, session: SessionFacts, portal: FrozenClock
) -> None:
    portal.move_to(care.at(12, 2, 12))
    sent(student, session, i9=SOMETIMES)
    assert the_alert(therapist, session).due_at == session.starts_at
    portal.move_to(care.at(12, 2, 12, 30))
    change(student, session, {HURT: OFTEN})
    assert the_alert(therapist, session).due_at == session.starts_at
    portal.move_to(care.at(12, 2, 13, 30))
    change(student, session, {HURT: SOMETIMES})
    alert = the_alert(therapist, session)
    assert alert.due_at == alert.facts.changed_at, "less than an hour before: at once"
    (task,) = tasks(therapist)
    assert task.due_at == alert.due_at


@pytest.mark.hazard("H22")
def test_reading_the_words_of_before_does_not_mark_the_change_as_read(
    therapist: Viewer, student: Viewer, session: SessionFacts
) -> None:
    sent(student, session, i9=SOMETIMES)
    seen = the_alert(therapist, session)
    change(student, session, {HURT: OFTEN})
    with pytest.raises(Conflict):
        alert_verbs.acknowledge(alert_id=seen.id, seen_version=seen.version, by=therapist, at=clock.now())
    assert not the_alert(therapist, session).is_read
    again = the_alert(therapist, session)
    alert_verbs.acknowledge(alert_id=again.id, seen_version=again.version, by=therapist, at=clock.now())
    assert the_alert(therapist, session).is_read


steps = st.lists(
    st.one_of(
        st.just("read"),
        st.dictionaries(
            st.sampled_from((1, *SAFETY)), st.sampled_from((None, 0, 1, 3)), min_size=1, max_size=3
        ),
    ),
    min_size=1,
    max_size=5,
)


@pytest.mark.hazard("H01")
@pytest.mark.hazard("H22")
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(first=st.dictionaries(st.sampled_from(SAFETY), st.sampled_from((None, 0, 2))), steps=steps)
def test_whatever_is_changed_and_read_in_whatever_order(
    therapist: Viewer, portal: FrozenClock, first: dict[int, int | None], steps: list[object]
) -> None:
    """One alert at most; unread exactly when an answer above "not at all" is new since it was last read; and
    no answer that ever was above "not at all" can be missed in it.
    """
    portal.move_to(care.at(11, 30, 10))
    episode_id = care.in_therapy(therapist)
    slots = care.weekly(therapist, episode_id, care.at(12, 2) + timedelta(minutes=next(_apart)), numbers=1)
    episodes.book(bookings=slots, by=therapist, at=clock.now())
    session = care.sessions(therapist, episode_id)[0]
    student = care.as_student(therapist.service_id, session.person_id)
    now: dict[int, int | None] = {1: NOT_AT_ALL, **dict.fromkeys(SAFETY, NOT_AT_ALL), **first}
    send_first(student, session, first)
    ever = {item for item in SAFETY if now[item]}
    unread = bool(ever)
    for step in steps:
        if step == "read":
            if ever:
                read(therapist, session)
            unread = False
        else:
            assert isinstance(step, dict)
            news = {item: position for item, position in step.items() if now[item] != position}
            if not news:
                continue
            change(student, session, news)
            now.update(news)
            above = {item for item, position in news.items() if item in SAFETY and position}
            ever |= above
            unread = unread or bool(above)
        found = alerts.of_person(therapist, session.person_id)
        assert len(found) == bool(ever)
        for alert in found:
            assert alert.is_read is not unread
            assert {one.item for one in alert.facts.above} == ever
            assert duty.task_for(duty.TaskKind.ANSWER_TO_READ, alert.id) is None or unread


_apart = iter(range(0, 10_000, 60))
