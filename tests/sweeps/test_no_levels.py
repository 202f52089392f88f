"""No level, no traffic light, no reassurance, no count and no order by score: at the sources and on paper.

`test_words.py` reads every sentence and every page as it was shown. Here is what those would miss: a word
typed into a template beside gettext, a class that a template puts together, a rule of the stylesheet, a
message, a file that leaves the portal, a list sorted by a number. Each scan is first shown what it must find.
The wording of the instruments is theirs, licensed and unchanged, so their items are not looked at.
"""

import ast
import io
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from jinja2 import Environment, nodes
from pypdf import PdfReader

from questionnaires import load
from student_portal.access.queries import Role
from student_portal.messaging.wording import KINDS
from tests.support import tree
from tests.support.world import opened
from tests.sweeps.presses import Walked
from tests.sweeps.test_words import LEVEL, NAMES_OF_LEVELS, REASSURING, STATES, VALUE_CLASSES, said

TELLING = (LEVEL, REASSURING)
SHEET = tree.ROOT / "student_portal/static/css/portal.css"
ROOMS = ("alerts", "measures", "home", "caseload", "evaluation", "reminders", "governance")

INSTRUMENTS = ("core_om", "core_10")

HOW_MANY = re.compile(
    r"\b(\d+|one|two|three|four|five|six)( of \d+| of the)?( other)? safety (answer|item|question)s?\b"
    r"|\bsafety (answers|items)\b[^.]{0,20}: \d+\b(?!\. “)",
    re.IGNORECASE,
)
"""How many of the safety items were answered above "not at all" would be a score of its own."""

SHOWS_ANSWERS = re.compile(r"\.(said|first|tab|words|chart|facts|rows|tasks|tag|late|wide)\b")
COLOURS_OF_ALARM = {"stop", "alarm", "on-alarm"}
"""They mark the way to help and a field to be corrected, never an answer or a number."""
COLOUR_WORDS = re.compile(
    r":[^;}]*\b(red|amber|orange|yellow|green|lime|gold|crimson|tomato|firebrick|salmon|coral|olive|teal)\b"
)
BY_VALUE = re.compile(r"\[(value|data-[\w-]+|class[*^$~|]=)")

NUMBERS = {"score", "scores", "shown", "value", "total", "position", "numerator", "mean", "distress", "above"}
COUNTED = {"above", "unanswered", "safety", "others"}
MAY_COUNT = {
    "caseload/views/sent.py": "how many safety items a form asks, so that the longer one names the rows",
}


# words


@pytest.mark.hazard("H11")
@pytest.mark.hazard("H12")
def test_no_template_says_it_in_or_beside_gettext() -> None:
    found = {
        f"{path.relative_to(tree.ROOT)}:{line}: {word}"
        for path in tree.templates()
        for line, words in texts(path.read_text())
        for pattern in TELLING
        for word in said(pattern, words)
    }
    assert found == set()


def texts(template: str) -> Iterator[tuple[int, str]]:
    """What a template writes itself, without marks, and every word in its expressions."""
    parsed = Environment(autoescape=True).parse(template)
    for node in parsed.find_all((nodes.TemplateData, nodes.Const)):
        words = node.data if isinstance(node, nodes.TemplateData) else node.value
        if isinstance(words, str):
            yield node.lineno, re.sub(r"<[^>]*>?|[\w-]+=\"[^\"]*\"?", " ", words)


@pytest.mark.hazard("H11")
def test_no_message_says_it_on_any_channel() -> None:
    wordings = [(kind, str(words)) for kind, one in KINDS.items() for words in (*one.texts, *one.emails)]
    assert len(wordings) > 20
    assert {(kind, word) for kind, words in wordings for p in TELLING for word in said(p, words)} == set()


