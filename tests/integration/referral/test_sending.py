"""Check and Send: what was shown is what is sent, once, with everything that must follow from it."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date

import pytest
from sqlmodel import SQLModel, col, select

from student_portal.access.models import CareRelation
from student_portal.access.queries import Role
from student_portal.accounts.models import ContactPoint, Person
from student_portal.audit.models import AuditEvent
from student_portal.consent.models import ConsentDecision
from student_portal.duty.models import Task
from student_portal.foundation import clock, db, i18n
from student_portal.foundation.clock import FrozenClock
from student_portal.institutions.models import Enrolment, GpRegistration
from student_portal.messaging.models import OutboundMessage
from student_portal.referral import queries, service
from student_portal.referral.models import Referral, ReferralDraft, ReferralEvent
from tests.support.asking import Asking, text, visitor
from tests.support.editors import editor, published

FOLLOWS = (Referral, ReferralEvent, Person, ContactPoint, Enrolment, GpRegistration, CareRelation, Task)


def rows(model: type[SQLModel]) -> list[SQLModel]:
    with db.read() as session:
        return list(session.exec(select(model)))


def students() -> list[Person]:
    with db.read() as session:
        return list(session.exec(select(Person).where(col(Person.is_staff).is_(False))))


def received() -> list[OutboundMessage]:
    with db.read() as session:
        return list(session.exec(select(OutboundMessage).where(OutboundMessage.kind == "received")))


@pytest.mark.hazard("H18")
def test_send_gives_a_reference_and_the_date_by_which_they_will_hear(asking: Asking) -> None:
    asking.answer_all()
    answer = asking.send()
    assert (answer.status_code, answer.location) == (303, "/join/sent")
    page = asking.browser.get("/join/sent")
    words = text(page)
    assert "We have your request" in words
    assert "Monday 14 December 2026" in words
    referral = rows(Referral)[0]
    assert f"{referral.reference[:3]} {referral.reference[3:]}" in words
    assert "That is our mistake, not yours." in words
    assert referral.reply_by == date(2026, 12, 14)


@pytest.mark.hazard("H18")
def test_everything_that_must_follow_has_come_about(asking: Asking) -> None:
    asking.answer_all()
    asking.send()
    assert [len(rows(model)) for model in FOLLOWS] == [1] * len(FOLLOWS)
    assert rows(ReferralDraft) == []
    assert students()[0].name == "Sam"
    assert rows(Enrolment)[0].organisation_id == asking.university
    assert rows(GpRegistration)[0].answer == "none"
    assert {(row.scope, row.decision) for row in rows(ConsentDecision)} == {
        ("service", "given"),
        ("digital_forms", "given"),
        ("sms", "given"),
    }
    assert (rows(Task)[0].kind, rows(Task)[0].owner_id) == ("new_referral", None)
    assert len(received()) == 1
    assert "referral.submit" in {row.verb for row in rows(AuditEvent)}


def test_the_promise_moves_back_from_a_bank_holiday(asking: Asking, portal: FrozenClock) -> None:
    asking.answer_all()
    portal.move_to(
        clock.in_london(date(2026, 12, 14), clock.london(portal.now()).time())
    )  # a fortnight on: 28 December
    asking.send()
    assert rows(Referral)[0].reply_by == date(2026, 12, 24)


def test_the_phone_forgets_the_draft(asking: Asking) -> None:
    asking.answer_all()
    assert asking.browser.get_cookie("draft") is not None
    asking.send()
    assert asking.browser.get_cookie("draft") is None


@pytest.mark.hazard("H18")
def test_pressing_send_twice_sends_once(asking: Asking) -> None:
    page = asking.answer_all()
    assert asking.send(page).location == "/join/sent"
    assert asking.send(page).location == "/join/sent"
    assert len(rows(Referral)) == len(students()) == len(received()) == 1
    assert asking.open("name").location == "/join/sent", "Back leads to what came of it"


@pytest.mark.hazard("H18")
def test_two_taps_at_the_same_moment_send_once(asking: Asking) -> None:
    asking.answer_all()
    with db.read() as session:
        draft_id = session.exec(select(ReferralDraft.id)).one()
    writer = replace(visitor(), role=Role.DRAFT, about=draft_id)
    shown = queries.draft(writer).digest

    def tap(_number: int) -> str:
        return service.submit(draft_id=draft_id, digest=shown, by=writer, at=clock.now())

    with ThreadPoolExecutor(4) as fingers:
        assert len(set(fingers.map(tap, range(4)))) == 1
    assert len(rows(Referral)) == len(students()) == len(received()) == 1


@pytest.mark.hazard("H18")
def test_what_changed_in_another_tab_is_shown_before_it_is_sent(asking: Asking) -> None:
    first_tab = asking.answer_all()
    asking.answer("gp", answer="liverpool")
    page = asking.send(first_tab)
    assert page.status_code == 409
    assert "Nothing was sent" in text(page)
    assert "Yes, in Liverpool" in text(page)
    assert rows(Referral) == []
    assert asking.send(page).location == "/join/sent"


@pytest.mark.parametrize("shown", ["", "made up", "eyJhIjoxfQ.abc"])
@pytest.mark.one_database
def test_send_without_what_was_shown_sends_nothing(asking: Asking, shown: str) -> None:
    asking.answer_all()
    page = asking.browser.post("/join/check", data={"shown": shown})
    assert page.status_code == 400
    assert 'href="tel:999"' in page.get_data(as_text=True)
    assert rows(Referral) == []


@pytest.mark.hazard("H04")
def test_who_does_not_want_to_be_contacted_keeps_what_they_wrote(asking: Asking) -> None:
    page = asking.answer_all(service={"answer": "no"})
    assert "That is your choice, and it is fine" in text(page)
    assert ">Send<" not in page.get_data(as_text=True)
    assert asking.browser.get("/join/check").status_code == 200
    assert rows(Referral) == []
    assert len(rows(ReferralDraft)) == 1


@pytest.mark.hazard("H04")
def test_without_permission_no_reminder_is_sent_and_the_page_says_how_they_will_hear(asking: Asking) -> None:
    asking.answer_all(messages={"answer": "no"}, forms={"answer": "no"})
    asking.send()
    assert received() == []
    assert "sign in here with a code" in text(asking.browser.get("/join/sent"))
    decisions = {row.scope: row.decision for row in rows(ConsentDecision)}
    assert decisions == {"service": "given", "digital_forms": "not_given", "sms": "not_given"}


def test_an_email_is_asked_about_as_email(asking: Asking) -> None:
    asking.answer_all(contact={"answer": "Sam@Example.com"})
    asking.send()
    assert received()[0].channel == "email"
    assert {row.scope for row in rows(ConsentDecision)} == {"service", "digital_forms", "email"}


@pytest.mark.parametrize(
    "changed",
    [
        {"harm": {"answer": "no"}},
        {"unreal": {"answer": "yes"}},
        {"team": {"answer": "yes"}},
        {"waiting": {"answer": "yes", "more": "the university, five months"}},
        {"institution": {"answer": "another", "more": "A college"}},
        {"born": {"answer_day": "1", "answer_month": "1", "answer_year": "2010"}},
    ],
)
@pytest.mark.hazard("H20")
@pytest.mark.one_database
def test_nobody_is_turned_away_and_everybody_is_told_what_else_may_fit(
    asking: Asking, changed: dict[str, dict[str, str]]
) -> None:
    page = asking.answer_all(**changed)
    assert "You can send this whatever you answered" in text(page)
    assert asking.send(page).location == "/join/sent"
    sent = asking.browser.get("/join/sent")
    assert "Monday 14 December 2026" in text(sent), "the same promise"
    assert "Other help that may fit too" in text(sent)


@pytest.mark.hazard("H08")
@pytest.mark.one_database
def test_what_else_may_fit_is_read_in_the_language_of_the_portal(
    asking: Asking, service_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    admin, manager = (editor(service_id, role) for role in (Role.ADMIN, Role.MANAGER))
    published(admin, manager, "Arhoswch ar y rhestr.", language="cy")
    page = asking.answer_all(waiting={"answer": "yes", "more": "the university"})
    assert "Arhoswch" not in page.text
    monkeypatch.setattr(i18n, "language", lambda: "cy")
    assert "Arhoswch ar y rhestr." in asking.browser.get("/join/check").text
    asking.send(page)
    assert "Arhoswch ar y rhestr." in asking.browser.get("/join/sent").text


@pytest.mark.hazard("H14")
@pytest.mark.one_database
def test_telling_answers_are_closed_on_the_check_page(asking: Asking) -> None:
    page = asking.answer_all().get_data(as_text=True)
    opened = page.split("<details>")[0] + "".join(
        part.split("</details>")[1] for part in page.split("<details>")[1:]
    )
    assert "Hurt yourself" not in opened
    assert "<details open" not in page


def test_two_people_may_share_a_phone(asking: Asking) -> None:
    asking.answer_all()
    asking.send()
    asking.answer_all(name={"answer": "Kim"})
    asking.send()
    assert {person.name for person in students()} == {"Sam", "Kim"}


@pytest.mark.one_database
def test_the_sent_page_closes_with_the_browser(asking: Asking, portal: FrozenClock) -> None:
    asking.answer_all()
    asking.send()
    portal.forward(minutes=16)
    assert asking.browser.get("/join/sent").location == "/join"
