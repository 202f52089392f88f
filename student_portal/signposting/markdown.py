"""What an editor writes in Markdown, as HTML that can do no harm.

Two gates in a row: the reader of Markdown knows no raw HTML, no code and no tables, and leaves only the words
of a picture; and whatever it made is cleaned by an allow-list of tags, one attribute and few kinds of
address. The page's own title is its h1, so written headings begin a step below whatever stands above them.
"""

import re
from collections.abc import Iterable

import nh3
from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup

LOWEST = 6
_TEXT = frozenset({"p", "ul", "ol", "li", "strong", "em", "a"})
_ADDRESS = re.compile(
    r"https://[^\s\"'<>\\@]+"  # no user:password@ in front of a host
    r"|(?:tel|sms):\+?[0-9]{3,15}"
    r"|/(?!staff(?:/|$)|demo(?:/|$))(?:[a-z0-9-]+(?:/[a-z0-9-]+)*)?"  # a student's page of our own
)
_reader = (
    MarkdownIt("zero", {"html": False, "linkify": False, "typographer": False})
    .enable(["heading", "list", "emphasis", "link", "image", "newline", "escape", "entity"])
    .enable(["balance_pairs", "fragments_join"])
)


def render(text: str, *, under: int = 1) -> Markup:
    """HTML for a text that stands under a heading of this level (1 to 5)."""
    tokens = _reader.parse(text)
    for token in tokens:
        _set_heading(token, under)
        _drop(token.children or ())
    made = _reader.renderer.render(tokens, _reader.options, {})
    return Markup(_clean(made, under))  # noqa: S704 - the one place that makes markup of words: cleaned above


def links(text: str) -> list[str]:
    """Every address that the rendered text leads to, each once, in order."""
    return [address for address in _addresses(text) if may_link(address)]


def no_links(text: str) -> list[str]:
    """Every address that was meant as a link and will not be one."""
    unread = re.findall(r"\]\(([^)\s]*)", render(text).striptags())
    return [address for address in (*_addresses(text), *unread) if not may_link(address)]


def may_link(address: str) -> bool:
    """Whether a text may lead there: https, a number to call or text, or a student's page of our own."""
    return bool(_ADDRESS.fullmatch(address))


def _addresses(text: str) -> list[str]:
    inside = (child for token in _reader.parse(text) for child in token.children or ())
    return list(dict.fromkeys(_address(child) for child in inside if child.type == "link_open"))


def _address(link: Token) -> str:
    return str(link.attrs.get("href", ""))


def _set_heading(token: Token, under: int) -> None:
    """Written # or ## is the first level below, anything deeper the second."""
    if token.type in ("heading_open", "heading_close"):
        token.tag = _headings(under)[int(token.tag[1]) > 2]


def _drop(inside: Iterable[Token]) -> None:
    """Leave the words of a picture and of a link that leads nowhere we allow. Links do not nest."""
    dropped = False
    for token in inside:
        if token.type == "image":
            token.type, token.tag, token.attrs = "text", "", {}
        if token.type == "link_open":
            dropped = not may_link(_address(token))
        if dropped and token.type in ("link_open", "link_close"):
            token.type, token.tag, token.content, token.attrs = "text", "", "", {}


def _headings(under: int) -> tuple[str, str]:
    return f"h{min(under + 1, LOWEST)}", f"h{min(under + 2, LOWEST)}"


def _clean(html: str, under: int) -> str:
    return nh3.clean(
        html,
        tags={*_TEXT, *_headings(under)},
        attributes={"a": {"href"}},
        attribute_filter=lambda _tag, _name, value: value if may_link(value) else None,
        url_schemes={"https", "tel", "sms"},
        link_rel=None,  # the policy of the page sends no referrer, and nothing opens in a new window
    )
