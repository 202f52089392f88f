"""Where to get help: each contact, and every version of what students are told about it."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, Index

from student_portal.foundation.columns import Declare, Keep, Row, check, only_one
from student_portal.foundation.outside import Answer

ENGLISH = "en-GB"

public = Declare(keep=Keep.SERVICE, readers="everybody")


class Way(StrEnum):
    """How one gets in touch. Text comes first on the page, then calls, then the web."""

    TEXT = "text"
    CALL = "call"
    WEB = "web"


class VersionState(StrEnum):
    DRAFT = "draft"
    PROPOSED = "proposed"  # waits for a second person
    PUBLISHED = "published"
    REPLACED = "replaced"
    RETURNED = "returned"  # the second person said no
    WITHDRAWN = "withdrawn"  # with it, two people took the contact off the page


class TwoPersonVersion(Row):
    """One version of something that students read, in the table of its kind: one person writes it, a second
    publishes it. At most one is published, and at most one waits.
    """

    id: str = public.key()
    number: int = public.number("1, 2, 3 within what it is a version of")
    state: VersionState = public.choice(VersionState, "where it stands")
    takes_off: bool = public.flag("publishing it takes what students read away again")
    checked_how: str = public.text("how a person checked it, or why it is taken off", length=200)
    verified_on: date | None = public.day("when a person checked it; empty: never", null=True)
    verified_by: str | None = public.mark("who checked it; empty: nobody", null=True)
    review_by: date | None = public.day("check again by, at most 90 days later", null=True)
    drafted_by: str | None = public.mark("who wrote it; empty: came with the software", null=True)
    drafted_at: datetime = public.moment("when it was last saved")
    approved_by: str | None = public.mark("the second person", null=True)
    approved_at: datetime | None = public.moment("when it was published", null=True)
    version: int = public.number("counts saves, so that two editors lose nothing", default=1)


def _kept(table: str, owner: str) -> tuple[Index | CheckConstraint, ...]:
    """What the database itself keeps of the rules for such a table; `owner` says whose version a row is."""
    return (
        only_one(f"uq_{table}_published", owner, where="state = 'published'"),
        only_one(f"uq_{table}_open", owner, where="state = 'draft' OR state = 'proposed'"),
        check("a_second_person_publishes", "approved_by IS NULL OR approved_by <> drafted_by"),
        check("a_check_has_a_person", "verified_on IS NULL OR verified_by IS NOT NULL"),
        check("review_follows_check", "review_by > verified_on OR verified_on IS NULL"),
    )


class Signpost(Row, table=True):
    """One contact. What it says, and to whose students, is in its versions."""

    id: str = public.key()
    service_id: str = public.ref("service.id", "in which service", index=False)
    position: int = public.number("order within its way of getting in touch")
    created_at: datetime = public.moment("since when")


class SignpostVersion(TwoPersonVersion, table=True):
    """One version of a contact. At most one is published; a second person publishes it."""

    __table_args__ = _kept("signpost_version", "signpost_id")

    signpost_id: str = public.ref("signpost.id", "which contact")
    organisation_id: str | None = public.ref("organisation.id", "for whose students; empty: all", null=True)
    language: str = public.text("in which language its words are", length=12, default=ENGLISH)
    way: Way = public.choice(Way, "text, call or web")
    name: str = public.text("the name students see", length=80)
    target: str = public.text("number as they print it, or https address", length=200)
    always_open: bool = public.flag("day and night, every day")
    hours: Any = public.document("weekday to [opens, closes] pairs, London, where not always open", null=True)
    cost: str = public.text("what it costs, in words", length=60)
    what_happens: str = public.text("what happens when you do it", length=500)
    who_answers: str = public.text("who answers", length=120, default="")
    takes: str = public.text("how long it takes", length=80, default="")
    for_whom: str = public.text("who it is for; empty: everybody", length=120, default="")


class PageKey(StrEnum):
    """What a written page is for: one for each way in which another route may fit (service.md 2.4)."""

    UNREAL = "unreal"
    OTHER_TEAM = "other_team"
    UNLISTED = "unlisted"
    UNDER_18 = "under_18"
    NO_SELF_HARM = "no_self_harm"
    IN_THERAPY = "in_therapy"
    WAITING = "waiting"
    SUBSTANCES = "substances"
    ANOTHER = "another"
    REGISTER_WITH_GP = "register_with_gp"


class WrittenPage(Row, table=True):
    """One page in one language, for everybody or for one university. Its words are in its versions."""

    __table_args__ = (
        only_one("uq_written_page_all", "service_id", "key", "language", where="organisation_id IS NULL"),
        only_one(
            "uq_written_page_own",
            "service_id",
            "key",
            "language",
            "organisation_id",
            where="organisation_id IS NOT NULL",
        ),
    )

    id: str = public.key()
    service_id: str = public.ref("service.id", "in which service", index=False)
    key: PageKey = public.choice(PageKey, "what it is for")
    organisation_id: str | None = public.ref("organisation.id", "for whose students; empty: all", null=True)
    language: str = public.text("in which language", length=12, default=ENGLISH)
    created_at: datetime = public.moment("since when")


class WrittenPageVersion(TwoPersonVersion, table=True):
    """One version of a page. At most one is published; a second person publishes it."""

    __table_args__ = _kept("written_page_version", "page_id")

    page_id: str = public.ref("written_page.id", "which page")
    title: str = public.text("its heading", length=80)
    body: str = public.text("its words, in Markdown", length=4000)


class LinkCheck(Row, table=True):
    """One https address that a published contact or page leads to, and what it answered last."""

    id: str = public.key()
    service_id: str = public.ref("service.id", "in which service", index=False)
    url: str = public.text("the address", length=500, unique=True)
    asked_at: datetime = public.moment("when it was last asked", index=True)
    answer: Answer | None = public.choice(Answer, "what came of it; empty: not asked to the end", null=True)
