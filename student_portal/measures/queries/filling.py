"""The student's own open form: what was reached, what may be shown again, where to go next."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlmodel import col, select

from questionnaires import Definition, load
from student_portal.access.queries import Role, Viewer
from student_portal.audit.queries import Actor
from student_portal.consent import queries as consent
from student_portal.consent.queries import Scope
from student_portal.episodes import queries as episodes
from student_portal.episodes.queries import SessionFacts
from student_portal.foundation import crypto, db
from student_portal.foundation.errors import NotFound
from student_portal.measures.models import Answer, FormLayout, QuestionnaireResponse, ResponseState
from student_portal.measures.queries.amending import change_begun
from student_portal.measures.queries.layout import layout_for
from student_portal.measures.queries.reading import by_item
from student_portal.measures.queries.standing import FormState, Stage, attempts, counting, state_of


@dataclass(frozen=True)
class Given:
    """One question that was reached. `position` None: skipped.

    `is_shown` False: given under an earlier proof, so the page may say only that it is answered.
    """

    item: int
    position: int | None
    is_shown: bool
    saved_at: datetime


@dataclass(frozen=True)
class Change:
    """One question answered otherwise than in what was sent; None: not answered."""

    item: int
    sent: int | None
    now: int | None


@dataclass(frozen=True)
class Form:
    """One student's form as they may see it. `given` holds the questions reached, in their order.

    `sent` is set while the student is changing what they sent: position by item, as it stands until they
    press Send again. `state` then says how far the change is.
    """

    state: FormState
    definition: Definition
    given: Mapping[int, Given]
    is_begun: bool
    is_permitted: bool
    paused_at: datetime | None
    seen: str
    layout: FormLayout
    sent: Mapping[int, int | None] | None = None

    @property
    def is_change(self) -> bool:
        """Whether this is a change of a form that was sent and still counts."""
        return self.sent is not None

    @property
    def changes(self) -> tuple[Change, ...]:
        """What Send would change."""
        pairs = [
            Change(item, before, self.given[item].position if item in self.given else None)
            for item, before in (self.sent or {}).items()
        ]
        return tuple(change for change in pairs if change.sent != change.now)

    @property
    def is_on_one_page(self) -> bool:
        """Whether all questions stand on one scrolling page, and not one on a screen."""
        return self.layout is FormLayout.PAGE

    @property
    def total(self) -> int:
        return len(self.definition.items)

    @property
    def next_item(self) -> int | None:
        """The first question not reached yet; None when only checking is left."""
        return next((item.number for item in self.definition.items if item.number not in self.given), None)

    @property
    def last_item(self) -> int | None:
        """The question saved last."""
        newest = max(self.given.values(), key=lambda given: (given.saved_at, given.item), default=None)
        return newest.item if newest else None

    @property
    def not_answered(self) -> tuple[int, ...]:
        """Questions skipped or not reached."""
        answered = {given.item for given in self.given.values() if given.position is not None}
        return tuple(item.number for item in self.definition.items if item.number not in answered)

    def item_after(self, number: int, *, saved: bool = False) -> int | None:
        """Where Continue leads: the next question; None for the check page, once all were reached.

        `saved`: this question was reached since the form was read.
        """
        left = {item.number for item in self.definition.items} - self.given.keys() - {number if saved else 0}
        return number + 1 if left and number < self.total else None

    def shown_position(self, number: int) -> int | None:
        """The saved answer to this question, if it may be shown on this screen."""
        given = self.given.get(number)
        return given.position if given and given.is_shown else None

    def is_hidden(self, number: int) -> bool:
        """Whether this question was answered under an earlier proof."""
        given = self.given.get(number)
        return bool(given and given.position is not None and not given.is_shown)

    @property
    def has_hidden(self) -> bool:
        """Whether anything was answered under an earlier proof."""
        return any(self.is_hidden(number) for number in self.given)

    @property
    def shows_help(self) -> bool:
        """Whether the page after the last answer carries the help block: that answer was to a safety item,
        above "not at all", and not the one the pause page came for. The same whichever word was chosen; never
        for an answer that this screen may not show.
        """
        saved_at = max((given.saved_at for given in self.given.values()), default=None)
        last = [item for item, given in self.given.items() if given.saved_at == saved_at]
        return saved_at != self.paused_at and any(self._is_above(item) for item in last)

    @property
    def may_pause(self) -> bool:
        """Whether the pause page may be shown on this screen: never for an answer that it may not show."""
        return self.paused_at is not None and any(self._is_above(number) for number in self.given)

    @property
    def paused_item(self) -> int | None:
        """The question the pause page came for, if it may be shown and was not saved again since."""
        at_pause = (item for item, given in self.given.items() if given.saved_at == self.paused_at)
        return next((item for item in at_pause if self._is_above(item)), None)

    def _is_above(self, number: int) -> bool:
        """Whether this is a safety item whose answer may be shown here and is above "not at all"."""
        safety = self.definition.item(number).safety
        return safety and self.definition.is_above_zero(number, self.shown_position(number))


def own_session(viewer: Actor, session_id: str) -> SessionFacts:
    """The session, if its form is this student's own and, by a link, the one the link is for.

    Raises NotFound for everybody and everything else.
    """
    facts = episodes.session(session_id)
    by_link = viewer.role == Role.LINK
    if viewer.person_id != facts.person_id or viewer.role not in (Role.STUDENT, Role.LINK):
        raise NotFound("session")
    if by_link and not (isinstance(viewer, Viewer) and viewer.about == session_id):
        raise NotFound("session")
    if facts.definition_id is None:
        raise NotFound("form")
    return facts


def is_permitted(person_id: str, at: datetime, *, is_here: bool = False) -> bool:
    """Whether the student permits forms to be filled in on their phone; asked again at every step.

    `is_here`: on their therapist's device, in the room, for which being in the service is enough.
    """
    return consent.allows(Scope.SERVICE if is_here else Scope.DIGITAL_FORMS, "", person_id, at)


def own_form(viewer: Viewer, session_id: str, *, at: datetime) -> Form:
    """The student's form, as this browser session may see it. Raises NotFound.

    A change of what was sent is there for those who signed in; by a link the form is sent, and no more.
    """
    with db.read():
        facts = own_session(viewer, session_id)
        tried = attempts(session_id)
        row = counting(facts, tried)
        change = change_begun(facts, tried, at) if viewer.role == Role.STUDENT else None
        unsent = change or (row if row and row.state != ResponseState.SENT else None)
        rows = answers(unsent)
        state = state_of(facts, tried, at, rows)
        definition = load(state.definition_id, unsent.definition_version if unsent else None)
        return Form(
            state=_state_of_change(state, rows) if change else state,
            definition=definition,
            given={row.item: _given(row, viewer) for row in rows},
            is_begun=unsent is not None,
            is_permitted=is_permitted(facts.person_id, at, is_here=viewer.is_here),
            paused_at=unsent.paused_at if unsent else None,
            seen=mark(rows),
            layout=layout_for(facts.person_id),
            sent=by_item(row) if change and row else None,
        )


def _state_of_change(sent: FormState, rows: Sequence[Answer]) -> FormState:
    """Where the change stands: it can be sent until the session starts."""
    until = sent.amend_until
    return replace(
        sent,
        stage=Stage.STARTED,
        answered=sum(row.position is not None for row in rows),
        window=replace(sent.window, send_until=until, closes_at=until) if sent.window and until else None,
        can_fill=True,
    )


def answers(unsent: QuestionnaireResponse | None) -> list[Answer]:
    """The saved answers of an unsent form in the order of its questions."""
    if unsent is None:
        return []
    with db.read() as unit:
        theirs = select(Answer).where(Answer.response_id == unsent.id).order_by(col(Answer.item))
        return list(unit.exec(theirs).all())


def mark(rows: list[Answer]) -> str:
    """A keyed mark of these answers, so that Send can tell whether they changed since they were shown.

    Each saving changes it: a hidden answer cannot be guessed by trying until the mark is the same again.
    """
    saved = [(row.item, row.position, row.answered_at.isoformat()) for row in rows]
    return crypto.blind(str(saved), purpose="answers seen").hex()


def _given(row: Answer, viewer: Viewer) -> Given:
    is_shown = viewer.role == Role.STUDENT or (row.proof_id is not None and row.proof_id == viewer.session_id)
    return Given(row.item, row.position, is_shown, row.answered_at)
