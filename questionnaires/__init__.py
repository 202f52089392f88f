"""Questionnaires as exact, licensed data, and their scoring in exact fractions.

Pure: the standard library only. Knows no web, no database and no student. A definition is read from
`definitions/`, and refused when a byte of it differs from its checksum. Hazards: a wrong score, a changed
wording, a missing answer read as a zero.
"""

from questionnaires.answers import embedded
from questionnaires.catalogue import available, check, load
from questionnaires.change import Change, change, compare
from questionnaires.definition import AnswersError, Definition, DefinitionError
from questionnaires.scoring import Scores, half_up, score

__all__ = [
    "AnswersError",
    "Change",
    "Definition",
    "DefinitionError",
    "Scores",
    "available",
    "change",
    "check",
    "compare",
    "embedded",
    "half_up",
    "load",
    "score",
]
