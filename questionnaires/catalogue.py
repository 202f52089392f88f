"""Finds the questionnaires in a folder, and refuses any whose bytes differ from CHECKSUMS.sha256."""

import functools
import hashlib
from pathlib import Path

from questionnaires.definition import Definition, DefinitionError
from questionnaires.reading import build

DEFINITIONS = Path(__file__).parent / "definitions"
CHECKSUMS = "CHECKSUMS.sha256"


def load(
    id: str, version: int | None = None, *, language: str = "en-GB", root: Path | None = None
) -> Definition:
    """The questionnaire of this id, in its newest version unless one is named; read once, then remembered.

    `root` is a folder of definitions other than our own. Raises DefinitionError, one sentence, when there is
    no such questionnaire, version or language, or when its files differ from their checksums.
    """
    folder = root or DEFINITIONS
    versions = [found for name, found in available(folder) if name == id]
    if not versions:
        raise DefinitionError(f"There is no questionnaire called {id}.")
    wanted = max(versions) if version is None else version
    if wanted not in versions:
        raise DefinitionError(f"There is no version {wanted} of the questionnaire {id}.")
    return _read(folder, id, wanted, language)


def available(root: Path | None = None) -> tuple[tuple[str, int], ...]:
    """Every (id, version) in the folder, in order. A folder added later is noticed at the next start."""
    return _versions(root or DEFINITIONS)


@functools.cache
def _versions(folder: Path) -> tuple[tuple[str, int], ...]:
    found = [path.parent for path in folder.glob("*/*/structure.toml")]
    for path in found:
        if not path.name.isdecimal():
            raise DefinitionError(
                f"Questionnaire folder {path.parent.name}/{path.name} is not named by a number."
            )
    return tuple(sorted((path.parent.name, int(path.name)) for path in found))


@functools.cache
def _read(folder: Path, id: str, version: int, language: str) -> Definition:
    where = f"{id}/{version}"
    structure = _released(folder, f"{where}/structure.toml")
    wording = _released(folder, f"{where}/{language}.toml")
    checksum = hashlib.sha256(structure + wording).hexdigest()
    definition = build(structure, wording, where=where, checksum=checksum)
    if (definition.id, definition.version, definition.language) != (id, version, language):
        raise DefinitionError(f"Questionnaire {where} in {language} calls itself something else inside.")
    return definition


def _released(folder: Path, name: str) -> bytes:
    """The bytes of one file, if they are the ones that were released."""
    expected = _checksums(folder).get(name)
    if expected is None:
        raise DefinitionError(f"Questionnaire file {name} is not listed in {CHECKSUMS}.")
    try:
        found = (folder / name).read_bytes()
    except OSError as fault:
        raise DefinitionError(
            f"Questionnaire file {name} cannot be read: put the released file back."
        ) from fault
    if hashlib.sha256(found).hexdigest() != expected:
        raise DefinitionError(
            f"Questionnaire file {name} differs from its checksum: put the released file back."
        )
    return found


@functools.cache
def _checksums(folder: Path) -> dict[str, str]:
    """File name to SHA-256, from lines that `sha256sum -c` reads too."""
    try:
        lines = (folder / CHECKSUMS).read_text().splitlines()
    except (OSError, UnicodeDecodeError) as fault:
        raise DefinitionError(f"The list {CHECKSUMS} of released questionnaires cannot be read.") from fault
    return {name: digest for digest, _, name in (line.partition("  ") for line in lines)}


def check(root: Path | None = None) -> None:
    """Read and verify everything, once, when the program starts. Raises DefinitionError, one sentence."""
    folder = root or DEFINITIONS
    for name in _checksums(folder):
        _released(folder, name)
    for id, version in available(folder):
        for path in sorted((folder / id / str(version)).glob("*.toml")):
            if path.name != "structure.toml":
                _check_embedded(load(id, version, language=path.stem, root=folder), folder)


def _check_embedded(definition: Definition, folder: Path) -> None:
    """The shorter questionnaire must ask the very same things in the order its own definition has them."""
    if definition.embedded is None:
        return
    inner = load(
        definition.embedded.instrument,
        definition.embedded.version,
        language=definition.language,
        root=folder,
    )
    lifted = [definition.item(number) for number in definition.embedded.items]
    asked = [(item.text, item.domain, item.reversed, item.safety) for item in lifted]
    if asked != [(item.text, item.domain, item.reversed, item.safety) for item in inner.items]:
        raise DefinitionError(f"The items of {inner.label} inside {definition.label} are not its own.")
