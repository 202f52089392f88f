"""Whatever happens in whatever order: no answer or wish is ever lost, or without somebody who must read it.

Bounded here; `python -m tests.faults.readers --steps 50000 --seed 7` goes on for longer.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from student_portal.config import Config
from student_portal.foundation import db
from tests.support import duty_base
from tests.support.duty_holds import check
from tests.support.duty_walk import Walk

ANY = st.integers(0, 11)
STARTS_IN = st.sampled_from([-30, 0, 20, 40, 59, 60, 61, 300, 1500, 6000])
MINUTES = st.sampled_from([1, 30, 60, 121, 240, 480, 1440, 4320])


class Readers(RuleBasedStateMachine):
    """The walk, drawn by hypothesis, so that what it finds comes back as short as it can be."""

    base: Path
    folder: Path

    @initialize()
    def begin(self) -> None:
        self.walk = Walk.on_a_copy(self.base, self.folder)
        self.walk.stands_in(2, None)
        self.walk.manages(0)

    @rule(who=ANY, starts_in=STARTS_IN)
    def send(self, who: int, starts_in: int) -> None:
        self.walk.send(who, starts_in)

    @rule(which=ANY, starts_in=STARTS_IN, rouses=st.booleans())
    def amend(self, which: int, starts_in: int, rouses: bool) -> None:
        self.walk.amend(which, starts_in, rouses)

    @rule(which=ANY, who=ANY, acts=st.booleans())
    def read(self, which: int, who: int, acts: bool) -> None:
        (self.walk.act if acts else self.walk.acknowledge)(which, who)

    @rule(who=ANY)
    def ask_to_talk(self, who: int) -> None:
        self.walk.asks(who)

    @rule(who=ANY, reader=st.none() | ANY)
    def take_back_or_read(self, who: int, reader: int | None) -> None:
        if reader is None:
            self.walk.takes_back(who)
        else:
            self.walk.reads_wish(who, reader)

    @rule(which=ANY, who=ANY)
    def hand_over(self, which: int, who: int) -> None:
        self.walk.hand_over(which, who)

    @rule(who=ANY, hours=st.integers(1, 200))
    def goes_away(self, who: int, hours: int) -> None:
        self.walk.goes_away(who, hours)

    @rule()
    def comes_back(self) -> None:
        self.walk.comes_back()

    @rule(who=ANY, owner=st.none() | ANY)
    def stands_in(self, who: int, owner: int | None) -> None:
        self.walk.stands_in(who, owner)

    @rule(who=ANY)
    def manages(self, who: int) -> None:
        self.walk.manages(who)

    @rule(which=ANY)
    def ends_turn(self, which: int) -> None:
        self.walk.ends_turn(which)

    @rule(who=ANY)
    def leaves_the_team(self, who: int) -> None:
        self.walk.leaves_the_team(who)

    @rule(who=ANY, therapist=ANY)
    def gets_another_therapist(self, who: int, therapist: int) -> None:
        self.walk.gets_another_therapist(who, therapist)

    @rule(who=ANY)
    def stops(self, who: int) -> None:
        self.walk.stops(who)

    @rule(awake=st.booleans(), how=st.integers(0, 2))
    def trouble(self, awake: bool, how: int) -> None:
        self.walk.falls_asleep(awake)
        self.walk.line_breaks(how)

    @rule(minutes=MINUTES)
    def time_passes(self, minutes: int) -> None:
        self.walk.time_passes(minutes)

    @invariant()
    def holds(self) -> None:
        if hasattr(self, "walk"):
            check(self.walk)


@pytest.fixture
def base(tmp_path: Path, frozen: object) -> Iterator[Path]:
    """A team with students, to be copied for each walk."""
    Config.from_env({"DATA_DIR": str(tmp_path)}).start()
    yield duty_base.found(tmp_path)
    db.engine().dispose()


@pytest.mark.long
@pytest.mark.one_database
@pytest.mark.hazard("H01")
def test_no_alert_is_ever_lost_or_without_an_owner(base: Path, tmp_path: Path) -> None:
    Readers.base, Readers.folder = base, tmp_path
    run_state_machine_as_test(
        Readers,
        settings=settings(
            max_examples=8,
            stateful_step_count=25,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