@pytest.fixture(scope="module")
def papers(seeded_data_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What stands in the files that leave the portal: both PDFs and the table, of whoever sent most."""
    with opened(seeded_data_dir, tmp_path_factory.mktemp("papers")) as world:
        desk, record = world.browser(Role.THERAPIST), f"/staff/caseload/{world.person('Sam Sample')}"
        return {
            "report": in_pdf(desk.post(f"{record}/report").data),
            "own copy": in_pdf(world.browser(Role.STUDENT, "Sam Sample").get("/home/line/copy").data),
            "table": desk.post(f"{record}/scores").text,
        }


def in_pdf(file: bytes) -> str:
    """The words of a PDF, without those of the instruments' items."""
    pages = PdfReader(io.BytesIO(file)).pages
    words = " ".join(" ".join(page.extract_text() for page in pages).split())
    for form in INSTRUMENTS:
        for item in load(form).items:
            words = words.replace(item.text, "")
    return words


@pytest.mark.hazard("H11")
@pytest.mark.hazard("H12")
def test_no_file_that_leaves_the_portal_says_it_or_counts(papers: dict[str, str]) -> None:
    assert all(len(words) > 300 for words in papers.values())
    for name, words in papers.items():
        assert [word for pattern in (*TELLING, HOW_MANY) for word in said(pattern, words)] == [], name


@pytest.mark.hazard("H11")
def test_no_page_says_how_many_safety_items_were_answered(walked: Walked) -> None:
    found = {(page.path, word) for page in walked.pages for word in said(HOW_MANY, " ".join(page.runs))}
    assert found == set()


# colours and classes


@pytest.mark.hazard("H11")
def test_no_rule_of_the_stylesheet_colours_an_answer_or_picks_by_a_value() -> None:
    rules = list(rules_of(SHEET.read_text()))
    assert len(rules) > 200
    assert list(colouring(rules)) == []


def rules_of(sheet: str) -> Iterator[tuple[str, str]]:
    plain = re.sub(r"/\*.*?\*/", "", sheet, flags=re.DOTALL)
    yield from re.findall(r"([^{}]+)\{([^{}]*)\}", plain)


def colouring(rules: list[tuple[str, str]]) -> Iterator[str]:
    """Rules that would make a traffic light."""
    for selector, body in rules:
        alarms = COLOURS_OF_ALARM & set(re.findall(r"var\(--([\w-]+)\)", body))
        if SHOWS_ANSWERS.search(selector) and alarms:
            yield f"{selector} is coloured {alarms}"
        if COLOUR_WORDS.search(f":{body}") or BY_VALUE.search(selector):
            yield f"{selector}{{{body}}}"


@pytest.mark.hazard("H11")
def test_no_template_makes_a_class_of_a_level_or_of_a_value() -> None:
    found = {
        f"{path.relative_to(tree.ROOT)}: {made}"
        for path in tree.templates()
        for made in made_classes(path.read_text())
    }
    assert found == set()


def made_classes(template: str) -> Iterator[str]:
    """Classes named after a level, or put together from a score, an answer or a number."""
    for written in re.findall(r'class="((?:\{\{.*?\}\}|\{%.*?%\}|[^"])*)"', template):
        words = re.findall(r"[\w-]+", re.sub(r"\{%.*?%\}|\{\{|\}\}", " ", written))
        yield from (f'class="{written}"' for word in words if is_level(word))
        inserted = " ".join(re.findall(r"\{[{%].*?[%}]\}", written))
        if re.search(rf"\.({'|'.join(NUMBERS | {'chosen', 'answer'})})\b", inserted):
            yield f'class="{written}"'


def is_level(name: str) -> bool:
    return bool(NAMES_OF_LEVELS.search(name)) and name not in STATES | VALUE_CLASSES


def test_what_is_drawn_on_paper_is_grey() -> None:
    """A printer has no dark scheme, so colours stand in the template: each as much red as green as blue."""
    drawn = "".join(path.read_text() for path in tree.templates() if "paper" in path.name)
    colours = set(re.findall(r"#[0-9a-f]{3,6}\b", drawn))
    assert colours
    assert {colour for colour in colours if not is_grey(colour)} == set()


def is_grey(colour: str) -> bool:
    """Whether its three parts lie close together."""
    short = colour[1:]
    parts = [2 * part for part in short] if len(short) == 3 else re.findall("..", short)
    shades = [int(part, 16) for part in parts]
    return max(shades) - min(shades) <= 16


# counts and order


@pytest.mark.hazard("H11")
def test_nothing_is_put_in_order_by_a_score_and_no_safety_answers_are_counted() -> None:
    found = []
    for path in tree.python_files("student_portal"):
        name = str(path.relative_to(tree.ROOT / "student_portal"))
        if name.partition("/")[0] in ROOMS:
            found += [f"{name}:{line}: {what}" for line, what in ranked(path.read_text(), name)]
    for path in tree.templates():
        found += [f"{path.name}: {what}" for what in ranked_in_template(path.read_text())]
    assert found == []


def ranked(source: str, name: str = "") -> Iterator[tuple[int, str]]:
    """Calls that sort by a number of a form, or that count safety answers."""
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call):
            continue
        called = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
        named = {part.attr for part in ast.walk(node) if isinstance(part, ast.Attribute)}
        if called in {"order_by", "sorted", "sort", "nlargest", "nsmallest"} and named & NUMBERS:
            yield node.lineno, f"in order by {named & NUMBERS}"
        if called in {"len", "sum", "count"} and named & COUNTED and name not in MAY_COUNT:
            yield node.lineno, f"counts {named & COUNTED}"


