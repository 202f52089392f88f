"""What a version of a contact says, field by field, and how two differ, in words."""

from collections.abc import Iterator

from student_portal.foundation import i18n
from student_portal.foundation.i18n import gettext as _
from student_portal.institutions import queries as institutions
from student_portal.signposting import hours
from student_portal.signposting.languages import LANGUAGES
from student_portal.signposting.queries import Content, Way


def changes(before: Content | None, after: Content) -> list[tuple[str, str]]:
    """Each changed field and what it was and is; nothing for a contact that is new."""
    return list(_differences(before, after)) if before else []


def facts(content: Content) -> list[tuple[str, str]]:
    """Each field that says something, and what."""
    return [(label, words) for label, words in zip(_labels(), _said(content), strict=True) if words]


def _differences(before: Content, after: Content) -> Iterator[tuple[str, str]]:
    for label, old, new in zip(_labels(), _said(before), _said(after), strict=True):
        if old == new:
            continue
        if old and new:
            yield label, _("Was “%(old)s” and is now “%(new)s”", old=old, new=new)
        elif new:
            yield label, _("Added: “%(new)s”", new=new)
        else:
            yield label, _("Was “%(old)s” and is now empty", old=old)


def _labels() -> tuple[str, ...]:
    return (
        _("Name"),
        _("Way"),
        _("Number or address"),
        _("Open"),
        _("Cost"),
        _("What happens when you do it"),
        _("Who answers"),
        _("How long it takes"),
        _("Who it is for"),
        _("Which students see it"),
        _("Language"),
        _("Check again by"),
    )


def _said(content: Content) -> tuple[str, ...]:
    return (
        content.name,
        str({Way.TEXT: _("Text"), Way.CALL: _("Call"), Way.WEB: _("On the web")}[content.way]),
        content.target,
        hours.in_words(content.hours),
        content.cost,
        content.what_happens,
        content.who_answers,
        content.takes,
        content.for_whom,
        _whose(content.organisation_id),
        str(LANGUAGES.get(content.language, content.language)),
        i18n.full_day(content.review_by) if content.review_by else "",
    )


def _whose(organisation_id: str | None) -> str:
    found = institutions.organisation(organisation_id) if organisation_id else None
    return found.name if found else str(_("Everybody, signed in or not"))
