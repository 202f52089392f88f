"""One sent form in the words that were ticked."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, time

from sqlmodel import col, select

from questionnaires import Definition, load
from student_portal.access.queries import Viewer, require_sight
from student_portal.accounts import queries as accounts
from student_portal.episodes.queries import EpisodeFacts
from student_portal.foundation import clock, db
from student_portal.foundation.errors import NotFound
from student_portal.measures.models import QuestionnaireResponse, ResponseState
from student_portal.measures.queries.manner import Manner, manner
from student_portal.measures.queries.standings import tried_in


@dataclass(frozen=True)
class Line:
    """One question and the words ticked; `chosen` None: not answered, which is never a zero.

    `is_safety`: a named person reads it. `is_above`: answered above "not at all"; only ever said of those.
    """

    item: int
    text: str
    chosen: str | None
    is_safety: bool
    is_above: bool


@dataclass(frozen=True)
class ResponseWords:
    """One sent form. `period` and `rights` are shown with its items, word for word."""

    response_id: str
    session_id: str
    definition_id: str
    label: str
    version: int
    period: str
    rights: str
    sent_at: datetime
    is_late: bool
    manner: Manner
    lines: tuple[Line, ...]

    @property
    def not_answered(self) -> tuple[Line, ...]:
        return tuple(line for line in self.lines if line.chosen is None)


def response(viewer: Viewer, response_id: str) -> ResponseWords:
    """One sent form in words; the caller records that it was read. Raises NotFound, also before Send."""
    with db.read() as unit:
        row = unit.get(QuestionnaireResponse, response_id)
    if row is None or row.state != ResponseState.SENT:
        raise NotFound("response")
    require_sight(viewer, row.person_id)
    return _in_words(row, None)


def responses_in(viewer: Viewer, course: EpisodeFacts, wanted: Collection[str]) -> dict[str, ResponseWords]:
    """These sent forms of a course in words, by their ids. Raises NotFound if the viewer may not read one."""
    tried = (row for rows in tried_in(course).values() for row in rows if row.id in wanted)
    rows = [row for row in tried if row.state == ResponseState.SENT]
    if set(wanted) - {row.id for row in rows}:
        raise NotFound("response")
    for person_id in {row.person_id for row in rows}:
        require_sight(viewer, person_id)
    names = accounts.staff_names({row.entered_by for row in rows if row.entered_by})
    return {row.id: _in_words(row, names) for row in rows}


def _in_words(row: QuestionnaireResponse, names: Mapping[str, str] | None) -> ResponseWords:
    if row.sent_at is None:
        raise ValueError("a sent form has a time of sending")
    definition = definition_of(row)
    return ResponseWords(
        response_id=row.id,
        session_id=row.session_id,
        definition_id=definition.id,
        label=definition.label,
        version=definition.version,
        period=definition.recall,
        rights=definition.rights,
        sent_at=row.sent_at,
        is_late=row.is_late,
        manner=manner(row, names),
        lines=lines(definition, positions(row)),
    )


def definition_of(row: QuestionnaireResponse) -> Definition:
    """The edition this form was filled in with."""
    return load(row.definition_id, row.definition_version, language=row.language)


def positions(row: QuestionnaireResponse) -> list[int | None]:
    """The ticked positions of a sent form in the order of its items, None where not answered."""
    return list(by_item(row).values())


def by_item(row: QuestionnaireResponse) -> dict[int, int | None]:
    """The same by the number of each item."""
    document: dict[str, int | None] = row.document
    return {item.number: document[str(item.number)] for item in definition_of(row).items}


def lines(definition: Definition, ticked: list[int | None]) -> tuple[Line, ...]:
    """The same answers in words."""
    return tuple(
        Line(
            item=item.number,
            text=item.text,
            chosen=None if position is None else definition.label_for(position),
            is_safety=item.safety,
            is_above=item.safety and definition.is_above_zero(item.number, position),
        )
        for item, position in zip(definition.items, ticked, strict=True)
    )


def sent_before(form: QuestionnaireResponse, at: datetime) -> list[QuestionnaireResponse]:
    """The other forms this student filled in before that moment, newest first, each as it was last changed;
    whenever one was entered from paper.
    """
    with db.read() as unit:
        sent = select(QuestionnaireResponse).where(
            QuestionnaireResponse.person_id == form.person_id,
            QuestionnaireResponse.state == ResponseState.SENT,
        )
        rows = unit.exec(sent.order_by(col(QuestionnaireResponse.sent_at))).all()
    newest = {(row.session_id, row.attempt): row for row in rows if filled_at(row) < at}
    newest.pop((form.session_id, form.attempt), None)
    return sorted(newest.values(), key=filled_at, reverse=True)


def filled_at(row: QuestionnaireResponse) -> datetime:
    """When a sent form's answers were given: at Send, or at noon of the day that stands on the paper."""
    if row.filled_on is not None:
        return clock.in_london(row.filled_on, time(12))
    if row.sent_at is None:
        raise ValueError("a sent form has a time of sending")
    return row.sent_at
