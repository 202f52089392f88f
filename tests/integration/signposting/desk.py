"""What admins and a second person do with help contacts, in a word each."""

from dataclasses import replace
from datetime import timedelta

from student_portal.audit.queries import Actor
from student_portal.foundation import clock
from student_portal.signposting import queries, service
from student_portal.signposting.queries import Content, Way

WALES = "cy"


def content(way: Way = Way.CALL, name: str = "Listening line", **fields: object) -> Content:
    """A contact for everybody, open day and night."""
    said = Content(
        way=way,
        name=name,
        target="https://help.example" if way is Way.WEB else "0800 496 0999",
        hours=None,
        cost="Free",
        what_happens="A person answers.",
        who_answers="A volunteer",
        takes="A few minutes",
        for_whom="",
        checked_how="Rang it and got an answer",
        review_by=clock.today() + timedelta(days=60),
    )
    return replace(said, **fields)


def named(name: str) -> str:
    """The id of the contact that was first called this."""
    return next(c.id for c in queries.contacts() if c.versions[-1].content.name == name)


def changed(name: str, **fields: object) -> Content:
    """What a contact says now, with these fields changed, checked today."""
    present = queries.contact(named(name)).newest.content
    return replace(present, review_by=clock.today() + timedelta(days=60), checked_how="Tried it", **fields)


def seen(signpost_id: str) -> int:
    waiting = queries.contact(signpost_id).waiting
    return waiting.seen if waiting else 0


def draft(signpost_id: str, said: Content, by: Actor) -> None:
    service.draft(signpost_id=signpost_id, content=said, seen=seen(signpost_id), by=by, at=clock.now())


def propose(signpost_id: str, said: Content, by: Actor) -> int:
    """Write and send to a second person; gives what that person is shown."""
    draft(signpost_id, said, by)
    service.propose(signpost_id=signpost_id, by=by, at=clock.now())
    return seen(signpost_id)


def approve(signpost_id: str, by: Actor) -> None:
    service.approve(signpost_id=signpost_id, seen=seen(signpost_id), by=by, at=clock.now())


def publish(said: Content, writer: Actor, second: Actor) -> str:
    """A new contact, through both pairs of hands."""
    made = service.add(content=said, by=writer, at=clock.now())
    service.propose(signpost_id=made, by=writer, at=clock.now())
    approve(made, second)
    return made


def withdraw(signpost_id: str, by: Actor) -> None:
    service.withdraw(signpost_id=signpost_id, why="Nobody answered twice", by=by, at=clock.now())


def numbers_shown(organisation_id: str | None = None) -> list[str]:
    return [contact.target for contact in queries.shown(organisation_id, clock.now())]
