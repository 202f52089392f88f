"""Every room that knows of something unsettled is asked, and the hazard log is read as it stands."""

import ast
import tomllib
from pathlib import Path

import pytest

from student_portal.governance import hazards, rooms, views
from student_portal.governance.models import FoundOpen
from tests.support import tree


def rooms_that_say() -> set[str]:
    """Rooms whose queries define `go_live_blockers`, or pass it on."""
    found = set()
    for path in tree.python_files("student_portal"):
        room, word = tree.room_and_word(path)
        names = {node.name for node in ast.walk(tree.syntax(path)) if isinstance(node, ast.FunctionDef)}
        if word == "queries" and "go_live_blockers" in names:
            found.add(room)
    return found


def test_every_room_that_can_say_what_is_open_is_asked() -> None:
    assert rooms_that_say() | {"hazards"} == set(rooms.ROOMS)


def test_every_room_has_words_for_what_to_do() -> None:
    assert set(rooms.ROOMS) <= set(views.PLACES)


def test_planned_controls_are_listed_with_their_hazard_and_built_ones_are_not() -> None:
    log = tomllib.loads(hazards.LOG.read_text())
    planned = [
        f"{hazard['id']}: {control['what']}"
        for hazard in log["hazard"]
        for control in hazard["control"]
        if control["state"] == "planned"
    ]
    assert hazards.go_live_blockers() == [hazards.UNSIGNED, *planned]
    assert all(rooms.Blocker("hazards", words).is_quoted for words in planned)
    assert not rooms.Blocker("hazards", hazards.UNSIGNED).is_quoted


@pytest.mark.parametrize("content", [None, "this is [ no log"])
def test_a_program_without_its_log_says_so(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, content: str | None
) -> None:
    missing = tmp_path / "hazard-log.toml"
    if content:
        missing.write_text(content)
    monkeypatch.setattr(hazards, "LOG", missing)
    assert hazards.go_live_blockers() == [hazards.NO_LOG]
    assert hazards.deployers() == []


def test_every_sentence_of_the_log_finds_room_in_its_column() -> None:
    column = FoundOpen.__table__.columns["words"]  # type: ignore[attr-defined]
    controls = [
        control["what"]
        for hazard in tomllib.loads(hazards.LOG.read_text())["hazard"]
        for control in hazard["control"]
    ]
    assert max(map(len, controls)) + len("H01: ") <= column.type.length


def test_a_room_that_cannot_answer_counts_as_open_and_hides_no_other(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def broken() -> list[str]:
        raise RuntimeError("the room is gone")

    monkeypatch.setattr(rooms, "ROOMS", {"alerts": broken, "measures": lambda: ["a"]})
    assert rooms.blockers() == (rooms.Blocker("alerts", rooms.NO_ANSWER), rooms.Blocker("measures", "a"))


def test_a_signed_log_without_plans_holds_nothing_back(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    signed = tmp_path / "signed.toml"
    signed.write_text(
        'clinical_safety_officer = "C. Officer"\nrated_on = "2026-11-30"\n'
        '[[hazard]]\nid = "H01"\n[[hazard.control]]\nwhat = "Done."\nstate = "built"\ntests = []\n'
    )
    monkeypatch.setattr(hazards, "LOG", signed)
    assert hazards.go_live_blockers() == []
