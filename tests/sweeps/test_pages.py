"""Every page of the demo, for everybody, in every state and after every button: what must hold on all."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask

from student_portal.demo.people import STAFF, STUDENTS
from student_portal.foundation.web import is_staff_side
from student_portal.settings.queries import ServiceSettings
from tests.support.pages import Page, faults
from tests.sweeps.presses import Walked

TELLING = re.compile(
    r"u-?cope|therap|self.?harm|suicid|risk|core|nhs|mersey|crisis|session|hurt|liaison|clinic|mental", re.I
)
ID = re.compile(r"\b[0-9a-z]{26}\b")
SECRET = re.compile(r"\b[0-9a-z]{26,}\b")
NAMES = {part for person in (*STUDENTS, *STAFF) for part in person.name.split()}
PERSONAL = re.compile(
    "|".join(rf"\b{name}\b" for name in (*NAMES, "Juniper"))
    + r"|@|7700.?900|\b(?:19|20)\d\d\b|\b(?=\w*\d)[0-9A-Z]{3}[ -]?[0-9A-Z]{3}\b"
)
"""A name, an e-mail address, a number, a year of birth, a reference."""


@pytest.fixture(scope="module")
def pages(walked: Walked) -> list[Page]:
    return walked.pages


def wrong_with(pages: list[Page], fault: Callable[[Page], object]) -> set[str]:
    """What is wrong, once for each kind of page."""
    return {f"{ID.sub('ID', page.path)}: {found}" for page in pages if (found := fault(page))}


def of_students(pages: list[Page]) -> list[Page]:
    return [page for page in pages if not is_staff_side(page.path)]


@pytest.mark.hazard("H14")
def test_every_page_is_whole_labelled_and_asks_nobody_else(pages: list[Page]) -> None:
    assert wrong_with(pages, faults) == set()


@pytest.mark.hazard("H14")
def test_no_address_or_title_tells_who_somebody_is(pages: list[Page]) -> None:
    telling = wrong_with(pages, lambda page: PERSONAL.findall(ID.sub("", page.path) + "\n" + page.title))
    assert telling == set()


@pytest.mark.hazard("H14")
def test_no_address_or_title_of_a_students_page_tells_what_it_is_about(pages: list[Page]) -> None:
    students = of_students(pages)
    assert wrong_with(students, lambda page: TELLING.findall(page.path + "\n" + page.title)) == set()
    named = re.compile(r"^(Error: )?[A-Z][a-z0-9 ]+ - Student portal$")
    assert {page.title for page in students if not named.match(page.title)} == set()


@pytest.mark.hazard("H14")
def test_a_links_token_stands_only_in_the_address_that_a_text_gives(pages: list[Page]) -> None:
    tokens = {SECRET.search(page.path)[0] for page in pages if page.path.startswith("/l/")}
    assert len(tokens) >= 2
    elsewhere = [page for page in pages if not page.path.startswith("/l/")]
    assert wrong_with(elsewhere, lambda page: [token for token in tokens if token in page.path]) == set()
    assert wrong_with(pages, lambda page: [token for token in tokens if token in page.title]) == set()


@pytest.mark.hazard("H07")
def test_every_students_page_and_every_error_shows_help(pages: list[Page]) -> None:
    broken = [page for page in pages if page.status >= 400 and not page.title.startswith("Error:")]
    exits = [page for page in pages if page.path == "/exit"]  # almost empty on purpose
    assert [page for page in exits if "/help" in page.links]
    help_less = wrong_with([*of_students(pages), *broken], lambda page: "tel:999" not in page.html)
    assert help_less - wrong_with(exits, lambda _page: True) == set()


def test_the_teams_number_is_a_tap_away_wherever_a_student_reads_it(pages: list[Page]) -> None:
    number = ServiceSettings.team_phone
    naming = [page for page in of_students(pages) if number in page.html]
    assert len(naming) > 10
    ready = f'<a href="tel:{number.replace(" ", "")}"><bdi dir="ltr">{number}</bdi></a>'
    assert wrong_with(naming, lambda page: number in page.html.replace(ready, "")) == set()


@pytest.mark.hazard("H07")
def test_only_what_was_broken_on_purpose_breaks(pages: list[Page]) -> None:
    on_purpose = {"/who", "/staff/accounts/sign-in"}
    assert {page.path for page in pages if page.status >= 500} == on_purpose
    assert all("That is our mistake, not yours." in page.html for page in pages if page.status >= 500)


def test_a_refused_form_says_so_in_its_title_and_beside_the_field(pages: list[Page]) -> None:
    refused = [page for page in pages if page.title.startswith("Error:")]
    assert len({ID.sub("ID", page.path) for page in refused}) > 20
    spoken = [page for page in refused if page.status != 429]  # that one is a page of its own
    assert wrong_with(spoken, lambda page: 'role="alert"' not in page.html) == set()


def test_every_template_is_on_some_page(walked: Walked) -> None:
    assert len(walked.pages) > 400
    assert templates(walked.app) - shown(walked.app) == set()


def templates(app: Flask) -> set[str]:
    folder = Path(app.root_path) / "templates"
    return {str(path.relative_to(folder)) for path in folder.rglob("*.html")}


def shown(app: Flask) -> set[str]:
    """Every template that was rendered, extended, included or imported since the application began."""
    return {name for _loader, name in app.jinja_env.cache}
