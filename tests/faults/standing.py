"""The database of a service in another process: who has an open form there, and what it holds."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from flask import Flask
from sqlalchemy import func
from sqlmodel import select

import questionnaires
from student_portal import create_app
from student_portal.access.queries import Role
from student_portal.accounts import service as accounts
from student_portal.alerts.models import AnswerAlert
from student_portal.audit.queries import machine
from student_portal.config import Config
from student_portal.foundation import clock, db
from student_portal.measures.models import Answer, QuestionnaireResponse, ResponseEvent, ResponseState
from student_portal.settings import queries as settings
from tests.faults.phone import Position


@dataclass(frozen=True)
class OpenForm:
    """A form that was begun, and the cookie of a browser in which its student is signed in."""

    id: str
    session_id: str
    cookie: str
    items: int

    @property
    def path(self) -> str:
        return f"/form/{self.session_id}"


@contextmanager
def read(data_dir: Path) -> Iterator["Database"]:
    """This process on the keys and the database of that folder."""
    before = clock.installed()
    config = Config.from_env({"DATA_DIR": str(data_dir)})
    config.start()
    try:
        yield Database(create_app(config))
    finally:
        db.engine().dispose()
        clock.install(before)


@dataclass(frozen=True)
class Database:
    """What stands in it. Every connection is closed again, so that it never holds up the service."""

    app: Flask

    def open_form(self) -> OpenForm:
        """The one form in the demo that was begun and not sent (Teo's), and a browser for it."""
        with db.read() as session:
            begun = select(QuestionnaireResponse).where(QuestionnaireResponse.state == ResponseState.OPEN)
            row = session.exec(begun).one()
        items = len(questionnaires.load(row.definition_id, row.definition_version).items)
        secret = accounts.start_session(
            role=Role.STUDENT,
            person_id=row.person_id,
            about=None,
            proved_by="code",
            by=machine(settings.service_id()),
            at=clock.now(),
        )
        signer = self.app.session_interface.get_signing_serializer(self.app)  # type: ignore[attr-defined]
        cookie = signer.dumps({"secret": secret, "seen": int(clock.real().timestamp())})
        return OpenForm(row.id, row.session_id, f"portal={cookie}", items)

    def answers(self, form: OpenForm) -> dict[int, Position]:
        """The answers as they stand, by item."""
        with db.read() as session:
            rows = session.exec(select(Answer).where(Answer.response_id == form.id)).all()
            kept = {row.item: row.position for row in rows}
        assert len(kept) == len(rows), "an item is there twice"
        return kept

    def must_hold(
        self, form: OpenForm, told: Mapping[int, Position], unsure: Mapping[int, set[Position]]
    ) -> None:
        """For each item the newest answer the phone was told of, or a later one it was told nothing about."""
        kept = self.answers(form)
        for item in range(1, form.items + 1):
            stands, last_told = kept.get(item, "nothing"), told.get(item, "nothing")
            wrong = f"item {item} holds {stands}; the phone was told {last_told}"
            assert stands == last_told or stands in unsure.get(item, set()), wrong

    def must_be_sent_once(self, form: OpenForm, told: Mapping[int, Position]) -> None:
        """One form with exactly these answers, sent once, and one alert for it."""
        with db.read() as session:
            of_session = QuestionnaireResponse.session_id == form.session_id
            (row,) = session.exec(select(QuestionnaireResponse).where(of_session)).all()
            assert row.state == ResponseState.SENT
            assert row.document == {str(item): position for item, position in sorted(told.items())}
            for table, at_most_one in (
                (AnswerAlert, AnswerAlert.response_id == row.id),
                (ResponseEvent, (ResponseEvent.response_id == row.id) & (ResponseEvent.state == "sent")),
            ):
                found = session.exec(select(func.count()).select_from(table).where(at_most_one)).one()
                assert found == 1, f"{found} rows of {table.__name__}"
            left = session.exec(select(Answer).where(Answer.response_id == row.id)).all()
            assert not left, "loose answers stayed behind"
