"""What came with the software was checked by nobody, and says so until a person did."""

import pytest
from flask.testing import FlaskClient

from student_portal.access.queries import Role
from student_portal.audit.queries import Actor
from student_portal.foundation import clock
from student_portal.settings import service as settings
from student_portal.signposting import queries, service
from tests.support.asking import text
from tests.support.staff import signed_in


def decide(admin: Actor, **decided: str) -> None:
    for key, value in decided.items():
        settings.decide(key=key, value=value, reason="", by=admin, at=clock.now())


@pytest.mark.hazard("H03")
def test_numbers_that_stand_in_the_program_keep_a_service_from_going_live_until_somebody_checked_them(
    client: FlaskClient, admin: Actor
) -> None:
    staff = signed_in(client, Role.ADMIN)

    def open_on_both_pages() -> tuple[bool, bool]:
        going_live, listed = staff.get("/staff/governance/go-live"), staff.get("/staff/signposting")
        return (
            "Nobody has checked what stands in the program" in text(going_live),
            "Nobody can remove them here. Never checked by a person" in text(listed),
        )

    assert open_on_both_pages() == (True, True)
    assert "pressing 55 in a silent call" in text(staff.get("/staff/governance/go-live"))
    decide(admin, built_in_checked_by="R. Lunt")
    assert open_on_both_pages() == (True, True), "on which day?"
    decide(admin, built_in_checked_on="2026-11-30")
    assert open_on_both_pages() == (False, False)
    assert "Checked by R. Lunt on 2026-11-30." in text(staff.get("/staff/signposting"))


@pytest.mark.hazard("H03")
def test_every_contact_that_came_with_the_software_says_that_a_person_must_check_it(
    client: FlaskClient, admin: Actor, universities: dict[str, str]
) -> None:
    """All of its words with it: who answers, how long it takes, what happens."""
    service.publish_starting(organisations=universities, by=admin, at=clock.now())
    staff = signed_in(client, Role.ADMIN)
    begun = queries.contacts()
    assert text(staff.get("/staff/signposting")).count("Never checked by a person No day set") == len(begun)
    for contact in begun:
        said = text(staff.get(f"/staff/signposting/{contact.id}"))
        assert "Not verified: a person must check before go-live" in said
        assert "Came with the software. Nobody had checked it then." in said
    assert "Some help contacts were never checked by a person" in " ".join(queries.go_live_blockers())
