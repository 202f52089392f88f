"""A wish to talk that nobody reads: what the student was told stays true, and somebody is told, each once."""

import re
from datetime import datetime

import pytest
from flask.testing import FlaskClient
from sqlalchemy.exc import IntegrityError
from sqlmodel import select

from student_portal.access import queries as access
from student_portal.accounts import service as accounts
from student_portal.alerts import queries, service
from student_portal.alerts.models import AnswerAlert
from student_portal.alerts.queries import Trouble, Unread
from student_portal.duty import queries as duty
from student_portal.duty.queries import TaskKind
from student_portal.episodes import service as episodes
from student_portal.foundation import clock, db
from student_portal.foundation.clock import FrozenClock
from student_portal.foundation.errors import NotFound
from tests.support import care
from tests.support.asking import text
from tests.support.booked import Phone, Student
from tests.support.care import at
from tests.support.duty_team import Team, as_one, pass_until, team
from tests.support.together import at_once

MEETING = (
    "You meet today at 2pm. There may be no time to read this before then, so you can go through it together."
)


@pytest.fixture
def people(service_id: str) -> Team:
    return team(service_id)


@pytest.fixture
def phone(portal: FrozenClock) -> Phone:
    return Phone(portal)


def student(people: Team, starts: datetime | None = None) -> Student:
    """Of Robin's, with six weekly dates from `starts` on, if that is given."""
    episode_id = care.in_therapy(people.robin)
    if starts:
        slots = care.weekly(people.robin, episode_id, starts)
        episodes.book(bookings=slots, by=people.robin, at=clock.now())
    return Student(people.robin, episode_id, care.sessions(people.robin, episode_id)[0].person_id, "")


def wish() -> Unread:
    """The one that nobody has read."""
    (found,) = queries.unread_anywhere()
    assert found.task_kind == TaskKind.ASKED_TO_TALK
    task = duty.task_for(TaskKind.ASKED_TO_TALK, found.id)
    assert task, "a wish without a task"
    assert (task.owner_id, task.due_at) == (found.owner_id, found.due_at)
    return found


@pytest.fixture
def asked(people: Team, phone: Phone) -> Student:
    """Sam asked on Monday at 10; it is due at 2pm."""
    sam = student(people, at(12, 7))
    service.ask_to_talk(by=sam.viewer, at=clock.now())
    return sam


BOTH = "Robin or someone in the team"
LATER = at(12, 9, 14)


