"""What changed between two versions of a page, line by line, in words."""

from difflib import SequenceMatcher

from student_portal.foundation.i18n import gettext as _


def page_changes(before: tuple[str, str], after: tuple[str, str]) -> list[tuple[str, str]]:
    """Each line that was taken out or added, in the order of the page; both are (title, body)."""
    old, new = _lines(before), _lines(after)
    found = []
    for _kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if old[a:b] != new[c:d]:
            found += [(_("Taken out"), line) for line in old[a:b]]
            found += [(_("Added"), line) for line in new[c:d]]
    return found


def _lines(said: tuple[str, str]) -> list[str]:
    title, body = said
    return [title, *(line for line in body.splitlines() if line)]
