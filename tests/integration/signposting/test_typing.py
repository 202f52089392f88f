"""What an admin types about a contact stays in its box, with a sentence beside what is wrong."""

import re

import pytest
from flask.testing import FlaskClient

from student_portal.access.queries import Role
from student_portal.audit.queries import Actor
from student_portal.signposting import queries
from tests.integration.signposting import desk
from tests.support.asking import text
from tests.support.staff import signed_in

TYPED = {
    "seen": "0", "name": "Shout", "way": "text", "target": "85258", "again": "85258", "organisation": "",
    "language": "en-GB", "what": "Send any word to start.", "who": "Volunteers", "takes": "A few minutes",
    "open": "set", "d0-from1": "9:00", "d0-to1": "17:00", "how": "Sent a text", "review_by": "30/1/2027",
    "keep": "1",
}  # fmt: skip


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("d0-from1", "nine", "Write a time like 09:00 or 17:30"),
        ("d0-to1", "25:00", "Write a time like 09:00 or 17:30"),
        ("d5-from1", "10.00", "Write both times, or neither"),
        ("dholiday-from2", "noon", "Write a time like 09:00 or 17:30"),
        ("review_by", "in May", "Write the date like 3/12/2026."),
        ("review_by", "31/2/2027", "Write the date like 3/12/2026."),
        ("review_by", "1/6/2027", "Choose a day within the next 90 days"),
    ],
)
def test_an_hour_or_a_day_that_cannot_be_read_stays_as_it_was_typed(
    client: FlaskClient, admin: Actor, field: str, typed: str, sentence: str
) -> None:
    shout = desk.named("Shout")
    page = signed_in(client, Role.ADMIN).post(f"/staff/signposting/{shout}/edit", data=TYPED | {field: typed})
    assert page.status_code == 400
    assert text(page).count(sentence) == 2, "at the head of the page, and beside the field"
    box = re.search(rf'<input[^>]* name="{field}" value="{typed}"[^>]*>', page.text)
    assert box
    assert not re.search('type="(date|time)"', box[0]), "a browser's own field would show it empty"
    assert queries.contact(shout).waiting is None


def test_the_day_of_the_next_check_stays_beside_the_words_for_it(client: FlaskClient, admin: Actor) -> None:
    shout = desk.named("Shout")
    page = signed_in(client, Role.ADMIN).post(
        f"/staff/signposting/{shout}/verify", data={"number": "1", "how": "Rang it", "review_by": "soon"}
    )
    assert page.status_code == 400
    assert text(page).count("Write the date like 3/12/2026.") == 2
    assert 'type="text" id="review_by" name="review_by" value="soon"' in page.text, (
        "no field of the browser's"
    )
