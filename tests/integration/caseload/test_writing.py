"""What a therapist writes: rows about a student, notes and drafts, and the tick that the student sees."""

import pytest
from flask.testing import FlaskClient
from sqlmodel import select

from student_portal.access import service as access
from student_portal.access.queries import Viewer
from student_portal.access.service import CareKind
from student_portal.audit import queries as audit
from student_portal.caseload.models import AboutStudent, NoteDraft, SessionNote
from student_portal.episodes.queries import SessionFacts
from student_portal.foundation import clock, db
from student_portal.foundation.clock import FrozenClock
from student_portal.measures import service as measures
from tests.support import care
from tests.support.asking import hidden, text
from tests.support.care import at

SECRET = "Zq words that nobody may find"
NAMED = {"name": "Sam Ashby"}  # as the page has it in the first of its boxes


@pytest.fixture
def session(therapist: Viewer, episode_id: str, portal: FrozenClock) -> SessionFacts:
    """The first session, an hour after it began."""
    portal.move_to(at(12, 2, 15))
    return care.sessions(therapist, episode_id)[0]


@pytest.fixture
def colleague(client: FlaskClient, person_id: str, therapist: Viewer) -> FlaskClient:
    """The browser of J. Lindqvist, who may open the record too."""
    browser = client.application.test_client()
    viewer = care.at_desk(browser, "J. Lindqvist")
    access.begin_care(
        person_id=person_id,
        kind=CareKind.THERAPY,
        staff_id=viewer.person_id,
        by=therapist,
        at=clock.now(),
    )
    return browser


def test_rows_about_a_student_stand_on_their_page_with_who_entered_them(
    client: FlaskClient, person_id: str
) -> None:
    page, shown_on = f"/staff/caseload/{person_id}/about", f"/staff/caseload/{person_id}/reaching"
    rows = {"pronouns": "they, them", "access_needs": "Step-free room.", "safe_contact": "Not after 6pm."}
    assert "Access needs Not entered" in text(client.get(shown_on))
    for entered in (rows, rows | {"access_needs": "Captions."}):
        saved = client.post(page, data=hidden(client.get(page)) | NAMED | entered)
        assert (saved.status_code, saved.location) == (303, shown_on)
    shown = text(client.get(shown_on))
    assert "Pronouns they, them Access needs Captions. Getting in touch safely Not after 6pm." in shown
    assert "by R. Okafor" in shown
    history = text(client.get(page))
    assert history.index("Now Entered") < history.index("Captions.", history.index("Now Entered"))
    assert history.index("Before Entered") < history.index("Step-free room.")


def test_two_people_entering_rows_at_once_lose_nothing(
    client: FlaskClient, colleague: FlaskClient, person_id: str
) -> None:
    page = f"/staff/caseload/{person_id}/about"
    mine, theirs = hidden(client.get(page)) | NAMED, hidden(colleague.get(page)) | NAMED
    colleague.post(page, data=theirs | {"access_needs": "Captions."})
    refused = client.post(page, data=mine | {"access_needs": "A quiet room."})
    assert refused.status_code == 409
    assert "J. Lindqvist entered other words while this page was open." in text(refused)
    assert "A quiet room." in refused.text
    assert "Captions." in refused.text
    both = hidden(refused) | NAMED | {"access_needs": "Captions, a quiet room."}
    assert client.post(page, data=both).status_code == 303


@pytest.mark.parametrize(("length", "code"), [(300, 303), (301, 400)])
def test_access_needs_have_room_for_three_hundred_characters(
    client: FlaskClient, person_id: str, length: int, code: int
) -> None:
    page = f"/staff/caseload/{person_id}/about"
    answer = client.post(page, data=hidden(client.get(page)) | NAMED | {"access_needs": "é" * length})
    assert answer.status_code == code
    assert ("Use at most 300 characters." in answer.text) == (code == 400)
    assert ("é" * length in answer.text) == (code == 400)


