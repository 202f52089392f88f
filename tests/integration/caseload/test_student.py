"""One student's page: the words to read, the line, the sessions, item by item."""

import re
from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from student_portal.access.queries import Viewer
from student_portal.audit import queries as audit
from student_portal.episodes import service
from student_portal.episodes.queries import Mode
from student_portal.episodes.service import Slot
from student_portal.foundation import clock
from student_portal.foundation.clock import FrozenClock
from student_portal.measures import queries as scored
from student_portal.measures import service as measures
from student_portal.measures.queries import DeclineReason
from tests.support import care
from tests.support.asking import hidden, text
from tests.support.care import at


@pytest.fixture
def record(person_id: str) -> str:
    return f"/staff/caseload/{person_id}"


def sit(therapist: Viewer, episode_id: str, number: int, portal: FrozenClock, *ticked: int | None) -> None:
    """The student sends the form two hours before the session, and comes."""
    facts = care.sessions(therapist, episode_id)[number - 1]
    assert facts.starts_at
    portal.move_to(facts.starts_at - timedelta(hours=2))
    care.send_form(facts.id, *ticked)
    portal.move_to(facts.starts_at + timedelta(hours=1))
    service.attended(session_id=facts.id, seen_version=facts.version, by=therapist, at=clock.now())


def rows(page: str) -> list[list[str]]:
    """The cells of the table under the line."""
    body = re.search(r'<caption id="line-table">.*?<tbody>(.*?)</tbody>', page, re.DOTALL)
    assert body
    return [
        [re.sub(r"<[^>]+>", "", cell).strip() for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row)]
        for row in re.findall(r"<tr>(.*?)</tr>", body.group(1), re.DOTALL)
    ]


def drawn(page: str) -> list[float]:
    """The numbers that stand at the dots."""
    at_dots = re.findall(r'<circle class="(?:emb|pt)"[^>]*/>\s*<text class="num"[^>]*>([\d.]+)</text>', page)
    return [float(value) for value in at_dots]


def heights(page: str) -> list[int]:
    """Where the dots stand."""
    return [int(y) for y in re.findall(r'translate\(\d+,(\d+)\)"><circle class="reach"', page)]


def test_before_any_form_the_page_says_what_is_known(client: FlaskClient, record: str) -> None:
    page, reaching = client.get(record), text(client.get(f"{record}/reaching"))
    words = text(page)
    assert "Session 1 of 6, Wednesday 2 December at 2pm, Room 2.14." in words
    assert "No scores yet." in page.text
    assert "07700 900" not in words, "how to reach somebody is asked for when it is needed"
    assert "07700 900" in reaching
    assert (
        "Forms on their phone Given 30 November 2026 Texts Given 30 November 2026 E-mail Not asked"
        in reaching
    )
    for shown in (words, reaching):
        assert "Permitted now: Contact and sessions, Forms on their phone, Texts." in shown


def test_with_four_minutes_what_to_talk_about_comes_before_the_line_and_papers_come_last(
    client: FlaskClient, therapist: Viewer, episode_id: str, record: str
) -> None:
    first = care.sessions(therapist, episode_id)[0]
    measures.save_talking_point(
        session_id=first.id,
        words="My <b>exams</b>",
        seen_version=0,
        by=care.as_student(therapist.service_id, first.person_id),
        at=clock.now(),
    )
    page = client.get(record).text
    order = ["My &lt;b&gt;exams&lt;/b&gt;", "CORE-10, session by session", "For the record"]
    assert order == sorted(order, key=page.index)


