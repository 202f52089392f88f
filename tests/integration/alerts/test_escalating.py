"""An answer nobody reads: who is told, exactly when, each once (rules.md, "A safety answer")."""

from datetime import datetime, timedelta

import pytest

from student_portal.alerts import queries, service
from student_portal.duty import queries as duty
from student_portal.episodes.queries import SessionFacts
from student_portal.foundation import clock
from student_portal.foundation.clock import FrozenClock
from tests.support import care
from tests.support.booked import Phone
from tests.support.care import at
from tests.support.duty_team import Team, pass_until, team


@pytest.fixture
def people(service_id: str) -> Team:
    return team(service_id)


@pytest.fixture
def phone(portal: FrozenClock) -> Phone:
    return Phone(portal)


def student(people: Team) -> SessionFacts:
    return care.sessions(people.robin, care.in_therapy(people.robin))[0]


def follow(people: Team, phone: Phone, sent: datetime, starts: datetime, until: datetime) -> list[str]:
    """Send at one moment, let nobody read, and say who was told when."""
    facts = student(people)
    phone.portal.move_to(sent)
    alert_id = people.raised(facts.person_id, facts.id, starts)
    pass_until(phone, until)
    return [f"{who} {clock.london(when):%a %d %b %H:%M}" for who, when, _ in people.told(alert_id)]


@pytest.mark.hazard("H01")
@pytest.mark.parametrize(
    ("sent", "starts", "until", "told"),
    [
        pytest.param(
            at(11, 30, 10), at(12, 7), at(12, 2, 9),
            ["jo Mon 30 Nov 14:00", "max Mon 30 Nov 16:00", "robin Tue 01 Dec 09:00", "max Tue 01 Dec 09:00",
             "robin Wed 02 Dec 09:00", "max Wed 02 Dec 09:00"],
            id="a Monday morning",
        ),
        pytest.param(
            at(12, 4, 16, 59), at(12, 9), at(12, 8, 9),
            ["jo Mon 07 Dec 12:59", "max Mon 07 Dec 14:59", "robin Tue 08 Dec 09:00", "max Tue 08 Dec 09:00"],
            id="Friday 16:59",
        ),
        pytest.param(
            at(12, 4, 17, 1), at(12, 9), at(12, 7, 23),
            ["jo Mon 07 Dec 13:00", "max Mon 07 Dec 15:00"],
            id="Friday 17:01",
        ),
        pytest.param(
            at(12, 24, 16), at(12, 31), at(12, 30, 9),
            ["jo Tue 29 Dec 12:00", "max Tue 29 Dec 14:00", "robin Wed 30 Dec 09:00", "max Wed 30 Dec 09:00"],
            id="Christmas Eve",
        ),
        pytest.param(
            at(3, 25, 16, 30), at(4, 8), at(3, 31, 9),
            ["jo Tue 30 Mar 12:30", "max Tue 30 Mar 14:30", "robin Wed 31 Mar 09:00", "max Wed 31 Mar 09:00"],
            id="Easter, over the Sunday on which clocks go forward",
        ),
        pytest.param(
            at(10, 30, 16), at(11, 6), at(11, 2, 17),
            ["jo Mon 02 Nov 12:00", "max Mon 02 Nov 14:00"],
            id="a Friday after the Sunday on which clocks go back",
        ),
        pytest.param(
            at(10, 23, 16), at(10, 30), at(10, 26, 17),
            ["jo Mon 26 Oct 12:00", "max Mon 26 Oct 14:00"],
            id="over the Sunday on which clocks go back",
        ),
        pytest.param(
            at(11, 30, 13, 20), at(11, 30, 14), at(12, 1, 8),
            ["robin Mon 30 Nov 13:20", "jo Mon 30 Nov 13:20", "max Mon 30 Nov 15:20"],
            id="the session is in 40 minutes: owner and cover at once",
        ),
        pytest.param(
            at(11, 30, 16, 30), at(11, 30, 16), at(12, 1, 11),
            ["robin Mon 30 Nov 16:30", "jo Mon 30 Nov 16:30", "max Tue 01 Dec 10:30"],
            id="sent after the session began",
        ),
        pytest.param(
            at(11, 30, 8), at(11, 30, 9, 30), at(11, 30, 17),
            ["jo Mon 30 Nov 09:30", "max Mon 30 Nov 11:30"],
            id="the session comes before four working hours have passed",
        ),
    ],
)  # fmt: skip
def test_who_is_told_and_when(
    people: Team, phone: Phone, sent: datetime, starts: datetime, until: datetime, told: list[str]
) -> None:
    assert follow(people, phone, sent, starts, until) == told


SENT, STARTS = at(11, 30, 10), at(12, 7)


