"""A page of words changes only when two people agree; what is unkind or dangerous stays a draft."""

from datetime import timedelta

import pytest
from sqlmodel import select

from student_portal.access.queries import Role
from student_portal.audit.queries import Actor
from student_portal.duty import queries as duty
from student_portal.duty.queries import TaskKind
from student_portal.foundation import clock, db
from student_portal.foundation.clock import FrozenClock
from student_portal.foundation.errors import Conflict, NotFound, Refused
from student_portal.signposting import queries, service
from student_portal.signposting.models import VersionState, WrittenPageVersion
from student_portal.signposting.queries import PageKey
from student_portal.signposting.queries.page_blockers import page_blockers
from tests.support.asking import list_a_university
from tests.support.editors import KIND, begun, editor, published, seen, words


@pytest.fixture
def admin(service_id: str) -> Actor:
    return editor(service_id, Role.ADMIN)


@pytest.fixture
def manager(service_id: str) -> Actor:
    return editor(service_id, Role.MANAGER)


def read(place: str | None = None, language: str = "en-GB") -> str:
    return queries.written([PageKey.WAITING], organisation_id=place, language=language)[0].body


@pytest.mark.hazard("H25")
def test_students_read_new_words_only_after_a_second_person_publishes_them(
    admin: Actor, manager: Actor
) -> None:
    before = read()
    page_id = begun(admin)
    service.propose_page(page_id=page_id, by=admin, at=clock.now())
    with pytest.raises(Refused, match="second_person"):
        service.approve_page(page_id=page_id, seen=seen(page_id), by=admin, at=clock.now())
    assert read() == before
    service.approve_page(page_id=page_id, seen=seen(page_id), by=manager, at=clock.now())
    assert read() == KIND


@pytest.mark.hazard("H25")
def test_what_was_changed_after_it_was_shown_is_not_published(admin: Actor, manager: Actor) -> None:
    page_id = begun(admin)
    service.propose_page(page_id=page_id, by=admin, at=clock.now())
    shown = seen(page_id)
    service.draft_page(page_id=page_id, words=words("Other words."), seen=shown, by=admin, at=clock.now())
    service.propose_page(page_id=page_id, by=admin, at=clock.now())
    with pytest.raises(Conflict):
        service.approve_page(page_id=page_id, seen=shown, by=manager, at=clock.now())


@pytest.mark.hazard("H25")
@pytest.mark.parametrize("body", ["He committed suicide.", "Do not take pills.", "com\u200bmit"])
def test_a_method_or_commit_stays_a_draft(admin: Actor, body: str) -> None:
    page_id = begun(admin, body)
    with pytest.raises(Refused, match="words"):
        service.propose_page(page_id=page_id, by=admin, at=clock.now())
    waiting = queries.page(page_id).waiting
    assert waiting is not None
    assert (waiting.state, waiting.content.body) == (VersionState.DRAFT, body)


def test_other_findings_are_advice(admin: Actor, manager: Actor) -> None:
    published(admin, manager, "Well done! You are never alone.")
    assert read() == "Well done! You are never alone."


@pytest.mark.hazard("H25")
@pytest.mark.parametrize(
    "target", ["http://a.example", "javascript:alert(1)", "/staff/x", "https://a/" + "b" * 500]
)
def test_a_link_that_leads_nowhere_is_refused(admin: Actor, target: str) -> None:
    with pytest.raises(Refused, match="link"):
        begun(admin, f"[here]({target})")
    assert queries.pages() == []


@pytest.mark.parametrize("days", [-1, 0, 91])
def test_a_review_day_past_or_too_far_is_refused(admin: Actor, days: int) -> None:
    with pytest.raises(Refused, match="review"):
        service.begin_page(
            key=PageKey.WAITING, organisation_id=None, language="en-GB", words=words(days=days),
            by=admin, at=clock.now(),
        )  # fmt: skip


def test_a_page_is_begun_once_for_the_same_readers(admin: Actor) -> None:
    page_id = begun(admin)
    with pytest.raises(Conflict):
        begun(admin)
    assert [page.id for page in queries.pages()] == [page_id]


def test_their_language_comes_before_their_university_and_that_before_everybody(
    admin: Actor, manager: Actor
) -> None:
    place = list_a_university()
    published(admin, manager, "For all.")
    published(admin, manager, "For these.", place=place)
    published(admin, manager, "Cymraeg.", language="cy")
    assert read() == "For all."
    assert read(place) == "For these."
    assert read(language="cy") == "Cymraeg."
    assert read(place, "cy") == "Cymraeg."
    assert read(place, "pl") == "For these."


