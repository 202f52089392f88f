"""A contact that stands is taken off, brought back, checked again and moved, never behind anybody's back."""

from datetime import date, time, timedelta

import pytest

from student_portal.audit.queries import Actor
from student_portal.duty import queries as duty
from student_portal.duty import service as rota
from student_portal.duty.queries import TaskKind
from student_portal.foundation import clock
from student_portal.foundation.clock import FrozenClock
from student_portal.foundation.errors import Conflict, NotFound, Refused
from student_portal.settings import service as settings
from student_portal.signposting import queries, service
from student_portal.signposting.queries import VersionState, Way
from tests.integration.signposting import desk

PAPYRUS = "0800 068 4141"


def verify(name: str, by: Actor, *, number: int = 1, days: int = 60) -> None:
    service.verify(
        signpost_id=desk.named(name),
        number=number,
        how="Rang it",
        review_by=clock.today() + timedelta(days=days),
        by=by,
        at=clock.now(),
    )


def task(name: str) -> duty.TaskFacts | None:
    return duty.task_for(TaskKind.CONTENT_REVIEW, desk.named(name))


@pytest.mark.hazard("H03")
def test_taking_a_contact_off_needs_a_second_person_too(admin: Actor, manager: Actor) -> None:
    papyrus = desk.named("Papyrus HOPELINE247")
    desk.withdraw(papyrus, admin)
    with pytest.raises(Refused, match="second_person"):
        desk.approve(papyrus, admin)
    assert PAPYRUS in desk.numbers_shown()
    desk.approve(papyrus, manager)
    assert PAPYRUS not in desk.numbers_shown()
    assert [v.state for v in queries.contact(papyrus).versions] == [
        VersionState.WITHDRAWN,
        VersionState.REPLACED,
    ]


@pytest.mark.hazard("H03")
@pytest.mark.parametrize("name", ["Shout", "Samaritans"])
def test_the_last_route_cannot_even_be_proposed_to_go(admin: Actor, name: str) -> None:
    with pytest.raises(Refused, match="floor"):
        desk.withdraw(desk.named(name), admin)
    assert queries.contact(desk.named(name)).waiting is None


@pytest.mark.hazard("H03")
@pytest.mark.parametrize(
    "fields",
    [
        {"for_whom": "People under 35"},
        {"way": Way.CALL, "target": "0800 496 0999"},
        {"language": desk.WALES},
        {"hours": {str(day): [["00:00", "00:00"]] for day in range(7)}},
    ],
    ids=["for some only", "another way", "another language", "hours"],
)
def test_nor_can_it_be_kept_from_anybody_by_an_edit(admin: Actor, fields: dict[str, object]) -> None:
    with pytest.raises(Refused, match="floor"):
        desk.propose(desk.named("Shout"), desk.changed("Shout", **fields), admin)


@pytest.mark.hazard("H03")
def test_nor_for_one_university_alone(admin: Actor, universities: dict[str, str]) -> None:
    only = desk.changed("Shout", organisation_id=next(iter(universities.values())))
    with pytest.raises(Refused, match="floor"):
        desk.propose(desk.named("Shout"), only, admin)


def test_a_contact_is_not_taken_off_while_a_draft_of_it_waits(admin: Actor) -> None:
    desk.draft(desk.named("111 online"), desk.changed("111 online"), admin)
    with pytest.raises(Refused, match="waits"):
        desk.withdraw(desk.named("111 online"), admin)


@pytest.mark.hazard("H03")
def test_an_older_version_comes_back_as_a_draft_that_is_checked_anew(admin: Actor, manager: Actor) -> None:
    shout = desk.named("Shout")
    desk.propose(shout, desk.changed("Shout", target="85 259"), admin)
    desk.approve(shout, manager)
    service.bring_back(signpost_id=shout, number=1, seen=0, by=admin, at=clock.now())
    assert "85 259" in desk.numbers_shown()
    with pytest.raises(Refused, match="unchecked"):
        service.propose(signpost_id=shout, by=admin, at=clock.now())
    desk.propose(shout, desk.changed("Shout"), admin)
    desk.approve(shout, manager)
    assert "85258" in desk.numbers_shown()
    assert [v.number for v in queries.contact(shout).versions] == [3, 2, 1]


def test_a_version_that_never_was_cannot_come_back(admin: Actor) -> None:
    with pytest.raises(NotFound):
        service.bring_back(signpost_id=desk.named("Shout"), number=9, seen=0, by=admin, at=clock.now())


