"""Answers that no finger gives (assurance.md, inputs 34 to 41): a sentence, and nothing is kept."""

from typing import Any

import pytest
from flask.testing import FlaskClient

from student_portal.access.queries import Viewer
from student_portal.alerts import queries as alerts
from student_portal.episodes.queries import SessionFacts
from student_portal.measures import queries
from tests.integration.measures import story
from tests.integration.measures.story import SOMETIMES

SENTENCE = "Choose one of the answers, or skip this question."


NO_BOX = ("5", "-1", "2.5", "4 ", "O", "null", "[1]", "true", "１", "9" * 20, "\x00", "0x1", "1e0", "")


def test_a_value_that_is_no_box(phone: FlaskClient, session: SessionFacts) -> None:
    phone.post(f"/form/{session.id}")
    for given in NO_BOX:
        page = phone.post(f"/form/{session.id}/1", data={"answer": given}, follow_redirects=True)
        assert page.status_code == (400 if given else 200), given
        assert SENTENCE in page.text
        assert "tel:999" in page.text
    assert story.stored(session) == {}


def test_the_same_item_twice_with_different_values(phone: FlaskClient, session: SessionFacts) -> None:
    page = phone.post(f"/form/{session.id}/1", data={"answer": ["1", "3"]})
    assert page.status_code == 400
    assert SENTENCE in page.text
    assert story.stored(session) == {}


def test_an_item_that_does_not_exist(phone: FlaskClient, session: SessionFacts) -> None:
    phone.post(f"/form/{session.id}")
    for item in ("0", "35", "-1", "1.5", "x"):
        for page in (
            phone.get(f"/form/{session.id}/{item}"),
            phone.post(f"/form/{session.id}/{item}", data={"answer": "1"}),
        ):
            assert page.status_code == 404
            assert "tel:999" in page.text
    assert story.stored(session) == {}


def test_a_page_of_another_form(phone: FlaskClient, session: SessionFacts) -> None:
    page = phone.post(f"/form/{session.id}/1", data={"answer": "1", "edition": "0123456789ab"})
    assert page.status_code == 400
    assert "That page was from another form, so nothing was saved." in page.text
    assert story.stored(session) == {}


def test_a_body_that_is_not_a_form(phone: FlaskClient, session: SessionFacts) -> None:
    phone.post(f"/form/{session.id}")
    bodies: list[Any] = [{"answer": "1"}, {"answer": [1, 2]}, [1], "1", None, 1]
    for body in bodies:
        page = phone.post(f"/form/{session.id}/1", json=body, follow_redirects=True)
        assert page.status_code == 200
        assert SENTENCE in page.text
        assert phone.post(f"/form/{session.id}/send", json=body, follow_redirects=True).status_code == 200
    assert story.stored(session) == {}


def test_send_with_nothing_reached(phone: FlaskClient, session: SessionFacts) -> None:
    phone.post(f"/form/{session.id}")
    page = phone.post(f"/form/{session.id}/send", follow_redirects=True)
    assert "Nothing is answered yet, so nothing was sent." in page.text
    state = queries.form_state(session.id)
    assert state is not None
    assert state.state == "not_started"


@pytest.mark.hazard("H12")
def test_only_the_safety_item_is_read_by_a_person_though_nothing_can_be_scored(
    phone: FlaskClient, session: SessionFacts, therapist: Viewer
) -> None:
    phone.post(f"/form/{session.id}/16", data={"answer": str(SOMETIMES)})
    page = phone.post(f"/form/{session.id}/send", follow_redirects=True)
    assert "We have your answers." in page.text
    (alert,) = alerts.of_person(therapist, session.person_id)
    assert [said.item for said in alert.facts.above] == [16]
    (form,) = queries.scores_for_episode(therapist, session.episode_id)
    assert form.score().value is None  # type: ignore[union-attr]


def test_a_score_or_a_time_sent_by_the_phone_is_not_read(
    phone: FlaskClient, session: SessionFacts, therapist: Viewer
) -> None:
    phone.post(
        f"/form/{session.id}/1",
        data={"answer": "2", "score": "0", "answered_at": "1999-01-01", "position": "0", "item": "9"},
    )
    phone.post(f"/form/{session.id}/send", data={"score": "0", "sent_at": "1999-01-01", "state": "declined"})
    (form,) = queries.scores_for_episode(therapist, session.episode_id)
    assert form.sent_at.year == 2026
    (row,) = story.forms(session)
    assert {item for item, position in row.document.items() if position is not None} == {"1"}


def test_a_get_where_a_post_is_due(phone: FlaskClient, session: SessionFacts) -> None:
    phone.post(f"/form/{session.id}/1", data={"answer": "2"})
    page = phone.get(f"/form/{session.id}/send")
    assert page.status_code == 405
    assert "tel:999" in page.text
    assert story.stored(session) == {1: 2}