@pytest.mark.hazard("H10")
def test_six_sessions_make_one_line_and_the_table_says_the_same(
    client: FlaskClient, therapist: Viewer, episode_id: str, record: str, portal: FrozenClock
) -> None:
    sit(therapist, episode_id, 1, portal, *[3] * 5)
    for number in (2, 3, 4, 5):
        sit(therapist, episode_id, number, portal, 2, 2, 2, 2, 2, 0, None if number == 4 else 1)
    sit(therapist, episode_id, 6, portal)
    shown = client.get(record).text
    assert [(row[0], row[1], row[2], row[3]) for row in rows(shown)] == [
        ("1", "2 Dec", "CORE-34", "10 of 10"),
        ("2", "9 Dec", "CORE-10", "10 of 10"),
        ("3", "16 Dec", "CORE-10", "10 of 10"),
        ("4", "23 Dec", "CORE-10", "9 of 10"),
        ("5", "30 Dec", "CORE-10", "10 of 10"),
        ("6", "20 Jan", "CORE-34", "10 of 10"),
    ]
    stored = [form.line for form in scored.scores_for_episode(therapist, episode_id)]
    assert [row[4] for row in rows(shown)] == [score.shown for score in stored if score]
    assert drawn(shown) == [float(score.shown) for score in stored if score and score.shown]
    for height, score in zip(heights(shown), stored, strict=True):
        assert score
        assert score.value is not None
        assert height == pytest.approx(222 - float(score.value) / 40 * 202, abs=0.5), "true to the scale"
    spoken = re.findall(r'<g role="img" tabindex="0" aria-label="([^"]+)">', shown)
    assert spoken == [f"Session {row[0]}, {row[1]}: {row[4]}, {row[2]}" for row in rows(shown)]
    assert "Session 4: worked out from 9 of 10 answers." in text(client.get(record))


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        (None, "No reason given"),
        (DeclineReason.NO_TIME, "They said: no time"),
        (DeclineReason.TOO_MUCH, "They said: too much on that day"),
        (DeclineReason.TALK, "They said: would rather talk"),
        (DeclineReason.NOT_PRIVATE, "They said: it was not private where they were"),
        (DeclineReason.OTHER, "They said: something else"),
    ],
)
def test_not_this_time_stands_there_with_the_reason_in_plain_words(
    client: FlaskClient,
    therapist: Viewer,
    episode_id: str,
    record: str,
    reason: DeclineReason | None,
    words: str,
) -> None:
    facts = care.sessions(therapist, episode_id)[0]
    student = care.as_student(therapist.service_id, facts.person_id)
    measures.decline(session_id=facts.id, reason=reason, by=student, at=clock.now())
    assert f"Chose not to fill it in this time {words}" in text(client.get(record))


@pytest.mark.hazard("H12")
def test_safety_answers_stand_in_words_with_the_blanks_and_without_comfort(
    client: FlaskClient, therapist: Viewer, episode_id: str, record: str, portal: FrozenClock
) -> None:
    sit(therapist, episode_id, 1, portal, *([1] * 8), 2, *([1] * 14), None)
    words = text(client.get(record))
    assert "9. “I have thought of hurting myself” Sometimes" in words
    assert "Not answered. Shown to Sam Ashby, left blank. Please ask." in words
    assert "That is what was ticked. It does not tell you that Sam Ashby is safe." in words
    assert "All 34 answers: session 1, CORE-34" in words
    assert "Over the last week" in text(client.get(f"{record}/forms"))


@pytest.mark.hazard("H12")
def test_a_form_that_made_no_alert_still_shows_its_blanks_and_its_zeros_as_ticks(
    client: FlaskClient, therapist: Viewer, episode_id: str, record: str, portal: FrozenClock
) -> None:
    sit(therapist, episode_id, 1, portal, *([1] * 5), 0, 1, 1, None)
    words = text(client.get(record))
    assert "Not read yet" not in words
    assert "Safety items, session 1" in words
    assert "9. “I have thought of hurting myself” Not answered. Shown to Sam Ashby, left blank." in words
    assert "6. “I have been physically violent to others” Not at all" in words
    assert "It does not tell you that Sam Ashby is safe." in words


@pytest.mark.hazard("H10")
def test_a_form_sent_before_the_session_moved_far_leaves_the_line_and_says_why(
    client: FlaskClient, therapist: Viewer, episode_id: str, record: str, portal: FrozenClock
) -> None:
    first = care.sessions(therapist, episode_id)[0]
    portal.move_to(at(12, 2, 9))
    care.send_form(first.id)
    for facts, day in reversed(
        list(zip(care.sessions(therapist, episode_id), (10, 17, 22, 29), strict=False))
    ):
        there = Slot(facts.id, at(12, day), 50, Mode.CAMPUS, "Room 2.14")
        service.move(slot=there, seen_version=facts.version, by=therapist, at=clock.now())
    shown = client.get(record)
    assert rows(shown.text)[0] == ["1", "10 Dec", "Sent before the date moved", "", "No score"]
    assert "is not on the line, because the session moved a week or more since" in text(shown)
    assert "All 34 answers: session 1" in text(shown)


def test_a_session_that_lost_its_date_does_not_break_the_line(
    client: FlaskClient, therapist: Viewer, episode_id: str, record: str
) -> None:
    second = care.sessions(therapist, episode_id)[1]
    service.cancel(
        session_id=second.id, by_student=False, seen_version=second.version, by=therapist, at=clock.now()
    )
    shown = client.get(record)
    assert [row[0] for row in rows(shown.text)] == ["1", "3", "4", "5", "6"]
    assert "Session 2 No date yet" in text(shown)


def test_the_list_of_students_is_by_next_date(
    client: FlaskClient, therapist: Viewer, episode_id: str
) -> None:
    care.in_therapy(therapist, "Teo Marsh")
    sooner = care.in_therapy(therapist, "Mina Kaur")
    service.book(bookings=care.weekly(therapist, sooner, at(12, 1), numbers=1), by=therapist, at=clock.now())
    words = text(client.get("/staff/caseload/students"))
    assert words.index("Mina Kaur") < words.index("Sam Ashby") < words.index("Teo Marsh")
    assert "3 students." in words