def test_a_draft_is_kept_for_its_author_until_the_note_is_saved(
    client: FlaskClient, colleague: FlaskClient, session: SessionFacts
) -> None:
    page = f"/staff/caseload/notes/{session.id}"
    kept = client.post(f"{page}/draft", data=hidden(client.get(page)) | {"formulation": "Exams.", "plan": ""})
    assert (kept.status_code, kept.location) == (303, page)
    again = client.get(page)
    assert "This is your draft, kept today at 3pm." in text(again)
    assert "Exams." in again.text
    record = f"/staff/caseload/{session.person_id}/notes"
    assert "You have a draft that is not saved yet" in text(client.get(record))
    for other in (page, record):
        assert "Exams." not in colleague.get(other).text
    saved = client.post(page, data=hidden(again) | {"formulation": "Exams.", "plan": "Two walks."})
    assert saved.status_code == 303
    for reader in (client, colleague):
        shown = text(reader.get(record))
        assert "Formulation Exams. Plan Two walks. Saved today at 3pm by R. Okafor." in shown
    assert "This is your draft" not in text(client.get(page))


def test_two_people_saving_a_note_at_once_lose_nothing(
    client: FlaskClient, colleague: FlaskClient, session: SessionFacts
) -> None:
    page = f"/staff/caseload/notes/{session.id}"
    mine, theirs = hidden(client.get(page)), hidden(colleague.get(page))
    ahead = colleague.post(page, data=theirs | {"formulation": "", "plan": "Ring on Friday."})
    assert ahead.status_code == 303
    refused = client.post(page, data=mine | {"formulation": "", "plan": "Two walks."})
    assert refused.status_code == 409
    assert "J. Lindqvist saved this note while you were typing." in text(refused)
    assert "Ring on Friday." in text(refused)
    assert "Two walks." in refused.text
    closed = client.get(page)
    assert "Two walks." in closed.text, "kept as a draft, so that closing the page loses nothing"
    assert "J. Lindqvist saved a newer version after you began this draft." in text(closed)
    both = client.post(page, data=hidden(refused) | {"plan": "Ring on Friday. Two walks."})
    assert both.status_code == 303
    versions = text(client.get(page))
    assert "Version 2, saved today at 3pm by R. Okafor." in versions
    assert "Version 1, saved today at 3pm by J. Lindqvist." in versions
    assert "This is your draft" not in versions


def test_two_windows_of_one_person_lose_no_draft(client: FlaskClient, session: SessionFacts) -> None:
    page = f"/staff/caseload/notes/{session.id}"
    seen = hidden(client.get(page))
    asks = {"Accept": "application/json"}
    first = client.post(f"{page}/draft", data=seen | {"plan": "One."}, headers=asks)
    assert (first.json["draft"], first.json["words"]) == (1, "Draft kept at 3pm. Only you can read it.")
    other = client.post(f"{page}/draft", data=seen | {"plan": "Two."}, headers=asks)
    assert other.status_code == 409
    assert "other words were typed in another window" in other.json["words"]
    both = client.post(f"{page}/draft", data=seen | {"plan": "Two."})
    assert both.status_code == 409
    assert "Kept from the other window" in text(both)
    assert "One." in text(both)
    assert "Two." in both.text
    saved = client.post(page, data=seen | {"plan": "Two."})
    assert saved.status_code == 303
    assert "One." in client.get(page).text, "the other window's draft is still there"


def test_a_draft_can_be_thrown_away(client: FlaskClient, session: SessionFacts) -> None:
    page = f"/staff/caseload/notes/{session.id}"
    client.post(f"{page}/draft", data=hidden(client.get(page)) | {"plan": "Nothing."})
    assert client.post(f"{page}/drop", data=hidden(client.get(page))).status_code == 303
    assert "Nothing." not in client.get(page).text


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ({"formulation": " ", "plan": ""}, "Write something in one of the two boxes"),
        ({"formulation": "", "plan": "p" * 2001}, "Use at most 2,000 characters."),
    ],
)
def test_a_note_that_cannot_be_saved_says_why_and_stays_in_its_box(
    client: FlaskClient, session: SessionFacts, words: dict[str, str], sentence: str
) -> None:
    page = f"/staff/caseload/notes/{session.id}"
    refused = client.post(page, data=hidden(client.get(page)) | words)
    assert (refused.status_code, sentence in text(refused)) == (400, True)
    assert words["plan"] in refused.text


