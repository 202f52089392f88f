"""The database of a service in another process: forms begun there, and whether each is whole."""

import random
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from flask import Flask
from sqlalchemy import func
from sqlmodel import Session, col, select

import questionnaires
from student_portal import create_app
from student_portal.alerts.models import AnswerAlert
from student_portal.audit.models import AuditEvent
from student_portal.config import Config
from student_portal.duty.models import Task
from student_portal.foundation import clock, db
from student_portal.measures.models import Answer, QuestionnaireResponse, ResponseEvent, ResponseState, Score
from tests.faults.phone import Position
from tests.support.crowd import Crowd, Filled


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

    def begun(self, how_many: int, chance: random.Random) -> list[Filled]:
        """So many students with every question of a form answered, by turns of the long and the short one."""
        crowd, made = Crowd(self.app), []
        for number in range(how_many):
            definition = questionnaires.load(("core_om", "core_10")[number % 2])
            ticked = {item.number: chance.choice([0, 1, 2, 3, 4, None]) for item in definition.items}
            made += crowd.filled(definition.id, 1, ticked)
        return made

    def answers(self, form: Filled) -> dict[int, Position]:
        """The loose answers as they stand, by item."""
        with db.read() as session:
            rows = session.exec(select(Answer).where(Answer.response_id == form.id)).all()
            kept = {row.item: row.position for row in rows}
        assert len(kept) == len(rows), "an item is there twice"
        return kept

    def must_stand(
        self,
        form: Filled,
        told: Mapping[int, Position],
        unsure: Mapping[int, set[Position]],
        *,
        is_told_sent: bool,
    ) -> bool:
        """The form is whole, open or sent, with the newest answers the phone was told of, or later ones it
        was told nothing about; gives whether it is sent.
        """
        with db.read() as session:
            (row,) = session.exec(
                select(QuestionnaireResponse).where(QuestionnaireResponse.session_id == form.session_id)
            ).all()
            is_sent, loose = row.state == ResponseState.SENT, self.answers(form)
            assert row.id == form.id
            assert is_sent or not is_told_sent, "the phone was told that it is sent, and it is not"
            document = {int(item): position for item, position in (row.document or {}).items()}
            _must_hold(document if is_sent else loose, form.items, told, unsure)
            left = loose if is_sent else document
            assert not left, f"half a form: {len(left)} answers also in the other place"
            assert (row.sent_at is not None) == is_sent, "half a form: a time of sending, or none"
            self._must_have_consequences(session, form, document if is_sent else None)
            return is_sent

    def _must_have_consequences(
        self, session: Session, form: Filled, sent: Mapping[int, Position] | None
    ) -> None:
        """Scores, steps, alert, task and activity log: each once for a sent form, none for an open one."""
        found = session.exec(select(Score).where(Score.response_id == form.id)).all()
        stored = {(row.definition_id, row.scale): (row.numerator, row.answered) for row in found}
        assert stored == ({} if sent is None else _scores(form, sent)), f"half a form: scores {stored}"
        alerts = session.exec(select(AnswerAlert).where(AnswerAlert.response_id == form.id)).all()
        rows = {
            "step": ResponseEvent.response_id == form.id,
            "line": (AuditEvent.subject_id == form.id) & (AuditEvent.verb == "measures.send"),
            "task": col(Task.subject_id).in_([alert.id for alert in alerts]),
        }
        tables = {"step": ResponseEvent, "line": AuditEvent, "task": Task}
        counts = {
            name: session.exec(select(func.count()).select_from(tables[name]).where(rule)).one()
            for name, rule in rows.items()
        }
        must_alert = sent is not None and _is_above(form, sent)
        wanted = {"step": sent is not None, "line": sent is not None, "task": must_alert}
        assert (len(alerts), counts) == (must_alert, wanted), f"half a form: {len(alerts)} alerts, {counts}"


def _must_hold(
    kept: Mapping[int, Position],
    items: int,
    told: Mapping[int, Position],
    unsure: Mapping[int, set[Position]],
) -> None:
    for item in range(1, items + 1):
        stands, last_told = kept.get(item, "nothing"), told.get(item, "nothing")
        wrong = f"item {item} holds {stands}; the phone was told {last_told}"
        assert stands == last_told or stands in unsure.get(item, set()), wrong


def _ticked(form: Filled, sent: Mapping[int, Position]) -> list[Position]:
    return [sent.get(item) for item in range(1, form.items + 1)]


def _scores(form: Filled, sent: Mapping[int, Position]) -> dict[tuple[str, str], tuple[int | None, int]]:
    """What must be stored: the form's own scales, and those of the shorter form inside it."""
    definition, ticked = questionnaires.load(form.definition_id), _ticked(form, sent)
    reckoned = [questionnaires.score(definition, ticked)]
    if definition.embedded:
        inner = questionnaires.load(definition.embedded.instrument, definition.embedded.version)
        reckoned.append(questionnaires.score(inner, questionnaires.embedded(definition, ticked)))
    return {
        (scores.definition_id, scale): (
            None if got.clinical is None else got.clinical.numerator,
            got.answered,
        )
        for scores in reckoned
        for scale, got in scores.scales.items()
    }


def _numerator(exact: Fraction | None) -> int | None:
    return None if exact is None else exact.numerator


def _is_above(form: Filled, sent: Mapping[int, Position]) -> bool:
    definition = questionnaires.load(form.definition_id)
    return bool(questionnaires.score(definition, _ticked(form, sent)).safety_above_zero)