def test_what_was_done_is_recorded_from_the_students_page(
    client: FlaskClient, therapist: Viewer, episode_id: str, record: str, portal: FrozenClock
) -> None:
    sit(therapist, episode_id, 1, portal, *([1] * 8), 2)
    did = re.search(r'href="(/staff/alerts/\w+/did)"', client.get(record).text)
    assert did
    empty = client.post(did.group(1), data={"note": " "})
    assert (empty.status_code, "Write in a few words what you did." in text(empty)) == (400, True)
    seen = hidden(client.get(did.group(1)))
    done = client.post(did.group(1), data={**seen, "note": "Rang Sam, who has a plan for tonight."})
    assert done.status_code == 303
    assert "Rang Sam, who has a plan for tonight." in text(client.get(record))


@pytest.mark.hazard("H10")
@pytest.mark.hazard("H11")
def test_beside_the_line_stand_the_longer_form_its_source_and_the_change_in_words(
    client: FlaskClient, therapist: Viewer, episode_id: str, record: str, portal: FrozenClock
) -> None:
    sit(therapist, episode_id, 1, portal, *[3] * 5)
    assert "own error" not in text(client.get(record)), "one form is no change"
    sit(therapist, episode_id, 6, portal, *([0, 0, 4, 4, 0, 0, 4, 0, 0, 0, 0, 4, 0, 0]))
    words = text(client.get(record))
    assert "CORE-34, scale by scale Scale Session 1, 2 Dec Session 6, 20 Jan All items" in words
    assert "Cut-off for all items: 10 (Connell et al. 2007)." in words
    assert re.search(r"CORE-34, session 1 to session 6: from [\d.]+ to [\d.]+, lower by [\d.]+\.", words)
    assert re.search(r"own error \([\w ]*5 points", words)
    assert "none decides anything" in words


@pytest.mark.hazard("H12")
def test_safety_answers_stand_over_time_by_question_and_a_blank_is_a_blank(
    client: FlaskClient, therapist: Viewer, episode_id: str, record: str, portal: FrozenClock
) -> None:
    sit(therapist, episode_id, 1, portal, *([1] * 15), None)
    sit(therapist, episode_id, 2, portal, 1, 1, 1, 1, 1, 2)
    words = text(client.get(f"{record}/forms"))
    assert "I made plans to end my life 1 2 Dec Not answered 2 9 Dec Sometimes" in words
    assert "Some of these questions stand in the longer form only." in words
    assert "Not answered: 16. “I made plans to end my life”" in words


@pytest.mark.hazard("H10")
def test_a_form_says_how_old_it_is_and_another_never_stands_in_for_it(
    client: FlaskClient, therapist: Viewer, episode_id: str, record: str, portal: FrozenClock
) -> None:
    sit(therapist, episode_id, 1, portal)
    portal.move_to(at(12, 10, 9))
    words = text(client.get(f"{record}/forms"))
    assert "Filled in Wednesday 2 December, 8 days ago. Edition 1." in words
    assert ["2", "9 Dec", "Not sent", "", "No score"] in rows(client.get(record).text)


def test_a_session_is_copied_for_the_record_as_plain_text_after_it_was_written_down(
    client: FlaskClient, therapist: Viewer, episode_id: str, person_id: str, portal: FrozenClock
) -> None:
    sit(therapist, episode_id, 1, portal, *([1] * 8), 2, *([1] * 14), None)
    session_id = care.sessions(therapist, episode_id)[0].id
    note = f"/staff/caseload/notes/{session_id}"
    client.post(note, data=hidden(client.get(note)) | {"formulation": "=1+1\n<b>Exams</b>", "plan": "Walks."})
    plain = client.post(f"/staff/caseload/copy/{session_id}", headers={"Accept": "text/plain"})
    assert plain.mimetype == "text/plain"
    lines = plain.text.splitlines()
    assert lines[:3] == ["Session 1", "  Sam Ashby", "Date: 2 December 2026 at 2pm"]
    assert "  9. I have thought of hurting myself: Sometimes" in lines
    assert "  24. I have thought it would be better if I were dead: Not answered" in lines
    assert "  =1+1" in lines
    assert re.search(r"All items: [\d.]+ of 40, ten times the mean of 33 answers out of 34", plain.text)
    assert not re.search(r"^[^A-Z ]", plain.text, re.MULTILINE), "no line a spreadsheet would reckon"
    page = client.post(f"/staff/caseload/copy/{session_id}").text
    assert "<b>Exams</b>" not in page
    assert "&lt;b&gt;Exams" in page
    exports = [line for line in audit.about(person_id) if line.verb == "caseload.export"]
    assert [line.subject_id for line in exports] == [session_id] * 2
