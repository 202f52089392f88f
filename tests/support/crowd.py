"""Hundreds or thousands of students in the middle of a form, inserted in bulk: rows as the verbs leave them.

Each has a browser of their own. `benchmarks` and the kill rounds use one form after the other.
"""

import json
import random
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from flask import Flask, session
from flask_wtf.csrf import generate_csrf
from sqlalchemy import insert
from sqlmodel import SQLModel

from questionnaires import Definition, load
from student_portal.access.models import CareKind, CareRelation
from student_portal.access.queries import Role
from student_portal.accounts.models import BrowserSession, Person
from student_portal.consent.models import ConsentDecision, Decision, Scope
from student_portal.episodes import queries as episodes
from student_portal.episodes.models import (
    Booking,
    EpisodeOfCare,
    EpisodeState,
    Mode,
    SessionState,
    TherapySession,
)
from student_portal.foundation import clock, crypto, db, ids
from student_portal.measures.models import Answer, QuestionnaireResponse
from student_portal.measures.queries.filling import mark
from student_portal.referral.models import Advice, Referral, ReferralState
from student_portal.settings import queries as settings

Rows = dict[type[SQLModel], list[dict[str, Any]]]
CHUNK = 1000  # students inserted at once


@dataclass(frozen=True)
class Filled:
    """One student's form, not sent. `cookie`: of a browser let in by the link in a text; `seen`: the mark of
    the answers, as its check page would show it.
    """

    id: str
    person_id: str
    session_id: str
    definition_id: str
    answers: Mapping[int, int | None]
    cookie: str
    seen: str

    @property
    def path(self) -> str:
        return f"/form/{self.session_id}"

    @property
    def items(self) -> int:
        return len(load(self.definition_id).items)


