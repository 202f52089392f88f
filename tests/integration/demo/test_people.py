"""The demo's people stand in every state there is, and the demo bar moves the newcomer through time."""

from collections.abc import Iterator
from datetime import timedelta
from enum import StrEnum
from unittest.mock import Mock

import pytest
from sqlmodel import select

from student_portal import cli, migrations
from student_portal.access.queries import Role
from student_portal.accounts.models import Person, PinChange, StaffAccount
from student_portal.alerts import queries as alerts
from student_portal.alerts.models import AlertState, AnswerAlert
from student_portal.config import Config
from student_portal.consent.models import ConsentDecision, Decision
from student_portal.demo import moves, people, phone, seed
from student_portal.episodes.models import EpisodeOfCare, EpisodeState, SessionState, TherapySession
from student_portal.foundation import clock, db
from student_portal.measures import queries as measures
from student_portal.measures.models import (
    DeclineReason,
    FormLayout,
    FormPreference,
    FormReading,
    QuestionnaireResponse,
    ResponseEvent,
    ResponseMode,
    ResponseState,
    TalkingPoint,
)
from student_portal.messaging.models import AddressKnown, AddressState, MessageState, OutboundMessage
from student_portal.referral.models import Advice, Referral, ReferralState

pytestmark = [pytest.mark.one_database, pytest.mark.long]

NEEDS_A_PROVIDER = {MessageState.DELIVERED, MessageState.UNKNOWN, MessageState.CLAIMED}
NOT_YET_REACHABLE = {AddressKnown.SUSPENDED, AddressKnown.UNPROVED}


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Config]:
    """The demo as the first start leaves it, on a clock of its own; these tests only read it."""
    config = Config.from_env({"DATA_DIR": str(tmp_path_factory.mktemp("demo"))})
    before = clock.installed()
    config.start()
    _start_that_is_cut_off(config)
    assert seed.progress() == "half"
    cli.prepare(config)
    yield config
    db.engine().dispose()
    clock.install(before)


