"""The lines that more than one page shows."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from student_portal.access.queries import Viewer
from student_portal.accounts import queries as accounts
from student_portal.alerts.queries import AlertView
from student_portal.consent import queries as consent
from student_portal.consent.queries import Scope
from student_portal.episodes import queries as episodes
from student_portal.episodes.queries import SessionFacts
from student_portal.measures import queries as measures
from student_portal.measures.queries import FormState, Manner, Stage


@dataclass(frozen=True)
class SessionRow:
    """One session of one student. `form` is None where the session has none.

    `on_phone`: the student fills in forms on their phone; otherwise together with the therapist. `talk`: what
    they want to talk about in it, in their own words, if they wrote that.
    """

    facts: SessionFacts
    name: str
    form: FormState | None
    on_phone: bool
    has_alert: bool
    has_begun: bool
    is_over: bool
    talk: str

    @property
    def may_enter(self) -> bool:
        """Whether the form can be entered from paper, or soon be filled in together: it is open, or was."""
        missing = self.form is not None and self.form.stage not in (Stage.NOT_OPEN, Stage.SENT)
        return missing and self.facts.starts_at is not None


@dataclass(frozen=True)
class ReadRow:
    """Answers that somebody must read, with the session they belong to. `who` gives each reader's name."""

    alert: AlertView
    facts: SessionFacts
    name: str
    owner: str
    is_mine: bool
    manner: Manner
    who: Mapping[str | None, str]


def session_row(
    viewer: Viewer, facts: SessionFacts, sessions_to_read: Collection[str], *, at: datetime, talk: str = ""
) -> SessionRow:
    """A session as it stands; `sessions_to_read` are the ids of those with answers nobody has read.

    `talk`: what the student wrote for it, on a page that shows that.
    """
    return SessionRow(
        facts=facts,
        name=accounts.name_of(viewer, facts.person_id),
        form=measures.form_state(facts.id, at=at),
        on_phone=consent.allows(Scope.DIGITAL_FORMS, "", facts.person_id, at),
        has_alert=facts.id in sessions_to_read,
        has_begun=facts.starts_at is not None and facts.starts_at <= at,
        is_over=episodes.is_over(facts, at=at),
        talk=talk,
    )


def read_row(viewer: Viewer, alert: AlertView) -> ReadRow:
    """An alert with the names of the people in it."""
    readers = {step.by for step in alert.steps if step.by and step.by != alert.person_id}
    return ReadRow(
        alert=alert,
        facts=episodes.session(alert.session_id),
        name=accounts.name_of(viewer, alert.person_id),
        owner=accounts.staff_name(alert.owner_id),
        is_mine=alert.owner_id == viewer.person_id,
        manner=measures.manner_of(viewer, alert.response_id),
        who={reader: accounts.staff_name(reader) for reader in readers},
    )
