"""The live portal on a fresh database, and what students in the middle of a form would ask of it."""

import base64
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from flask import Flask
from sqlalchemy import func
from sqlmodel import select

from benchmarks.load import Request, form_request
from questionnaires import load
from student_portal import create_app, migrations
from student_portal.config import Config
from student_portal.demo import set_up
from student_portal.foundation import clock, db
from student_portal.measures.forms import edition_of
from student_portal.measures.models import QuestionnaireResponse, ResponseState
from tests.support.crowd import Crowd, Filled

HALF = 5  # answers in a form that is being filled in


@dataclass(frozen=True)
class Portal:
    """The portal on one database in this process; `environment` starts it in another."""

    crowd: Crowd
    environment: Mapping[str, str]

    def half_filled(self, how_many: int) -> list[Filled]:
        """CORE-10s with their first items answered."""
        return self.crowd.filled("core_10", how_many, dict.fromkeys(range(1, HALF + 1), 1))

    def whole(self, definition_id: str, how_many: int, *, safety: int = 0) -> list[Filled]:
        """Forms with every item answered, the safety items with the box `safety`."""
        items = load(definition_id).items
        return self.crowd.filled(
            definition_id, how_many, {item.number: safety if item.safety else 2 for item in items}
        )

    def looks(self, form: Filled) -> Request:
        """Look at the next question."""
        return Request("GET", f"{form.path}/{HALF + 1}", form.cookie)

    def saves(self, form: Filled) -> Request:
        """Answer it."""
        edition = edition_of(load(form.definition_id))
        fields = {"csrf_token": self.crowd.token, "edition": edition, "answer": "1"}
        return form_request(f"{form.path}/{HALF + 1}", form.cookie, fields)

    def sends(self, form: Filled) -> Request:
        """Press Send on the check page."""
        fields = {"csrf_token": self.crowd.token, "seen": form.seen}
        return form_request(f"{form.path}/send", form.cookie, fields)

    def sent(self) -> int:
        """How many forms the database says were sent."""
        with db.read() as unit:
            done = select(func.count()).where(QuestionnaireResponse.state == ResponseState.SENT)
            return unit.exec(done).one()


def opened(url: str, folder: str, crowd: Callable[[Flask], Crowd] = Crowd) -> Portal:
    """A live portal with its tables, on an empty database, and the students that `crowd` makes."""
    environment = {
        "PORTAL_DEMO": "0",
        "PORTAL_BASE_URL": "https://portal.invalid",
        "PORTAL_PROXIES": "0",
        "PORTAL_SECRET_KEY": "for benchmarks only, and never for a person",
        "PORTAL_DATA_KEYS": f"1:{base64.b64encode(bytes(range(32))).decode()}",
        "PORTAL_INDEX_KEY": base64.b64encode(bytes(range(32, 64))).decode(),
        "DATA_DIR": folder,
        "DATABASE_URL": url,
    }
    config = Config.from_env(environment)
    config.start()
    migrations.upgrade(db.engine())
    set_up.first_time(at=clock.now())
    return Portal(crowd(create_app(config)), environment)
