"""The Sent page, and what can be done from there: change, see who read it, say what to talk about."""

from collections.abc import Callable

import pytest

from student_portal.access.queries import Viewer
from student_portal.audit import queries as audit
from student_portal.consent import service as consent
from student_portal.consent.queries import Decision, Scope
from student_portal.episodes.queries import SessionFacts
from student_portal.foundation import clock
from student_portal.foundation.clock import FrozenClock
from student_portal.foundation.errors import NotFound
from student_portal.measures import queries, service
from tests.integration.measures import story
from tests.integration.measures.hand import Phone
from tests.integration.measures.story import MOST, NOT_AT_ALL, OFTEN, SOMETIMES
from tests.support import care
from tests.support.asking import hidden, text

CRISIS = "I want to die tonight"


@pytest.fixture
def signed_in(another_hand: Callable[[bool], Phone]) -> Phone:
    return another_hand(True)


@pytest.fixture
def sent(student: Viewer, session: SessionFacts) -> str:
    story.fill(student, session, {1: OFTEN, 9: SOMETIMES})
    return story.send(student, session)


def reads(staff: Viewer, response_id: str) -> None:
    service.record_readings(response_ids=[response_id], by=staff, at=clock.now())


@pytest.mark.hazard("H13")
def test_by_a_link_sent_says_only_that_and_how_to_see_more(hand: Phone, therapist: Viewer, sent: str) -> None:
    reads(therapist, sent)
    page = hand.open()
    assert hand.where == "/sent"
    assert "Your therapist’s team reads this today until 5pm, or on Tuesday." in page
    assert (
        "To see when it was read, to change an answer, or to say what you want to talk about, sign in."
        in page
    )
    for more in ("Read by", "Okafor", "change an answer until", "My line", "Often"):
        assert more not in page
    for path in ("/amend", "/talk"):
        assert hand.client.post(hand.form + path).location == "/code"
    assert hand.client.get(hand.form + "/talk").location == "/code"


def test_signed_in_it_says_when_it_will_be_read_then_who_read_it_and_when(
    signed_in: Phone, therapist: Viewer, sent: str, portal: FrozenClock
) -> None:
    assert (
        "Your form has not been read yet. R. Okafor reads this today until 5pm, or on Tuesday."
        in signed_in.open()
    )
    portal.move_to(care.at(12, 1, 9, 40))
    reads(therapist, sent)
    portal.move_to(care.at(12, 1, 11))
    reads(therapist, sent)  # only the first time counts
    reads(care.therapist(therapist.service_id, "Dr Ruth Lunt"), sent)
    page = signed_in.open()
    assert "Read by R. Okafor, Tuesday 1 December at 9:40am." in page, "an initial is no first name"
    assert "Read by Ruth, Tuesday 1 December at 11am." in page
    assert "You can until your session starts, Wednesday 2 December at 2pm." in page


def test_a_change_from_the_sent_page_to_sent_again(
    signed_in: Phone, therapist: Viewer, sent: str, portal: FrozenClock
) -> None:
    reads(therapist, sent)
    assert "Change what you sent" in signed_in.post("/amend")
    assert signed_in.where == "/check"
    assert (
        "What you sent stands until you press Send here. You can do that until Wednesday 2 December at 2pm."
        in (signed_in.text)
    )
    assert "Nothing yet." in signed_in.text
    assert "Send the change" not in signed_in.text
    assert "It stands as it was until you press Send again." in signed_in.open("/1")
    assert signed_in.chosen == [str(OFTEN)]
    check = signed_in.tap(1, NOT_AT_ALL)
    assert signed_in.where == "/check"
    assert "1. I have felt terribly alone and isolated Sent: Often Now: Not at all Change" in check
    assert "You began to change an answer and have not sent that." in signed_in.open("/sent")
    done = signed_in.post("/send", seen=hidden(signed_in.client.get(signed_in.form + "/check"))["seen"])
    assert signed_in.where == "/sent"
    assert "They are kept with the change you made, last sent on Monday 30 November" in done
    assert "Read by R. Okafor, Monday 30 November at 10am, before you changed it." in done
    assert "Your change has not been read yet." in done


def test_never_mind_and_a_change_of_nothing(signed_in: Phone, sent: str) -> None:
    signed_in.post("/amend")
    assert "Nothing is different from what you sent, so nothing was sent again." in signed_in.post("/send")
    assert "Change an answer" in signed_in.post("/decline")
    assert signed_in.where == "/sent"


@pytest.mark.hazard("H01")
def test_in_a_change_too_the_first_safety_answer_brings_the_pause_page_once(
    signed_in: Phone, student: Viewer, session: SessionFacts
) -> None:
    story.fill(student, session, {})
    story.send(student, session)
    signed_in.post("/amend")
    assert "Before you go on" in signed_in.tap(9, SOMETIMES)
    assert "You can talk to someone now." in signed_in.tap(16, SOMETIMES)


