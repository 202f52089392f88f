"""The people who look after help contacts, with those that come with the software already on the page."""

import pytest

from student_portal.access.queries import Role
from student_portal.accounts import service as accounts
from student_portal.audit.queries import Actor, machine
from student_portal.foundation import clock, passwords
from student_portal.institutions import service as institutions
from student_portal.signposting import service


def member(service_id: str, name: str, role: Role) -> Actor:
    """Somebody on the staff, as they act."""
    person_id = accounts.create_staff(
        name=name,
        email=f"{name.lower()}@example.com",
        password="a long enough passphrase",
        role=role,
        totp=passwords.new_totp_secret(),
        by=machine(service_id),
        at=clock.now(),
    )
    return Actor(service_id, person_id, role)


@pytest.fixture
def admin(service_id: str) -> Actor:
    actor = member(service_id, "Okafor", Role.ADMIN)
    service.publish_starting(organisations={}, by=actor, at=clock.now())
    return actor


@pytest.fixture
def manager(service_id: str) -> Actor:
    return member(service_id, "Marsh", Role.MANAGER)


@pytest.fixture
def other(service_id: str) -> Actor:
    """A second admin."""
    return member(service_id, "Abara", Role.ADMIN)


@pytest.fixture
def universities(admin: Actor) -> dict[str, str]:
    """The six partners: name to id."""
    return institutions.add_partners(by=admin, at=clock.now())