def test_what_was_written_is_sealed_and_in_the_activity_log(
    client: FlaskClient, therapist: Viewer, session: SessionFacts, person_id: str
) -> None:
    page, about = f"/staff/caseload/notes/{session.id}", f"/staff/caseload/{person_id}/about"
    client.post(f"{page}/draft", data=hidden(client.get(page)) | {"plan": SECRET})
    client.post(about, data=hidden(client.get(about)) | NAMED | {"access_needs": SECRET})
    with db.read() as unit:
        draft, row = unit.exec(select(NoteDraft)).one(), unit.exec(select(AboutStudent)).one()
        cells = [draft.plan_sealed, row.access_needs_sealed]
        client.post(page, data=hidden(client.get(page)) | {"plan": SECRET})
    with db.read() as unit:
        cells.append(unit.exec(select(SessionNote)).one().plan_sealed)
    assert all(cell and SECRET.encode() not in cell for cell in cells)
    verbs = [line.verb for line in audit.about(person_id) if line.actor_id == therapist.person_id]
    for verb in ("caseload.begin_note", "caseload.describe", "caseload.save_note"):
        assert verbs.count(verb) == 1


def test_the_tick_is_seen_by_the_student_and_can_be_taken_back(
    client: FlaskClient, session: SessionFacts, person_id: str, service_id: str
) -> None:
    phone = client.application.test_client()
    care.on_phone(phone, service_id, person_id)
    tick, page = f"/staff/caseload/talked/{session.id}", f"/staff/caseload/{person_id}/notes"
    line = "You talked about what you sent for session 1."
    care.send_form(session.id)
    assert line not in text(phone.get("/home"))
    for _ in range(2):
        assert client.post(tick, data=hidden(client.get(page))).status_code == 303
    assert "We talked about it: Sam Ashby sees this." in text(client.get(page))
    assert line in text(phone.get("/home"))
    client.post(tick, data={"back": "1"})
    shown = text(phone.get("/home"))
    assert line not in shown
    assert "talked" not in shown, "no tick is never explained"


def test_where_nothing_was_sent_or_written_there_is_no_it_to_have_talked_about(
    client: FlaskClient, therapist: Viewer, episode_id: str, person_id: str, portal: FrozenClock
) -> None:
    first, second = care.sessions(therapist, episode_id)[:2]
    measures.save_talking_point(
        session_id=first.id,
        words="How I sleep.",
        seen_version=0,
        by=care.as_student(therapist.service_id, person_id),
        at=clock.now(),
    )
    portal.move_to(at(12, 9, 15))
    assert text(client.get(f"/staff/caseload/{person_id}/notes")).count("We talked about it") == 1
    tick = "/staff/caseload/talked/"
    assert client.post(tick + second.id).status_code == 400
    assert client.post(tick + first.id).status_code == 303
    phone = client.application.test_client()
    care.on_phone(phone, therapist.service_id, person_id)
    assert "In session 1 you talked about what you had told us." in text(phone.get("/home"))


def test_nothing_was_talked_about_before_the_session_began(
    client: FlaskClient, therapist: Viewer, episode_id: str, person_id: str
) -> None:
    first = care.sessions(therapist, episode_id)[0]
    assert "We talked about it" not in text(client.get(f"/staff/caseload/{person_id}/notes"))
    assert client.post(f"/staff/caseload/talked/{first.id}").status_code == 400


@pytest.mark.hazard("H02")
@pytest.mark.hazard("H21")
def test_another_therapist_neither_reads_nor_writes(client: FlaskClient, session: SessionFacts) -> None:
    other = client.application.test_client()
    care.at_desk(other, "J. Lindqvist")
    note, about = f"/staff/caseload/notes/{session.id}", f"/staff/caseload/{session.person_id}/about"
    typed = {"plan": "x", "pronouns": "x", "version": "0", "draft": "0"}
    for page in (note, about):
        assert other.get(page).status_code == 404
    for page in (note, about, f"{note}/draft", f"{note}/drop", f"/staff/caseload/talked/{session.id}"):
        assert other.post(page, data=typed).status_code == 404
    with db.read() as unit:
        assert not unit.exec(select(SessionNote)).all()
        assert not unit.exec(select(NoteDraft)).all()
