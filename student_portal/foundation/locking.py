"""What somebody posts from a page whose session has idled out: taken as it is, and given back to its form.

A row keeps it sealed (`accounts`); here is what HTTP knows of it. All or nothing: what proves who somebody is
(passwords, PINs, codes, dates of birth) is never taken, and a form that holds such a thing not at all.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar
from urllib.parse import urlsplit

from flask import Response, current_app, g, request, session
from flask_wtf.csrf import CSRFError
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

from student_portal.foundation.web import ANYONE, is_staff_side

View = TypeVar("View", bound=Callable[..., Any])
Fields = tuple[tuple[str, str], ...]

MARK = "from_lock"  # the hidden field of a form that shows such words again
TOKEN = "csrf_token"  # noqa: S105 - a field's name
HEADER = "X-Locked"  # a page's script locks it: keep what stands there, do nothing of it

_PROOFS = {"password", "pin", "code", "digits", "born"}
_BIRTHDAY = re.compile(r"(?:^|-)(?:born|answer)-(?:day|month|year)$")
# Versions, ids, marks and signed texts that our own hidden fields carry; the codes of choices and buttons.
_MACHINE = re.compile(r"\d{0,9}|[0-9a-f]{12,}|[0-9a-z]{26}|[\w.\-]{40,}", re.ASCII)
_CODE = re.compile(r"[a-z_]{1,20}|[a-z]{2}-[A-Z]{2}")


@dataclass(frozen=True)
class Posted:
    """Every field as it was posted, in order; where to; and the page it was written on."""

    path: str
    page: str
    fields: Fields

    @property
    def words(self) -> tuple[str, ...]:
        """What a person may want to read again, where no form shows it; a code among them does no harm."""
        return tuple(value for _, value in self.fields if value.strip() and not _MACHINE.fullmatch(value))

    @property
    def written(self) -> tuple[str, ...]:
        """What a person certainly wrote: single words that could as well be a choice's code are left out."""
        return tuple(value for value in self.words if not _CODE.fullmatch(value))


@dataclass(frozen=True)
class Waiting:
    """What is kept, for whoever wrote it. `is_shown` False: behind a link, where nothing that was given under
    an earlier proof is shown; then it is without its fields.
    """

    id: str
    posted: Posted
    is_shown: bool


@dataclass
class GivenBack:
    """Words for the form on the present page; `taken` once a form of the page holds them."""

    words_id: str
    fields: Fields
    taken: bool = False

    def wanted_by(self, names: list[str]) -> bool:
        """Whether a form with these fields, hidden ones left out, is the one they were typed in."""
        return _is_one_of_them([name for name, _ in self.fields], names)

    def take(self) -> MultiDict[str, str]:
        """The fields, as a form reads them."""
        self.taken = True
        return MultiDict(self.fields)


def never_kept(when: Callable[..., bool] = lambda **_: True) -> Callable[[View], View]:
    """Declare that a view takes something that is never kept, at least for some of its addresses."""

    def declare(view: View) -> View:
        view.never_kept = when  # type: ignore[attr-defined]
        return view

    return declare


def is_proof(name: str) -> bool:
    """Whether a field of this name proves who somebody is."""
    return name.rpartition("-")[2] in _PROOFS or bool(_BIRTHDAY.search(name))


def posted(role: str) -> Posted | None:
    """What the present request posts, if it may be kept: whole, or None. `role`: its writer's."""
    refuses = getattr(current_app.view_functions[request.endpoint or ""], "never_kept", None)
    fields = tuple(
        (name, value)
        for name, value in request.form.items(multi=True)
        if name != MARK and not name.endswith(TOKEN)
    )
    if refuses and refuses(**(request.view_args or {})):
        return None
    if request.files or any(is_proof(name) for name, _ in fields) or not any(value for _, value in fields):
        return None
    return Posted(request.path, _page(role), fields)


def is_genuine() -> bool:
    """Whether the present request carries a form token of ours, made for this browser."""
    if not current_app.config["WTF_CSRF_ENABLED"]:
        return True  # as in tests, everywhere else too
    try:
        current_app.extensions["csrf"].protect()
    except CSRFError:
        return False
    return True


def _page(role: str) -> str:
    """The page that the form stood on, or else the one of the address it was posted to."""
    came_from = urlsplit(request.referrer or "")
    candidates = [came_from.path] if came_from.netloc == request.host else []
    return next((path for path in [*candidates, request.path] if _is_theirs(path, role)), "")


def _is_theirs(path: str, role: str) -> bool:
    """Whether it is a page for this role and not for everybody: nobody is led to Exit or a locked page."""
    if is_staff_side(path) != is_staff_side(request.path):
        return False
    try:
        endpoint, _ = current_app.url_map.bind(request.host).match(path, method="GET")
    except (HTTPException, RequestRedirect):
        return False
    allowed = current_app.extensions["policies"].get(endpoint, ())
    return role in allowed and ANYONE not in allowed


def promise(found: Waiting | None, otherwise: str) -> str:
    """Where to lead the writer, who was just proved in this browser: to the page they wrote on, whose form
    shows it again from now on.
    """
    if found is None:
        return otherwise
    session["locked_words"] = found.id
    return found.posted.page if found.is_shown and found.posted.page else otherwise


def promised() -> str | None:
    """The id of the words that this browser was promised."""
    found = session.get("locked_words")
    return found if isinstance(found, str) else None


def settle() -> None:
    """They were used, thrown away, or are gone."""
    session.pop("locked_words", None)
    session.pop("locked_said", None)


def say_once() -> bool:
    """Whether this browser was told once that something was not saved; from now on it was."""
    said = "locked_said" in session
    session["locked_said"] = 1
    return said


def not_taken() -> None:
    """Say that the present request leads on without having saved anything: what was kept stays."""
    g.words_not_taken = True


def are_taken(response: Response) -> bool:
    """Whether the form was taken: then every view of ours leads on, or a script is told so in a few bytes."""
    if request.method != "POST" or g.get("words_not_taken"):
        return False
    return 300 <= response.status_code < 400 or (response.status_code == 200 and response.is_json)


def still_marked(names: list[str]) -> str:
    """The mark that was posted now with the form of these fields; after a mistake it stands there again."""
    return request.form.get(MARK, "") if _is_one_of_them(list(request.form), names) else ""


def _is_one_of_them(posted_names: list[str], names: list[str]) -> bool:
    return any(one == name or one.startswith(f"{name}-") for one in posted_names for name in names)


def give_back(words_id: str, fields: Fields) -> None:
    """Let the form on the present page show these."""
    g.given_back = GivenBack(words_id, fields)


def given_back() -> GivenBack | None:
    """What the form on the present page is to show, if anything."""
    found: GivenBack | None = g.get("given_back")
    return found
