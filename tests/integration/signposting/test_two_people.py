"""A help contact changes only when two people agree, and two routes can never be lost."""

from dataclasses import replace
from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from student_portal.access.queries import Role
from student_portal.audit.queries import Actor
from student_portal.foundation import clock
from student_portal.foundation.errors import Conflict, Refused
from student_portal.institutions import service as institutions
from student_portal.signposting import queries, service
from student_portal.signposting.queries import Content, Way
from tests.support.staff import signed_in

ADMIN, MANAGER = "0" * 25 + "a", "0" * 25 + "m"


@pytest.fixture
def admin(service_id: str) -> Actor:
    """With the contacts that come with the software already on the page."""
    actor = Actor(service_id, ADMIN, Role.ADMIN)
    service.publish_starting(organisations={}, by=actor, at=clock.now())
    return actor


@pytest.fixture
def manager(service_id: str) -> Actor:
    return Actor(service_id, MANAGER, Role.MANAGER)


def shout() -> str:
    return next(c.id for c in queries.contacts() if c.newest.content.name == "Shout")


def changed(**fields: object) -> Content:
    """What Shout says now, with these fields changed and a review day."""
    present = queries.contact(shout()).newest.content
    return replace(present, review_by=clock.today() + timedelta(days=60), checked_how="Sent a text", **fields)


def propose(content: Content, by: Actor) -> int:
    waiting = queries.contact(shout()).waiting
    service.draft(
        signpost_id=shout(), content=content, seen=waiting.seen if waiting else 0, by=by, at=clock.now()
    )
    service.propose(signpost_id=shout(), by=by, at=clock.now())
    proposed = queries.contact(shout()).waiting
    assert proposed is not None
    return proposed.seen


def numbers_shown() -> list[str]:
    return [contact.target for contact in queries.shown(None, clock.now())]


@pytest.mark.hazard("H03")
def test_students_see_a_new_number_only_after_a_second_person_publishes_it(
    admin: Actor, manager: Actor
) -> None:
    seen = propose(changed(target="85 259"), admin)
    assert "85258" in numbers_shown()
    with pytest.raises(Refused, match="second_person"):
        service.approve(signpost_id=shout(), seen=seen, by=admin, at=clock.now())
    assert "85258" in numbers_shown()
    service.approve(signpost_id=shout(), seen=seen, by=manager, at=clock.now())
    assert "85 259" in numbers_shown()
    assert "85258" not in numbers_shown()


@pytest.mark.hazard("H03")
def test_what_was_changed_after_it_was_shown_is_not_published(admin: Actor, manager: Actor) -> None:
    seen = propose(changed(target="85 259"), admin)
    propose(changed(target="85 260"), admin)
    with pytest.raises(Conflict):
        service.approve(signpost_id=shout(), seen=seen, by=manager, at=clock.now())
    assert "85258" in numbers_shown()


@pytest.mark.hazard("H03")
def test_the_last_text_route_of_the_night_cannot_get_closing_hours(admin: Actor, manager: Actor) -> None:
    seen = propose(changed(hours={"0": [["09:00", "17:00"]]}), admin)
    with pytest.raises(Refused, match="floor"):
        service.approve(signpost_id=shout(), seen=seen, by=manager, at=clock.now())
    assert "85258" in numbers_shown()


def test_sent_back_means_students_go_on_seeing_what_stood(admin: Actor, manager: Actor) -> None:
    seen = propose(changed(target="85 259"), admin)
    service.send_back(signpost_id=shout(), seen=seen, by=manager, at=clock.now())
    assert "85258" in numbers_shown()
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
def test_every_button_dials_exactly_the_digits_it_shows(admin: Actor) -> None:
    for contact in queries.shown(None, clock.now()):
        if contact.way is not Way.WEB:
            assert contact.href.partition(":")[2] == "".join(c for c in contact.target if c.isdigit())


def test_staff_read_for_whose_students_a_contact_is_and_what_a_draft_changes(
    admin: Actor, client: FlaskClient
) -> None:
    partners = institutions.add_partners(by=admin, at=clock.now())
    service.publish_starting(organisations=partners, by=admin, at=clock.now())
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
