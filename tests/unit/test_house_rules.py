"""The house rules that a reader would check by eye: sizes, words, time, places."""

import ast
import re
import statistics
from collections.abc import Iterator
from pathlib import Path

from tests.support import tree

LONGEST_FILE = 300
LONGEST_FUNCTION = 40
TYPICAL_FILE = 80
README_LINES = 120

OURS = ("questionnaires", "student_portal", "tests", "benchmarks")
PLACES = {
    "README.md", "pyproject.toml", ".editorconfig", ".gitignore", ".gitattributes", "LICENCE",
    "bin", ".ci", "requirements", "questionnaires", "student_portal", "tests", "benchmarks", "docs",
}  # fmt: skip

CLOCK = Path("student_portal/foundation/clock.py")
WALL_CLOCK = {
    ("datetime", "now"), ("datetime", "utcnow"), ("datetime", "today"), ("date", "today"),
    ("time", "time"), ("time", "time_ns"), ("time", "localtime"), ("time", "gmtime"), ("time", "strftime"),
}  # fmt: skip

# Templates that may print ready-made HTML, and why it is safe there.
READY_HTML: dict[str, str] = {}

# Where an address or a path of somebody's machine would betray how the project was made.
DOWNLOAD = re.compile(
    r"(?<!no-emit-)(index[-_]url|find[-_]links)|://\w\S+(/simple\b|[.]whl|[.]tar[.]gz|[.]tgz|[.]zip)"
)
MACHINE = re.compile(r"(?<![\w.$}/])/(work|root|Users|workspace)/\w")
ADDRESS = re.compile(r"[a-z]+://(?!127\.0\.0\.1|localhost)")


def named(path: Path) -> str:
    return str(path.relative_to(tree.ROOT))


def lines(path: Path) -> int:
    return len(path.read_text().splitlines())


def text_files() -> Iterator[tuple[Path, str]]:
    for path in tree.committed():
        content = path.read_bytes()
        if b"\0" not in content[:8000]:
            yield path, content.decode()


def test_no_file_is_longer_than_a_reader_can_hold() -> None:
    written = [
        path
        for path in tree.committed()
        if path.suffix in {".py", ".html", ".js"} and path.parent.name != "versions"
    ]
    long = [f"{named(path)}: {lines(path)}" for path in written if lines(path) > LONGEST_FILE]
    assert not long, "\n".join(long)


def test_rooms_are_small() -> None:
    sizes = [lines(path) for path in tree.python_files("student_portal", "questionnaires")]
    assert statistics.median(sizes) < TYPICAL_FILE


def test_no_function_is_longer_than_a_screen() -> None:
    long = [
        f"{named(path)}:{node.lineno} {node.name}: {length}"
        for path in tree.python_files(*OURS)
        for node in ast.walk(tree.syntax(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (length := (node.end_lineno or node.lineno) - node.lineno + 1) > LONGEST_FUNCTION
    ]
    assert not long, "\n".join(long)


def test_the_readme_is_short_enough_to_be_read() -> None:
    assert lines(tree.ROOT / "README.md") <= README_LINES


def test_only_the_clock_knows_what_time_it_is() -> None:
    told = [
        f"{named(path)}:{node.lineno} {node.value.id}.{node.attr}"
        for path in tree.python_files("questionnaires", "student_portal", "tests")
        if path != tree.ROOT / CLOCK
        for node in ast.walk(tree.syntax(path))
        if isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and (node.value.id, node.attr) in WALL_CLOCK
    ]
    assert not told, "\n".join(told)


def test_pages_come_from_templates_that_can_be_found() -> None:
    made = [
        f"{named(path)}:{node.lineno}"
        for path in tree.python_files("student_portal")
        for node in ast.walk(tree.syntax(path))
        if isinstance(node, ast.Name | ast.Attribute | ast.alias)
        and "render_template_string" in ast.dump(node)
    ]
    assert not made, "\n".join(made)


def test_no_template_prints_ready_made_html() -> None:
    ready = re.compile(r"\|\s*safe\b|autoescape\s+false")
    found = {named(path) for path in tree.templates() if ready.search(path.read_text())}
    assert found == set(READY_HTML)


def test_every_file_stands_in_a_known_place() -> None:
    strays = [named(path) for path in tree.committed() if path.relative_to(tree.ROOT).parts[0] not in PLACES]
    assert not strays, "\n".join(strays)


def test_no_file_tells_where_packages_came_from_or_on_which_machine_it_was_made() -> None:
    told = [
        f"{named(path)}: {found.group()}"
        for path, content in text_files()
        for pattern in (DOWNLOAD, MACHINE)
        for found in pattern.finditer(content)
    ]
    assert not told, "\n".join(told)


def test_the_tools_name_no_address() -> None:
    tools = ("bin", ".ci", "requirements", "pyproject.toml")
    told = [
        f"{named(path)}: {found.group()}"
        for path, content in text_files()
        if path.relative_to(tree.ROOT).parts[0] in tools
        for found in ADDRESS.finditer(content)
    ]
    assert not told, "\n".join(told)


def test_every_locked_package_has_its_hash() -> None:
    for lock in sorted((tree.ROOT / "requirements").glob("*.txt")):
        for entry in re.split(r"\n(?=\S)", lock.read_text().strip()):
            assert re.match(r"[\w.-]+(\[[\w,-]+\])?==\S+", entry), f"{lock.name}: {entry.splitlines()[0]}"
            assert "--hash=sha256:" in entry, f"{lock.name}: {entry.splitlines()[0]}"
