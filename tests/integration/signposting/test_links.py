"""Each address we lead to is asked once a day, if the service says so; one that does not open is a task."""

from datetime import timedelta

import pytest

from student_portal.access.queries import Role, Viewer
from student_portal.audit.queries import Actor
from student_portal.duty import queries as duty
from student_portal.duty.queries import TaskKind
from student_portal.foundation import clock
from student_portal.foundation.clock import FrozenClock
from student_portal.foundation.outside import Answer
from student_portal.settings import service as settings
from student_portal.signposting import queries, service
from student_portal.signposting.queries import PageKey, PageWords
from tests.support.editors import editor

OURS = "https://pages.example/register"
CONTACT = "https://111.nhs.uk"


class Outside:
    """What each address answers, and which were asked."""

    def __init__(self, **_: str) -> None:
        self.says: dict[str, Answer] = {}
        self.asked: list[str] = []

    def __call__(self, url: str) -> Answer:
        self.asked.append(url)
        return self.says.get(url, Answer.OPENS)


@pytest.fixture
def outside() -> Outside:
    return Outside()


@pytest.fixture
def admin(service_id: str) -> Actor:
    """With the starting contacts, one of which is on the web, and a page with one link; checking is on."""
    actor = editor(service_id, Role.ADMIN)
    service.publish_starting(organisations={}, by=actor, at=clock.now())
    _publish(actor, f"[Here]({OURS}). [Call](tel:111) or [help](/help).")
    decide(actor, on=True)
    return actor


def _publish(by: Actor, body: str) -> str:
    words = PageWords("A page", body, "Opened it", clock.today() + timedelta(days=60))
    known = [page for page in queries.pages() if page.key is PageKey.ANOTHER]
    if known:
        page_id = known[0].id
        service.draft_page(page_id=page_id, words=words, seen=0, by=by, at=clock.now())
    else:
        page_id = service.begin_page(
            key=PageKey.ANOTHER, organisation_id=None, language="en-GB", words=words, by=by, at=clock.now()
        )
    service.propose_page(page_id=page_id, by=by, at=clock.now())
    waiting = queries.page(page_id).waiting
    assert waiting is not None
    second = Actor(by.service_id, "0" * 25 + "m", Role.MANAGER)
    service.approve_page(page_id=page_id, seen=waiting.seen, by=second, at=clock.now())
    return page_id


def decide(by: Actor, *, on: bool) -> None:
    settings.decide(key="check_links", value=on, reason="asked for", by=by, at=clock.now())


def tasks(by: Actor) -> list[TaskKind]:
    viewer = Viewer(by.service_id, by.person_id, Role.ADMIN)
    return [task.kind for task in duty.open_tasks(viewer)]


def test_nobody_outside_is_asked_unless_the_service_says_so(admin: Actor, outside: Outside) -> None:
    decide(admin, on=False)
    assert service.check_links(at=clock.now(), by=admin, fetch=outside) == 0
    assert outside.asked == []


@pytest.mark.hazard("H03")
def test_each_address_is_asked_once_a_day_a_few_at_a_time(
    admin: Actor, outside: Outside, portal: FrozenClock
) -> None:
    assert service.check_links(at=clock.now(), by=admin, fetch=outside, most=1) == 1
    assert service.check_links(at=clock.now(), by=admin, fetch=outside, most=1) == 1
    assert service.check_links(at=clock.now(), by=admin, fetch=outside, most=1) == 0
    assert sorted(outside.asked) == [CONTACT, OURS]
    portal.at += timedelta(days=1)
    assert service.check_links(at=clock.now(), by=admin, fetch=outside, most=9) == 2


@pytest.mark.hazard("H03")
def test_one_that_does_not_open_is_a_task_until_it_opens_again(
    admin: Actor, outside: Outside, portal: FrozenClock
) -> None:
    outside.says[OURS] = Answer.GONE
    for _ in range(2):
        service.check_links(at=clock.now(), by=admin, fetch=outside, most=9)
        portal.at += timedelta(days=1)
    assert tasks(admin) == [TaskKind.BROKEN_LINK]
    assert [broken.url for broken in queries.broken_links()] == [OURS]
    outside.says[OURS] = Answer.OPENS
    service.check_links(at=clock.now(), by=admin, fetch=outside, most=9)
    assert tasks(admin) == []
    assert queries.broken_links() == []


@pytest.mark.hazard("H03")
def test_a_link_that_was_taken_out_is_nobodys_task(
    admin: Actor, outside: Outside, portal: FrozenClock
) -> None:
    outside.says[OURS] = Answer.SILENT
    service.check_links(at=clock.now(), by=admin, fetch=outside, most=9)
    _publish(admin, "No link any more.")
    service.check_links(at=clock.now(), by=admin, fetch=outside, most=9)
    assert tasks(admin) == []
    assert outside.asked.count(OURS) == 1
