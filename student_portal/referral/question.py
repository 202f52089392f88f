"""What one question of a request is made of."""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """How a question is answered."""

    NAME = "name"
    BORN = "born"
    PLACE = "place"  # one of the listed universities, or another
    CONTACT = "contact"
    CODE = "code"  # proves the contact; the only one that may wait until the end
    CHOICE = "choice"


class Section(StrEnum):
    """Where an answer stands on the check page."""

    ABOUT = "about"
    REACH = "reach"
    GOING_ON = "going_on"
    PERMISSIONS = "permissions"


@dataclass(frozen=True)
class Choice:
    """One thing a student can choose, with a line under it where that helps."""

    code: str
    words: str
    hint: str = ""


@dataclass(frozen=True)
class Question:
    """One question. `version` counts its wording; the answer keeps it.

    `short` names it on the check page. `more` labels an optional free-text box under the choices. `missing`
    is the sentence for no answer. Words may hold %(contact)s, the number or address given.
    """

    key: str
    kind: Kind
    section: Section
    title: str
    short: str
    missing: str
    hint: str = ""
    choices: tuple[Choice, ...] = ()
    more: str = ""
    note: tuple[str, str] | None = None
    version: str = "1"
