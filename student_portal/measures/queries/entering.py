"""What a therapist can enter for a student: which form, on which days it can have been filled in."""

from dataclasses import dataclass
from datetime import date, datetime

from questionnaires import Definition, load
from student_portal.access.queries import Viewer
from student_portal.consent import queries as consent
from student_portal.consent.queries import Scope
from student_portal.episodes import queries as episodes
from student_portal.episodes.queries import SessionFacts
from student_portal.foundation import clock
from student_portal.foundation.errors import NotFound
from student_portal.measures.models import ResponseState
from student_portal.measures.queries.standing import FormState, Stage, attempts, counting, state_of
from student_portal.measures.window import days_later, opening
from student_portal.settings import queries as settings


@dataclass(frozen=True)
class Entry:
    """One session's form as staff may enter it. `refused` says why not, as a code, or is empty.

    `first_day` and `last_day`: when it can have been filled in; both None while the session has no date.
    """

    facts: SessionFacts
    definition: Definition
    state: FormState
    first_day: date | None
    last_day: date | None
    refused: str

    @property
    def begun(self) -> int:
        """How many questions the student answered on their phone without sending them."""
        return self.state.answered if self.state.sent_at is None else 0

    def can_be_of(self, day: date) -> bool:
        """Whether the form can have been filled in that day."""
        return bool(self.first_day and self.last_day and self.first_day <= day <= self.last_day)


def entry(viewer: Viewer, session_id: str, *, at: datetime) -> Entry:
    """The form of a session of one of the viewer's own students. Raises NotFound."""
    facts = episodes.one_session(viewer, session_id)
    if facts.definition_id is None:
        raise NotFound("form")
    tried = attempts(session_id)
    state = state_of(facts, tried, at)
    row = counting(facts, tried)
    unsent = row if row and row.state != ResponseState.SENT else None
    first, last = _days(facts, at)
    return Entry(
        facts=facts,
        definition=load(str(facts.definition_id), unsent.definition_version if unsent else None),
        state=state,
        first_day=first,
        last_day=last,
        refused=_refused(facts, state, first, at),
    )


def _days(facts: SessionFacts, at: datetime) -> tuple[date | None, date | None]:
    """From the day the form opens until its last time is over, or today; however late it is entered."""
    if facts.starts_at is None:
        return None, None
    rules = settings.current()
    following = episodes.following(facts.id)
    ends = [days_later(facts.starts_at, rules.late_days)]
    if following and following.starts_at:
        ends.append(max(opening(following.starts_at, rules), facts.starts_at))
    return clock.london(opening(facts.starts_at, rules)).date(), clock.london(min(*ends, at)).date()


def _refused(facts: SessionFacts, state: FormState, first: date | None, at: datetime) -> str:
    if state.stage is Stage.SENT:
        return "sent"
    if not consent.allows(Scope.SERVICE, "", facts.person_id, at):
        return "not_permitted"
    if first is None:
        return "no_date"
    return "not_open" if clock.london(at).date() < first else ""