def ranked_in_template(source: str) -> Iterator[str]:
    for attribute in re.findall(r"\|\s*(?:sort|max|min)\([^)]*attribute=\"([\w.]+)\"", source):
        if set(attribute.split(".")) & NUMBERS:
            yield f"in order by {attribute}"
    for shown in re.findall(r"\{\{[^}]*\}\}", source):
        if re.search(rf"\b({'|'.join(COUNTED)})\s*\|\s*length", shown) and "ngettext(" not in shown:
            yield f"shows a count: {shown}"


# each scan is shown what it must find


@pytest.mark.parametrize(
    "words",
    ["High risk", "at no risk", "severe", "moderate", "a mild answer", "low concern", "all clear", "stable",
     "Nothing to worry about", "severity", "amber", "traffic light", "medium-level"],
)  # fmt: skip
@pytest.mark.parametrize("template", ["<p>{}</p>", '{{{{ _("{}") }}}}', '{{% set said = "{}" %}}'])
def test_the_scan_of_templates_finds(words: str, template: str) -> None:
    written = " ".join(words for _line, words in texts(template.format(words)))
    assert any(said(pattern, written) for pattern in TELLING)


@pytest.mark.parametrize(
    "rule",
    [".said.high{color:var(--stop)}", ".tag{background:var(--alarm)}", ".chart .pt{fill:red}",
     ".tab td[data-score]{font-weight:600}", "p{color:green}"],
)  # fmt: skip
def test_the_scan_of_the_stylesheet_finds(rule: str) -> None:
    assert list(colouring(list(rules_of(rule))))


@pytest.mark.parametrize(
    "template",
    ['<li class="high">', '<li class="tag {{ \'low\' if x else \'\' }}">', '<b class="c{{ row.score }}">',
     '<p class="rag-1">', '<p class="{% if said.chosen %}full{% endif %}">'],
)  # fmt: skip
def test_the_scan_of_classes_finds(template: str) -> None:
    assert list(made_classes(template))


@pytest.mark.parametrize(
    "source",
    ["sorted(rows, key=lambda row: row.score)", "select(x).order_by(col(Score.numerator))",
     "len(alert.facts.above)"],
)  # fmt: skip
def test_the_scan_of_order_and_counts_finds(source: str) -> None:
    assert list(ranked(source))


@pytest.mark.parametrize("words", ["3 safety answers", "Two of the safety items", "Safety items above: 4"])
def test_the_scan_of_counts_in_words_finds(words: str) -> None:
    assert said(HOW_MANY, words)


@pytest.mark.parametrize(
    "template",
    ['{{ rows | sort(attribute="score.value") }}', "{{ alert.facts.above | length }}"],
)
def test_the_scan_of_templates_finds_order_and_counts(template: str) -> None:
    assert list(ranked_in_template(template))