@pytest.mark.hazard("H03")
def test_one_person_writes_down_a_check_and_students_see_no_difference(admin: Actor) -> None:
    before = queries.shown(None, clock.now())
    verify("Shout", admin)
    assert queries.shown(None, clock.now()) == before
    checked = queries.contact(desk.named("Shout")).published
    assert checked is not None
    assert (checked.verified_on, checked.verified_by) == (clock.today(), admin.person_id)


@pytest.mark.parametrize("days", [0, 91])
def test_a_check_holds_for_at_most_ninety_days(admin: Actor, days: int) -> None:
    with pytest.raises(Refused, match="review"):
        verify("Shout", admin, days=days)


def test_a_check_of_what_students_no_longer_see_is_not_written_down(admin: Actor, manager: Actor) -> None:
    desk.propose(desk.named("Shout"), desk.changed("Shout", target="85 259"), admin)
    desk.approve(desk.named("Shout"), manager)
    with pytest.raises(Conflict):
        verify("Shout", admin, number=1)


@pytest.mark.hazard("H03")
def test_the_team_is_asked_two_weeks_before_and_students_see_it_long_after(
    admin: Actor, portal: FrozenClock
) -> None:
    verify("Shout", admin, days=60)
    due = clock.today() + timedelta(days=60)
    for days, asked in ((45, False), (1, True), (1, True)):
        portal.forward(days=days)
        service.ask_for_reviews(at=clock.now(), by=admin)
        found = task("Shout")
        assert (found is not None) is asked
        assert found is None or clock.london(found.due_at).date() == due
    portal.forward(days=200)
    service.ask_for_reviews(at=clock.now(), by=admin)
    assert task("Shout") is not None
    assert "85258" in desk.numbers_shown()
    verify("Shout", admin)
    assert task("Shout") is None


def test_publishing_a_newer_version_is_a_check_too(admin: Actor, manager: Actor, portal: FrozenClock) -> None:
    verify("Shout", admin, days=5)
    service.ask_for_reviews(at=clock.now(), by=admin)
    assert task("Shout")
    desk.propose(desk.named("Shout"), desk.changed("Shout", cost="No charge"), admin)
    assert task("Shout"), "a proposal is not a check of what students see"
    desk.approve(desk.named("Shout"), manager)
    assert task("Shout") is None


def test_a_contact_moves_among_those_of_its_way_and_stops_at_the_end(admin: Actor) -> None:
    def calls() -> list[str]:
        return [c.name for c in queries.shown(None, clock.now()) if c.way is Way.CALL]

    def move(up: bool) -> None:
        service.move(signpost_id=desk.named("Samaritans"), up=up, by=admin, at=clock.now())

    assert calls() == ["Samaritans", "Papyrus HOPELINE247"]
    move(up=True)
    assert calls() == ["Samaritans", "Papyrus HOPELINE247"]
    move(up=False)
    move(up=False)
    assert calls() == ["Papyrus HOPELINE247", "Samaritans"]


@pytest.mark.hazard("H03")
def test_a_day_on_which_the_service_is_closed_closes_nobody_else(
    admin: Actor, manager: Actor, portal: FrozenClock
) -> None:
    hours = {str(day): [["09:00", "17:00"]] for day in range(5)}
    desk.publish(desk.content(name="Office line", hours=hours), admin, manager)
    rota.close_days(first=clock.today(), last=clock.today(), by=manager, at=clock.now())

    def is_open() -> bool:
        return next(c for c in queries.shown(None, clock.now()) if c.name == "Office line").opening.open_now

    assert is_open()
    portal.move_to(clock.in_london(date(2026, 12, 25), time(10)))
    assert not is_open()


def test_what_keeps_a_service_from_going_live_until_people_have_done_it(
    admin: Actor, universities: dict[str, str], manager: Actor, portal: FrozenClock
) -> None:
    never, no_number = "never checked by a person", "no number of their own"
    assert [any(w in said for said in queries.go_live_blockers()) for w in (never, no_number)] == [True, True]
    for contact in queries.contacts():
        verify(contact.newest.content.name, admin)
    for name, place in universities.items():
        desk.publish(desk.content(name=name, organisation_id=place), admin, manager)
    for key, value in {"built_in_checked_by": "R. Lunt", "built_in_checked_on": "2026-11-30"}.items():
        settings.decide(key=key, value=value, reason="", by=admin, at=clock.now())
    assert [said for said in queries.go_live_blockers() if "written pages" not in said] == []
    portal.forward(days=61)
    assert [said for said in queries.go_live_blockers() if "checked again by now" in said]
