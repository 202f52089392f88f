"""Two people who write and publish help pages, for tests that need no page of theirs."""

from student_portal.access.queries import Role, Viewer
from student_portal.accounts import service as accounts
from student_portal.audit.queries import machine
from student_portal.foundation import clock, passwords


def editor(service_id: str, role: Role) -> Viewer:
    """A new member of staff with this role."""
    person_id = accounts.create_staff(
        name=f"A {role}",
        email=f"{role}@editors.example",
        password="a long enough passphrase",
        role=role,
        totp=passwords.new_totp_secret(),
        by=machine(service_id),
        at=clock.now(),
    )
    return Viewer(service_id, person_id, role)