def test_after_the_start_the_sent_page_says_that_what_was_sent_stands(
    signed_in: Phone, sent: str, portal: FrozenClock
) -> None:
    signed_in.post("/amend")
    signed_in.tap(1, MOST)
    portal.move_to(care.at(12, 2, 14, 1))
    page = signed_in.tap(2, MOST)
    assert signed_in.where == "/sent"
    assert "so it was not added" in page
    assert (
        "You began to change an answer and did not send that in time. It is not used. What you sent stands."
        in page
    )
    assert "It cannot be changed any more." in page
    signed_in.post("/amend")
    assert signed_in.where == "/sent"


@pytest.mark.hazard("H02")
@pytest.mark.hazard("H21")
def test_another_students_reading_and_words_are_nowhere(
    therapist: Viewer, session: SessionFacts, sent: str
) -> None:
    other = care.as_student(therapist.service_id, care.person(therapist.service_id, "Mina Kaur"))
    with pytest.raises(NotFound):
        queries.after_send(other, session.id, at=clock.now())
    with pytest.raises(NotFound):
        queries.talking_point(other, session)
    with pytest.raises(NotFound):
        queries.hides_numbers(other, session.person_id)


@pytest.mark.hazard("H04")
def test_without_the_permission_nothing_can_be_changed_here_and_the_page_says_why(
    signed_in: Phone, sent: str, student: Viewer
) -> None:
    assert "Change an answer" in signed_in.open()
    consent.record(
        person_id=str(student.person_id),
        scope=Scope.DIGITAL_FORMS,
        decision=Decision.WITHDRAWN,
        by=student,
        at=clock.now(),
    )
    page = signed_in.open()
    assert "You chose not to fill in forms on this phone, so nothing can be changed here." in page
    assert "/amend" not in signed_in.page.text


class Note:
    """The page for what to talk about, in one tab."""

    def __init__(self, hand: Phone) -> None:
        self.hand = hand
        self.seen = hidden(hand.client.get(hand.form + "/talk")).get("seen", "")

    def save(self, words: str = "", **more: str) -> int:
        answer = self.hand.client.post(
            self.hand.form + "/talk", data={"words": words, "seen": self.seen, **more}
        )
        self.hand.page = answer
        return answer.status_code


@pytest.mark.hazard("H07")
def test_what_to_talk_about_says_who_reads_it_and_shows_help_whatever_it_says(
    signed_in: Phone, therapist: Viewer, session: SessionFacts, student: Viewer, portal: FrozenClock
) -> None:
    for words in ("How I sleep.", CRISIS):
        assert Note(signed_in).save(words) == 303
        page = signed_in.open("/talk")
        assert words in signed_in.page.text
        assert "No computer looks for anything in it." in page
        assert "Nobody is watching what you write here." in page
        assert (
            'href="tel:999"'
            in signed_in.page.text.split("Who reads this, and when")[1].split("</section>")[0]
        )
    assert queries.talking_point(therapist, session).words == CRISIS
    assert not story.forms(session), "nothing is begun, raised or told by it"
    verbs = [line.verb for line in audit.about(session.person_id)]
    assert verbs.count("measures.save_talking_point") == 2
    assert CRISIS not in str(audit.about(session.person_id))


@pytest.mark.hazard("H09")
def test_two_tabs_lose_no_words(signed_in: Phone, therapist: Viewer, session: SessionFacts) -> None:
    one, other = Note(signed_in), Note(signed_in)
    assert one.save("How I sleep.") == 303
    assert other.save("My exam.") == 409
    both = signed_in.page.text
    assert "How I sleep." in both
    assert "My exam." in both
    assert queries.talking_point(therapist, session).words == "How I sleep."
    other.seen = hidden(signed_in.page)["seen"]
    assert other.save("My exam, and how I sleep.") == 303
    assert one.save("My exam, and how I sleep.") == 303, "the same words, pressed twice"
    assert one.save(back="1") == 409, "not what that tab showed"
    assert Note(signed_in).save(back="1") == 303
    assert queries.talking_point(therapist, session).words == ""


def test_words_that_do_not_fit_stay_in_the_box(signed_in: Phone) -> None:
    note = Note(signed_in)
    assert note.save("x" * 501) == 400
    assert "Use 500 characters or fewer" in signed_in.page.text
    assert "x" * 501 in signed_in.page.text
    assert note.save(" \n ") == 400
    assert Note(signed_in).save("line one\r\nline two") == 303


def test_from_the_start_on_nothing_can_be_written_or_taken_back(
    signed_in: Phone, therapist: Viewer, session: SessionFacts, portal: FrozenClock
) -> None:
    Note(signed_in).save("How I sleep.")
    late = Note(signed_in)
    portal.move_to(care.at(12, 2, 14, 1))
    assert late.save("Something else") == 409
    assert "That came too late to be saved." in text(signed_in.page)
    assert "It is not saved, and nobody else sees it: Something else" in text(signed_in.page)
    assert "What you saved before: How I sleep." in text(signed_in.page)
    assert late.save(back="1") == 409
    assert "That came too late to be saved." in text(signed_in.page)
    assert "What you wrote: How I sleep." in text(signed_in.page)
    assert queries.talking_point(therapist, session).words == "How I sleep."
