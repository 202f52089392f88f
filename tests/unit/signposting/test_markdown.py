"""What an editor writes becomes paragraphs, lists, headings and links, and nothing that runs or asks."""

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from student_portal.signposting.markdown import links, may_link, no_links, render

HOSTILE = (
    "<script>alert(1)</script>", "<ScRiPt src=//evil.example>", "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)>", "<svg><a xlink:href='javascript:alert(1)'>x</a></svg>", '"onfocus=alert(1) ',
    "' OR 1=1--", "{{7*7}}", "${7*7}", "javascript:alert(1)", "[x](javascript:alert(1))",
    "[x](JaVa\tScRiPt:alert(1))", "[x](&#106;avascript:alert(1))", "[x](data:text/html,<script>1</script>)",
    "[x](vbscript:1)", "[x](//evil.example)", "[x](/\\evil.example)", "[x](\\\\evil.example)",
    "[x](http://evil.example)", "[x](https://nhs.uk@evil.example)", "[x](mailto:a@example.org)",
    "[x](https://a.example 'onmouseover=alert(1)')", '[x](<https://a.example/" onclick="alert(1)>)',
    "![x](https://evil.example/pixel.png)", "![x](javascript:alert(1))", "<https://evil.example>",
    "[x]: javascript:alert(1)\n\n[x]", "<iframe src=//evil.example>", "<style>*{display:none}</style>",
    "<form action=//evil.example><input name=pin></form>", "<base href=//evil.example>", "<!-- -->",
    "<meta http-equiv=refresh content=0>", "<a href=/help style=position:fixed>x</a>", "```html\n<b>\n```",
    "    <b>code</b>", "> <b>quote</b>", "***", "# <img src=x>", "- [x](javascript:1)\n  - <b>",
    "[x](/staff/signposting)", "[x](/demo)", "[a[b](https://c.example)](javascript:1)", "\0",
    "&lt;script&gt;",
    "<math><mtext><script>1</script></mtext></math>", "=HYPERLINK('x')", "\r\nSet-Cookie: a=b", "\u202eevil",
)  # fmt: skip
TAGS = {"p", "h2", "h3", "ul", "ol", "li", "strong", "em", "a"}

pieces = st.one_of(
    st.sampled_from(HOSTILE),
    st.text(max_size=12),
    st.sampled_from(["\n\n", "\n- ", "\n1. ", "\n## ", "*", "[", "]("]),
)
hostile = st.lists(pieces, max_size=12).map("".join)


class Seen(HTMLParser):
    """Every tag with its attributes, as a browser would come upon them."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, list[tuple[str, str | None]]]] = []
        self.others: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, attrs))

    def handle_comment(self, data: str) -> None:
        self.others.append(data)

    handle_decl = handle_pi = unknown_decl = handle_comment


@pytest.mark.hazard("H25")
@given(hostile)
def test_nothing_but_the_listed_tags_and_addresses_survives(text: str) -> None:
    seen = Seen(render(text))
    assert {tag for tag, _attributes in seen.tags} <= TAGS
    assert seen.others == []
    for tag, attributes in seen.tags:
        names = [name for name, _value in attributes]
        assert names in ([], ["href"])
        assert (tag == "a") == bool(names), "a link leads somewhere, and nothing else has an attribute"
        assert all(may_link(value or "") for _name, value in attributes)


@pytest.mark.hazard("H25")
@pytest.mark.parametrize("text", HOSTILE)
def test_each_hostile_text_alone(text: str) -> None:
    seen = Seen(render(text))
    assert {tag for tag, _attributes in seen.tags} <= TAGS
    assert all(name == "href" and may_link(value or "") for _tag, pairs in seen.tags for name, value in pairs)
    assert "evil" not in "".join(value or "" for _tag, pairs in seen.tags for _name, value in pairs)


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("One.\n\nTwo.", "<p>One.</p>\n<p>Two.</p>\n"),
        ("# Big\n\n## Also big\n\n### Small", "<h2>Big</h2>\n<h2>Also big</h2>\n<h3>Small</h3>\n"),
        ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n"),
        ("1. a\n2. b", "<ol>\n<li>a</li>\n<li>b</li>\n</ol>\n"),
        ("*a* **b**", "<p><em>a</em> <strong>b</strong></p>\n"),
        ("[Call](tel:01512282300)", '<p><a href="tel:01512282300">Call</a></p>\n'),
        ("[Help](/help) [Text](sms:85258)", '<p><a href="/help">Help</a> <a href="sms:85258">Text</a></p>\n'),
        ("[x](https://a.example/b?c=d&e=f)", '<p><a href="https://a.example/b?c=d&amp;e=f">x</a></p>\n'),
        ("[words](/staff/x) stay", "<p>words stay</p>\n"),
        ("5 < 6 & 7", "<p>5 &lt; 6 &amp; 7</p>\n"),
    ],
)  # fmt: skip
def test_what_an_editor_writes_is_what_a_student_reads(text: str, html: str) -> None:
    assert str(render(text)) == html


def test_headings_go_on_below_whatever_stands_above() -> None:
    assert str(render("# a\n\n### b", under=3)) == "<h4>a</h4>\n<h5>b</h5>\n"


def test_an_editor_is_told_which_links_lead_nowhere() -> None:
    text = "[a](https://a.example) [b](http://b.example) [c](javascript:x) [d](/help) [e](/staff/x)"
    assert links(text) == ["https://a.example", "/help"]
    assert no_links(text) == ["http://b.example", "/staff/x", "javascript:x"]


@given(hostile)
def test_every_link_that_is_listed_is_on_the_page_and_the_other_way_round(text: str) -> None:
    hrefs = [value for _tag, pairs in Seen(render(text)).tags for _name, value in pairs]
    assert list(dict.fromkeys(hrefs)) == links(text)
