"""A student gives and withdraws permissions, and checks what was sent to them."""

from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from student_portal.access.queries import Viewer
from student_portal.audit.queries import machine
from student_portal.consent import queries as consent
from student_portal.consent import service
from student_portal.consent.queries import Decision, Scope
from student_portal.foundation import clock
from student_portal.foundation.clock import FrozenClock
from student_portal.messaging import service as messaging
from student_portal.messaging.queries import Channel
from tests.support import care
from tests.support.asking import text
from tests.support.students import NUMBER, make_student


@pytest.fixture
def sam(client: FlaskClient, service_id: str) -> Viewer:
    """A student who permitted everything that was asked, signed in."""
    person_id = make_student()
    viewer = care.on_phone(client, service_id, person_id)
    for scope in (Scope.SERVICE, Scope.DIGITAL_FORMS, Scope.SMS):
        service.record(person_id=person_id, scope=scope, decision=Decision.GIVEN, by=viewer, at=clock.now())
    return viewer


def allowed(student: Viewer, scope: Scope) -> bool:
    return consent.allows(scope, "", str(student.person_id), clock.now())


def test_each_permission_says_what_it_does_and_what_stops(client: FlaskClient, sam: Viewer) -> None:
    page = text(client.get("/choices"))
    assert "Texts to 07700 900142 Given" in page
    assert "If you withdraw: we send no more texts, even ones already waiting" in page
    assert "You gave this on 30 November 2026." in page
    assert "E-mails" not in page  # no address to send one to


@pytest.mark.parametrize(
    ("decision", "words"),
    [
        (Decision.GIVEN, "You told the team yes. They wrote it down on 2 December 2026."),
        (Decision.NOT_GIVEN, "You told the team no. They wrote it down on 2 December 2026."),
        (
            Decision.WITHDRAWN,
            "You told the team that you withdraw this. They wrote it down on 2 December 2026.",
        ),
    ],
)
def test_what_the_student_told_the_team_is_not_shown_as_their_own_tap(
    client: FlaskClient, service_id: str, portal: FrozenClock, decision: Decision, words: str
) -> None:
    person_id, therapist = make_student(), care.therapist(service_id)
    sam = care.on_phone(client, service_id, person_id)
    portal.move_to(care.at(12, 2))
    told = {"person_id": person_id, "scope": Scope.DIGITAL_FORMS, "channel": "spoken"}
    service.record(**told, decision=decision, by=therapist, at=clock.now())
    page = text(client.get("/choices"))
    assert words in page
    assert "on 2 December 2026." not in page.replace(words, "")
    other = Decision.WITHDRAWN if decision is Decision.GIVEN else Decision.GIVEN
    service.record(person_id=person_id, scope=Scope.DIGITAL_FORMS, decision=other, by=sam, at=clock.now())
    own = text(client.get("/choices"))
    assert "You told the team" not in own
    assert ("You gave this" if other is Decision.GIVEN else "You withdrew this") in own


@pytest.mark.hazard("H04")
def test_two_taps_withdraw_and_give_again(client: FlaskClient, sam: Viewer) -> None:
    withdrawn = client.post("/choices", data={"scope": "sms", "decision": "withdrawn"})
    assert (withdrawn.status_code, withdrawn.location) == (303, "/choices")
    assert not allowed(sam, Scope.SMS)
    page = text(client.get("/choices"))
    assert "Saved: withdrawn." in page
    assert "Texts to 07700 900142 Not given" in page
    assert "Saved" not in text(client.get("/choices"))

    words = consent.text(Scope.SMS).version
    client.post("/choices", data={"scope": "sms", "decision": "given", "version": words})
    assert allowed(sam, Scope.SMS)
    ledger = text(client.get("/choices/changes"))
    assert ledger.index("Withdrawn by you") > ledger.index("Given by you")


def test_pressing_twice_or_in_an_old_window_does_not_turn_the_choice_round(
    client: FlaskClient, sam: Viewer
) -> None:
    for _ in range(2):
        client.post("/choices", data={"scope": "sms", "decision": "withdrawn"})
    assert not allowed(sam, Scope.SMS)
    assert text(client.get("/choices/changes")).count("Withdrawn by you") == 1


def test_only_the_words_in_force_can_be_agreed_to(client: FlaskClient, sam: Viewer) -> None:
    client.post("/choices", data={"scope": "sms", "decision": "withdrawn"})
    old = client.post("/choices", data={"scope": "sms", "decision": "given", "version": "0"})
    assert old.status_code == 409
    assert not allowed(sam, Scope.SMS)


@pytest.mark.parametrize(
    "sent",
    [{}, {"scope": "sms"}, {"scope": "everything", "decision": "given"}, {"scope": "sms", "decision": "no"},
     {"scope": "service", "decision": "withdrawn"}],
)  # fmt: skip
def test_what_the_page_does_not_offer_is_refused_with_a_page(
    client: FlaskClient, sam: Viewer, sent: dict[str, str]
) -> None:
    refused = client.post("/choices", data=sent)
    assert refused.status_code == 400
    assert "Call 999" in text(refused)
    assert allowed(sam, Scope.SERVICE)


def test_stopping_everything_has_a_page_of_its_own(client: FlaskClient, sam: Viewer) -> None:
    assert 'action="/dates/leave"' in client.get("/choices").get_data(as_text=True)


@pytest.mark.hazard("H24")
def test_a_stopped_phone_is_named_on_the_page(client: FlaskClient, sam: Viewer) -> None:
    by = machine(sam.service_id)
    messaging.stop(channel=Channel.SMS, address=NUMBER, reason="stop", by=by, at=clock.now())
    assert "replied STOP from this phone" in text(client.get("/choices"))


@pytest.mark.hazard("H05")
def test_a_doubtful_text_can_be_checked(client: FlaskClient, sam: Viewer) -> None:
    assert "We have not sent you anything yet" in text(client.get("/home/texts"))
    messaging.queue(
        kind="booked",
        channel=Channel.SMS,
        recipient_id=sam.person_id,
        facts={},
        about=None,
        due_at=clock.now() + timedelta(hours=1),
        expires_at=clock.now() + timedelta(days=1),
        by=sam,
        at=clock.now(),
    )
    page = text(client.get("/home/texts"))
    assert "Monday 30 November at 11am Your dates Waiting, by text" in page
    client.post("/choices", data={"scope": "sms", "decision": "withdrawn"})
    assert "Not sent, by text" in text(client.get("/home/texts"))


@pytest.mark.parametrize("page", ["/home", "/dates", "/choices", "/choices/changes", "/home/texts"])
def test_these_pages_are_for_who_is_signed_in(client: FlaskClient, service_id: str, page: str) -> None:
    assert client.get(page).location == "/code"


def test_pages_for_everybody_are_open_to_everybody(client: FlaskClient, service_id: str) -> None:
    for page in ("/", "/who", "/privacy", "/accessibility", "/exit", "/code"):
        assert client.get(page).status_code == 200
    assert "Ask for support" in text(client.get("/"))
