"""A help contact changes only when two people agree, and two routes can never be lost."""

from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from functools import partial
from threading import Event

import pytest
from flask.testing import FlaskClient

from student_portal.access.queries import Role
from student_portal.audit.queries import Actor
from student_portal.foundation import clock, db
from student_portal.foundation.clock import FrozenClock
from student_portal.foundation.errors import Conflict, NotFound, Refused
from student_portal.signposting import queries, service
from student_portal.signposting.queries import Content, Way
from tests.integration.signposting import desk
from tests.support.asking import text
from tests.support.staff import signed_in
from tests.support.together import at_once

changed = partial(desk.changed, "Shout")


def shout() -> str:
    return desk.named("Shout")


def propose(content: Content, by: Actor) -> int:
    return desk.propose(shout(), content, by)


@pytest.mark.hazard("H03")
def test_students_see_a_new_number_only_after_a_second_person_publishes_it(
    admin: Actor, manager: Actor
) -> None:
    seen = propose(changed(target="85 259"), admin)
    assert "85258" in desk.numbers_shown()
    with pytest.raises(Refused, match="second_person"):
        service.approve(signpost_id=shout(), seen=seen, by=admin, at=clock.now())
    assert "85258" in desk.numbers_shown()
    service.approve(signpost_id=shout(), seen=seen, by=manager, at=clock.now())
    assert "85 259" in desk.numbers_shown()
    assert "85258" not in desk.numbers_shown()


@pytest.mark.hazard("H03")
def test_what_was_changed_after_it_was_shown_is_not_published(admin: Actor, manager: Actor) -> None:
    seen = propose(changed(target="85 259"), admin)
    propose(changed(target="85 260"), admin)
    with pytest.raises(Conflict):
        service.approve(signpost_id=shout(), seen=seen, by=manager, at=clock.now())
    assert "85258" in desk.numbers_shown()


@pytest.mark.hazard("H03")
def test_the_last_text_route_of_the_night_cannot_get_closing_hours(admin: Actor) -> None:
    with pytest.raises(Refused, match="floor"):
        propose(changed(hours={"0": [["09:00", "17:00"]]}), admin)
    assert "85258" in desk.numbers_shown()


@pytest.mark.hazard("H03")
def test_one_who_publishes_and_one_who_sends_back_at_once_leave_a_contact_that_stands(
    admin: Actor, manager: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who sends it back has judged what they read, and is held up until it is published, if it can be."""
    seen, judge = propose(changed(target="85 259"), admin), db.expect
    judged, published = Event(), Event()

    def held_up(shown: int, stands: int) -> None:
        judge(shown, stands)
        if not judged.is_set():
            judged.set()
            published.wait(0.5)

    def approve() -> None:
        judged.wait(5)
        with suppress(NotFound):
            service.approve(signpost_id=shout(), seen=seen, by=manager, at=clock.now())
        published.set()

    def send_back() -> None:
        service.send_back(signpost_id=shout(), seen=seen, by=manager, at=clock.now())

    monkeypatch.setattr(db, "expect", held_up)
    at_once(send_back, approve)
    assert len({"85258", "85 259"} & set(desk.numbers_shown())) == 1


def test_sent_back_means_students_go_on_seeing_what_stood(admin: Actor, manager: Actor) -> None:
    seen = propose(changed(target="85 259"), admin)
    service.send_back(signpost_id=shout(), seen=seen, by=manager, at=clock.now())
    assert "85258" in desk.numbers_shown()
    assert [v.content.target for v in queries.contact(shout()).older] == ["85 259"]


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"target": "eight five"}, "number"),
        ({"target": "85258; 999"}, "number"),
        ({"way": Way.WEB, "target": "http://shout.example"}, "https"),
        ({"way": Way.WEB, "target": "javascript:alert(1)"}, "https"),
        ({"way": Way.WEB, "target": "https://user@shout.example"}, "https"),
    ],
)
def test_a_target_that_cannot_be_right_is_refused(admin: Actor, fields: dict[str, object], code: str) -> None:
    with pytest.raises(Refused, match=code):
        propose(changed(**fields), admin)
    assert queries.contact(shout()).waiting is None


@pytest.mark.parametrize("days", [-1, 0, 91])
def test_a_review_day_past_or_too_far_is_refused(admin: Actor, days: int) -> None:
    content = replace(changed(), review_by=clock.today() + timedelta(days=days))
    with pytest.raises(Refused, match="review"):
        propose(content, admin)


@pytest.mark.hazard("H03")
def test_what_waited_until_the_day_of_its_own_check_is_not_published_before_somebody_checks_it_anew(
    admin: Actor, manager: Actor, portal: FrozenClock, client: FlaskClient
) -> None:
    propose(changed(target="85 259"), admin)
    desk.propose(desk.named("Samaritans"), desk.changed("Samaritans", cost="No charge"), admin)
    portal.forward(days=59)
    desk.approve(desk.named("Samaritans"), manager)
    portal.forward(days=1)
    screen = f"/staff/signposting/{shout()}"
    second = signed_in(client, Role.MANAGER)
    refused = second.post(f"{screen}/approve", data={"seen": str(desk.seen(shout()))}, follow_redirects=True)
    assert "check it again, choose a later day, and send it to a second person anew" in text(refused)
    assert "85 259" not in desk.numbers_shown()
    propose(changed(target="85 259"), admin)
    desk.approve(shout(), manager)
    assert "85 259" in desk.numbers_shown()


def test_nor_is_a_draft_that_lay_as_long_sent_to_a_second_person(admin: Actor, portal: FrozenClock) -> None:
    desk.draft(shout(), changed(target="85 259"), admin)
    portal.forward(days=60)
    with pytest.raises(Refused, match="review"):
        service.propose(signpost_id=shout(), by=admin, at=clock.now())


@pytest.mark.hazard("H03")
def test_every_button_dials_exactly_the_digits_it_shows(admin: Actor) -> None:
    for contact in queries.shown(None, clock.now()):
        if contact.way is not Way.WEB:
            assert contact.href.partition(":")[2] == "".join(c for c in contact.target if c.isdigit())


def test_staff_read_for_whose_students_a_contact_is_and_what_a_draft_changes(
    admin: Actor, universities: dict[str, str], client: FlaskClient
) -> None:
    service.publish_starting(organisations=universities, by=admin, at=clock.now())
    staff = signed_in(client, Role.ADMIN)
    assert "Only for students of University of Liverpool<" in staff.get("/staff/signposting").text
    propose(changed(cost="No charge"), admin)
    assert "Was “Free” and is now “No charge”" in staff.get(f"/staff/signposting/{shout()}").text


@pytest.mark.one_database
@pytest.mark.hazard("H15")
@pytest.mark.hazard("H03")
def test_the_help_page_stands_when_the_database_is_gone(client: FlaskClient, config: object) -> None:
    from student_portal.foundation import db

    db.connect("postgresql://127.0.0.1:1/none")
    page = client.get("/help")
    assert page.status_code == 200
    for link in ("tel:999", "tel:111", "sms:85258", "tel:116123"):
        assert link in page.text
