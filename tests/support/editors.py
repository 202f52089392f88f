"""Two people who write and publish help pages, and the pages they write, through the verbs alone."""

from datetime import timedelta

from student_portal.access.queries import Role, Viewer
from student_portal.accounts import service as accounts
from student_portal.audit.queries import Actor, machine
from student_portal.foundation import clock, passwords
from student_portal.signposting import queries, service
from student_portal.signposting.queries import PageKey, PageWords

KIND = "You can talk to somebody today. [Call 111](tel:111), day or night."


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


def words(body: str = KIND, *, days: int = 60) -> PageWords:
    return PageWords("Somebody to talk to", body, "Read it aloud", clock.today() + timedelta(days=days))


def begun(by: Actor, body: str = KIND, *, place: str | None = None, language: str = "en-GB") -> str:
    return service.begin_page(
        key=PageKey.WAITING,
        organisation_id=place,
        language=language,
        words=words(body),
        by=by,
        at=clock.now(),
    )


def seen(page_id: str) -> int:
    waiting = queries.page(page_id).waiting
    return waiting.seen if waiting else 0


def published(by: Actor, second: Actor, body: str = KIND, **readers: str) -> str:
    page_id = begun(by, body, **readers)
    service.propose_page(page_id=page_id, by=by, at=clock.now())
    service.approve_page(page_id=page_id, seen=seen(page_id), by=second, at=clock.now())
    return page_id
