"""The table of `tests/unit/alerts/test_moments.py` lived through: rows of the rota, verbs, a worker."""

from dataclasses import dataclass
from datetime import datetime

import pytest

from student_portal.access.queries import Role, Viewer
from student_portal.alerts import queries, service
from student_portal.duty import service as rota
from student_portal.duty.queries import Span
from student_portal.episodes import service as episodes
from student_portal.foundation import clock
from student_portal.foundation.clock import FrozenClock
from student_portal.measures import queries as measures
from tests.support import care
from tests.support.booked import Phone
from tests.support.duty_team import LONG_AGO, Team, member, pass_until, team
from tests.unit.alerts.test_moments import LEAVE, MOMENTS

NOT_AT_ONCE = {name: moment for name, moment in MOMENTS.items() if moment[4] > moment[0]}
"""A wish to talk is never due at once: `test_wishes.py` has the session in 40 minutes."""


@dataclass
class Staff:
    """The people of the table: Jo stands in for Robin, then Kim for everybody; Max manages, then Ana."""

    team: Team
    kim: Viewer
    ana: Viewer

    @property
    def ids(self) -> dict[str, str]:
        therapists = {"robin": self.team.robin, "jo": self.team.jo, "kim": self.kim}
        managers = {"max": self.team.max, "ana": self.ana}
        return {name: str(who.person_id) for name, who in (therapists | managers).items()}

    def told(self, alert_id: str) -> list[tuple[str, datetime]]:
        names = {person_id: name for name, person_id in self.ids.items()}
        return [(names[str(step.to_id)], step.at) for step in queries.told(alert_id)]


@pytest.fixture
def staff(service_id: str) -> Staff:
    made = Staff(
        team(service_id, is_covered=False),
        member(service_id, "Kim Fictional"),
        member(service_id, "Ana Fictional", Role.MANAGER),
    )
    always, by = Span(clock.now() - LONG_AGO), made.team.max
    for who, owner_id in (("jo", made.ids["robin"]), ("kim", None)):
        rota.set_cover(person_id=made.ids[who], owner_id=owner_id, span=always, by=by, at=clock.now())
    rota.set_manager_on_duty(person_id=made.ids["ana"], span=always, by=by, at=clock.now())
    return made


def meet(staff: Staff, portal: FrozenClock, moment: tuple) -> tuple[str, str]:
    """A student of Robin's with this session, at this moment, those people away; gives both their ids."""
    now, starts_at, away, *_ = moment
    for who in away.split():
        rota.set_absence(person_id=staff.ids[who], span=LEAVE, by=staff.team.max, at=clock.now())
    portal.move_to(now)
    episode_id = care.in_therapy(staff.team.robin)
    slots = care.weekly(staff.team.robin, episode_id, starts_at)
    episodes.book(bookings=slots, by=staff.team.robin, at=now)
    facts = care.sessions(staff.team.robin, episode_id)[0]
    return facts.person_id, facts.id


@pytest.mark.one_database
@pytest.mark.hazard("H01")
@pytest.mark.hazard("H07")
@pytest.mark.parametrize("moment", MOMENTS.values(), ids=MOMENTS)
def test_an_answer_is_read_by_when_the_student_was_told_or_who_stands_in_and_the_manager_know(
    staff: Staff, portal: FrozenClock, moment: tuple
) -> None:
    now, starts_at, _away, sentence, due, cover, manager, told_at = moment
    person_id, session_id = meet(staff, portal, moment)
    assert measures.who_reads(session_id, now) == sentence
    alert_id = staff.team.raised(person_id, session_id, starts_at)
    (alert,) = queries.unread_anywhere()
    assert alert.due_at == due
    pass_until(Phone(portal), told_at)
    at_once = [("robin", due)] if due == now else []
    assert staff.told(alert_id) == [*at_once, (cover or manager, due), (manager, told_at)]


@pytest.mark.one_database
@pytest.mark.hazard("H01")
@pytest.mark.parametrize("moment", NOT_AT_ONCE.values(), ids=NOT_AT_ONCE)
def test_a_wish_to_talk_goes_the_same_way(staff: Staff, portal: FrozenClock, moment: tuple) -> None:
    *_, due, cover, manager, told_at = moment
    person_id, _session_id = meet(staff, portal, moment)
    service.ask_to_talk(by=care.as_student(staff.team.by.service_id, person_id), at=clock.now())
    (wish,) = queries.unread_anywhere()
    assert wish.due_at == due
    pass_until(Phone(portal), told_at)
    assert staff.told(wish.id) == [(cover or manager, due), (manager, told_at)]
