"""A questionnaire nobody published, written to a temporary folder: what a third one needs, and no more."""

import hashlib
from pathlib import Path

STRUCTURE = """
id = "tea"
version = 1
label = "TEA-3"
highest_position = 2
multiplier = 10
scoring_source = "made up"
missing_source = "made up"
items = [
  { number = 1, domain = "T" },
  { number = 2, domain = "T", reversed = true },
  { number = 3, domain = "S", safety = true },
]
[[scales]]
id = "all"
name = "All items"
domains = ["T", "S"]
missing_allowed = 1
[cut_off]
value = "7.5"
source = "made up"
confidence = "none"
note = "Exactly 15/2."
[reliable_change]
value = "5"
source = "made up"
confidence = "none"
note = "Five or more."
"""

WORDING = """
id = "tea"
version = 1
language = "en-GB"
heading = "About tea"
instruction = "Three statements about tea."
recall = "Today"
ending = "Thank you"
rights = "Nobody's"
answers = ["Never", "Once", "All day"]
items = ["I drank tea", "I slept well", "I spilt my tea"]
"""


def write(root: Path, *, structure: str = STRUCTURE, wording: str = WORDING, version: str = "1") -> Path:
    """Put the questionnaire under `root`, with true checksums, beside what is there; gives back `root`."""
    folder = root / "tea" / version
    folder.mkdir(parents=True)
    (folder / "structure.toml").write_text(structure)
    (folder / "en-GB.toml").write_text(wording)
    return seal(root)


def seal(root: Path) -> Path:
    """Write the checksums of everything under `root`, as a maintainer does for a new version."""
    files = sorted(root.glob("*/*/*.toml"))
    lines = [f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.relative_to(root)}" for path in files]
    (root / "CHECKSUMS.sha256").write_text("\n".join(lines) + "\n")
    return root
