"""The rota's pages: what is missing in words, leave that says what it leaves, nobody removed as the last."""

import re
from datetime import date, datetime, time

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from student_portal.access.queries import Role, Viewer
from student_portal.accounts import service as accounts
from student_portal.alerts import queries
from student_portal.audit.queries import machine
from student_portal.duty import queries as duty
from student_portal.duty import service
from student_portal.duty.queries import Span
from student_portal.episodes import service as episodes
from student_portal.foundation import clock
from student_portal.foundation.clock import FrozenClock
from tests.support import care
from tests.support.asking import hidden, text
from tests.support.duty_team import member

LEAVE = {"first": "7/12/2026", "last": "11/12/2026", "weekday": "", "half": ""}
ROTA = "/staff/alerts/rota"


@pytest.fixture
def robin(service_id: str) -> Viewer:
    return member(service_id, "Robin Okafor")


@pytest.fixture
def jo(service_id: str) -> Viewer:
    return member(service_id, "Jo Lindqvist")


@pytest.fixture
def manager(service_id: str) -> Viewer:
    return member(service_id, "Max Ferry", Role.MANAGER)


def desk(app: Flask, who: Viewer) -> FlaskClient:
    """A browser in which they are signed in."""
    browser = app.test_client()
    secret = accounts.start_session(
        role=who.role, person_id=who.person_id, about=None, proved_by="password", by=who, at=clock.now()
    )
    with browser.session_transaction("/staff/") as cookie:
        cookie["secret"] = secret
        cookie["seen"] = int(clock.real().timestamp())
    return browser


def names(who: Viewer, what: str) -> dict[str, str]:
    """What the page "Name somebody to stand in" posts."""
    return {
        "purpose": what,
        "who": str(who.person_id),
        "first": "30/11/2026",
        "last": "",
        "weekday": "",
        "half": "",
    }


def see(browser: FlaskClient, path: str = ROTA) -> str:
    return text(browser.get(path))


@pytest.mark.hazard("H01")
def test_a_manager_closes_every_gap_and_the_page_says_so(
    app: Flask, robin: Viewer, jo: Viewer, manager: Viewer
) -> None:
    browser = desk(app, manager)
    page = see(browser)
    assert "Nobody stands in for Robin Okafor from Monday 30 November at 10am to Thursday 24 December" in page
    assert "No manager is on duty from Monday 30 November at 10am" in page
    for post in (names(jo, str(robin.person_id)), names(robin, str(jo.person_id)), names(manager, "manager")):
        assert browser.post(f"{ROTA}/stand-in", data=post).status_code == 303
    page = see(browser)
    assert "No gap is known, as at Monday 30 November at 10am. This says only what was entered." in page
    assert "Monday 30 November to Friday 4 December Works. Stands in: Jo Lindqvist." in page
    assert "Jo Lindqvist reads for Robin Okafor Until further notice." in page
    assert len(queries.go_live_blockers()) == 1, "the hours are still assumed"


@pytest.mark.hazard("H01")
def test_a_half_day_that_nobody_covers_is_said_in_words(app: Flask, robin: Viewer, manager: Viewer) -> None:
    fridays = {
        "who": str(robin.person_id),
        "first": "1/12/2026",
        "last": "",
        "weekday": "4",
        "half": "afternoon",
    }
    browser = desk(app, manager)
    first = browser.post(f"{ROTA}/leave", data=fridays)
    said = text(first)
    assert "Not saved yet. This would be left:" in said
    assert "Nobody reads for Robin Okafor on the afternoon of Friday 4 December." in said
    assert duty.absences(clock.now()) == ()
    saved = browser.post(f"{ROTA}/leave", data=fridays | {"seen": hidden(first)["seen"]})
    assert saved.status_code == 303
    page = see(browser)
    assert "Nobody reads for Robin Okafor on the afternoon of Friday 11 December." in page
    assert "Friday 4 December 9am to 12pm: Works. Nobody stands in. 12pm to 5pm: Away. Nobody reads." in page
    assert "From Tuesday 1 December on. Only Fridays. Afternoons, from noon." in page


