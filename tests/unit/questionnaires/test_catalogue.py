"""A changed byte stops the start with a sentence; a third questionnaire is only a folder."""

import shutil
import subprocess
from fractions import Fraction
from pathlib import Path

import pytest

from questionnaires import AnswersError, DefinitionError, available, check, load, score
from questionnaires.catalogue import DEFINITIONS
from tests.unit.questionnaires import made_up


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """Our own definitions, in a place where a test may spoil them."""
    return shutil.copytree(DEFINITIONS, tmp_path / "definitions")


def test_ours_are_whole() -> None:
    check()
    assert available() == (("core_10", 1), ("core_om", 1))


def test_the_checksums_can_be_checked_by_hand() -> None:
    told = subprocess.run(
        ["sha256sum", "-c", "CHECKSUMS.sha256"], cwd=DEFINITIONS, capture_output=True, text=True, check=True
    )
    assert told.stdout.count(": OK") == 5


@pytest.mark.hazard("H06")
@pytest.mark.hazard("H08")
@pytest.mark.parametrize("name", ["core_om/1/structure.toml", "core_om/1/en-GB.toml"])
def test_one_changed_byte_is_refused(copy: Path, name: str) -> None:
    changed = bytearray((copy / name).read_bytes())
    changed[len(changed) // 2] ^= 1
    (copy / name).write_bytes(changed)
    sentence = f"Questionnaire file {name} differs from its checksum: put the released file back."
    for start in (lambda: load("core_om", root=copy), lambda: check(copy)):
        with pytest.raises(DefinitionError) as refused:
            start()
        assert str(refused.value) == sentence
    assert load("core_10", root=copy).label == "CORE-10"


def test_a_changed_licence_stops_the_start_too(copy: Path) -> None:
    (copy / "LICENCE").write_text("Do what you like.")
    with pytest.raises(DefinitionError, match="file LICENCE differs from its checksum"):
        check(copy)


def test_a_missing_file_is_named(copy: Path) -> None:
    (copy / "core_10/1/en-GB.toml").unlink()
    with pytest.raises(DefinitionError, match=r"file core_10/1/en-GB\.toml cannot be read: put the released"):
        check(copy)


def test_a_file_nobody_released_is_refused(copy: Path) -> None:
    shutil.copytree(copy / "core_10/1", copy / "core_10/2")
    with pytest.raises(
        DefinitionError, match=r"core_10/2/structure\.toml is not listed in CHECKSUMS\.sha256"
    ):
        load("core_10", root=copy)
    assert load("core_10", 1, root=copy).version == 1


@pytest.mark.parametrize("spoil", [lambda path: path.unlink(), lambda path: path.write_bytes(b"\xff\xfe")])
def test_without_checksums_nothing_is_used(copy: Path, spoil: object) -> None:
    assert callable(spoil)
    spoil(copy / "CHECKSUMS.sha256")
    with pytest.raises(DefinitionError, match=r"list CHECKSUMS\.sha256 of released questionnaires cannot be"):
        load("core_10", root=copy)


def test_what_there_is_not_is_said_in_a_sentence() -> None:
    with pytest.raises(DefinitionError, match=r"^There is no questionnaire called phq_9\.$"):
        load("phq_9")
    with pytest.raises(DefinitionError, match=r"^There is no questionnaire called \.\./core_10\.$"):
        load("../core_10")
    with pytest.raises(DefinitionError, match=r"^There is no version 2 of the questionnaire core_10\.$"):
        load("core_10", 2)
    with pytest.raises(DefinitionError, match=r"core_10/1/cy\.toml is not listed"):
        load("core_10", language="cy")


def test_a_definition_is_read_once() -> None:
    assert load("core_om") is load("core_om", 1)


@pytest.mark.hazard("H06")
def test_a_third_questionnaire_is_only_a_folder(tmp_path: Path) -> None:
    root = made_up.write(tmp_path)
    check(root)
    tea = load("tea", root=root)
    assert (tea.label, tea.safety_items, tea.highest_position) == ("TEA-3", (3,), 2)
    assert (tea.cut_off.value, tea.embedded) == (Fraction(15, 2), None)
    with pytest.raises(AnswersError, match="TEA-3 has 3 items, and no item 4 to answer"):
        score(tea, [2, 2, None, 0])
    scores = score(tea, [2, 2, None])
    assert (scores.scales["all"].shown, scores.safety_unanswered) == ("10.0", (3,))
    assert available(root) == (("tea", 1),)


def test_the_newest_version_is_used_unless_one_is_named(tmp_path: Path) -> None:
    made_up.write(tmp_path)
    for version in ("2", "10"):
        made_up.write(
            tmp_path,
            structure=made_up.STRUCTURE.replace("version = 1", f"version = {version}"),
            wording=made_up.WORDING.replace("version = 1", f"version = {version}"),
            version=version,
        )
    assert [load("tea", version, root=tmp_path).version for version in (None, 1, 2)] == [10, 1, 2]
    check(tmp_path)


def test_a_version_folder_is_a_number(tmp_path: Path) -> None:
    made_up.write(tmp_path, version="draft")
    with pytest.raises(DefinitionError, match="folder tea/draft is not named by a number"):
        check(tmp_path)


@pytest.mark.parametrize(
    ("old", "new"),
    [("wanted to", "wished to"), ('number = 16, domain = "R"', 'number = 16, domain = "P"')],
)
def test_the_shorter_form_inside_must_be_the_one_it_says(copy: Path, old: str, new: str) -> None:
    for path in (copy / "core_om/1").glob("*.toml"):
        path.write_text(path.read_text().replace(old, new).replace("panic or terror", "terror or panic"))
    made_up.seal(copy)
    with pytest.raises(DefinitionError, match="items of CORE-10 inside CORE-34 are not its own"):
        check(copy)
