"""Members of staff who are signed in, for tests of pages that are not about signing in."""

from flask.testing import FlaskClient

from student_portal.access.queries import Role
from student_portal.accounts import service as accounts
from student_portal.audit.queries import machine
from student_portal.foundation import clock, passwords
from student_portal.settings import queries as settings


def signed_in(browser: FlaskClient, role: Role, *, name: str = "R. Okafor") -> FlaskClient:
    """The same browser, in which somebody with this role has signed in."""
    by = machine(settings.service_id())
    person_id = accounts.create_staff(
        name=name,
        email=f"{role}.{name.rsplit(maxsplit=1)[-1].lower()}@example.com",
        password="a long enough passphrase",
        role=role,
        totp=passwords.new_totp_secret(),
        by=by,
        at=clock.now(),
    )
    secret = accounts.start_session(
        role=role, person_id=person_id, about=None, proved_by="password", by=by, at=clock.now()
    )
    with browser.session_transaction("/staff/") as cookie:
        cookie["secret"] = secret
        cookie["seen"] = int(clock.real().timestamp())
    return browser
