"""Words, dates and times as people read them.

Every sentence of ours goes through gettext. British English is the default because the library's own
default writes American dates. The pseudo-locale wraps each translated message in ⟦ ⟧; a sweep then finds
any sentence that was forgotten.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime, time
from functools import cache, lru_cache
from gettext import NullTranslations
from typing import Any, NamedTuple

from babel import Locale
from babel.dates import format_date, get_day_names
from babel.support import Translations
from flask import Flask, appcontext_pushed, current_app, has_app_context, has_request_context, request
from flask_babel import Babel, Domain, force_locale, get_babel, get_domain, get_locale, lazy_gettext
from flask_babel import gettext as find_and_say
from markupsafe import Markup, escape
from wtforms.i18n import messages_path

from student_portal.foundation import clock

# lazy_gettext: for files of rooms that do not know Flask, such as the words of text messages.
__all__ = [
    "DEFAULT", "clock_time", "day", "full_day", "gettext", "hour", "init", "language", "languages",
    "lazy_gettext", "moment", "near_day", "short_day", "speaking", "spoken", "tag", "weekday",
]  # fmt: skip

DEFAULT = "en_GB"
_PSEUDO = "every sentence is marked"


class _Speech(NamedTuple):
    """The language of one page."""

    words: Any
    locale: str


_heard: ContextVar[_Speech | None] = ContextVar("the language of this page", default=None)


class _PageDomain(Domain):  # type: ignore[misc]  # Flask-Babel ships no types
    """Flask-Babel finds the language anew for every sentence; a page has hundreds in one."""

    def get_translations(self) -> Any:
        return _speech().words if has_app_context() else self.find()

    def find(self) -> Any:
        return super().get_translations()


class _PseudoTranslations(NullTranslations):
    """Marks every message that went through gettext."""

    def gettext(self, message: str) -> str:
        return f"⟦{message}⟧"

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return f"⟦{msgid1 if n == 1 else msgid2}⟧"

    ugettext, ungettext = gettext, ngettext


class _PseudoDomain(Domain):  # type: ignore[misc]  # Flask-Babel ships no types
    def get_translations(self) -> Any:
        return _PseudoTranslations()


def init(app: Flask, *, pseudo: bool = False) -> None:
    """Set up gettext, the filters `day`, `full_day`, `hour`, `moment`, `wall`, and the test `on_day_of`."""
    babel = Babel(app, default_locale=DEFAULT, default_timezone="Europe/London")
    babel.domain_instance = _PageDomain()
    app.jinja_env.globals.update(gettext=_say, ngettext=_say_counted, _=_say)
    app.extensions[_PSEUDO] = pseudo
    if pseudo:
        app.before_request(_PseudoDomain().as_default)
    appcontext_pushed.connect(_forget_speech, app)
    app.teardown_appcontext(_forget_speech)
    app.jinja_env.filters.update(day=day, full_day=full_day, hour=hour, moment=moment, wall=wall)
    app.jinja_env.filters["dateformat"] = _formatted
    app.jinja_env.tests["on_day_of"] = same_day
    app.context_processor(spoken)
    app.before_request(_keep_words_of_forms)


def _say(message: str, **values: Any) -> Markup:
    """What a template says, as the library's own "new style" has it: values are escaped, %% is one %. Of
    numbers only whole ones keep their kind, for %(n)d.
    """
    words: str = _speech().words.ugettext(message)  # the template's own, or a translator's
    if values or "%" in words:
        words %= {name: value if type(value) is int else escape(value) for name, value in values.items()}
    return Markup(words)  # noqa: S704


def _say_counted(one: str, many: str, num: int, **values: Any) -> Markup:
    return Markup(_speech().words.ungettext(one, many, num)) % {"num": num, **values}  # noqa: S704


def gettext(message: str, **values: Any) -> str:
    """This sentence in the language of the page, for views; the library's own finds that anew each time."""
    if not has_app_context():
        alone: str = find_and_say(message, **values)
        return alone
    words: str = _speech().words.ugettext(message)
    return words % values if values else words


_ = gettext


def _speech() -> _Speech:
    """Found once a page."""
    heard = _heard.get()
    if heard is None:
        heard = _find_speech()
        if has_request_context():
            _heard.set(heard)
    return heard


