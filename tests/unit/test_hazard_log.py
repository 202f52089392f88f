"""The hazard log, the tests it names and the settings it speaks of agree with each other."""

import ast
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from student_portal.settings.queries import ServiceSettings
from tests.support import tree

LOG = tomllib.loads((tree.ROOT / "docs/clinical-safety/hazard-log.toml").read_text())
HAZARDS: list[dict[str, Any]] = LOG["hazard"]
CONTROLS = [(hazard["id"], control) for hazard in HAZARDS for control in hazard["control"]]
BUILT = [(hazard, control) for hazard, control in CONTROLS if control["state"] == "built"]


@cache
def marked_tests() -> dict[str, frozenset[str]]:
    """Every test with a hazard mark, as `tests/file.py::name`, and its hazards. Nothing is imported."""
    found = {}
    for path in tree.python_files("tests"):
        if path.name.startswith("test_"):
            found.update(_marked_in(path))
    return found


def _marked_in(path: Path) -> Iterator[tuple[str, frozenset[str]]]:
    module = tree.syntax(path)
    everywhere = frozenset[str]().union(
        *(_hazards(node.value) for node in module.body if isinstance(node, ast.Assign) and _is_mark(node))
    )
    for node in module.body:
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
            hazards = everywhere.union(*(_hazards(decorator) for decorator in node.decorator_list))
            if hazards:
                yield f"{path.relative_to(tree.ROOT)}::{node.name}", hazards


def _is_mark(node: ast.Assign) -> bool:
    return any(isinstance(target, ast.Name) and target.id == "pytestmark" for target in node.targets)


def _hazards(node: ast.AST) -> frozenset[str]:
    """The ids in `pytest.mark.hazard("H02")`, alone or among other marks."""
    return frozenset(
        str(ast.literal_eval(argument))
        for call in ast.walk(node)
        if isinstance(call, ast.Call) and ast.unparse(call.func).endswith("mark.hazard")
        for argument in call.args
    )


def proofs(hazard: str, reference: str) -> set[str]:
    """The tests with this hazard's mark that a reference stands for: one test, or all of a file."""
    return {
        test
        for test, hazards in marked_tests().items()
        if hazard in hazards and (test == reference or test.startswith(f"{reference}::"))
    }


def test_the_log_holds_each_hazard_once() -> None:
    assert [hazard["id"] for hazard in HAZARDS] == [f"H{number:02}" for number in range(1, len(HAZARDS) + 1)]


@pytest.mark.parametrize("hazard", HAZARDS, ids=[hazard["id"] for hazard in HAZARDS])
def test_a_hazard_says_what_may_happen_why_and_what_is_done(hazard: dict[str, Any]) -> None:
    assert hazard["name"].strip()
    assert hazard["harm"].strip()
    assert hazard["causes"]
    assert hazard["control"]
    for control in hazard["control"]:
        assert control["what"].strip()
        assert control["state"] in {"built", "planned", "deployer"}


@pytest.mark.parametrize("when", ["initial", "residual"])
@pytest.mark.parametrize("hazard", HAZARDS, ids=[hazard["id"] for hazard in HAZARDS])
def test_a_rating_is_looked_up_in_the_matrix(hazard: dict[str, Any], when: str) -> None:
    rated, matrix = hazard[when], LOG["matrix"]
    severity = matrix["severities"].index(rated["severity"])
    assert rated["rating"] == matrix[rated["likelihood"]][severity]


def test_the_controls_lower_a_rating_or_leave_it() -> None:
    assert all(hazard["residual"]["rating"] <= hazard["initial"]["rating"] for hazard in HAZARDS)


def test_nobody_but_a_safety_officer_takes_away_the_word_proposal() -> None:
    if "proposal" not in LOG["ratings"]:
        assert LOG["clinical_safety_officer"]
        assert LOG["rated_on"]


@pytest.mark.parametrize(("hazard", "control"), BUILT, ids=[hazard for hazard, _ in BUILT])
def test_what_is_called_built_names_a_test_that_bears_the_hazards_mark(
    hazard: str, control: dict[str, Any]
) -> None:
    assert control["tests"], f"{hazard}: {control['what']}"
    for reference in control["tests"]:
        assert proofs(hazard, reference), f"{hazard}: {reference} holds no test marked with it"


def test_what_is_not_built_names_no_test() -> None:
    early = [control["what"] for _, control in CONTROLS if control["state"] != "built" and "tests" in control]
    assert not early, "\n".join(early)


def test_every_mark_is_of_a_hazard_in_the_log_and_named_by_one_of_its_controls() -> None:
    named = {
        (hazard, test)
        for hazard, control in BUILT
        for reference in control["tests"]
        for test in proofs(hazard, reference)
    }
    marked = {(hazard, test) for test, hazards in marked_tests().items() for hazard in hazards}
    orphans = sorted(f"{hazard} {test}" for hazard, test in marked - named)
    assert not orphans, "name these in hazard-log.toml:\n" + "\n".join(orphans)


def test_every_setting_that_touches_a_hazard_has_its_line_and_no_other_has() -> None:
    decided = {(name, hazard) for name, _, hazard, _ in ServiceSettings.describe() if hazard}
    assert {(line["name"], line["hazard"]) for line in LOG["setting"]} == decided
    assert {hazard for _, hazard in decided} <= {hazard["id"] for hazard in HAZARDS}
    assert all(line["choice"].strip() for line in LOG["setting"])
