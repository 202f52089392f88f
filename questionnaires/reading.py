"""From the two files of a questionnaire to a Definition, refusing what does not make sense."""

import tomllib
from fractions import Fraction
from typing import Any

from questionnaires.definition import (
    AnswerOption,
    Definition,
    DefinitionError,
    Embedded,
    Item,
    Subscale,
    Threshold,
)

Table = dict[str, Any]


def build(structure_bytes: bytes, wording_bytes: bytes, *, where: str, checksum: str) -> Definition:
    """The definition held by these two files; `where` names their folder in a DefinitionError."""
    try:
        structure = tomllib.loads(structure_bytes.decode())
        wording = tomllib.loads(wording_bytes.decode())
        definition = _definition(structure, wording, checksum)
        faults = _faults(definition, structure, wording)
    except KeyError as missing:
        raise DefinitionError(f"Questionnaire {where} lacks the entry {missing}.") from missing
    except (ArithmeticError, AttributeError, TypeError, ValueError) as fault:
        raise DefinitionError(f"Questionnaire {where} cannot be read: {fault}.") from fault
    if faults:
        raise DefinitionError(f"Questionnaire {where} does not make sense: {faults[0]}.")
    return definition


def _definition(structure: Table, wording: Table, checksum: str) -> Definition:
    items = tuple(
        Item(
            number=entry["number"],
            text=text,
            domain=entry["domain"],
            reversed=entry.get("reversed", False),
            safety=entry.get("safety", False),
        )
        for entry, text in zip(structure["items"], wording["items"], strict=True)
    )
    return Definition(
        id=structure["id"],
        version=structure["version"],
        label=structure["label"],
        language=wording["language"],
        checksum=checksum,
        heading=wording["heading"],
        instruction=wording["instruction"],
        recall=wording["recall"],
        ending=wording["ending"],
        rights=wording["rights"],
        options=tuple(AnswerOption(position, label) for position, label in enumerate(wording["answers"])),
        items=items,
        scales=tuple(_scale(entry, items) for entry in structure["scales"]),
        multiplier=structure["multiplier"],
        cut_off=_threshold(structure["cut_off"]),
        reliable_change=_threshold(structure["reliable_change"]),
        scoring_source=structure["scoring_source"],
        missing_source=structure["missing_source"],
        embedded=_embedded(structure["embedded"]) if "embedded" in structure else None,
    )


def _scale(entry: Table, items: tuple[Item, ...]) -> Subscale:
    return Subscale(
        id=entry["id"],
        name=entry["name"],
        items=tuple(item.number for item in items if item.domain in entry["domains"]),
        missing_allowed=entry["missing_allowed"],
    )


def _threshold(entry: Table) -> Threshold:
    # The figure is text in the file, so that 4.8 would be exactly 24/5.
    return Threshold(Fraction(entry["value"]), entry["source"], entry["confidence"], entry["note"])


def _embedded(entry: Table) -> Embedded:
    return Embedded(entry["instrument"], entry["version"], tuple(entry["items"]))


def _faults(definition: Definition, structure: Table, wording: Table) -> list[str]:
    numbers = [item.number for item in definition.items]
    domains = {item.domain for item in definition.items}
    texts = [option.label for option in definition.options] + [item.text for item in definition.items]
    inner = definition.embedded.items if definition.embedded else ()
    rules = {
        "it has no items": bool(numbers),
        "the items are not numbered 1, 2, 3 and so on": numbers == list(range(1, len(numbers) + 1)),
        "an item or an answer has no words": all(text.strip() for text in texts),
        "the number of answers is not the highest position plus one": (
            definition.highest_position == structure["highest_position"] >= 1
        ),
        "the wording belongs to another questionnaire": (
            (wording["id"], wording["version"]) == (definition.id, definition.version)
        ),
        "a scale names a domain that no item has": all(
            set(entry["domains"]) <= domains for entry in structure["scales"]
        ),
        'no scale called "all" holds every item': any(
            scale.id == "all" and list(scale.items) == numbers for scale in definition.scales
        ),
        "a scale would be scored without a single answer": all(
            0 <= scale.missing_allowed < len(scale.items) for scale in definition.scales
        ),
        "the shorter questionnaire names an item that does not exist": set(inner) <= set(numbers),
    }
    return [fault for fault, holds in rules.items() if not holds]
