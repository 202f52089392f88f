"""Whatever comes up and is settled, in whatever order: only the first start is held back, and from then on
messages leave until a manager stops them.
"""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import select

from student_portal.foundation import db
from student_portal.foundation.clock import FrozenClock
from student_portal.foundation.errors import Conflict, Refused
from student_portal.governance import queries
from student_portal.governance.models import FoundOpen, GoLiveDecision
from tests.integration.governance.standing import Open, look, manager, only_open, start, stop


class Life:
    """A service that never was live, and beside it what must hold, reckoned without a database."""

    def __init__(self, service_id: str, opened: Open) -> None:
        self.service_id, self.opened, self.by = service_id, opened, manager(service_id)
        self.state, self.came_up = "before", set[str]()
        opened.things.clear()
        with db.write() as session:
            for table in (GoLiveDecision, FoundOpen):
                for row in session.exec(select(table)):
                    session.delete(row)
        self.read_the_page()

    @property
    def offers_a_start(self) -> bool:
        return {"before": bool(self.opened()), "live": bool(self.came_up), "stopped": True}[self.state]

    def open(self, thing: str) -> None:
        if thing not in self.opened():
            self.opened.things.append(thing)
            self.came_up |= {thing} if self.state == "live" else set()
            self._minute_of_a_begun_service()

    def settle(self, thing: str) -> None:
        if thing in self.opened():
            self.opened.things.remove(thing)
            self.came_up -= {thing}
            self._minute_of_a_begun_service()

    def _minute_of_a_begun_service(self) -> None:
        if self.state != "before":
            look(self.service_id)

    def minute(self, _thing: str = "") -> None:
        look(self.service_id)
        if self.state == "before" and not self.opened():
            self._becomes("live")

    def read_the_page(self, _thing: str = "") -> None:
        self.seen = queries.go_live().seen

    def stop(self, _thing: str = "") -> None:
        stop(self.by)
        self._becomes("stopped")

    def start(self, _thing: str = "") -> None:
        if self.seen != queries.go_live().seen:
            with pytest.raises(Conflict):
                start(self.by, self.seen)
        elif not self.offers_a_start:
            with pytest.raises(Refused, match="nothing"):
                start(self.by, self.seen)
        else:
            start(self.by, self.seen)
            self._becomes("live")
            assert {one.words for one in queries.decisions()[0].covers} == set(self.opened()), (
                "all that stood"
            )

    def _becomes(self, state: str) -> None:
        self.state, self.came_up = state, set()


MOVES = (Life.open, Life.settle, Life.minute, Life.read_the_page, Life.start, Life.stop)


@pytest.fixture
def opened(service_id: str, monkeypatch: pytest.MonkeyPatch) -> Open:
    return only_open(monkeypatch)


@pytest.mark.hazard("H01")
@pytest.mark.hazard("H03")
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(st.tuples(st.sampled_from(MOVES), st.sampled_from("abc")), max_size=16))
def test_only_the_first_start_is_held_back_and_only_a_manager_stops(
    opened: Open, service_id: str, portal: FrozenClock, steps: list[tuple[object, str]]
) -> None:
    life = Life(service_id, opened)
    for move, thing in steps:
        portal.forward(minutes=1)
        move(life, thing)  # type: ignore[operator]
        assert queries.may_send() == (life.state == "live")
        assert {one.words for one in queries.go_live().came_up} == life.came_up
