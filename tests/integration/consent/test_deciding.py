"""A permission counts from when it is given until it is withdrawn, and the ledger keeps both."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from student_portal.access.queries import Viewer
from student_portal.accounts import queries as accounts
from student_portal.accounts import service as people
from student_portal.consent import queries, service
from student_portal.consent.queries import Decision, Scope
from student_portal.foundation import clock, ids
from student_portal.foundation.clock import FrozenClock
from student_portal.foundation.errors import NotFound
from student_portal.messaging import service as messaging
from student_portal.messaging.queries import Channel, MessageState, messages_to
from tests.support import care
from tests.support.students import make_student


@pytest.fixture
def sam(service_id: str) -> Viewer:
    return care.as_student(service_id, make_student())


def decide(student: Viewer, scope: Scope, decision: Decision) -> None:
    service.record(
        person_id=str(student.person_id), scope=scope, decision=decision, by=student, at=clock.now()
    )


def allowed(student: Viewer, scope: Scope) -> bool:
    return queries.allows(scope, "", str(student.person_id), clock.now())


def test_nothing_is_allowed_before_it_is_asked(sam: Viewer) -> None:
    assert not any(allowed(sam, scope) for scope in Scope)
    assert {standing.since for standing in queries.standing(sam, str(sam.person_id))} == {None}


def test_giving_and_withdrawing_count_from_their_moment(sam: Viewer, portal: FrozenClock) -> None:
    before = clock.now() - timedelta(seconds=1)
    decide(sam, Scope.SMS, Decision.GIVEN)
    assert allowed(sam, Scope.SMS)
    assert not queries.allows(Scope.SMS, "", str(sam.person_id), before)
    assert not queries.allows(Scope.SMS, ids.new(), str(sam.person_id), clock.now())

    portal.forward(hours=1)
    decide(sam, Scope.SMS, Decision.WITHDRAWN)
    assert not allowed(sam, Scope.SMS)


def test_the_ledger_keeps_every_change_and_the_words_that_were_shown(
    sam: Viewer, portal: FrozenClock
) -> None:
    for decision in (Decision.NOT_GIVEN, Decision.GIVEN, Decision.GIVEN, Decision.WITHDRAWN):
        decide(sam, Scope.DIGITAL_FORMS, decision)
        portal.forward(minutes=1)
    entries = queries.ledger(sam, str(sam.person_id))
    assert [entry.decision for entry in entries] == ["withdrawn", "given", "not_given"]
    assert {entry.text_version for entry in entries} == {queries.text(Scope.DIGITAL_FORMS).version}
    assert all(entry.by_student for entry in entries)


def test_what_stands_says_as_the_ledger_does_who_entered_it(
    service_id: str, sam: Viewer, portal: FrozenClock
) -> None:
    person_id, therapist = str(sam.person_id), care.therapist(service_id)
    decide(sam, Scope.SMS, Decision.GIVEN)
    decide(sam, Scope.DIGITAL_FORMS, Decision.GIVEN)
    portal.forward(minutes=1)
    service.record(
        person_id=person_id,
        scope=Scope.SMS,
        decision=Decision.WITHDRAWN,
        channel="spoken",
        by=therapist,
        at=clock.now(),
    )
    stands = {one.scope: one for one in queries.standing(sam, person_id)}
    assert (stands[Scope.SMS].decision, stands[Scope.SMS].by_student) == ("withdrawn", False)
    assert (stands[Scope.DIGITAL_FORMS].given, stands[Scope.DIGITAL_FORMS].by_student) == (True, True)
    assert (stands[Scope.EMAIL].since, stands[Scope.EMAIL].by_student) == (None, False)
    assert [entry.by_student for entry in queries.ledger(sam, person_id)] == [False, True, True]


def test_nobody_else_reads_the_ledger(service_id: str, sam: Viewer) -> None:
    other = care.as_student(service_id, make_student("Robin", address="+447700900143"))
    for ask in (queries.ledger, queries.standing):
        with pytest.raises(NotFound):
            ask(other, str(sam.person_id))


@pytest.mark.hazard("H04")
def test_withdrawing_texts_takes_back_those_that_wait_and_leaves_e_mails(sam: Viewer) -> None:
    decide(sam, Scope.SMS, Decision.GIVEN)
    for channel in Channel:
        messaging.queue(
            kind="booked",
            channel=channel,
            recipient_id=sam.person_id,
            facts={},
            about=None,
            due_at=clock.now() + timedelta(hours=1),
            expires_at=clock.now() + timedelta(days=1),
            by=sam,
            at=clock.now(),
        )
    decide(sam, Scope.SMS, Decision.WITHDRAWN)
    states = {message.channel: message.state for message in messages_to(sam, str(sam.person_id))}
    assert states == {Channel.SMS: MessageState.DROPPED, Channel.EMAIL: MessageState.QUEUED}


@pytest.mark.hazard("H04")
def test_withdrawing_forms_closes_their_links(sam: Viewer) -> None:
    token = people.make_link(
        person_id=str(sam.person_id),
        about=ids.new(),
        target="/form/x",
        closes_at=clock.now() + timedelta(days=1),
        by=sam,
        at=clock.now(),
    )
    decide(sam, Scope.DIGITAL_FORMS, Decision.WITHDRAWN)
    assert accounts.find_link(token, clock.now()) is None


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(st.tuples(st.sampled_from(list(Scope)), st.sampled_from(list(Decision))), max_size=8))
def test_the_newest_decision_is_the_one_that_counts(
    service_id: str, portal: FrozenClock, steps: list[tuple[Scope, Decision]]
) -> None:
    student = care.as_student(service_id, make_student())
    last = dict.fromkeys(Scope, Decision.NOT_GIVEN)
    for scope, decision in steps:
        decide(student, scope, decision)
        last[scope] = decision
    assert {scope: allowed(student, scope) for scope in Scope} == {
        scope: decision is Decision.GIVEN for scope, decision in last.items()
    }
