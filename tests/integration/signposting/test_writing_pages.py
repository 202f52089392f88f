"""The pages on which staff write: what stops a text is named beside the field, and what was typed stays."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlmodel import select

from student_portal.access.queries import Role
from student_portal.audit.queries import Actor
from student_portal.foundation import clock, db
from student_portal.signposting import queries, service
from student_portal.signposting.models import VersionState, WrittenPageVersion
from tests.support.asking import text
from tests.support.editors import KIND, editor, published
from tests.support.staff import signed_in


@pytest.fixture
def admin(service_id: str) -> Actor:
    return editor(service_id, Role.ADMIN)


@pytest.fixture
def manager(service_id: str) -> Actor:
    return editor(service_id, Role.MANAGER)


TYPED = {"title": "Somebody to talk to", "body": KIND, "how": "Read it aloud", "review_by": "30/1/2027"}
NEW = TYPED | {"key": "waiting", "organisation": "", "language": "en-GB"}


@pytest.fixture
def desk(client: FlaskClient, service_id: str) -> Iterator[FlaskClient]:
    """An admin at the list of pages."""
    return signed_in(client, Role.ADMIN)


@pytest.mark.hazard("H25")
def test_words_that_stop_a_page_are_named_beside_the_field_with_what_to_write(desk: FlaskClient) -> None:
    typed = TYPED | {
        "key": "waiting",
        "organisation": "",
        "language": "en-GB",
        "body": "She committed suicide.",
    }
    page = desk.post("/staff/signposting/pages/new", data=typed | {"propose": "1"})
    assert page.status_code == 400
    assert text(page).count("Change “committed” first. You can save it as a draft") == 2
    assert "“committed”. Write “ended their life”" in text(page).replace("“ committed ”", "“committed”")
    assert "She committed suicide." in page.text
    with db.read() as session:
        assert session.exec(select(WrittenPageVersion)).all() == []
    kept = desk.post("/staff/signposting/pages/new", data=typed | {"keep": "1"})
    assert kept.status_code == 303
    assert "With this it stays a draft" in text(desk.get(kept.location))


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"title": " "}, "Write a heading"),
        ({"title": "a" * 81}, "Make the heading 80 letters or fewer"),
        ({"body": ""}, "Write what students read"),
        ({"body": "a" * 4001}, "Use 4,000 letters or fewer"),
        ({"body": "[x](http://a.example)"}, "One link leads nowhere a page may lead"),
        ({"how": ""}, "Say how you checked it"),
        ({"review_by": "31/2/2027"}, "Write the date like 3/12/2026"),
        ({"review_by": "30/6/2027"}, "Choose a day within the next 90 days"),
        ({"key": "nothing"}, "Choose for whom the page is"),
        ({"organisation": "0" * 26}, "Choose one"),
        ({"language": "xx"}, "Choose a language"),
    ],
)
def test_what_does_not_fit_gets_a_sentence_and_stays_typed(
    desk: FlaskClient, changed: dict[str, str], sentence: str
) -> None:
    typed = NEW | {"keep": "1"} | changed
    page = desk.post("/staff/signposting/pages/new", data=typed)
    assert page.status_code == 400
    assert text(page).count(sentence) == 2
    assert queries.pages() == []


def test_staff_see_what_changed_and_how_it_looks_by_day_and_at_night(
    desk: FlaskClient, admin: Actor, manager: Actor
) -> None:
    page_id = published(admin, manager, "One.\n\nTwo.")
    desk.post(
        f"/staff/signposting/pages/{page_id}/edit", data=TYPED | {"body": "One.\n\nThree.", "seen": "0"}
    )
    page = desk.get(f"/staff/signposting/pages/{page_id}")
    assert "Taken out Two. Added Three." in text(page)
    assert page.text.count("<p>Three.</p>") == 2
    listed = text(desk.get("/staff/signposting/pages"))
    assert "As it came with the software. Never checked by a person" in listed
    assert "Checked on 30 November 2026" in listed


@pytest.mark.hazard("H25")
def test_a_contact_that_names_a_method_goes_no_further_either(admin: Actor, desk: FlaskClient) -> None:
    service.publish_starting(organisations={}, by=admin, at=clock.now())
    contact = queries.contacts()[0]
    unkind = replace(
        contact.newest.content,
        what_happens="They talk about pills.",
        checked_how="Rang it",
        review_by=clock.today() + timedelta(days=60),
    )
    service.draft(signpost_id=contact.id, content=unkind, seen=0, by=admin, at=clock.now())
    page = desk.post(f"/staff/signposting/{contact.id}/propose", follow_redirects=True)
    assert "These words go no further than a draft" in text(page)
    assert "Leave it out. Nothing here says how somebody might hurt themselves." in text(page)
    waiting = queries.contact(contact.id).waiting
    assert waiting is not None
    assert waiting.state is VersionState.DRAFT
