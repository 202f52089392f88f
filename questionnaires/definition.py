"""What a questionnaire is: frozen data, read from files and never changed while the program runs."""

from dataclasses import dataclass
from fractions import Fraction


class DefinitionError(ValueError):
    """A questionnaire's files are missing, changed or do not make sense; one sentence says which and why."""


class AnswersError(ValueError):
    """Answers that cannot be scored as given; one sentence names the item, never what was ticked."""


@dataclass(frozen=True, slots=True)
class AnswerOption:
    """One box to tick. The position counts from 0 on the left and is what is stored."""

    position: int
    label: str


@dataclass(frozen=True, slots=True)
class Item:
    """One question, numbered from 1. A reversed item scores highest when the first box is ticked."""

    number: int
    text: str
    domain: str
    reversed: bool
    safety: bool


@dataclass(frozen=True, slots=True)
class Subscale:
    """A score made of some items. More than `missing_allowed` items unanswered leave it without a score."""

    id: str
    name: str
    items: tuple[int, ...]
    missing_allowed: int


@dataclass(frozen=True, slots=True)
class Threshold:
    """A figure on the clinical scale (0 to 40), where it comes from, and how sure it is, in a few words."""

    value: Fraction
    source: str
    confidence: str
    note: str


@dataclass(frozen=True, slots=True)
class Embedded:
    """A shorter questionnaire inside this one: its item k is this one's item `items[k - 1]`."""

    instrument: str
    version: int
    items: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Definition:
    """One version of one questionnaire in one language.

    `checksum` is the SHA-256, in hexadecimal, of structure.toml followed by the wording file.
    The words (heading, instruction, recall, options, items, ending, rights) are the copyright holder's
    and are shown unchanged, in this order, with `rights` on every screen, export or print that shows items.
    """

    id: str
    version: int
    label: str
    language: str
    checksum: str
    heading: str
    instruction: str
    recall: str
    ending: str
    rights: str
    options: tuple[AnswerOption, ...]
    items: tuple[Item, ...]
    scales: tuple[Subscale, ...]
    multiplier: int
    cut_off: Threshold
    reliable_change: Threshold
    scoring_source: str
    missing_source: str
    embedded: Embedded | None

    @property
    def highest_position(self) -> int:
        """The position of the last box; the first is 0."""
        return len(self.options) - 1

    @property
    def safety_items(self) -> tuple[int, ...]:
        """The numbers of the items whose answers a named person reads, in item order."""
        return tuple(item.number for item in self.items if item.safety)

    def item(self, item_number: int) -> Item:
        """The item of this number, counted from 1. Raises AnswersError when there is none."""
        if not 1 <= item_number <= len(self.items):
            raise AnswersError(f"{self.label} has items 1 to {len(self.items)}, and no item {item_number}.")
        return self.items[item_number - 1]

    def label_for(self, position: int) -> str:
        """The words beside the box at this position. Raises AnswersError when there is no such box."""
        if not 0 <= position <= self.highest_position:
            raise AnswersError(f"The boxes of {self.label} are numbered 0 to {self.highest_position}.")
        return self.options[position].label

    def is_above_zero(self, item_number: int, position: int | None) -> bool:
        """Whether this answer scores more than nothing; an unanswered item (None) does not, nor is it a zero.

        Raises AnswersError for an item or a position that does not exist.
        """
        item = self.item(item_number)
        return position is not None and self.points(item, position) > 0

    def points(self, item: Item, position: int) -> int:
        """What the ticked position scores on this item, 0 to the highest position. Raises AnswersError."""
        if type(position) is not int or not 0 <= position <= self.highest_position:
            raise AnswersError(
                f"Item {item.number} of {self.label} takes a whole number from 0 to {self.highest_position}, "
                f"or None when it is not answered; it was given {_kind(position)}."
            )
        return self.highest_position - position if item.reversed else position


def _kind(value: object) -> str:
    """What was given, in words that do not repeat it: an answer must not reach a log."""
    if isinstance(value, bool):
        return "true or false"
    if isinstance(value, str):
        return "text"
    if isinstance(value, int):
        return "a number outside that range"
    return f"a value of type {type(value).__name__}"
