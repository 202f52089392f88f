"""Reads the repository as a newcomer would: which files there are, how long they are, what they import."""

import ast
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PRODUCT = ("questionnaires", "student_portal")
NOT_ROOMS = {"foundation", "demo", "migrations"}


@dataclass(frozen=True)
class Import:
    """One import statement: where it stands and the dotted name it asks for."""

    path: Path
    line: int
    name: str

    def __str__(self) -> str:
        return f"{self.path.relative_to(ROOT)}:{self.line} imports {self.name}"


@cache
def committed() -> tuple[Path, ...]:
    """Every file that is, or on the next commit would be, part of the project."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=True,
        text=True,
    ).stdout.split("\0")
    return tuple(sorted(ROOT / name for name in listed if name and (ROOT / name).is_file()))


def python_files(*folders: str) -> list[Path]:
    """Our Python files under these folders, without the generated steps of the database's history."""
    return [
        path
        for path in committed()
        if path.suffix == ".py" and _under(path, folders) and path.parent.name != "versions"
    ]


def templates() -> list[Path]:
    return [
        path for path in committed() if path.suffix in {".html", ".svg", ".txt"} and "templates" in path.parts
    ]


@cache
def syntax(path: Path) -> ast.Module:
    return ast.parse(path.read_text(), filename=str(path))


@cache
def imports(path: Path) -> tuple[Import, ...]:
    """Every import in the file, each name spelled out: `from a import b` gives `a.b`."""
    return tuple(_imports(path))


def _imports(path: Path) -> Iterator[Import]:
    for node in ast.walk(syntax(path)):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield Import(path, node.lineno, alias.name)
        elif isinstance(node, ast.ImportFrom):
            for alias in node.names:
                yield Import(path, node.lineno, f"{node.module}.{alias.name}")


def room_and_word(path: Path) -> tuple[str, str]:
    """The room a file stands in and its word there: ("measures", "views"); ("", "app") beside the rooms."""
    parts = path.relative_to(ROOT / "student_portal").with_suffix("").parts
    return (parts[0], parts[1]) if len(parts) > 1 else ("", parts[0])


def rooms() -> set[str]:
    """The feature packages, as found on disk."""
    found = {path.parent.name for path in (ROOT / "student_portal").glob("*/__init__.py")}
    return found - NOT_ROOMS


def _under(path: Path, folders: tuple[str, ...]) -> bool:
    return path.relative_to(ROOT).parts[0] in folders
