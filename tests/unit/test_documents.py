"""What the documents promise a reader is there."""

import re
from pathlib import Path

from student_portal.config import KNOWN
from tests.support import tree

README = (tree.ROOT / "README.md").read_text()
MADE_ELSEWHERE = ("var/",)  # by bin/run


def documents() -> list[Path]:
    return [path for path in tree.committed() if path.suffix == ".md" and "questionnaires" not in path.parts]


def test_the_readme_lists_every_name_the_environment_may_hold_and_no_other() -> None:
    named = set(re.findall(r"`(PORTAL_[A-Z_]+|PORT|DATA_DIR|DATABASE_URL)`", README))
    assert named == {*KNOWN, "PORT", "DATA_DIR", "DATABASE_URL"}


def test_every_file_a_document_names_is_there() -> None:
    """Paths are written `like/this.py`; one with a pattern, a placeholder or a space is not a path."""
    gone = [
        f"{document.relative_to(tree.ROOT)}: {name}"
        for document in documents()
        for name in re.findall(r"`([\w.-]+/[\w./-]*)`", document.read_text())
        if not name.startswith(MADE_ELSEWHERE) and not _stands(name, document)
    ]
    assert not gone, "\n".join(gone)


def _stands(name: str, document: Path) -> bool:
    """From the root, from inside the portal (`measures/service/`), or beside the document."""
    starts = (tree.ROOT, tree.ROOT / "student_portal", document.parent)
    return any((start / name).exists() for start in starts)


def test_every_link_and_picture_leads_to_a_file() -> None:
    broken = [
        f"{document.relative_to(tree.ROOT)}: {target}"
        for document in documents()
        for target in re.findall(r"\]\(([^)#:]+)\)", document.read_text())
        if not (document.parent / target).exists()
    ]
    assert not broken, "\n".join(broken)
