"""A student whose request led elsewhere is told so with respect, and never left without a way on."""

import pytest
from flask.testing import FlaskClient

from student_portal.access.queries import Role, Viewer
from student_portal.audit.queries import machine
from student_portal.episodes import service as episodes
from student_portal.foundation import clock, i18n
from student_portal.referral import queries, service
from student_portal.signposting import queries as signposting
from student_portal.signposting.queries import PageKey
from tests.support import care
from tests.support.asking import list_a_university, sent, text
from tests.support.editors import editor, published


@pytest.fixture
def therapist(service_id: str) -> Viewer:
    episodes.set_up_programme(by=machine(service_id), at=clock.now())
    return care.therapist(service_id)


def signposted(
    client: FlaskClient, therapist: Viewer, page: PageKey, reason: str = "Agreed by phone."
) -> None:
    """The student of a request for which another route was agreed, signed in in this browser."""
    referral_id = sent(list_a_university())
    person_id = queries.one(therapist, referral_id, at=clock.now()).person_id
    service.signpost(
        referral_id=referral_id, page=page, reason=reason, seen_version=1, by=therapist, at=clock.now()
    )
    care.on_phone(client, therapist.service_id, person_id)


@pytest.mark.hazard("H18")
@pytest.mark.parametrize("key", [key for key in PageKey if key is not PageKey.REGISTER_WITH_GP])
def test_every_reason_leads_to_help_a_person_and_the_way_back(
    client: FlaskClient, therapist: Viewer, key: PageKey
) -> None:
    signposted(client, therapist, key)
    assert 'href="/home/answer"' in client.get("/home").text
    answer = client.get("/home/answer")
    order = [
        "A person read what you sent",
        "tel:999",
        f"<h2>{signposting.starting(key).title}</h2>",
        "Ask a person",
        "tel:01514960000",
        'href="/join"',
    ]
    places = [answer.text.index(part) for part in order]
    assert places == sorted(places), "respect, help, their route, a person, the way back"
    for closed in ("reject", "eligible", "refus", "unsuitable"):
        assert closed not in text(answer).lower()


@pytest.mark.hazard("H18")
def test_where_a_gp_is_asked_for_how_to_get_one_and_the_university_stand_beside_it(
    client: FlaskClient, therapist: Viewer
) -> None:
    signposted(client, therapist, PageKey.NO_SELF_HARM)
    said = text(client.get("/home/answer"))
    assert "NHS Talking Therapies in Liverpool" in said
    assert "How to register with a GP" in said
    assert "Your university’s counselling team" in said


@pytest.mark.hazard("H08")
def test_their_route_is_read_in_the_language_of_the_portal_where_it_is_written_in_it(
    client: FlaskClient, therapist: Viewer, monkeypatch: pytest.MonkeyPatch
) -> None:
    signposted(client, therapist, PageKey.WAITING)
    admin, manager = (editor(therapist.service_id, role) for role in (Role.ADMIN, Role.MANAGER))
    published(admin, manager, "Arhoswch ar y rhestr.", language="cy")
    assert "Arhoswch" not in client.get("/home/answer").text
    monkeypatch.setattr(i18n, "language", lambda: "cy")
    assert "Arhoswch ar y rhestr." in client.get("/home/answer").text


def test_the_teams_own_words_stay_closed_until_they_are_opened(
    client: FlaskClient, therapist: Viewer
) -> None:
    signposted(client, therapist, PageKey.OTHER_TEAM, "Stays with\nthe team <b>that</b> knows her.")
    html = client.get("/home/answer").text
    before, closed = html.split("<details>", 1)
    assert "Stays with" not in before
    assert "the team &lt;b&gt;that&lt;/b&gt; knows her." in closed


def test_without_such_an_answer_the_page_leads_home(client: FlaskClient, therapist: Viewer) -> None:
    referral_id = sent(list_a_university())
    person_id = queries.one(therapist, referral_id, at=clock.now()).person_id
    care.on_phone(client, therapist.service_id, person_id)
    assert client.get("/home/answer").location == "/home"
    assert "/home/answer" not in client.get("/home").text