@pytest.mark.hazard("H25")
def test_an_earlier_version_comes_back_only_checked_anew(admin: Actor, manager: Actor) -> None:
    page_id = published(admin, manager, "The first.")
    service.draft_page(page_id=page_id, words=words("The second."), seen=0, by=admin, at=clock.now())
    service.propose_page(page_id=page_id, by=admin, at=clock.now())
    service.approve_page(page_id=page_id, seen=seen(page_id), by=manager, at=clock.now())
    service.bring_back_page(page_id=page_id, number=1, seen=0, by=admin, at=clock.now())
    with pytest.raises(Refused, match="unchecked"):
        service.propose_page(page_id=page_id, by=admin, at=clock.now())
    assert read() == "The second."
    service.draft_page(
        page_id=page_id, words=words("The first."), seen=seen(page_id), by=admin, at=clock.now()
    )
    service.propose_page(page_id=page_id, by=admin, at=clock.now())
    service.approve_page(page_id=page_id, seen=seen(page_id), by=manager, at=clock.now())
    assert read() == "The first."
    states = [version.state for version in queries.page(page_id).versions]
    assert states == [VersionState.PUBLISHED, VersionState.REPLACED, VersionState.REPLACED]


def test_taken_away_means_the_software_s_own_words_again(admin: Actor, manager: Actor) -> None:
    begin = read()
    page_id = published(admin, manager)
    service.withdraw_page(page_id=page_id, why="Out of date", by=admin, at=clock.now())
    assert read() == KIND, "until a second person agrees"
    service.approve_page(page_id=page_id, seen=seen(page_id), by=manager, at=clock.now())
    assert read() == begin
    with pytest.raises(NotFound):
        service.withdraw_page(page_id=page_id, why="Again", by=admin, at=clock.now())


@pytest.mark.hazard("H25")
def test_a_page_with_a_word_that_is_refused_by_now_can_still_be_taken_away(
    admin: Actor, manager: Actor
) -> None:
    page_id = published(admin, manager)
    with db.write() as session:
        row = session.exec(select(WrittenPageVersion)).one()
        row.body = "Do not take pills."
    service.withdraw_page(page_id=page_id, why="That word", by=admin, at=clock.now())
    service.approve_page(page_id=page_id, seen=seen(page_id), by=manager, at=clock.now())
    assert "pills" not in read()


@pytest.mark.hazard("H25")
def test_words_that_waited_until_the_day_of_their_own_check_are_not_published(
    admin: Actor, manager: Actor, portal: FrozenClock
) -> None:
    page_id = begun(admin)
    service.propose_page(page_id=page_id, by=admin, at=clock.now())
    portal.forward(days=60)
    with pytest.raises(Refused, match="review"):
        service.approve_page(page_id=page_id, seen=seen(page_id), by=manager, at=clock.now())
    assert read() != KIND


@pytest.mark.hazard("H25")
def test_before_its_day_the_team_is_asked_and_a_check_ends_it(
    admin: Actor, manager: Actor, portal: FrozenClock
) -> None:
    page_id = published(admin, manager)
    service.ask_for_reviews(at=clock.now(), by=admin)
    assert duty.task_for(TaskKind.CONTENT_REVIEW, page_id) is None
    portal.at += timedelta(days=50)
    for _ in range(2):
        service.ask_for_reviews(at=clock.now(), by=admin)
    task = duty.task_for(TaskKind.CONTENT_REVIEW, page_id)
    assert task is not None
    assert clock.london(task.due_at).date() == clock.today() + timedelta(days=10)
    service.verify_page(
        page_id=page_id, number=1, how="Rang it", review_by=clock.today() + timedelta(days=90),
        by=admin, at=clock.now(),
    )  # fmt: skip
    assert duty.task_for(TaskKind.CONTENT_REVIEW, page_id) is None
    assert read() == KIND


def test_a_check_counts_for_the_words_that_were_checked(admin: Actor, manager: Actor) -> None:
    page_id = published(admin, manager)
    with pytest.raises(Conflict):
        service.verify_page(
            page_id=page_id, number=2, how="Read", review_by=clock.today() + timedelta(days=9),
            by=admin, at=clock.now(),
        )  # fmt: skip


@pytest.mark.one_database
@pytest.mark.hazard("H25")
def test_every_page_can_be_read_when_the_database_is_gone(admin: Actor, manager: Actor) -> None:
    published(admin, manager)
    db.connect("postgresql://127.0.0.1:1/none")
    found = queries.written(list(PageKey))
    assert {page.key for page in found} == set(PageKey)
    assert all(page.title and page.html() for page in found)


def test_going_live_waits_for_every_page_and_for_what_is_overdue(
    admin: Actor, manager: Actor, portal: FrozenClock
) -> None:
    assert len(page_blockers()) == 1
    for key in PageKey:
        page_id = service.begin_page(
            key=key, organisation_id=None, language="en-GB", words=words(), by=admin, at=clock.now()
        )
        service.propose_page(page_id=page_id, by=admin, at=clock.now())
        service.approve_page(page_id=page_id, seen=seen(page_id), by=manager, at=clock.now())
    assert page_blockers() == []
    portal.at += timedelta(days=61)
    assert "checked again" in page_blockers()[0]
