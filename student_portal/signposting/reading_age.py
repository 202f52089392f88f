"""About how old a reader is to whom a text comes easily: a guide beside the field, never a verdict.

Flesch-Kincaid grade level (Kincaid, Fishburne, Rogers and Chissom, 1975): 0.39 words a sentence + 11.8
syllables a word - 15.59. An American grade is begun five years later in life than its number says. Syllables
are counted as groups of vowels, without a silent e at the end: right over a page, not for every word.
English only.
"""

import re

YOUNGEST, OLDEST = 5, 22
FEWEST_WORDS = 20  # in fewer one long word decides

_GRADE_TO_AGE = 5
_ADDRESS = re.compile(r"\]\([^)]*\)|https?://\S+")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_SENTENCE = re.compile(r"[.!?:]+(?=\s|$)|\n\s*(?=\n|[-*#]|\d+[.])")
_VOWELS = re.compile(r"[aeiouyàâäáãåèéêëìíîïòóôöõùúûüý]+")
_SILENT = re.compile(r"(?<=[^aeiouytd])ed$|(?<=[^aeiouysxzcgl])es$|(?<=[^aeiouyl])e$|(?<=[aeiouy]l)es?$")


def reading_age(text: str) -> int | None:
    """An age in years from 5 to 22; None for a text too short to say, or not in Latin letters."""
    plain = _ADDRESS.sub(" ", text)
    words = _WORD.findall(plain.lower())
    if len(words) < FEWEST_WORDS or not _VOWELS.search(plain.lower()):
        return None
    sentences = sum(bool(_WORD.search(part)) for part in _SENTENCE.split(plain))
    grade = 0.39 * len(words) / sentences + 11.8 * sum(map(syllables, words)) / len(words) - 15.59
    return min(max(round(grade) + _GRADE_TO_AGE, YOUNGEST), OLDEST)


def syllables(word: str) -> int:
    """How many, at least one."""
    return max(1, len(_VOWELS.findall(_SILENT.sub("", word.lower()))))