@pytest.mark.hazard("H01")
def test_leave_names_the_sessions_and_the_unread_answers_it_would_leave(
    app: Flask, robin: Viewer, jo: Viewer, manager: Viewer, portal: FrozenClock
) -> None:
    episodes.set_up_programme(by=machine(robin.service_id), at=clock.now())
    episode = care.in_therapy(robin)
    episodes.book(bookings=care.weekly(robin, episode, care.at(12, 2)), by=robin, at=clock.now())
    care.send_form(care.sessions(robin, episode)[0].id, *[1] * 8, 2)
    span = Span(clock.now())
    service.set_cover(person_id=str(jo.person_id), owner_id=None, span=span, by=manager, at=clock.now())
    browser = desk(app, robin)
    said = text(browser.post(f"{ROTA}/leave", data=LEAVE | {"who": str(robin.person_id)}))
    assert "1 session is booked in this time. Move it, or tell the student." in said
    assert "1 answer waits to be read first." in said
    assert "Nobody reads" not in said, "Jo does"
    assert "Nobody stands in for Jo Lindqvist" not in said, "nobody did before either"


def test_other_dates_than_those_whose_gaps_were_named_are_asked_about(app: Flask, robin: Viewer) -> None:
    browser, mine = desk(app, robin), LEAVE | {"who": str(robin.person_id)}
    seen = hidden(browser.post(f"{ROTA}/leave", data=mine))["seen"]
    other = mine | {"last": "18/12/2026", "seen": seen}
    assert "to Friday 18 December at 5pm" in text(browser.post(f"{ROTA}/leave", data=other))
    assert duty.absences(clock.now()) == ()


@pytest.mark.hazard("H21")
def test_a_therapist_enters_and_ends_their_own_leave_alone(
    app: Flask, robin: Viewer, jo: Viewer, manager: Viewer
) -> None:
    browser = desk(app, robin)
    refused = browser.post(f"{ROTA}/leave", data=LEAVE | {"who": str(jo.person_id)})
    assert refused.status_code == 400
    assert "Choose one of the list." in text(refused)
    jo_id = str(jo.person_id)
    theirs = service.set_absence(person_id=jo_id, span=Span(clock.now()), by=jo, at=clock.now())
    assert browser.post(f"{ROTA}/leave/{theirs}/end").status_code == 403
    assert "Works after all" not in see(browser)
    for page in ("stand-in", "hours"):
        assert browser.get(f"{ROTA}/{page}").status_code == 404
    assert desk(app, jo).post(f"{ROTA}/leave/{theirs}/end").status_code == 303
    assert duty.absences(clock.now()) == ()


@pytest.mark.hazard("H01")
def test_the_last_cover_is_not_removed_and_the_page_says_what_to_do_first(
    app: Flask, robin: Viewer, jo: Viewer, manager: Viewer
) -> None:
    browser = desk(app, manager)
    browser.post(f"{ROTA}/stand-in", data=names(jo, str(robin.person_id)))
    browser.post(f"{ROTA}/stand-in", data=names(manager, "manager"))
    for turn in duty.turns(clock.now()):
        refused = browser.post(f"{ROTA}/turns/{turn.id}/end")
        assert refused.status_code == 409
        assert "Name somebody else first." in text(refused)
    assert len(duty.turns(clock.now())) == 2


def test_who_stands_in_must_fit_what_for(app: Flask, robin: Viewer, manager: Viewer) -> None:
    browser, own = desk(app, manager), str(robin.person_id)
    wrong = {
        "Choose a therapist.": names(manager, "everybody"),
        "Choose a manager.": names(robin, "manager"),
        "Nobody can stand in for themselves.": names(robin, own),
        "The last day comes before the first.": names(robin, "everybody") | {"last": "29/11/2026"},
        "Write the date like 3/12/2026.": names(robin, "everybody") | {"first": "soon"},
    }
    for sentence, post in wrong.items():
        refused = browser.post(f"{ROTA}/stand-in", data=post)
        assert (refused.status_code, sentence in text(refused)) == (400, True), sentence
    assert duty.turns(clock.now()) == ()


