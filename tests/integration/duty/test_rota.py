"""The rota as it is kept: leave, cover and the manager on duty; nobody is removed as the last cover."""

from datetime import date, datetime, time, timedelta

import pytest

from student_portal.access.queries import Role, Viewer
from student_portal.audit.queries import verbs
from student_portal.duty import queries, service
from student_portal.duty.queries import AHEAD, DayHalf, Gap, Span, TaskKind
from student_portal.foundation import clock, db, ids
from student_portal.foundation.clock import FrozenClock
from student_portal.foundation.errors import NotAllowed, NotFound, Refused
from tests.support import care


@pytest.fixture
def robin(service_id: str) -> Viewer:
    return care.therapist(service_id, "R. Okafor")


@pytest.fixture
def jo(service_id: str) -> Viewer:
    return care.therapist(service_id, "J. Lindqvist")


@pytest.fixture
def manager(service_id: str) -> Viewer:
    return Viewer(service_id, care.person(service_id, "M. Ferry", is_staff=True), Role.MANAGER)


def a_day(day: int, hour: int = 0) -> datetime:
    """Of December 2026; the 1st is a Tuesday, and tests begin on Monday 30 November at 10."""
    return clock.in_london(date(2026, 12, day), time(hour))


def week_off(who: Viewer, by: Viewer) -> str:
    """From Monday the 7th to Friday the 11th."""
    span = Span(a_day(7), a_day(12))
    return service.set_absence(person_id=str(who.person_id), span=span, by=by, at=clock.now())


def stand_in(who: Viewer, owner: Viewer | None, by: Viewer, span: Span | None = None) -> str:
    return service.set_cover(
        person_id=str(who.person_id),
        owner_id=owner.person_id if owner else None,
        span=span or Span(clock.now()),
        by=by,
        at=clock.now(),
    )


@pytest.mark.hazard("H01")
def test_while_the_owner_is_away_their_cover_reads(robin: Viewer, jo: Viewer, manager: Viewer) -> None:
    stand_in(jo, robin, manager)
    week_off(robin, robin)
    owner = str(robin.person_id)
    assert queries.works(owner, a_day(4, 10))
    assert not queries.works(owner, a_day(8, 10))
    assert queries.is_away(owner, a_day(8, 10))
    assert queries.cover_of(owner, a_day(8, 10)) == jo.person_id
    reader = queries.next_reader(owner, a_day(5, 12))
    assert reader
    assert (reader.person_id, reader.at) == (jo.person_id, a_day(7, 9))
    assert queries.gaps([owner], clock.now(), a_day(31)) == []


@pytest.mark.hazard("H01")
def test_a_week_in_which_both_are_away_is_a_gap(robin: Viewer, jo: Viewer, manager: Viewer) -> None:
    stand_in(jo, None, manager)
    week_off(robin, robin)
    week_off(jo, manager)
    owner = str(robin.person_id)
    assert queries.cover_of(owner, a_day(8, 10)) is None
    assert queries.gaps([owner], clock.now(), a_day(31)) == [Gap(owner, a_day(7, 9), a_day(11, 17))]
    assert queries.without_cover([owner], clock.now(), a_day(31)) == [Gap(owner, a_day(7, 9), a_day(11, 17))]


def test_leave_that_ends_early_was_leave_until_then(robin: Viewer, portal: FrozenClock) -> None:
    absence = week_off(robin, robin)
    portal.move_to(a_day(9, 8))
    for _ in range(2):  # twice is harmless
        service.end_absence(absence_id=absence, by=robin, at=clock.now())
    assert [queries.is_away(str(robin.person_id), a_day(day, 10)) for day in (8, 9)] == [True, False]
    assert queries.absences(a_day(10)) == ()


def test_leave_taken_back_before_it_began_never_was(robin: Viewer) -> None:
    service.end_absence(absence_id=week_off(robin, robin), by=robin, at=clock.now())
    assert not queries.is_away(str(robin.person_id), a_day(8, 10))
    assert queries.absences(clock.now()) == ()


def test_the_same_leave_or_cover_twice_is_one(robin: Viewer, jo: Viewer, manager: Viewer) -> None:
    assert week_off(robin, robin) == week_off(robin, manager)
    assert stand_in(jo, robin, manager) == stand_in(jo, robin, manager)
    assert (len(queries.absences(clock.now())), len(queries.turns(clock.now()))) == (1, 1)


