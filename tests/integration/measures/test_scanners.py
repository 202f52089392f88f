"""Mail scanners, previews and antivirus open a link again and again: nothing happens, no door shuts."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import text
from sqlmodel import SQLModel

from student_portal.accounts import service as accounts
from student_portal.audit.queries import machine
from student_portal.episodes.queries import SessionFacts
from student_portal.foundation import clock, db
from student_portal.foundation.clock import FrozenClock
from student_portal.settings import queries as settings
from tests.integration.measures import story
from tests.integration.measures.hand import Phone
from tests.integration.measures.story import SOMETIMES
from tests.support.pages import Page

AGENTS = (
    "Mozilla/5.0 (compatible; bingbot/2.0)",
    "Slackbot-LinkExpanding 1.0",
    "WhatsApp/2.23.20.0",
    "facebookexternalhit/1.1",
    "TelegramBot (like TwitterBot)",
    "SkypeUriPreview Preview/0.5",
    "Mozilla/5.0 Chrome-Lighthouse",
    "Microsoft Office Outlook SafeLinks",
    "Barracuda Sentinel",
    "Proofpoint-URL-Defense",
    "curl/8.5.0",
    "",
)
TIMES = 50
BORN = {"born-day": "17", "born-month": "5", "born-year": "2004"}


def everything() -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table."""
    with db.read() as unit:
        return {
            name: [tuple(row) for row in unit.execute(text(f'SELECT * FROM "{name}" ORDER BY 1'))]
            for name in SQLModel.metadata.tables
        }


def token_for(session: SessionFacts) -> str:
    return accounts.make_link(
        person_id=session.person_id,
        about=session.id,
        target=f"/form/{session.id}",
        closes_at=clock.now() + timedelta(days=4),
        by=machine(settings.service_id()),
        at=clock.now(),
    )


@pytest.mark.hazard("H13")
def test_fifty_visits_by_each_of_twelve_scanners_change_nothing_and_the_student_still_gets_in(
    app: Flask, session: SessionFacts, portal: FrozenClock
) -> None:
    link = f"/l/{token_for(session)}"
    before = everything()
    for agent in AGENTS:
        scanner = app.test_client()
        headers = {"User-Agent": agent, "Purpose": "prefetch", "Sec-Purpose": "prefetch"}
        page = Page.of(scanner.get(link, headers=headers))
        addresses = {link, *page.links} - {"/exit"}
        for _ in range(TIMES):
            assert scanner.get(link, headers=headers).status_code == 200
            assert scanner.head(link, headers=headers).status_code == 200
        for address in addresses:
            for method in ("GET", "HEAD", "OPTIONS"):
                assert scanner.open(address, method=method, headers=headers).status_code < 400
    assert everything() == before

    student = app.test_client()
    assert student.post(link).location == "/code/proof"
    assert student.post("/code/proof", data=BORN).location == f"/form/{session.id}"
    hand = Phone(student, session, portal)
    hand.post()
    hand.tap(1, SOMETIMES)
    assert story.stored(session) == {1: SOMETIMES}


@pytest.mark.hazard("H13")
def test_a_scanner_that_presses_continue_gets_no_further_and_shuts_no_door(
    app: Flask, session: SessionFacts
) -> None:
    link = f"/l/{token_for(session)}"
    before = everything()
    for _ in range(TIMES):
        scanner = app.test_client()
        scanner.post(link)
        scanner.get("/code/proof")
        assert scanner.get(f"/form/{session.id}").location == "/code"
    assert everything() == before
    student = app.test_client()
    student.post(link)
    assert student.post("/code/proof", data=BORN).location == f"/form/{session.id}"