def _start_that_is_cut_off(config: Config) -> None:
    migrations.upgrade(db.engine())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(seed, "_play", Mock(side_effect=KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            seed.plant(config.data_dir)


@pytest.fixture(autouse=True)
def _here(demo: Config) -> Iterator[None]:
    """Other tests may have opened their own database in between."""
    before = clock.installed()
    demo.start()
    yield
    clock.install(before)


def found(column: object) -> set[object]:
    with db.read() as session:
        return set(session.exec(select(column)))  # type: ignore[call-overload]


@pytest.mark.parametrize(
    ("column", "states", "unreachable"),
    [
        (Referral.state, ReferralState, set()),
        (Referral.advice, Advice, set()),
        (EpisodeOfCare.state, EpisodeState, set()),
        (TherapySession.state, SessionState, set()),
        (QuestionnaireResponse.state, ResponseState, set()),
        (QuestionnaireResponse.mode, ResponseMode, set()),
        (AnswerAlert.state, AlertState, set()),
        (ConsentDecision.decision, Decision, set()),
        (AddressState.state, AddressKnown, NOT_YET_REACHABLE),
        (OutboundMessage.state, MessageState, NEEDS_A_PROVIDER),
    ],
    ids=lambda value: value.__name__ if isinstance(value, type) else "",
)
def test_somebody_stands_in_every_state(
    column: object, states: type[StrEnum], unreachable: set[StrEnum]
) -> None:
    assert found(column) == set(states) - unreachable


@pytest.mark.parametrize(
    ("column", "value"),
    [
        (QuestionnaireResponse.version, 2),
        (ResponseEvent.reason, DeclineReason.TOO_MUCH),
        (FormPreference.layout, FormLayout.PAGE),
        (FormPreference.hides_numbers, True),
        (PinChange.is_set, True),
    ],
    ids=["a changed form", "a reason for not this time", "all on one page", "hidden numbers", "a PIN"],
)
def test_somebody_chose_what_not_everybody_does(column: object, value: object) -> None:
    assert value in found(column)


def test_forms_were_opened_and_one_that_was_changed_since_waits_to_be_read_again() -> None:
    with db.read() as session:
        session_id = session.exec(
            select(QuestionnaireResponse.session_id).where(QuestionnaireResponse.version > 1)
        ).one()
        point = session.exec(select(TalkingPoint).where(TalkingPoint.session_id == session_id)).one()
        same = QuestionnaireResponse.session_id == session_id
        versions = session.exec(select(QuestionnaireResponse.id, QuestionnaireResponse.version).where(same))
        first, changed = (key for key, _version in sorted(versions.all(), key=lambda row: row[1]))
        alert = session.exec(select(AnswerAlert).where(AnswerAlert.session_id == session_id)).one()
    assert first in found(FormReading.response_id)
    assert changed not in found(FormReading.response_id)
    assert alert.state == AlertState.RAISED
    assert point.words


def test_an_answer_is_overdue_and_its_cover_and_the_manager_have_been_told() -> None:
    """Without moving the clock, on whichever day of the week the demo begins."""
    (late,) = alerts.unread_anywhere(clock.now())
    told = alerts.told(late.id)
    assert [(step.step, step.outcome) for step in told[:2]] == [("cover", "told"), ("manager", "told")]
    assert late.owner_id not in {step.to_id for step in told[:2]}


def test_there_are_five_staff_of_four_roles_and_more_than_a_dozen_students() -> None:
    assert sorted(found(StaffAccount.role)) == [Role.ADMIN, Role.LIAISON, Role.MANAGER, Role.THERAPIST]
    with db.read() as session:
        everybody = session.exec(select(Person)).all()
    assert sum(person.is_staff for person in everybody) == len(people.STAFF) == 5
    assert sum(not person.is_staff for person in everybody) == len(people.STUDENTS) >= 12


def test_every_form_stage_of_a_student_is_there_to_be_looked_at() -> None:
    with db.read() as session:
        sessions = session.exec(select(TherapySession.id).where(TherapySession.number <= 6)).all()
    stages = {state.stage for key in sessions if (state := measures.form_state(key))}
    assert {"not_open", "not_started", "started", "sent", "declined", "closed", "stale"} <= stages


@pytest.mark.hazard("H16")
def test_nobody_in_the_demo_has_a_number_outside_the_range_kept_for_drama(demo: Config) -> None:
    numbers = {message.to for message in phone.received(demo.data_dir) if message.channel == "sms"}
    assert numbers
    assert all(number.startswith("+447700900") for number in numbers)


def test_a_second_start_adds_nothing(demo: Config) -> None:
    before = found(Person.id)
    seed.plant(demo.data_dir)
    assert found(Person.id) == before


def test_a_day_passes_with_every_text_to_a_student_at_its_own_time(demo: Config) -> None:
    start, before = clock.now(), len(phone.received(demo.data_dir))
    moves.move("day", demo.data_dir)
    assert timedelta(days=1) <= clock.now() - start < timedelta(days=1, minutes=1)
    newer = phone.received(demo.data_dir)[: len(phone.received(demo.data_dir)) - before]
    staff = {address for person in people.STAFF for address in (person.phone, person.email)}
    to_students = {clock.london(message.at).hour for message in newer if message.to not in staff}
    to_staff = {f"{clock.london(message.at):%H:%M}" for message in newer if message.to in staff}
    steps = [step for alert in alerts.unread_anywhere() for step in alerts.told(alert.id)]
    assert to_students == {10}
    assert to_staff
    assert to_staff <= {f"{clock.london(step.at):%H:%M}" for step in steps}


def test_to_an_hour_before_the_next_session_is_that(demo: Config) -> None:
    moves.move("session", demo.data_dir)
    ahead = [s.starts_at - clock.now() for s in moves.episodes.upcoming(clock.now()) if s.starts_at]
    assert timedelta(minutes=59) < min(ahead) <= timedelta(hours=1)


def test_a_word_that_is_no_button_moves_nothing(demo: Config) -> None:
    start = clock.now()
    moves.move("' OR 1=1--", demo.data_dir)
    assert clock.now() - start < timedelta(minutes=1)
