"""Who may import whom, as far as it depends on a file's word. The rooms' order: pyproject.toml."""

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support import tree
from tests.support.tree import Import

# What a room shows to the rooms on its right.
DOORS = {"service", "queries"}

# The words a file may import from its own room. Any other file there (catalogue, policy, ...) is the room's
# own affair.
WITHIN = {
    "views": {"forms", "service", "queries", "views"},
    "webhooks": {"forms", "service", "queries", "webhooks"},
    "forms": {"queries", "service", "forms"},
    "service": {"queries", "models", "service"},
    "queries": {"models", "queries"},
    "models": {"models"},
}
WORDS = set(WITHIN)

# Which files may speak to which library.
SPEAKERS = {
    "flask": {"views", "webhooks", "app", "frame", "cli", "foundation", "demo"},
    "werkzeug": {"views", "webhooks", "app", "cli", "foundation", "demo"},
    "jinja2": {"app", "foundation"},
    "flask_wtf": {"app", "foundation"},  # every form is a PortalForm
    "wtforms": {"forms", "foundation"},
    "sqlmodel": {"models", "queries", "service", "foundation", "migrations"},
    "sqlalchemy": {"models", "queries", "service", "foundation", "migrations"},
    "alembic": {"foundation", "migrations"},
    "psycopg": {"foundation"},
    "twilio": {"foundation"},
    "weasyprint": {"foundation"},
    "itsdangerous": {"foundation"},
    "cryptography": {"foundation"},
    "argon2": {"foundation"},
    "pyotp": {"foundation"},
    "phonenumbers": {"foundation"},
    "structlog": {"app", "cli", "worker", "foundation"},
}
ONE_DOOR = ("twilio", "weasyprint", "itsdangerous", "argon2", "pyotp", "phonenumbers")


def portal_imports() -> Iterator[tuple[Path, Import]]:
    for path in tree.python_files("student_portal"):
        for imported in tree.imports(path):
            yield path, imported


def speaker(path: Path) -> str:
    """The word by which SPEAKERS knows a file."""
    room, word = tree.room_and_word(path)
    return room if room in tree.NOT_ROOMS else word


def asked_for(imported: Import) -> tuple[str, str]:
    """The room and the word that an import of ours asks for."""
    parts = [*imported.name.split(".")[1:], "", ""]
    return parts[0], parts[1]


def test_from_another_room_only_its_service_and_its_queries_are_imported() -> None:
    through_the_wall = []
    for path, imported in portal_imports():
        room, word = tree.room_and_word(path)
        theirs, asked = asked_for(imported)
        if not imported.name.startswith("student_portal.") or theirs == room or theirs not in tree.rooms():
            continue
        allowed = set(DOORS)
        if room == "migrations" or (room, word) == ("evaluation", "queries"):
            allowed.add("models")  # figures over everybody: may read any model, returns aggregates only
        if word in {"app", "frame"} and not room:
            allowed |= {"views", "webhooks"}
        if asked not in allowed:
            through_the_wall.append(str(imported))
    assert not through_the_wall, "\n".join(through_the_wall)


def test_inside_a_room_each_file_keeps_to_its_words() -> None:
    out_of_turn = []
    for path, imported in portal_imports():
        room, word = tree.room_and_word(path)
        theirs, asked = asked_for(imported)
        own = imported.name.startswith("student_portal.") and theirs == room and room in tree.rooms()
        if own and word in WORDS and asked in WORDS and asked not in WITHIN[word]:
            out_of_turn.append(str(imported))
    assert not out_of_turn, "\n".join(out_of_turn)


@pytest.mark.parametrize("library", sorted(SPEAKERS))
def test_only_its_speakers_import_a_library(library: str) -> None:
    others = [
        str(imported)
        for path, imported in portal_imports()
        if imported.name.split(".")[0] == library and speaker(path) not in SPEAKERS[library]
    ]
    assert not others, "\n".join(others)


def test_rooms_find_their_words_beside_the_views_never_below_them() -> None:
    """A verb or a query gives back a code; views, forms or a list of words beside them say it to a person."""
    worded = [
        str(imported)
        for path, imported in portal_imports()
        if imported.name.startswith(("flask_babel.", "student_portal.foundation.i18n"))
        and imported.name.rpartition(".")[2] not in {"later", "lazy_gettext"}
        and speaker(path) in {"models", "queries", "service"}
    ]
    assert not worded, "\n".join(worded)


@pytest.mark.parametrize("library", ONE_DOOR)
def test_a_library_with_one_door_is_imported_by_one_file(library: str) -> None:
    doors = {path.name for path, imported in portal_imports() if imported.name.split(".")[0] == library}
    assert len(doors) <= 1, doors


def test_weasyprint_is_imported_when_a_pdf_is_made_and_not_before() -> None:
    for path in tree.python_files("student_portal"):
        for node in tree.syntax(path).body:
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            assert not any(name.startswith("weasyprint") for name in names), path


def test_the_questionnaires_need_nothing_but_python() -> None:
    foreign = [
        str(imported)
        for path in tree.python_files("questionnaires")
        for imported in tree.imports(path)
        if (top := imported.name.split(".")[0]) not in sys.stdlib_module_names and top != "questionnaires"
    ]
    assert not foreign, "\n".join(foreign)


def test_relationships_stay_in_their_room() -> None:
    for path in tree.python_files("student_portal"):
        here = {node.name for node in ast.walk(tree.syntax(path)) if isinstance(node, ast.ClassDef)}
        for field in ast.walk(tree.syntax(path)):
            if not (isinstance(field, ast.AnnAssign) and isinstance(field.value, ast.Call)):
                continue
            if ast.unparse(field.value.func) in {"Relationship", "relationship"}:
                related = set(re.findall(r"\b[A-Z]\w+", ast.unparse(field.annotation)))
                assert related <= here | {"Optional"}, f"{path}:{field.lineno}"


def test_a_room_says_what_it_is_for_and_nothing_else() -> None:
    for room in sorted(tree.rooms()):
        module = tree.syntax(tree.ROOT / "student_portal" / room / "__init__.py")
        assert ast.get_docstring(module), room
        assert len(module.body) == 1, f"{room}/__init__.py holds more than its docstring"