@pytest.mark.hazard("H01")
@pytest.mark.parametrize(
    ("away", "told"),
    [
        (["robin"], ["jo told", "max told", "jo told", "max told"]),
        (["jo"], ["max no_cover", "max told", "robin told", "max told"]),
        (["robin", "jo"], ["max no_cover", "max told", "max no_cover", "max told"]),
        (["max"], ["jo told", "nobody nobody", "robin told", "nobody nobody"]),
        (["robin", "jo", "max"], ["nobody nobody"] * 4),
    ],
)
def test_who_is_told_when_somebody_is_on_leave(
    people: Team, phone: Phone, away: list[str], told: list[str]
) -> None:
    for who in away:
        people.goes_away(who, at(11, 23))
    facts = student(people)
    phone.portal.move_to(SENT)
    alert_id = people.raised(facts.person_id, facts.id, STARTS)
    pass_until(phone, at(12, 1, 9))
    assert [f"{who} {outcome}" for who, _, outcome in people.told(alert_id)] == told
    failed = duty.task_for(duty.TaskKind.ESCALATION_FAILED, alert_id)
    assert bool(failed) == ("max" in away)
    assert failed is None or failed.owner_id == people.max.person_id


@pytest.mark.hazard("H01")
def test_the_owner_is_left_in_peace_on_leave_and_the_cover_told_at_once(people: Team, phone: Phone) -> None:
    people.goes_away("robin", at(11, 23))
    facts = student(people)
    phone.portal.move_to(at(11, 30, 13, 20))
    alert_id = people.raised(facts.person_id, facts.id, at(11, 30, 14))
    phone.round()
    assert [(who, outcome) for who, _, outcome in people.told(alert_id)] == [
        ("robin", "away"), ("jo", "told"),
    ]  # fmt: skip
    assert len(phone.texts) == 2  # Jo's text and e-mail, nothing to Robin


@pytest.mark.hazard("H01")
def test_it_is_quiet_until_due_and_for_good_once_somebody_has_read(people: Team, phone: Phone) -> None:
    facts = student(people)
    phone.portal.move_to(SENT)
    alert_id = people.raised(facts.person_id, facts.id, STARTS)
    pass_until(phone, at(11, 30, 13, 59))
    assert (phone.texts, people.told(alert_id)) == ([], [])
    pass_until(phone, at(11, 30, 14))
    service.acknowledge(alert_id=alert_id, by=people.jo, at=clock.now())
    pass_until(phone, at(12, 4))
    assert [who for who, _, _ in people.told(alert_id)] == ["jo"]


@pytest.mark.hazard("H01")
@pytest.mark.hazard("H14")
def test_the_message_tells_nothing_but_that_there_is_something_to_read(people: Team, phone: Phone) -> None:
    facts = student(people)
    phone.portal.move_to(SENT)
    people.raised(facts.person_id, facts.id, STARTS)
    pass_until(phone, at(11, 30, 14))
    text, mail = phone.words
    assert text.startswith(
        "Reminder: there is something to read in the staff pages. Due Monday 30 November at 2pm. http"
    )
    assert mail.startswith("Reminder: something to read in the staff pages\n\n")
    assert "Sam" not in text + mail


@pytest.mark.hazard("H01")
def test_whoever_is_told_may_open_the_record(people: Team, phone: Phone) -> None:
    facts = student(people)
    phone.portal.move_to(SENT)
    alert_id = people.raised(facts.person_id, facts.id, STARTS)
    assert queries.unread(people.jo) == []
    pass_until(phone, at(11, 30, 14))
    assert [alert.id for alert in queries.unread(people.jo)] == [alert_id]


@pytest.mark.hazard("H01")
def test_a_worker_that_comes_late_takes_each_step_once_and_in_order(people: Team, phone: Phone) -> None:
    facts = student(people)
    phone.portal.move_to(SENT)
    alert_id = people.raised(facts.person_id, facts.id, STARTS)
    phone.portal.move_to(at(12, 3, 9, 5))
    for _round in range(3):
        phone.round()
    assert [(who, outcome) for who, _, outcome in people.told(alert_id)] == [
        ("jo", "told"), ("max", "told"),
        ("nobody", "passed"), ("nobody", "passed"), ("nobody", "passed"), ("nobody", "passed"),
        ("robin", "told"), ("max", "told"),
    ]  # fmt: skip
    assert len(phone.texts) == 6  # Jo's two, Max's mails of two steps, Robin's two


@pytest.mark.hazard("H01")
def test_an_amended_form_that_is_to_be_read_again_is_escalated_again(people: Team, phone: Phone) -> None:
    facts = student(people)
    phone.portal.move_to(SENT)
    response_id = "r" * 26
    alert_id = people.raised(facts.person_id, facts.id, STARTS, response_id)
    pass_until(phone, at(11, 30, 14))
    service.acknowledge(alert_id=alert_id, by=people.jo, at=clock.now())
    phone.portal.forward(hours=1)
    service.change_alert(
        person_id=facts.person_id, response_id=response_id, session_id=facts.id,
        owner_id=str(people.robin.person_id), facts=queries.one(people.robin, alert_id).facts, rouses=True,
        sent_at=clock.now(), starts_at=STARTS, by=care.as_student(people.by.service_id, facts.person_id),
        at=clock.now(),
    )  # fmt: skip
    pass_until(phone, clock.now() + timedelta(days=1))
    assert [(who, f"{clock.london(when):%a %H:%M}") for who, when, _ in people.told(alert_id)] == [
        ("jo", "Mon 14:00"), ("jo", "Tue 11:00"), ("max", "Tue 13:00"),
    ]  # fmt: skip