def test_a_therapist_enters_nobody_elses_leave(robin: Viewer, jo: Viewer) -> None:
    with pytest.raises(NotAllowed):
        week_off(robin, jo)
    absence = week_off(robin, robin)
    with pytest.raises(NotAllowed):
        service.end_absence(absence_id=absence, by=jo, at=clock.now())
    with pytest.raises(NotFound):
        service.end_absence(absence_id=ids.new(), by=robin, at=clock.now())


@pytest.mark.parametrize(
    ("since", "until", "code"), [(8, 8, "order"), (9, 8, "order"), (-3, -1, "past"), (-3, 0, "past")]
)
def test_leave_that_cannot_be_is_refused(robin: Viewer, since: int, until: int, code: str) -> None:
    span = Span(a_day(1) + timedelta(days=since - 1), a_day(1) + timedelta(days=until - 1))
    with pytest.raises(Refused, match=code):
        service.set_absence(person_id=str(robin.person_id), span=span, by=robin, at=clock.now())
    with pytest.raises(Refused, match=code):
        service.set_manager_on_duty(person_id=str(robin.person_id), span=span, by=robin, at=clock.now())


def test_nobody_stands_in_for_themselves(robin: Viewer, manager: Viewer) -> None:
    with pytest.raises(Refused, match="self"):
        stand_in(robin, robin, manager)


@pytest.mark.hazard("H01")
def test_nobody_is_removed_as_the_last_cover_of_a_therapist_with_students(
    robin: Viewer, jo: Viewer, manager: Viewer, service_id: str
) -> None:
    first = stand_in(jo, robin, manager)
    owners = [str(robin.person_id)]
    with pytest.raises(Refused, match="last_cover"):
        service.end_turn(turn_id=first, owners=owners, by=manager, at=clock.now())
    third = care.therapist(service_id, "T. Third")
    half = stand_in(third, robin, manager, Span(clock.now(), None, 4, DayHalf.MORNING))
    with pytest.raises(Refused, match="last_cover"):
        service.end_turn(turn_id=first, owners=owners, by=manager, at=clock.now())
    whole = stand_in(third, None, manager)
    week_off(third, manager)  # leave aside: the rota names somebody
    for turn_id in (first, first, half):
        service.end_turn(turn_id=turn_id, owners=owners, by=manager, at=clock.now())
    assert [turn.id for turn in queries.turns(clock.now())] == [whole]


@pytest.mark.hazard("H01")
def test_whoever_owns_an_open_task_keeps_a_cover_too(robin: Viewer, jo: Viewer, manager: Viewer) -> None:
    turn = stand_in(jo, robin, manager)
    subject = ids.new()
    service.raise_task(
        kind=TaskKind.ANSWER_TO_READ, subject=("alert", subject), person_id=None, owner_id=robin.person_id,
        due_at=clock.now(), by=robin, at=clock.now(),
    )  # fmt: skip
    with pytest.raises(Refused, match="last_cover"):
        service.end_turn(turn_id=turn, by=manager, at=clock.now())
    service.finish_task(kind=TaskKind.ANSWER_TO_READ, subject_id=subject, note="", by=robin, at=clock.now())
    service.end_turn(turn_id=turn, by=manager, at=clock.now())
    assert queries.cover_of(str(robin.person_id), clock.now()) is None


@pytest.mark.hazard("H01")
def test_the_last_manager_on_duty_stays(manager: Viewer, service_id: str) -> None:
    def on_duty(who: str) -> str:
        return service.set_manager_on_duty(person_id=who, span=Span(clock.now()), by=manager, at=clock.now())

    me, other = str(manager.person_id), care.person(service_id, "Another", is_staff=True)
    first = on_duty(me)
    with pytest.raises(Refused, match="last_manager"):
        service.end_turn(turn_id=first, by=manager, at=clock.now())
    on_duty(other)
    assert queries.manager_at(clock.now()) == me
    week_off(manager, manager)
    assert queries.manager_at(a_day(8, 10)) == other
    service.end_turn(turn_id=first, by=manager, at=clock.now())
    assert queries.manager_at(clock.now()) == other
    assert queries.without_manager(clock.now(), clock.now() + AHEAD) == []


def test_each_step_is_in_the_activity_log(robin: Viewer, jo: Viewer, manager: Viewer) -> None:
    service.end_absence(absence_id=week_off(robin, robin), by=robin, at=clock.now())
    service.end_turn(turn_id=stand_in(jo, robin, manager), by=manager, at=clock.now())
    done = {"duty.set_absence", "duty.end_absence", "duty.set_cover", "duty.end_cover"}
    assert verbs(done) == done


def test_a_whole_page_asks_for_the_rota_once(robin: Viewer) -> None:
    with db.looking():
        first = queries.rota(clock.now())
        assert queries.rota(clock.now()).away is first.away
