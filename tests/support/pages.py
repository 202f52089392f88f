"""Walking the product as a person would: every page that a link leads to, and what is wrong with it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urlsplit

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.support.world import TEMPLATES

VOID = {"input", "meta", "link", "br", "path", "circle", "img", "hr"}
HIDDEN = {"hidden", "submit", "button"}
SPOKEN = ("aria-label", "alt", "title", "placeholder")
SPOKEN += ("data-saving", "data-failed", "data-done", "data-removed")  # said by our scripts


@dataclass
class Page(HTMLParser):
    """One answer, read: its links, fields, labels and text."""

    path: str
    status: int
    html: str
    policy: str = ""
    template: str = ""
    title: str = ""
    tags: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    _inside: list[tuple[str, bool]] = field(default_factory=list)
    runs: list[str] = field(default_factory=list)  # all that is read or spoken, but for marked data

    @classmethod
    def of(cls, answer: TestResponse) -> "Page":
        """The page an answer brought, where it led in the end."""
        return cls(
            answer.request.full_path.removesuffix("?"),
            answer.status_code,
            answer.text,
            policy=answer.headers["Content-Security-Policy"],
            template=next(reversed(answer.request.environ.get(TEMPLATES, [])), ""),
        )

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.feed(self.html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = {name: value or "" for name, value in attrs}
        self.tags.append((tag, named))
        data = named.get("translate") == "no" or tag in ("bdi", "time", "script", "style")
        data = data or bool(self._inside and self._inside[-1][1])
        if not data:
            self.runs += [named[name] for name in SPOKEN if name in named]
        if tag not in VOID:
            self._inside.append((tag, data))

    def handle_endtag(self, tag: str) -> None:
        while self._inside and self._inside.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if [tag for tag, _ in self._inside] == ["html", "head", "title"]:
            self.title += data
            self.runs.append(data)
        elif data.strip() and self._inside and not self._inside[-1][1]:
            self.runs.append(data.strip())

    def all(self, tag: str) -> list[dict[str, str]]:
        return [attributes for name, attributes in self.tags if name == tag]

    @property
    def links(self) -> Iterator[str]:
        """The paths of our own pages that this one leads to; files to keep are no pages."""
        for link in (link for link in self.all("a") if "download" not in link):
            parts = urlsplit(link.get("href", ""))
            if not parts.scheme and not parts.netloc and parts.path:
                yield parts.path + (f"?{parts.query}" if parts.query else "")

    def forms(self, *, to_fill_in: bool = False) -> Iterator[tuple[str, dict[str, str]]]:
        """Each form that is posted, or each with something to fill in: where to, and its hidden fields."""
        address, kept, has_fields = None, {}, False
        for tag, named in [*self.tags, ("form", {})]:
            if tag == "form":
                if address is not None and has_fields >= to_fill_in:
                    yield address, kept
                address, kept, has_fields = named.get("action") or self.path, {}, False
                if named.get("method") != "post":  # a choice that only changes what is shown
                    address = None
            elif named.get("type") == "hidden" and "name" in named:
                kept[named["name"]] = named.get("value", "")
            elif tag in ("input", "select", "textarea"):
                has_fields = True


def crawl(browser: FlaskClient, starts: list[str], *, within: tuple[str, ...] = ("/",)) -> list[Page]:
    """Every page reached from these by links that begin so, once for each kind (ids and queries left aside).

    Exit is left alone: it signs the browser out.
    """
    seen: set[str] = {"/exit"}
    found, waiting = [], list(starts)
    while waiting:
        path = waiting.pop(0)
        kind = re.sub(r"\b[0-9a-z]{26}\b|(?<==)\w+", "ID", path)
        if kind not in seen:
            seen.add(kind)
            found.append(Page.of(browser.get(path, follow_redirects=True)))
            waiting.extend(link for link in found[-1].links if link.startswith(within))
    return found


def faults(page: Page) -> list[str]:
    """What is wrong with a page, whoever looks at it; nothing on a sound one."""
    wrong = [] if len(page.all("h1")) == 1 else [f"{len(page.all('h1'))} h1"]
    html = page.all("html")[0] if page.all("html") else {}
    wrong += [f"no {name} on html" for name in ("lang", "dir") if not html.get(name)]
    ids = [attributes["id"] for _, attributes in page.tags if "id" in attributes]
    wrong += [f"id {one} twice" for one in {one for one in ids if ids.count(one) > 1}]
    wrong += [f"{where}: no {one}" for where, one in _named(page) if one not in ids]
    return [*wrong, *_unlabelled(page), *(fault for tag in page.tags for fault in _unsafe(*tag))]


def _named(page: Page) -> Iterator[tuple[str, str]]:
    """Every id that something on the page points to."""
    for tag, attributes in page.tags:
        for name in ("for", "aria-describedby", "aria-labelledby"):
            yield from ((f"{tag} {name}", one) for one in attributes.get(name, "").split())
        if tag == "a" and attributes.get("href", "").startswith("#"):
            yield "a link", attributes["href"][1:]


def _unlabelled(page: Page) -> Iterator[str]:
    labelled = {label.get("for") for label in page.all("label")}
    for tag in ("input", "select", "textarea"):
        for field_ in page.all(tag):
            named = field_.get("id") in labelled or field_.get("aria-label")
            if field_.get("type") not in HIDDEN and not named:
                yield f"no label: {field_}"


def _unsafe(tag: str, attributes: dict[str, str]) -> Iterator[str]:
    """Inline styles and scripts, and anything fetched from or posted to another host."""
    yield from (f"{tag} has {name}" for name in attributes if name == "style" or name.startswith("on"))
    fetched = attributes.get("href", "") if tag == "link" else ""
    address = attributes.get("src") or attributes.get("action") or fetched
    if urlsplit(address).netloc:
        yield f"{tag} asks {address}"
    if tag == "script" and not (attributes.get("src") and attributes.get("nonce")):
        yield "a script inline, or without a nonce"
