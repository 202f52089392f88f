"""The help page as a file, for when neither the application nor the database answers.

One for each language, at most 5 KB, without a script. The worker writes them, the proxy shows them
(`docs/runbook/nginx.conf`), and a student may keep one on their phone.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from flask import Flask, current_app, url_for

from student_portal.foundation import clock, db, files, i18n, logs
from student_portal.foundation.i18n import gettext as _
from student_portal.signposting import cards, hours, queries
from student_portal.signposting.queries import Content, Way, link

LIMIT = 5 * 1024  # bytes: one small packet train on the worst line
FOLDER = "help"  # in the data folder


@dataclass(frozen=True)
class Copied:
    """One way to get help, with its hours in words instead of "open now".

    `needed`: open day and night and for everybody, to be left out only where another such way of its kind
    stands. `for_whom` is empty for everybody; `language` is that of the words that name and describe it.
    """

    way: Way
    name: str
    hours: str
    href: str
    action: str
    what: str
    who: str
    takes: str
    for_whom: str
    language: str
    needed: bool = False

    @property
    def secondary(self) -> bool:
        return self.way is Way.WEB


def writer(app: Flask, data_dir: Path) -> Callable[[], None]:
    """What the worker does at its start and each minute: bring the copies up to date."""

    def write() -> None:
        with app.test_request_context("/help"):
            write_all(data_dir / FOLDER)

    return write


def write_all(folder: Path) -> list[Path]:
    """Write what has changed, and give the files that were written.

    While the contacts cannot be read, the copies that stand are left alone, and one that is not there yet
    is made of what stands in code.
    """
    try:
        spoken = map(i18n.tag, i18n.languages())
        published = {language: queries.for_everybody(language) for language in spoken}
    except db.Unreachable as gone:
        logs.error(gone)
        published = None
    return [
        path
        for path, page in _files(folder, published or {})
        if (published is not None or not path.exists()) and files.replace(path, page.encode())
    ]


def _files(folder: Path, published: Mapping[str, Sequence[Content]]) -> Iterator[tuple[Path, str]]:
    """The copies of every language, then those for browsers whose language we do not speak."""
    pages: dict[str, tuple[str, str]] = {}
    for locale in i18n.languages():
        with i18n.speaking(locale):
            pages[f"-{i18n.tag(locale)}"] = page(published.get(i18n.tag(locale), ())), _exit_page()
    for suffix, (help_page, exit_page) in [*pages.items(), ("", next(iter(pages.values())))]:
        yield folder / f"help{suffix}.html", help_page
        yield folder / f"exit{suffix}.html", exit_page


def page(published: Sequence[Content]) -> str:
    """The copy in the present language; one that grew past its limit has fewer words, and then fewer ways.

    Two thirds of the limit hold all that is said of the contacts that come with the software.
    """
    contacts = _contacts(published)
    fitting = (
        made for kept in _shorter_and_shorter(contacts) if len((made := _made(kept)).encode()) <= LIMIT
    )
    return next(fitting)


def _contacts(published: Sequence[Content]) -> list[Copied]:
    """Text, call, web, as on the help page; 111 after the calls; the floor where nothing else stands."""
    found = [_copied(content) for content in published]
    for way in (Way.TEXT, Way.CALL):
        if not any(one.way is way and one.needed for one in found):
            found.append(_built_in(way, cards.floor_card(way)))
    found.append(_built_in(Way.CALL, cards.nhs_111()))
    return sorted(found, key=lambda one: list(Way).index(one.way))


def _copied(content: Content) -> Copied:
    cost = f" {content.cost}." if content.cost else ""
    return Copied(
        content.way,
        content.name,
        hours.in_words(content.hours) + cost,
        link(content.way, content.target),
        cards.action(content),
        content.what_happens,
        content.who_answers,
        content.takes,
        content.for_whom,
        content.language,
        needed=content.hours is None and content.way is not Way.WEB and not content.for_whom,
    )


def _built_in(way: Way, card: cards.Card) -> Copied:
    return Copied(
        way,
        card.name,
        _("Day and night. Free."),
        card.href,
        card.action,
        card.what,
        card.who,
        card.takes,
        card.for_whom,
        card.language,
        needed=True,
    )


def _shorter_and_shorter(contacts: list[Copied]) -> Iterator[list[Copied]]:
    """All of it; without how long it takes, then what happens, then who answers; and then without the last
    ways of those that others stand for.
    """
    yield contacts
    yield (kept := [replace(one, takes="") for one in contacts])
    yield (kept := [replace(one, what="") for one in kept])
    yield (kept := [replace(one, who="") for one in kept])
    for one in reversed(kept):
        if not one.needed or _has_another(one, kept):
            kept = [other for other in kept if other is not one]
            yield kept


def _has_another(one: Copied, kept: list[Copied]) -> bool:
    """Whether a way open day and night stands before this one; 111 is never left out."""
    return one.href != "tel:111" and any(
        other.needed and other.way is one.way for other in kept[: kept.index(one)]
    )


def _made(contacts: list[Copied]) -> str:
    headings = ((Way.TEXT, _("Text")), (Way.CALL, _("Call")), (Way.WEB, _("On the web")))
    groups = [(heading, [one for one in contacts if one.way is way]) for way, heading in headings]
    day = i18n.full_day(clock.today())
    return _alone("signposting/copy.html", groups=groups, day=day, exit_url=url_for("help.leave_kept"))


def _exit_page() -> str:
    return _alone("signposting/copy_exit.html")


def _alone(template: str, **context: Any) -> str:
    """A page without what the application says on every page: nobody has asked for this one."""
    made = current_app.jinja_env.get_template(template).render(**i18n.spoken(), **context)
    return "\n".join(line for line in made.splitlines() if line.strip()) + "\n"
