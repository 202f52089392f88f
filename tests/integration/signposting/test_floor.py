"""Whatever admins do, nobody loses the last number to call or to text that is open day and night."""

from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from functools import partial
from threading import Barrier, BrokenBarrierError

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import text

from student_portal.audit.queries import Actor, machine
from student_portal.foundation import clock, db
from student_portal.foundation.clock import FrozenClock
from student_portal.foundation.errors import Conflict, NotFound, Refused
from student_portal.institutions import service as institutions
from student_portal.institutions.queries import OrganisationKind
from student_portal.signposting import queries, service
from student_portal.signposting.queries import ENGLISH, Content, Way
from student_portal.signposting.service import keeping
from tests.integration.signposting import desk
from tests.support.clock import MONDAY_AT_TEN
from tests.support.together import at_once

OFFICE = {str(day): [["09:00", "17:00"]] for day in range(5)}
FLOOR = {Way.TEXT, Way.CALL}


def open_to_all(place: str | None, language: str) -> set[Way]:
    """The ways open day and night and to everybody on the page of these readers, in their language."""
    return {
        one.way
        for one in queries.shown(place, clock.now(), language)
        if one.opening.always and not one.for_whom and one.language == language
    }


class Admins(RuleBasedStateMachine):
    """Three members of staff edit as they like, for a year if need be."""

    frozen: FrozenClock
    people: tuple[Actor, ...]
    places: tuple[str | None, ...]

    @initialize()
    def begin(self) -> None:
        self.frozen.move_to(MONDAY_AT_TEN)
        with db.write() as session:
            for table in ("task", "signpost_version", "signpost"):
                session.connection().execute(text(f"DELETE FROM {table}"))
        service.publish_starting(organisations={}, by=self.person(0), at=clock.now())
        self.had: set[tuple[str | None, str]] = {(place, ENGLISH) for place in self.places}

    def person(self, number: int) -> Actor:
        return self.people[number]

    def pick(self, number: int) -> str:
        contacts = queries.contacts()
        return contacts[number % len(contacts)].id

    def words(self, data: st.DataObject, way: Way | None = None) -> Content:
        return desk.content(
            way or data.draw(st.sampled_from([*FLOOR, Way.TEXT, Way.WEB])),
            hours=data.draw(st.sampled_from([None, None, OFFICE])),
            for_whom=data.draw(st.sampled_from(["", "", "People under 35"])),
            organisation_id=data.draw(st.sampled_from([None, *self.places])),
            language=data.draw(st.sampled_from([ENGLISH, ENGLISH, desk.WALES])),
        )

    @rule(data=st.data(), who=st.integers(0, 2), second=st.integers(0, 2))
    def a_new_contact(self, data: st.DataObject, who: int, second: int) -> None:
        with suppress(Refused):
            desk.publish(self.words(data), self.person(who), self.person(second))

    @rule(
        data=st.data(), which=st.integers(0, 9), who=st.integers(0, 2), both=st.booleans(),
        days=st.sampled_from([0, 0, 59, 60, 90]),
    )  # fmt: skip
    def a_change(self, data: st.DataObject, which: int, who: int, both: bool, days: int) -> None:
        with suppress(Refused, Conflict):
            desk.propose(self.pick(which), self.words(data), self.person(who))
            self.frozen.forward(days=days)
            if both:
                desk.approve(self.pick(which), self.person((who + 1) % 3))

    @rule(which=st.integers(0, 9), who=st.integers(0, 2), both=st.booleans())
    def take_off(self, which: int, who: int, both: bool) -> None:
        with suppress(Refused, NotFound):
            desk.withdraw(self.pick(which), self.person(who))
            if both:
                desk.approve(self.pick(which), self.person((who + 1) % 3))

    @rule(way=st.sampled_from(sorted(FLOOR)), who=st.integers(0, 2), second=st.integers(0, 2))
    def clear_the_page_with_a_spare_route_on_it(self, way: Way, who: int, second: int) -> None:
        """Each wish alone would leave the spare one; together they would leave nothing."""
        desk.publish(desk.content(way), self.person(0), self.person(1))
        for contact in queries.contacts():
            with suppress(Refused, NotFound):
                desk.withdraw(contact.id, self.person(who))
        for contact in queries.contacts():
            with suppress(Refused, NotFound):
                desk.approve(contact.id, self.person(second))

    @rule(which=st.integers(0, 9), number=st.integers(1, 3), who=st.integers(0, 2), both=st.booleans())
    def bring_back(self, which: int, number: int, who: int, both: bool) -> None:
        found = self.pick(which)
        by = self.person(who)
        with suppress(Refused, NotFound):
            service.bring_back(signpost_id=found, number=number, seen=desk.seen(found), by=by, at=clock.now())
            if both:
                said = queries.contact(found).newest.content
                checked = {"checked_how": "Rang", "review_by": clock.today() + timedelta(days=9)}
                desk.propose(found, replace(said, **checked), by)
                desk.approve(found, self.person((who + 1) % 3))

    @rule(which=st.integers(0, 9), who=st.integers(0, 2))
    def send_back(self, which: int, who: int) -> None:
        found = self.pick(which)
        with suppress(NotFound):
            service.send_back(signpost_id=found, seen=desk.seen(found), by=self.person(who), at=clock.now())

    @rule(which=st.integers(0, 9), up=st.booleans())
    def move(self, which: int, up: bool) -> None:
        service.move(signpost_id=self.pick(which), up=up, by=self.person(0), at=clock.now())

    @rule(days=st.integers(1, 200))
    def time_passes(self, days: int) -> None:
        self.frozen.forward(days=days)
        service.ask_for_reviews(at=clock.now(), by=self.person(0))

    @invariant()
    def nobody_loses_the_floor(self) -> None:
        readers = {(place, language) for place in self.places for language in (ENGLISH, desk.WALES)}
        with db.looking():
            have = {reader for reader in readers if open_to_all(*reader) >= FLOOR}
        assert have >= self.had, self.had - have
        self.had = have

    @invariant()
    def two_people_stand_behind_what_students_see(self) -> None:
        for contact in queries.contacts():
            if (stands := contact.published) and stands.drafted_by:
                assert stands.approved_by not in {None, stands.drafted_by}

    @invariant()
    def what_was_published_was_to_be_checked_again_on_a_later_day(self) -> None:
        for contact in queries.contacts():
            if (stands := contact.published) and stands.approved_by and stands.approved_at:
                assert stands.content.review_by
                assert clock.london(stands.approved_at).date() < stands.content.review_by


