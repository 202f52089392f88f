"""A student who was in therapy before the portal: added once, with what is known, and nothing sent."""

from datetime import date

import pytest
from flask.testing import FlaskClient
from sqlmodel import func, select

from student_portal.access import service as access
from student_portal.access.queries import Viewer
from student_portal.access.service import CareKind
from student_portal.accounts import queries as accounts
from student_portal.accounts import service as people
from student_portal.accounts.models import CodePurpose, Person
from student_portal.accounts.queries import Found
from student_portal.audit.queries import machine
from student_portal.consent import queries as consent
from student_portal.consent import service as consenting
from student_portal.consent.models import ConsentDecision
from student_portal.consent.queries import Decision, Scope
from student_portal.episodes import queries as episodes
from student_portal.episodes.queries import SessionState
from student_portal.foundation import clock, db
from student_portal.messaging.models import OutboundMessage
from student_portal.messaging.queries import AddressKnown, Channel, address_state
from student_portal.referral import queries as referral
from tests.support import care
from tests.support.asking import hidden, list_a_university, text

ADD, PASTE = "/staff/caseload/add", "/staff/caseload/paste"
NUMBER = "+447700900877"
ZOE = {
    "name": "Zoë Quarry",
    "born": "14/5/2004",
    "university": "University of Anywhere",
    "phone": "07700 900877",
    "texts": "yes",
    "forms": "yes",
    "session_1": "2/11/2026",
    "session_2": "9/11/2026",
}
ROWS = """Name,Born,University,Texts,Session 1
Ann Ash,1/2/2003,Elsewhere,no,2/11/2026
Ben Birch,3/4/2002,Elsewhere,,"""


@pytest.fixture(autouse=True)
def listed(therapist: Viewer) -> str:
    return list_a_university()


def found(therapist: Viewer, name: str) -> list[Found]:
    return accounts.find_student(therapist, name)


def messages() -> int:
    with db.read() as unit:
        return unit.exec(select(func.count()).select_from(OutboundMessage)).one()


def people_known() -> int:
    with db.read() as unit:
        return unit.exec(select(func.count()).select_from(Person)).one()


def add(client: FlaskClient, **changed: str) -> object:
    return client.post(ADD, data=hidden(client.get(ADD)) | ZOE | changed)


@pytest.mark.hazard("H02")
def test_a_student_comes_in_with_sessions_permissions_and_an_unproved_number(
    client: FlaskClient, therapist: Viewer
) -> None:
    answer = add(client)
    [zoe] = found(therapist, "Zoë Quarry")
    assert answer.location == f"/staff/caseload/{zoe.id}"
    episode = episodes.newest_episode(therapist, zoe.id)
    assert episode
    states = [facts.state for facts in episode.sessions]
    assert states == [SessionState.ATTENDED] * 2 + [SessionState.PLANNED] * 4
    assert clock.london(episode.sessions[1].starts_at).date() == date(2026, 11, 9)
    given = {one.scope: one.decision for one in consent.standing(therapist, zoe.id)}
    assert given[Scope.SERVICE] is given[Scope.SMS] is given[Scope.DIGITAL_FORMS] is Decision.GIVEN
    assert not consent.allows(Scope.EMAIL, "", zoe.id, clock.now())
    with db.read() as unit:
        decided = unit.exec(select(ConsentDecision).where(ConsentDecision.person_id == zoe.id)).all()
    assert {(row.channel, row.by) for row in decided} == {("spoken", therapist.person_id)}
    assert "2 of 6" in text(client.get("/staff/caseload/students"))
    assert "Not proved yet" in text(client.get(f"{answer.location}/reaching"))
    assert messages() == 0


def test_permissions_as_told_are_marked_so_with_their_day_until_the_student_decides(
    client: FlaskClient, therapist: Viewer
) -> None:
    reaching = f"{add(client, forms='no').location}/reaching"
    told = text(client.get(reaching))
    assert "Contact and sessions Given 30 November 2026, as told to the team" in told
    assert "Forms on their phone Not given 30 November 2026, as told to the team" in told
    assert "Texts Given 30 November 2026, as told to the team" in told
    assert "E-mail Not asked, so not given" in told
    [zoe] = found(therapist, "Zoë Quarry")
    student = care.as_student(therapist.service_id, zoe.id)
    for scope, decision in ((Scope.DIGITAL_FORMS, Decision.GIVEN), (Scope.SMS, Decision.WITHDRAWN)):
        consenting.record(person_id=zoe.id, scope=scope, decision=decision, by=student, at=clock.now())
    own = text(client.get(reaching))
    assert "Forms on their phone Given 30 November 2026 Texts Withdrawn 30 November 2026 E-mail" in own
    consenting.record(
        person_id=zoe.id,
        scope=Scope.DIGITAL_FORMS,
        decision=Decision.WITHDRAWN,
        channel="spoken",
        by=therapist,
        at=clock.now(),
    )
    assert "Withdrawn 30 November 2026, as told to the team" in text(client.get(reaching))


