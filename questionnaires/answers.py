"""Answers as a questionnaire gets them: one ticked position an item, in item order, None if not answered."""

from collections.abc import Sequence

from questionnaires.definition import AnswersError, Definition, DefinitionError

Answers = Sequence[int | None]


def points(definition: Definition, answers: Answers) -> tuple[int | None, ...]:
    """What each item scores, in item order, None when it is not answered.

    Raises AnswersError for anything but a list or tuple with None or an existing position for every item.
    """
    if not isinstance(answers, list | tuple):
        raise AnswersError(f"The answers of {definition.label} are a list with one entry for every item.")
    _one_for_every_item(definition, len(answers))
    pairs = zip(definition.items, answers, strict=True)
    return tuple(None if ticked is None else definition.points(item, ticked) for item, ticked in pairs)


def _one_for_every_item(definition: Definition, given: int) -> None:
    wanted = len(definition.items)
    if given < wanted:
        raise AnswersError(
            f"{definition.label} has {wanted} items, and was given no entry for item {given + 1}."
        )
    if given > wanted:
        raise AnswersError(f"{definition.label} has {wanted} items, and no item {wanted + 1} to answer.")


def embedded(definition: Definition, answers: Answers) -> tuple[int | None, ...]:
    """The answers of the shorter questionnaire inside this one, in its own order, ready to be scored as it.

    Raises DefinitionError when this questionnaire holds no other, AnswersError as `score` does.
    """
    if definition.embedded is None:
        raise DefinitionError(f"{definition.label} holds no shorter questionnaire.")
    points(definition, answers)
    return tuple(answers[number - 1] for number in definition.embedded.items)
