"""A sentence beside a field that was refused by something other than its own validators."""

from wtforms import Field


def say(field: Field, sentence: str) -> None:
    """What was typed stays; the sentence joins those that stand there already."""
    field.errors = [*field.errors, sentence]