def week(**changed: str) -> dict[str, str]:
    open_days = {f"opens_{day}": "09:00" if day < 5 else "" for day in range(7)}
    return open_days | {f"closes_{day}": "17:00" if day < 5 else "" for day in range(7)} | changed


def post_week(browser: FlaskClient, **changed: str) -> TestResponse:
    return browser.post(f"{ROTA}/hours", data=week(**changed))


def test_hours_are_decided_and_the_rota_follows(app: Flask, robin: Viewer, manager: Viewer) -> None:
    browser = desk(app, manager)
    assert "Nobody has said so yet" in see(browser, f"{ROTA}/hours")
    assert post_week(browser, closes_4="12:00").status_code == 303
    assert "Nobody has said so yet" not in see(browser, f"{ROTA}/hours")
    assert duty.calendar(clock.now()).hours[4] == (time(9), time(12))
    assert "Nobody stands in for Robin Okafor from Monday 30 November at 10am" in see(browser)
    assert "Monday 30 November to Friday 4 December Works. Nobody stands in." in see(browser)


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"closes_0": ""}, "Give both times of a day, or leave both empty."),
        ({"closes_0": "08:00"}, "Closing comes after opening."),
        ({"opens_0": "early"}, "Write the time like 14:00."),
        (dict.fromkeys(week(), ""), "Then no working day would be left."),
    ],
)
def test_hours_that_cannot_be_are_said_next_to_the_field(
    app: Flask, manager: Viewer, changed: dict[str, str], sentence: str
) -> None:
    browser = desk(app, manager)
    refused = post_week(browser, **changed)
    assert refused.status_code == 400
    assert sentence in text(refused)
    assert not duty.are_hours_decided()


def test_closed_days_stand_beside_bank_holidays_and_can_be_taken_back(app: Flask, manager: Viewer) -> None:
    browser = desk(app, manager)
    closing = {"first": "29/12/2026", "last": "31/12/2026"}
    assert browser.post(f"{ROTA}/closed", data=closing).status_code == 303
    page = browser.get(f"{ROTA}/hours")
    assert "Tuesday 29 December to Thursday 31 December Open after all" in text(page)
    assert "Friday 25 December Bank holiday in England" in text(page)
    opened = re.search(r"/closed/\w{26}/open", page.get_data(as_text=True))
    assert opened
    assert browser.post(f"{ROTA}{opened.group()}").status_code == 303
    assert duty.calendar(clock.now()).is_working_day(date(2026, 12, 29))
    refused = browser.post(f"{ROTA}/closed", data=closing | {"last": "28/12/2026"})
    assert "The last day comes before the first." in text(refused)


@pytest.mark.parametrize("wanted", ["1", "soon", "99", "-99", "1.0", ""])
def test_any_week_can_be_looked_at_and_nonsense_is_now(app: Flask, manager: Viewer, wanted: str) -> None:
    page = see(desk(app, manager), f"{ROTA}?week={wanted}")
    monday = "Monday 7 December" if wanted == "1" else "Monday 30 November"
    assert f"Week from {monday}" in page


def test_each_thing_that_keeps_a_service_from_going_live_is_named(
    service_id: str, robin: Viewer, portal: FrozenClock
) -> None:
    blockers = queries.go_live_blockers()
    assert len(blockers) == 3, blockers
    service.set_absence(person_id=str(robin.person_id), span=Span(noon(4), noon(5)), by=robin, at=clock.now())
    assert len(queries.go_live_blockers()) == 4
    assert not any("Robin" in sentence for sentence in queries.go_live_blockers())


def noon(day: int) -> datetime:
    return clock.in_london(date(2026, 12, day), time(12))
