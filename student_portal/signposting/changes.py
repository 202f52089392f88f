"""What changed between two versions of a contact, field by field, in words."""

from collections.abc import Iterator

from flask_babel import gettext as _

from student_portal.foundation import i18n
from student_portal.signposting.queries import Content


def changes(before: Content | None, after: Content) -> list[tuple[str, str]]:
    """Each changed field and what it was and is; nothing for a contact that is new."""
    return list(_differences(before, after)) if before else []


def _differences(before: Content, after: Content) -> Iterator[tuple[str, str]]:
    for label, old, new in zip(_labels(), _said(before), _said(after), strict=True):
        if old != new:
            words = (
                _("Was “%(old)s” and is now “%(new)s”", old=old, new=new)
                if old
                else _("Added: “%(new)s”", new=new)
            )
            yield label, words


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
        _("Check again by"),
    )


def _said(content: Content) -> tuple[str, ...]:
    return (
        content.name,
        content.way.value,
        content.target,
        _("Day and night") if content.hours is None else hours_words(content.hours),
        content.cost,
        content.what_happens,
        content.who_answers,
        content.takes,
        content.for_whom,
        i18n.full_day(content.review_by) if content.review_by else "",
    )


def hours_words(hours: object) -> str:
    """Set hours in one line: Mon 09:00 to 17:00, ..."""
    names = (_("Mon"), _("Tue"), _("Wed"), _("Thu"), _("Fri"), _("Sat"), _("Sun"))
    days = hours if isinstance(hours, dict) else {}
    spans = [
        _("%(day)s %(opens)s to %(closes)s", day=names[int(key)], opens=span[0], closes=span[1])
        for key, found in sorted(days.items())
        if key.isdigit()
        for span in found
    ]
    return ", ".join(spans)
