"""The one stylesheet: small, and the same way round for every language."""

import gzip
import re

import pytest

from tests.support.tree import ROOT

STATIC = ROOT / "student_portal" / "static"
CSS = (STATIC / "css" / "portal.css").read_text()
ONE_WAY_ROUND = re.compile(
    r"(?:margin|padding|border)-(?:left|right|top|bottom)|[{;](?:left|right|top|bottom|width|height|max-width)\s*:"
)


def test_it_weighs_at_most_six_kilobytes_on_the_wire() -> None:
    assert len(gzip.compress(CSS.encode(), 9)) <= 6 * 1024


def test_it_says_start_and_end_never_left_and_right() -> None:
    assert ONE_WAY_ROUND.findall(CSS) == []


def test_every_colour_is_a_token_in_both_schemes() -> None:
    light, dark, at_night = re.findall(r"\{([^{}]*--ground:#[^}]*)\}", CSS)
    tokens = re.compile(r"(--[\w-]+):#")
    assert set(tokens.findall(light)) == set(tokens.findall(dark))
    assert at_night == dark, "the preview of the night is the night"
    outside = CSS.replace(light, "").replace(dark, "").partition("@media print")[0]
    assert re.findall(r"#[0-9a-f]{3,8}\b", outside) == []


@pytest.mark.parametrize("name", ["portal.js", "item.js", "keep.js", "kept.js", "staff.js"])
def test_a_script_fetches_nothing_from_elsewhere_and_keeps_nothing(name: str) -> None:
    script = (STATIC / "js" / name).read_text()
    assert re.findall(r"https?:|localStorage|sessionStorage|document\.cookie|innerHTML|eval\(", script) == []
    assert len(script) < 4096