@pytest.mark.hazard("H01")
@pytest.mark.hazard("H07")
@pytest.mark.parametrize(
    ("tapped", "starts", "away", "sentence", "until", "told"),
    [
        pytest.param(
            at(11, 30, 10), LATER, "", f"{BOTH} reads this today until 5pm, or on Tuesday.", at(12, 2, 9),
            ["jo Mon 30 Nov 14:00 told", "max Mon 30 Nov 16:00 told", "robin Tue 01 Dec 09:00 told",
             "max Tue 01 Dec 09:00 told", "robin Wed 02 Dec 09:00 told", "max Wed 02 Dec 09:00 told"],
            id="a Monday morning",
        ),
        pytest.param(
            at(12, 1, 2), LATER, "robin", "Someone in the team reads this today from 9am.", at(12, 2, 9),
            ["jo Tue 01 Dec 13:00 told", "max Tue 01 Dec 15:00 told", "jo Wed 02 Dec 09:00 told",
             "max Wed 02 Dec 09:00 told"],
            id="owner on leave",
        ),
        pytest.param(
            at(12, 1, 10), LATER, "jo", "Robin reads this today until 5pm, or on Wednesday.", at(12, 1, 23),
            ["max Tue 01 Dec 14:00 no_cover", "max Tue 01 Dec 16:00 told"],
            id="cover on leave",
        ),
        pytest.param(
            at(12, 1, 10), LATER, "max", f"{BOTH} reads this today until 5pm, or on Wednesday.",
            at(12, 1, 23),
            ["jo Tue 01 Dec 14:00 told", "nobody Tue 01 Dec 16:00 nobody"],
            id="manager on leave",
        ),
        pytest.param(
            at(12, 7, 13, 20), at(12, 7, 14), "", MEETING, at(12, 7, 23),
            ["jo Mon 07 Dec 14:00 told", "max Mon 07 Dec 16:00 told"],
            id="a session in 40 minutes: nobody else before it begins",
        ),
        pytest.param(
            at(12, 1, 10), None, "", f"{BOTH} reads this today until 5pm, or on Wednesday.", at(12, 1, 23),
            ["jo Tue 01 Dec 14:00 told", "max Tue 01 Dec 16:00 told"],
            id="no date yet",
        ),
    ],
)  # fmt: skip
def test_the_sentence_is_true_and_whoever_should_be_told_is_told_once(
    client: FlaskClient,
    people: Team,
    phone: Phone,
    tapped: datetime,
    starts: datetime | None,
    away: str,
    sentence: str,
    until: datetime,
    told: list[str],
) -> None:
    for who in away.split():
        people.goes_away(who, at(11, 30, 12), at(12, 7, 9))
    sam = student(people, starts)
    phone.portal.move_to(tapped)
    care.on_phone(client, people.by.service_id, sam.person_id)
    assert sentence in text(client.get("/help/talk"))
    assert sentence in text(client.post("/help/talk", follow_redirects=True))
    pass_until(phone, until)
    steps = [f"{who} {clock.london(when):%a %d %b %H:%M} {how}" for who, when, how in people.told(wish().id)]
    assert steps == told
    pass_until(phone, until)
    assert len(people.told(wish().id)) == len(told), "told twice"


@pytest.mark.hazard("H01")
def test_whoever_stands_in_sees_it_first_and_their_reading_ends_it(
    client: FlaskClient, people: Team, phone: Phone, asked: Student
) -> None:
    assert queries.unread_wishes(people.jo) == []
    pass_until(phone, at(11, 30, 14))
    (seen,) = queries.unread_wishes(people.jo)
    desk = as_one(client, people.jo)
    assert "Sam Ashby asked to talk about this next time." in text(desk.get("/staff/caseload"))
    record = text(desk.get(f"/staff/caseload/{seen.person_id}"))
    assert re.search(r"asked to talk about this next time.*While nobody had read it.*2pm.*Jo ", record)
    assert desk.post(f"/staff/caseload/{seen.person_id}/talk").status_code == 303
    pass_until(phone, at(12, 3, 9))
    assert queries.unread_anywhere() == []
    told = [queries.asked_to_talk(asked.viewer, asked.person_id)]
    assert [(one.read_by, one.read_at) for one in told if one] == [(people.jo.person_id, at(11, 30, 14))]
    assert len(phone.texts) == 2, "to Jo alone, by text and e-mail"
    assert all("something to read in the staff pages" in words for words in phone.words)
    assert access.stand_ins() == [], "the record closes to Jo again"


@pytest.mark.hazard("H01")
def test_taken_back_nobody_is_told_and_what_waits_is_dropped(
    people: Team, phone: Phone, asked: Student
) -> None:
    phone.portal.move_to(at(11, 30, 14))
    service.escalate(at=clock.now(), by=people.by)
    service.take_back(by=asked.viewer, at=clock.now())
    pass_until(phone, at(12, 3, 9))
    assert phone.texts == []
    assert queries.unread_anywhere() == []
    assert queries.unread_wishes(people.robin) == []
    with pytest.raises(NotFound):
        queries.one(people.robin, wish_id())
    service.will_talk(person_id=asked.person_id, by=people.robin, at=clock.now())
    assert queries.asked_to_talk(asked.viewer, asked.person_id) is None, "taken back, nobody reads it"


def wish_id() -> str:
    with db.read() as unit:
        return unit.exec(select(AnswerAlert.id)).one()


