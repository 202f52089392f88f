"""Every sentence of ours reaches the translators' list, whole, with words they can move about."""

import ast
import re
import subprocess
from collections.abc import Iterator

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po
from jinja2 import Environment, nodes

from tests.support import tree

# Nobody is put on a scale, promised safety or blamed (NICE NG225; Samaritans' guidelines on words).
LEVELS = re.compile(
    r"\b(risk\w*|severe(ly)?|severity|moderate|mild|all clear|bands?|normal range)\b"
    r"|\b(commit|attempted|diagnos|suicid)",
    re.IGNORECASE,
)

MARKS = {"_", "_l", "later", "gettext", "lazy_gettext", "ngettext"}


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory: pytest.TempPathFactory) -> Catalog:
    """What the documented command collects from the whole tree."""
    file = tmp_path_factory.mktemp("words") / "messages.pot"
    subprocess.run([tree.ROOT / "bin/words", file], check=True, cwd=tree.ROOT)
    with file.open("rb") as collected:
        return read_po(collected)


def called(node: ast.Call) -> str:
    return node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")


def sentences_in_python() -> Iterator[tuple[str, ast.expr]]:
    """Each sentence marked in our Python, as `file:line` and the expression that makes it."""
    for path in tree.python_files("student_portal"):
        for node in ast.walk(tree.syntax(path)):
            if isinstance(node, ast.Call) and called(node) in MARKS and node.args:
                yield f"{path.relative_to(tree.ROOT)}:{node.lineno}", node.args[0]


def sentences_in_templates() -> Iterator[tuple[str, nodes.Expr]]:
    """The same for templates, read by a plain Jinja that knows nothing of the portal."""
    jinja = Environment(autoescape=True)
    for path in tree.templates():
        for call in jinja.parse(path.read_text()).find_all(nodes.Call):
            if isinstance(call.node, nodes.Name) and call.node.name in MARKS and call.args:
                yield f"{path.relative_to(tree.ROOT)}:{call.lineno}", call.args[0]


def written_out() -> Iterator[tuple[str, str]]:
    """Where each sentence stands, and its words, for sentences written in one piece."""
    for place, said in sentences_in_python():
        if isinstance(said, ast.Constant):
            yield place, str(said.value)
    for place, shown in sentences_in_templates():
        if isinstance(shown, nodes.Const):
            yield place, str(shown.value)


def ids(message: Message) -> tuple[str, ...]:
    return message.id if isinstance(message.id, tuple | list) else (message.id,)


@pytest.mark.hazard("H08")
def test_every_sentence_in_python_and_in_templates_is_collected(catalogue: Catalog) -> None:
    collected = {words for message in catalogue for words in ids(message)}
    forgotten = [f"{place} {words}" for place, words in written_out() if words not in collected]
    assert not forgotten, "\n".join(forgotten)


@pytest.mark.hazard("H08")
def test_no_sentence_is_put_together_before_it_is_translated() -> None:
    """`_(f"...")`, `_("a" + b)`: the list would hold half of it, or nothing."""
    built = [
        place
        for place, said in sentences_in_python()
        if isinstance(said, ast.JoinedStr | ast.BinOp | ast.Call)
    ]
    built += [
        place
        for place, shown in sentences_in_templates()
        if isinstance(shown, nodes.Concat | nodes.BinExpr | nodes.Call | nodes.Filter)
    ]
    assert not built, "\n".join(built)


def test_what_is_filled_in_has_a_name_so_that_a_translator_can_move_it(catalogue: Catalog) -> None:
    nameless = re.compile(r"(?<!%)%[sdr]|\{\}")
    found = [words for message in catalogue for words in ids(message) if nameless.search(words)]
    assert not found, "\n".join(found)


@pytest.mark.hazard("H11")
def test_no_sentence_of_ours_puts_a_level_on_anybody(catalogue: Catalog) -> None:
    said = [words for message in catalogue for words in ids(message) if LEVELS.search(words)]
    assert not said, "\n".join(said)


def test_every_page_has_words_in_the_list(catalogue: Catalog) -> None:
    """A page without any is one whose words nobody marked."""
    named = {file for message in catalogue for file, _line in message.locations}
    pages = [path for path in tree.templates() if re.search(r"[{]% extends", path.read_text())]
    silent = [name for path in pages if (name := str(path.relative_to(tree.ROOT))) not in named]
    assert not silent, "\n".join(silent)