def _forget_speech(*_of_context: object, **_and_more: object) -> None:
    """A page drawn inside another one's request, as the demo's worker does, hears its own language."""
    _heard.set(None)


def _find_speech() -> _Speech:
    domain = get_domain()
    words = domain.find() if isinstance(domain, _PageDomain) else domain.get_translations()
    return _Speech(words, str(get_locale() or DEFAULT))


def _keep_words_of_forms() -> None:
    """Flask-WTF would read the form library's own words from the disk for every page with a form."""
    request.wtforms_translations = _words_of_forms(_locale())  # type: ignore[attr-defined]


@cache
def _words_of_forms(locale: str) -> Any:
    return Translations.load(messages_path(), [locale], domain="wtforms")


def languages() -> list[Locale]:
    """The languages there are words for, the default first."""
    others = {str(locale) for locale in get_babel().instance.list_translations()} - {DEFAULT}
    return [Locale.parse(name) for name in (DEFAULT, *sorted(others))]


@contextmanager
def speaking(locale: Locale) -> Iterator[None]:
    """Words in this language, for pages that nobody has asked for."""
    with force_locale(locale):
        if current_app.extensions[_PSEUDO]:
            _PseudoDomain().as_default()
        mark = _heard.set(_find_speech())
        try:
            yield
        finally:
            _heard.reset(mark)


def spoken() -> dict[str, str]:
    """What the `html` tag of a page says about its language."""
    locale = get_locale()
    return {"locale_tag": language(), "text_direction": locale.text_direction if locale else "ltr"}


def language() -> str:
    """The language that is spoken now, as `tag` writes it."""
    return tag(get_locale() or Locale.parse(DEFAULT))


def tag(locale: Locale) -> str:
    """en-GB: how browsers and addresses write a language."""
    return str(locale).replace("_", "-")


def day(value: date | datetime) -> str:
    """Thursday 26 November."""
    return _formatted(value, "EEEE d MMMM")


def short_day(value: date | datetime) -> str:
    """26 Nov."""
    return _formatted(value, "d MMM")


def near_day(value: date | datetime, today: date | datetime) -> str:
    """Tuesday; from a week after today on with its date, Tuesday 8 December."""
    is_near = abs((_date(value) - _date(today)).days) < 7
    return _formatted(value, "EEEE") if is_near else day(value)


def full_day(value: date | datetime) -> str:
    """26 November 2026."""
    return _formatted(value, "d MMMM y")


def _formatted(value: date | datetime, pattern: str) -> str:
    return _date_in(_date(value), pattern, _locale())


@lru_cache(maxsize=4096)
def _date_in(on: date, pattern: str, locale: str) -> str:
    return format_date(on, pattern, locale=locale)


def hour(value: datetime) -> str:
    """9am, or 9:40am: London's wall clock."""
    return clock_time(clock.london(value).time())


def clock_time(value: time) -> str:
    """9am, or 9:40am."""
    spoken = value.hour % 12 or 12
    minutes = f":{value.minute:02}" if value.minute else ""
    half = _("am") if value.hour < 12 else _("pm")  # outside the braces, where words are collected from
    return f"{spoken}{minutes}{half}"


def weekday(number: int) -> str:
    """Monday for 0."""
    return str(get_day_names("wide", locale=_locale())[number])


def moment(value: datetime) -> str:
    """Thursday 26 November at 2pm."""
    return _("%(day)s at %(hour)s", day=day(value), hour=hour(value))


def wall(value: datetime) -> str:
    """10:04, as a phone's locked screen shows it."""
    return f"{clock.london(value):%H:%M}"


def same_day(one: datetime, other: datetime) -> bool:
    """Whether two moments fall on one London day."""
    return _date(one) == _date(other)


def _date(value: date | datetime) -> date:
    return clock.london(value).date() if isinstance(value, datetime) else value


def _locale() -> str:
    return _speech().locale if has_app_context() else DEFAULT


def later(message: str) -> str:
    """Mark words where they are written as data; the page that shows them translates them.

    Imported `as _` by the files that hold questions, kinds of message or permissions, which know no web.
    """
    return message