class Crowd:
    """The students of the service whose database is open in this process."""

    def __init__(self, app: Flask) -> None:
        self.app, self.service_id = app, settings.service_id()
        with app.test_request_context():
            # One token for all of them, as if each had opened a page with a form in it.
            self.token, self._csrf = generate_csrf(), session["csrf_token"]
        rows: Rows = defaultdict(list)
        self.therapist_id = self._add(rows, Person, is_staff=True, created_at=clock.now(), name="R. Okafor")
        insert_rows(rows)

    def filled(self, definition_id: str, how_many: int, ticked: Mapping[int, int | None]) -> list[Filled]:
        """So many students whose next form is this one, with these answers by item."""
        definition, made = load(definition_id), []
        for first in range(0, how_many, CHUNK):
            rows: Rows = defaultdict(list)
            for _ in range(min(CHUNK, how_many - first)):
                made.append(self._student(rows, definition, ticked))
            insert_rows(rows)
        return made

    def signed_in(self, form: Filled) -> str:
        """The cookie of another browser, in which the same student signed in with a code."""
        rows: Rows = defaultdict(list)
        cookie, _ = self._browser(rows, form.person_id, None)
        insert_rows(rows)
        return cookie

    def _student(self, rows: Rows, definition: Definition, ticked: Mapping[int, int | None]) -> Filled:
        at = clock.now()
        person_id = self._add(rows, Person, is_staff=False, created_at=at, name="Sam Ashby")
        self._add(
            rows, ConsentDecision, person_id=person_id, scope=Scope.DIGITAL_FORMS, recipient="",
            decision=Decision.GIVEN, text_version="1", language="en-GB", at=at, channel="portal",
        )  # fmt: skip
        self._add(
            rows, CareRelation, person_id=person_id, staff_id=self.therapist_id,
            kind=CareKind.THERAPY, since=at,
        )  # fmt: skip
        session_id = self._sessions(rows, person_id, definition.id, at)
        cookie, proof_id = self._browser(rows, person_id, session_id)
        response_id, seen = self._answers(rows, person_id, session_id, definition, ticked, proof_id)
        return Filled(response_id, person_id, session_id, definition.id, ticked, cookie, seen)

    def _sessions(self, rows: Rows, person_id: str, definition_id: str, at: datetime) -> str:
        """Six sessions a week apart, the next one tomorrow; gives the id of that one."""
        programme_id, minutes, steps = episodes.programme()
        referral_id = self._add(
            rows, Referral, person_id=person_id, draft_id=ids.new(), submitted_at=at,
            reply_by=at.date(), state=ReferralState.ACCEPTED, advice=Advice.LIKELY_SUITABLE,
            reference_index=random.randbytes(16), reference="7K4PQ2", answers={},
        )  # fmt: skip
        episode_id = self._add(
            rows, EpisodeOfCare, person_id=person_id, referral_id=referral_id,
            programme_id=programme_id, opened_at=at, state=EpisodeState.OPEN,
        )  # fmt: skip
        number = next(step.number for step in steps if step.definition_id == definition_id)
        made = {}
        for step in steps:
            made[step.number] = self._add(
                rows, TherapySession, episode_id=episode_id, person_id=person_id,
                number=step.number, definition_id=step.definition_id, state=SessionState.BOOKED,
            )  # fmt: skip
            self._add(
                rows, Booking, session_id=made[step.number], therapist_id=self.therapist_id,
                starts_at=at + timedelta(days=1, weeks=step.number - number), minutes=minutes,
                mode=Mode.CAMPUS, booked_at=at,
            )  # fmt: skip
        return made[number]

    def _answers(
        self,
        rows: Rows,
        person_id: str,
        session_id: str,
        definition: Definition,
        ticked: Mapping[int, int | None],
        proof_id: str,
    ) -> tuple[str, str]:
        """An open form with these answers, all given under this proof; gives its id, and the mark of what its
        check page shows.
        """
        at = clock.now()
        response_id = self._add(
            rows, QuestionnaireResponse, person_id=person_id, session_id=session_id,
            definition_id=definition.id, definition_version=definition.version, checksum=definition.checksum,
            language=definition.language, opened_at=at, paused_at=at,
        )  # fmt: skip
        shown = []
        for item, position in ticked.items():
            self._add(
                rows, Answer, response_id=response_id, item=item, answered_at=at, position=position,
                proof_id=proof_id,
            )  # fmt: skip
            shown.append(_Shown(item, position, at))
        return response_id, mark(shown)  # type: ignore[arg-type]

    def _browser(self, rows: Rows, person_id: str, session_id: str | None) -> tuple[str, str]:
        """A browser let in by the link in a text, or signed in; gives its cookie and the proof's id."""
        secret, real = crypto.token(), clock.real()
        role, proved_by = (Role.LINK, "link") if session_id else (Role.STUDENT, "code")
        proof_id = self._add(
            rows, BrowserSession, secret_hash=crypto.digest(secret), person_id=person_id, role=role,
            about=session_id, proved_by=proved_by, created_at=real, seen_at=real,
        )  # fmt: skip
        cookie = self._cookie({"csrf_token": self._csrf, "secret": secret, "seen": int(real.timestamp())})
        return cookie, proof_id

    def _add(self, rows: Rows, model: type[SQLModel], **given: Any) -> str:
        """One row with the model's own defaults; sealed cells by their plain name. Gives its id."""
        columns = model.model_fields.items()
        values = {name: None if column.is_required() else _default(column) for name, column in columns}
        if "service_id" in values:
            values["service_id"] = self.service_id
        for name, value in given.items():
            cell = f"{name}_sealed"
            if cell in values:
                values[cell] = None if value is None else _sealed(model, cell, values["id"], value)
            else:
                values[name] = value
        rows[model].append(values)
        return str(values["id"])

    def _cookie(self, holds: Mapping[str, object], *, path: str = "/") -> str:
        signer = self.app.session_interface.get_signing_serializer(self.app)  # type: ignore[attr-defined]
        with self.app.test_request_context(path):
            name = self.app.session_interface.get_cookie_name(self.app)
        return f"{name}={signer.dumps(holds)}"


@dataclass(frozen=True)
class _Shown:
    """What the mark of a check page is made of."""

    item: int
    position: int | None
    answered_at: datetime


def insert_rows(rows: Rows) -> None:
    """Put them all in, in the order their tables were first named."""
    with db.write() as unit:
        for model, values in rows.items():
            unit.execute(insert(model), values)


def _default(column: Any) -> Any:
    return column.get_default(call_default_factory=True)


def _sealed(model: type[SQLModel], column: str, row: str, value: object) -> bytes:
    plain = value if isinstance(value, str) else json.dumps(value)
    table = str(model.__tablename__)
    return crypto.seal(plain.encode(), table=table, column=column, row=row, key=crypto.keys())
