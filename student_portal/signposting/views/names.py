"""Names behind the ids of a contact or a page: whose students, which language, and who did something."""

from datetime import date
from typing import Any

from student_portal.accounts import queries as people
from student_portal.foundation import i18n
from student_portal.foundation.errors import NotFound
from student_portal.foundation.i18n import gettext as _
from student_portal.institutions import queries as institutions
from student_portal.institutions.queries import Listed, Pathway
from student_portal.signposting.languages import LANGUAGES
from student_portal.signposting.queries import ENGLISH, Content, Page, Version, VersionState


def places(besides: str | None = None) -> list[Listed]:
    """The universities a contact can be kept for, and the one it is kept for already."""
    known = {place.id: place for pathway in Pathway for place in institutions.listed(pathway)}
    if besides and besides not in known and (found := institutions.organisation(besides)):
        known[besides] = found
    return sorted(known.values(), key=lambda place: place.name)


def place(of: Content | Page) -> str:
    """The university whose students alone see it; empty: all do."""
    found = institutions.organisation(of.organisation_id) if of.organisation_id else None
    return found.name if found else ""


def language(of: Content | Page) -> str:
    """The language of the words, unless it is English."""
    return "" if of.language == ENGLISH else str(LANGUAGES.get(of.language, of.language))


def who(person_id: str | None) -> str:
    """A member of staff by name; words for one who is not known any more."""
    try:
        return people.staff_name(person_id) if person_id else str(_("nobody"))
    except NotFound:
        return str(_("somebody who is no longer here"))


def story(version: Version[Any]) -> str:
    """Who wrote a version and when, and what became of it."""
    if version.drafted_by is None:
        return str(_("Came with the software. Nobody had checked it then."))
    wrote = {"who": who(version.drafted_by), "when": i18n.moment(version.drafted_at)}
    written = (
        _("%(who)s asked on %(when)s to take it off the page.", **wrote)
        if version.takes_off
        else _("Written by %(who)s on %(when)s.", **wrote)
    )
    return " ".join((str(written), _outcome(version)))


def _outcome(version: Version[Any]) -> str:
    if version.approved_at is not None:
        second = {"who": who(version.approved_by), "when": i18n.moment(version.approved_at)}
        if version.takes_off:
            return str(_("Taken off by %(who)s on %(when)s.", **second))
        return str(_("Published by %(who)s on %(when)s.", **second))
    return str(
        {
            VersionState.DRAFT: _("A draft."),
            VersionState.PROPOSED: _("Waits for a second person."),
            VersionState.RETURNED: _("Sent back."),
        }.get(version.state, "")
    )


def review(version: Version[Any], today: date) -> str:
    """By when it is to be checked again, and whether that day has passed."""
    by = version.content.review_by
    if by is None:
        return str(_("No day set for the next check."))
    if version.is_overdue(today):
        return str(
            _("Should have been checked again by %(day)s. Students still see it.", day=i18n.full_day(by))
        )
    return str(_("Check again by %(day)s", day=i18n.full_day(by)))