@pytest.mark.hazard("H05")
def test_nothing_but_a_code_goes_to_a_told_number_until_one_came_back(
    client: FlaskClient, therapist: Viewer
) -> None:
    add(client)
    [zoe] = found(therapist, "Zoë Quarry")
    assert accounts.channels(zoe.id) == []
    anyone = machine(therapist.service_id)
    code_id = people.ask_code(
        purpose=CodePurpose.SIGN_IN,
        about="b" * 26,
        channel=Channel.SMS,
        address=NUMBER,
        by=anyone,
        at=clock.now(),
    )
    digits = people.draw_digits(code_id=code_id)
    assert people.check_code(code_id=code_id, digits=digits, at=clock.now())
    born = date(2004, 5, 14)
    assert people.prove_by_code(code_id=code_id, said=born, by=anyone, at=clock.now()) == zoe.id
    assert accounts.channels(zoe.id) == [Channel.SMS]
    assert address_state(Channel.SMS, NUMBER) is AddressKnown.PROVED


def test_pressing_twice_adds_one_and_the_same_name_and_birthday_is_asked_about_first(
    client: FlaskClient, therapist: Viewer
) -> None:
    page = hidden(client.get(ADD))
    first = client.post(ADD, data=page | ZOE)
    known = people_known()
    again = client.post(ADD, data=page | ZOE)
    assert (again.status_code, again.location) == (303, first.location)
    assert people_known() == known
    asked = add(client)
    assert asked.status_code == 409
    assert "Is it one of these?" in text(asked)
    assert people_known() == known
    assert add(client, another="y").status_code == 303
    assert people_known() == known + 1


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"name": ""}, "Enter what they want to be called"),
        ({"born": "31/4/2004"}, "Write the date like 14/5/2005"),
        ({"university": " "}, "Enter where they study"),
        ({"phone": "12"}, "A mobile number looks like 07700 900142"),
        ({"session_2": "30/11/2026"}, "Only sessions before today."),
        ({"session_2": "1/11/2026"}, "The dates must follow the numbers of the sessions"),
        ({"texts": "perhaps"}, "Not a valid choice"),
    ],
)
def test_what_is_wrong_stands_beside_its_box_and_nothing_is_stored(
    client: FlaskClient, therapist: Viewer, changed: dict[str, str], words: str
) -> None:
    known = people_known()
    answer = add(client, **changed)
    assert answer.status_code == 400
    assert words in text(answer)
    assert 'value="07700 900877"' in answer.text or "phone" in changed
    assert people_known() == known


def test_rows_are_read_back_first_and_then_added_all_or_none(client: FlaskClient, therapist: Viewer) -> None:
    known = people_known()
    dry = client.post(PASTE, data={"rows": ROWS})
    assert "2 rows were read. Nothing is added yet." in text(dry)
    assert people_known() == known
    changed = client.post(PASTE, data=hidden(dry) | {"rows": ROWS.replace("Ash", "Oak")})
    assert "Nothing is added yet." in text(changed)
    done = client.post(PASTE, data=hidden(dry) | {"rows": ROWS})
    assert done.status_code == 303
    client.post(PASTE, data=hidden(dry) | {"rows": ROWS})
    assert people_known() == known + 2
    assert [one.name for one in found(therapist, "Ash")] == ["Ann Ash"]
    assert messages() == 0


def test_a_wrong_row_is_named_and_what_was_pasted_stays(client: FlaskClient, therapist: Viewer) -> None:
    known = people_known()
    answer = client.post(PASTE, data={"rows": ROWS.replace("3/4/2002", "31/4/2002")})
    assert answer.status_code == 400
    assert "Row 3: Write the date like 14/5/2005." in text(answer)
    assert "Ann Ash" in answer.text
    assert people_known() == known


@pytest.mark.hazard("H02")
def test_a_colleague_who_pastes_the_same_row_adds_a_student_of_their_own(
    client: FlaskClient, therapist: Viewer
) -> None:
    def paste() -> object:
        dry = client.post(PASTE, data={"rows": ROWS})
        return client.post(PASTE, data=hidden(dry) | {"rows": ROWS}).status_code

    assert paste() == 303
    colleague = care.at_desk(client, "Jo Lindqvist")
    assert paste() == paste() == 303
    [theirs], [own] = found(therapist, "Ann Ash"), found(colleague, "Ann Ash")
    assert theirs.id != own.id
    assert client.get(f"/staff/caseload/{own.id}").status_code == 200
    assert client.get(f"/staff/caseload/{theirs.id}").status_code == 404
    assert referral.reference_of(therapist, theirs.id) != referral.reference_of(colleague, own.id) != ""


@pytest.mark.hazard("H02")
def test_a_row_pasted_again_after_its_student_went_elsewhere_adds_nobody(
    client: FlaskClient, therapist: Viewer
) -> None:
    dry = client.post(PASTE, data={"rows": ROWS})
    client.post(PASTE, data=hidden(dry) | {"rows": ROWS})
    [ann], known, at = found(therapist, "Ann Ash"), people_known(), clock.now()
    access.end_care(person_id=ann.id, kind=CareKind.THERAPY, by=therapist, at=at)
    assert client.post(PASTE, data=hidden(dry) | {"rows": ROWS}).status_code == 303
    assert people_known() == known
    assert found(therapist, "Ann Ash") == []