@pytest.mark.hazard("H01")
def test_the_wish_of_somebody_who_left_finds_another_reader_and_the_page_names_them(
    client: FlaskClient, people: Team, phone: Phone, asked: Student
) -> None:
    accounts.close_staff(person_id=str(people.robin.person_id), by=people.max, at=clock.now())
    phone.round()
    assert wish().owner_id == people.jo.person_id
    assert len(queries.unread_wishes(people.jo)) == 1
    care.on_phone(client, people.by.service_id, asked.person_id)
    assert "Jo reads this today until 5pm" in text(client.get("/help/talk"))


@pytest.mark.hazard("H01")
def test_a_manager_hands_it_over_from_the_task_list_and_the_new_owner_is_told(
    people: Team, phone: Phone, asked: Student
) -> None:
    task = duty.task_for(TaskKind.ASKED_TO_TALK, wish().id)
    assert task
    jo = str(people.jo.person_id)
    service.pass_on(task_id=task.id, to=jo, seen_version=task.version, by=people.max, at=clock.now())
    assert wish().owner_id == jo
    assert [asked.person_id for asked in queries.unread_wishes(people.jo)] == [asked.person_id]
    phone.round()
    assert len(phone.texts) == 2


@pytest.mark.hazard("H01")
def test_everybody_on_duty_sees_that_it_waits_and_only_who_may_open_the_record_sees_whose_it_is(
    client: FlaskClient, people: Team, phone: Phone, asked: Student
) -> None:
    pass_until(phone, at(11, 30, 16))
    for viewer, name in ((people.robin, "Sam Ashby"), (people.max, "A student of Robin Okafor")):
        page = text(as_one(client, viewer).get("/staff/alerts/duty"))
        assert f"{name} Overdue They asked to talk next time." in page, page
        assert "Max Ferry was told, as the manager on duty." in page
        assert "1 thing to read is overdue: Robin Okafor’s." in page
        assert ("Sam" in page) == (viewer is people.robin)


@pytest.mark.hazard("H01")
def test_the_watch_counts_it_as_it_counts_an_answer(people: Team, phone: Phone, asked: Student) -> None:
    def found() -> queries.Running:
        service.beat(part=queries.WORKER, real=clock.real(), by=people.by)
        return queries.running(
            people.by.service_id, at=clock.now(), real=clock.real(), since_real=clock.real()
        )

    assert (found().unread, found().overdue, found().troubles) == (1, 0, ())
    phone.portal.move_to(at(11, 30, 14, 6))
    assert (found().overdue, found().steps_late) == (1, 1)
    assert Trouble.STEPS in found().troubles
    pass_until(phone, at(11, 30, 16))
    assert (found().due_since, found().steps_late) == (at(11, 30, 14), 0)
    assert found().troubles == (Trouble.UNREAD,)
    service.will_talk(person_id=asked.person_id, by=people.robin, at=clock.now())
    assert (found().unread, found().overdue, found().troubles) == (0, 0, ())


@pytest.mark.hazard("H22")
def test_presses_at_once_make_one_wish(people: Team) -> None:
    sam = student(people)
    at_once(*[lambda: service.ask_to_talk(by=sam.viewer, at=clock.now())] * 3)
    assert len(queries.unread_anywhere()) == 1
    assert wish().person_id == sam.person_id


@pytest.mark.hazard("H12")
def test_it_counts_among_no_answers(people: Team, asked: Student) -> None:
    assert queries.unread(people.robin) == queries.of_person(people.robin, asked.person_id) == []
    assert queries.figures(days=28, at=clock.now()).unread == 0
    with pytest.raises(NotFound):
        queries.one(people.robin, wish().id)


@pytest.mark.hazard("H12")
def test_the_database_itself_lets_a_wish_carry_no_words(people: Team, asked: Student) -> None:
    with pytest.raises(IntegrityError), db.write():
        db.locked(AnswerAlert, wish().id).facts = {"form": "CORE-10"}
