"""With the colours of the person's own system, the line of scores still says everything."""

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import BrowserContext

import student_portal

STYLES = Path(student_portal.__file__).parent / "static/css/portal.css"
LINE = """<figure class="chart six"><svg viewBox="0 0 420 262"><path class="grid" d="M34 20H404"/>
<text y="24">40</text><circle class="pt" cx="56" cy="90" r="4"/><text class="num" y="80">16.7</text></svg>
</figure>"""
PAINT = "all => all.map(one => { const s = getComputedStyle(one); return [s.fill, s.stroke]; })"


def test_numbers_of_the_line_can_be_read_in_forced_colours(
    new_context: Callable[..., BrowserContext],
) -> None:
    page = new_context(forced_colors="active", color_scheme="light").new_page()
    page.set_content(f"<style>{STYLES.read_text()}</style>{LINE}")
    plain, number = page.locator("text").evaluate_all(PAINT)
    assert plain[1] == "none", "a stroke as wide as the letters would cover them"
    assert number[0] != number[1], "the halo behind a number may not have the number's own colour"
