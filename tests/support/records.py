"""Students whose forms were sent long ago, in bulk: a therapist's own, and a service full of others'."""

from collections import defaultdict
from datetime import datetime, timedelta
from fractions import Fraction

from flask import Flask

from questionnaires import Definition, embedded, load, score
from student_portal.access.models import CareKind, CareRelation
from student_portal.access.queries import Role
from student_portal.accounts.models import BrowserSession, Person, StaffAccount
from student_portal.episodes import queries as episodes
from student_portal.episodes.models import (
    Booking,
    EpisodeOfCare,
    EpisodeState,
    Mode,
    SessionState,
    TherapySession,
)
from student_portal.foundation import clock, crypto, ids
from student_portal.measures.models import QuestionnaireResponse, ResponseState, Score
from student_portal.referral.models import Advice, Referral, ReferralState
from tests.support.crowd import Crowd, Rows, insert_rows

LONG, SHORT = "core_om", "core_10"
USUAL = 6  # sessions
AT_ONCE = 500  # students


class Records(Crowd):
    """The same service with a past. `cookie` is a browser in which the therapist has signed in."""

    def __init__(self, app: Flask) -> None:
        super().__init__(app)
        rows: Rows = defaultdict(list)
        self.other_id = self._add(rows, Person, is_staff=True, created_at=clock.now(), name="J. Lindqvist")
        self.cookie = self._at_desk(rows)
        insert_rows(rows)

    def of_mine(self, sessions: int) -> str:
        """A student of the therapist's with so many sessions, each with its form sent; gives their id."""
        rows: Rows = defaultdict(list)
        person_id = self._course(rows, sessions, self.therapist_id, is_opened=True)
        insert_rows(rows)
        return person_id

    def of_others(self, responses: int) -> None:
        """Another therapist's students with so many sent forms between them, which nobody opens here."""
        students = responses // USUAL
        pattern: Rows = defaultdict(list)
        self._course(pattern, USUAL, self.other_id, is_opened=False)
        for first in range(0, students, AT_ONCE):
            rows: Rows = defaultdict(list)
            for _ in range(min(AT_ONCE, students - first)):
                _again(pattern, rows)
            insert_rows(rows)

    def _at_desk(self, rows: Rows) -> str:
        self._add(
            rows, StaffAccount, person_id=self.therapist_id, email_index=bytes(16), email="t@portal.invalid",
            role=Role.THERAPIST, password_hash="none", totp="none",
        )  # fmt: skip
        secret, real = crypto.token(), clock.real()
        self._add(
            rows, BrowserSession, secret_hash=crypto.digest(secret), person_id=self.therapist_id,
            role=Role.THERAPIST, about=None, proved_by="password", created_at=real, seen_at=real,
        )  # fmt: skip
        holds = {"csrf_token": self._csrf, "secret": secret, "seen": int(real.timestamp())}
        return self._cookie(holds, path="/staff/")

    def _course(self, rows: Rows, sessions: int, therapist_id: str, *, is_opened: bool) -> str:
        """One student's sessions, a week apart, the last one today in an hour; gives the student's id."""
        at = clock.now()
        person_id = self._add(
            rows, Person, is_staff=False, created_at=at, name="Sam Ashby", born="2005-05-14"
        )
        self._add(
            rows, CareRelation, person_id=person_id, staff_id=therapist_id, kind=CareKind.THERAPY, since=at
        )
        episode_id = self._episode(rows, person_id)
        for number in range(1, sessions + 1):
            definition = load(LONG if number in (1, sessions) else SHORT)
            starts_at = at + timedelta(hours=1, weeks=number - sessions)
            session_id = self._add(
                rows, TherapySession, episode_id=episode_id, person_id=person_id, number=number,
                definition_id=definition.id, state=SessionState.BOOKED,
            )  # fmt: skip
            self._add(
                rows, Booking, session_id=session_id, therapist_id=therapist_id, starts_at=starts_at,
                minutes=50, mode=Mode.CAMPUS, booked_at=at,
            )  # fmt: skip
            self._form(rows, person_id, session_id, definition, starts_at, is_opened=is_opened)
        return person_id

    def _episode(self, rows: Rows, person_id: str) -> str:
        at, (programme_id, _minutes, _steps) = clock.now(), episodes.programme()
        referral_id = self._add(
            rows, Referral, person_id=person_id, draft_id=ids.new(), submitted_at=at, reply_by=at.date(),
            state=ReferralState.ACCEPTED, advice=Advice.LIKELY_SUITABLE,
            reference_index=crypto.digest(person_id)[:16], reference="7K4PQ2", answers={},
        )  # fmt: skip
        return self._add(
            rows, EpisodeOfCare, person_id=person_id, referral_id=referral_id, programme_id=programme_id,
            opened_at=at, state=EpisodeState.OPEN,
        )  # fmt: skip

    def _form(
        self,
        rows: Rows,
        person_id: str,
        session_id: str,
        definition: Definition,
        starts_at: datetime,
        *,
        is_opened: bool,
    ) -> None:
        """One sent form with its scores; sealed answers only where it will be opened, else mere bytes."""
        sent_at = starts_at - timedelta(hours=4)
        ticked = [0 if item.safety else 2 for item in definition.items]
        answers = {str(item.number): at for item, at in zip(definition.items, ticked, strict=True)}
        document = {"document": answers} if is_opened else {"document_sealed": bytes(120)}
        response_id = self._add(
            rows, QuestionnaireResponse, person_id=person_id, session_id=session_id,
            definition_id=definition.id, definition_version=definition.version,
            checksum=definition.checksum, language=definition.language, opened_at=sent_at,
            state=ResponseState.SENT, sent_at=sent_at, starts_at_send=starts_at, **document,
        )  # fmt: skip
        scored = [score(definition, ticked)]
        if definition.embedded:
            scored.append(score(load(definition.embedded.instrument), embedded(definition, ticked)))
        for scores in scored:
            for scale, got in scores.scales.items():
                clinical = got.clinical or Fraction(0)
                self._add(
                    rows, Score, response_id=response_id, definition_id=scores.definition_id, scale=scale,
                    numerator=clinical.numerator, denominator=clinical.denominator, shown=got.shown,
                    items=got.items, answered=got.answered, is_prorated=False,
                )  # fmt: skip


def _again(pattern: Rows, rows: Rows) -> None:
    """The same course for one more student: other ids that hold together as these do."""
    own = (
        row[name] for made in pattern.values() for row in made for name in ("id", "draft_id") if name in row
    )
    anew = {key: ids.new() for key in own}
    for model, made in pattern.items():
        for row in made:
            copy = {
                name: anew.get(value, value) if type(value) is str else value for name, value in row.items()
            }
            if "reference_index" in copy:
                copy["reference_index"] = crypto.digest(copy["id"])[:16]
            rows[model].append(copy)
