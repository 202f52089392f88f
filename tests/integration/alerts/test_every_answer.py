"""Each safety item, value, form and language: help at once without script, and one owned alert."""

from dataclasses import replace

import pytest
from flask.testing import FlaskClient

from questionnaires import load
from student_portal.access.queries import Viewer
from student_portal.alerts import queries
from student_portal.audit.queries import machine
from student_portal.config import Config
from student_portal.duty import queries as duty
from student_portal.episodes import service as episodes
from student_portal.foundation import clock
from student_portal.foundation.clock import FrozenClock
from tests.support import care, tree
from tests.support.care import at

SESSIONS = {"core_om": 1, "core_10": 2}
DAYS = {"core_om": at(11, 30, 10), "core_10": at(12, 7, 10)}
ABOVE = (1, 2, 3, 4)
DEFINITIONS = tree.ROOT / "questionnaires/definitions"


@pytest.fixture(params=["in our words", "in another language"])
def config(config: Config, request: pytest.FixtureRequest) -> Config:
    """The pseudo-locale stands for every language to come: each sentence of ours is another."""
    return replace(config, pseudo=request.param == "in another language")


@pytest.mark.one_database
@pytest.mark.hazard("H01")
@pytest.mark.hazard("H07")
@pytest.mark.hazard("H22")
@pytest.mark.parametrize("form", sorted(SESSIONS))
def test_each_safety_answer_brings_help_in_the_same_answer_and_exactly_one_owned_alert(
    client: FlaskClient, config: Config, service_id: str, portal: FrozenClock, form: str
) -> None:
    episodes.set_up_programme(by=machine(service_id), at=clock.now())
    items = load(form).safety_items
    for item in items:
        for position in ABOVE:
            portal.move_to(at(11, 30, 9))
            therapist = care.therapist(service_id)
            session_id, person_id = booked(therapist, form)
            portal.move_to(DAYS[form])
            care.on_phone(client, service_id, person_id)
            answer = client.post(
                f"/form/{session_id}/{item}", data={"answer": str(position)}, follow_redirects=True
            )
            assert 'href="tel:999"' in answer.text, (item, position)
            assert 'href="tel:111"' in answer.text, (item, position)
            words = "⟦Before you go on⟧" if config.pseudo else "Before you go on"
            assert f">{words}<" in answer.text, (item, position)
            ticked = [position if number == item else None for number in range(1, len(load(form).items) + 1)]
            care.send_form(session_id, *ticked)
            (alert,) = queries.of_person(therapist, person_id)
            assert [said.item for said in alert.facts.above] == [item]
            assert alert.owner_id == therapist.person_id
            task = duty.task_for(duty.TaskKind.ANSWER_TO_READ, alert.id)
            assert task
            assert (task.owner_id, task.due_at) == (alert.owner_id, alert.due_at)


def booked(therapist: Viewer, form: str) -> tuple[str, str]:
    """A student whose session with this form is in two days of the day on which it is filled in."""
    episode_id = care.in_therapy(therapist)
    slots = care.weekly(therapist, episode_id, at(12, 2))
    episodes.book(bookings=slots, by=therapist, at=clock.now())
    facts = care.sessions(therapist, episode_id)[SESSIONS[form] - 1]
    assert facts.definition_id == form
    return facts.id, facts.person_id


@pytest.mark.hazard("H01")
@pytest.mark.parametrize("form", sorted(SESSIONS))
def test_the_safety_items_are_the_same_in_every_language_of_the_form(form: str) -> None:
    """They stand in the structure; the words of a language cannot add or lose one."""
    versions = [path for path in (DEFINITIONS / form).iterdir() if path.is_dir()]
    wordings = [path for version in versions for path in version.glob("*.toml") if path.stem != "structure"]
    assert wordings
    for wording in wordings:
        definition = load(form, int(wording.parent.name), language=wording.stem)
        assert definition.safety_items == {"core_om": (6, 9, 16, 22, 24, 34), "core_10": (6,)}[form]