@pytest.fixture
def places(service_id: str) -> tuple[str | None, ...]:
    """Nobody's students, and those of two universities."""
    by = machine(service_id)
    two = [
        institutions.add(
            kind=OrganisationKind.PROVIDER, name=name, short_name=name, pathways=[], by=by, at=clock.now()
        )
        for name in ("North", "South")
    ]
    return (None, *two)


@pytest.mark.one_database
@pytest.mark.hazard("H03")
def test_no_sequence_of_edits_takes_away_the_last_route(
    portal: FrozenClock, admin: Actor, other: Actor, manager: Actor, places: tuple[str | None, ...]
) -> None:
    attributes = {"frozen": portal, "people": (admin, other, manager), "places": places}
    machine = type("AdminsHere", (Admins,), attributes)
    run_state_machine_as_test(machine, settings=settings(max_examples=10, stateful_step_count=25))


@pytest.mark.hazard("H03")
def test_two_who_publish_at_once_do_not_each_take_the_other_route(
    admin: Actor, manager: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each is held up before the last look at the floor, until the other stands there too if it can."""
    together, judge = Barrier(2), keeping.keep

    def held_up(*routes: frozenset[keeping.Route]) -> None:
        with suppress(BrokenBarrierError):
            together.wait(0.5)
        judge(*routes)

    second = desk.publish(desk.content(Way.TEXT, "Night text"), admin, manager)
    both = [desk.named("Shout"), second]
    for signpost_id in both:
        desk.withdraw(signpost_id, admin)
    monkeypatch.setattr(keeping, "keep", held_up)
    outcomes = at_once(*(partial(desk.approve, signpost_id, manager) for signpost_id in both))
    assert sorted(map(str, outcomes)) == ["None", "floor"]
    assert open_to_all(None, ENGLISH) >= FLOOR
