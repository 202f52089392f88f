"""From one form to a later one: which two may be compared, and how far apart they are.

Only forms of one questionnaire are compared (core.md, section 7), each session's latest that is not stale.
Where session 6 has no form, the ten CORE-10 items of the first form stand against the last CORE-10.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from questionnaires import Change, Definition, compare, load
from student_portal.measures.queries import LINE, SentForm, StoredScore

LONG = "core_om"  # the form of the first and the last session


@dataclass(frozen=True)
class Compared:
    """Two sessions' scores on one scale. `label`: what people call the form; `is_embedded`: the first score
    was taken from the longer form.
    """

    label: str
    definition: Definition
    first: int
    last: int
    shown: tuple[str, str]
    change: Change
    is_embedded: bool = False


def compared(sent: Iterable[SentForm]) -> list[Compared]:
    """Every pair there is: of the longer form, of the CORE-10, and the mixed one where session 6 has none."""
    latest = {form.number: form for form in sent if not form.is_stale}  # a later attempt replaces an earlier
    forms = [latest[number] for number in sorted(latest)]
    long = [form for form in forms if form.definition_id == LONG]
    short = [form for form in forms if form.definition_id == LINE]
    pairs = [*_ends(long, LONG, SentForm.score), *_ends(short, LINE, SentForm.score)]
    if len(long) == 1 and short and short[-1].number > long[0].number:
        pairs += _pair(long[0], short[-1], LINE, lambda form: form.line, is_embedded=True)
    return pairs


def _ends(
    forms: list[SentForm], definition_id: str, score: Callable[[SentForm], StoredScore | None]
) -> list[Compared]:
    return list(_pair(forms[0], forms[-1], definition_id, score)) if len(forms) > 1 else []


def _pair(
    first: SentForm,
    last: SentForm,
    definition_id: str,
    score: Callable[[SentForm], StoredScore | None],
    *,
    is_embedded: bool = False,
) -> Iterator[Compared]:
    before, after, definition = score(first), score(last), load(definition_id)
    if before is None or after is None or before.value is None or after.value is None:
        return
    shown = (before.shown or "", after.shown or "")
    found = compare(definition, before.value, after.value)
    yield Compared(definition.label, definition, first.number, last.number, shown, found, is_embedded)


def distance(pair: Compared) -> Fraction:
    """How far apart the two are, 0 or more."""
    return abs(pair.change.improvement or Fraction(0))
