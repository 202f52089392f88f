"""From an accepted request to six numbered sessions."""

import pytest

from student_portal.access import queries as access
from student_portal.access.queries import Viewer
from student_portal.audit import queries as audit
from student_portal.episodes import queries, service
from student_portal.foundation import clock
from student_portal.foundation.errors import Conflict, NotFound
from tests.support import care


@pytest.mark.hazard("H23")
def test_accepting_makes_six_sessions_with_the_right_form_each(therapist: Viewer, episode_id: str) -> None:
    sessions = care.sessions(therapist, episode_id)
    assert [(facts.number, facts.definition_id) for facts in sessions] == [
        (1, "core_om"), (2, "core_10"), (3, "core_10"), (4, "core_10"), (5, "core_10"), (6, "core_om"),
    ]  # fmt: skip
    assert {facts.state for facts in sessions} == {"planned"}
    assert {facts.starts_at for facts in sessions} == {None}


@pytest.mark.hazard("H21")
def test_from_then_on_only_this_therapist_may_open_the_record(therapist: Viewer, episode_id: str) -> None:
    person_id = queries.episode(therapist, episode_id).person_id
    colleague = care.therapist(therapist.service_id, "J. Lindqvist")
    assert access.therapist_of(person_id, at=clock.now()) == therapist.person_id
    with pytest.raises(NotFound):
        queries.episode(colleague, episode_id)
    assert queries.of_therapist(colleague) == []


def test_pressing_accept_twice_opens_one_episode(therapist: Viewer) -> None:
    referral_id = care.asked(therapist.service_id)
    pressed = [
        service.open_from_referral(
            referral_id=referral_id,
            therapist_id=str(therapist.person_id),
            seen_version=1,
            by=therapist,
            at=clock.now(),
        )
        for _press in range(2)
    ]
    assert pressed[0] == pressed[1]
    assert len(queries.of_therapist(therapist)) == 1


def test_a_request_that_changed_since_it_was_read_is_not_accepted(therapist: Viewer) -> None:
    referral_id = care.asked(therapist.service_id)
    with pytest.raises(Conflict):
        service.open_from_referral(
            referral_id=referral_id,
            therapist_id=str(therapist.person_id),
            seen_version=7,
            by=therapist,
            at=clock.now(),
        )
    assert queries.opened_from(referral_id) is None


def test_who_accepted_it_is_in_the_activity_log(therapist: Viewer, episode_id: str) -> None:
    person_id = queries.episode(therapist, episode_id).person_id
    opened = [line for line in audit.about(person_id) if line.verb == "episodes.open"]
    assert [(line.actor_id, line.subject_id) for line in opened] == [(therapist.person_id, episode_id)]
