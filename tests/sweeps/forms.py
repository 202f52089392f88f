"""Every form that somebody outside the team can reach, filled in well, and the browser that may post it."""

from collections.abc import Callable
from dataclasses import dataclass, field

from flask.testing import FlaskClient

from student_portal.access.queries import Role
from student_portal.institutions import queries as institutions
from student_portal.institutions.queries import Pathway
from student_portal.referral.questions import QUESTIONS, number_of
from tests.support.asking import ANSWERS, Asking
from tests.support.students import type_code
from tests.support.world import World

WHO = "Teo Testcase"


@dataclass(frozen=True)
class Form:
    """A form as it would be filled in well. `stand` opens a browser that may post it."""

    rule: str
    stand: Callable[[World], FlaskClient]
    fields: dict[str, str] = field(default_factory=dict, hash=False)
    number: int = 1

    def path(self, world: World) -> str:
        path = self.rule.replace("<session_id>", world.session(WHO, 1)).replace("<token>", "a" * 26)
        return path.replace("<int:number>", str(self.number))

    def __str__(self) -> str:
        return self.rule.replace("<int:number>", str(self.number))


def outside(world: World) -> FlaskClient:
    return world.browser(Role.ANYONE)


def code_sent(world: World) -> FlaskClient:
    browser = outside(world)
    browser.post("/code", data={"where": "07700 900109"})
    return browser


def code_typed(world: World) -> FlaskClient:
    browser = code_sent(world)
    type_code(browser)
    return browser


def writing(world: World) -> FlaskClient:
    """A request that is answered to the end and not sent."""
    browser = outside(world)
    assert Asking(browser, institutions.listed(Pathway.THERAPY)[0].id).answer_all().status_code == 200
    return browser


def locked(world: World) -> FlaskClient:
    """The same after Exit."""
    browser = writing(world)
    browser.get("/exit")
    return browser


def at_home(world: World) -> FlaskClient:
    return world.browser(Role.STUDENT, WHO)


def by_link(world: World) -> FlaskClient:
    return world.browser(Role.LINK, WHO)


def with_a_pin(world: World) -> FlaskClient:
    """Signed in, with a PIN that was set a moment ago."""
    browser = at_home(world)
    born = {f"now-born-{part}": value for part, value in BORN.items()}
    assert browser.post("/code/pin", data={**born, **NEW_PIN}).status_code == 303
    return browser


NEW_PIN = {"pin": "730582", "again": "730582"}
BORN = {"day": "14", "month": "6", "year": "2003"}
FORMS = [
    Form("/code", outside, {"where": "07700 900109"}),
    Form("/code/enter", code_sent, {"digits": "123456"}),
    Form("/code/proof", code_typed, {f"born-{part}": value for part, value in BORN.items()}),
    Form("/code/out", at_home),
    Form("/code/pin", at_home, {**{f"now-born-{part}": value for part, value in BORN.items()}, **NEW_PIN}),
    Form("/code/pin/remove", with_a_pin, {"now-pin": NEW_PIN["pin"]}),
    Form("/code/words", at_home),
    Form("/l/<token>", outside),
    Form("/join", outside),
    Form("/join/again", locked, {f"answer-{part}": value for part, value in BORN.items()}),
    *(
        Form("/join/<int:number>", writing, {**({"more": ""} if question.more else {}), **answer}, number)
        for question in QUESTIONS
        for number, answer in [(number_of(question.key), ANSWERS.get(question.key, {"answer": "123456"}))]
    ),
    Form("/join/code", writing),
    Form("/join/check", writing, {"shown": ""}),
    Form("/join/later", writing),
    Form("/join/delete", writing),
    Form("/form/<session_id>", by_link),
    Form("/form/<session_id>/<int:number>", by_link, {"answer": "1", "edition": "", "skip": ""}),
    Form("/form/<session_id>/all", by_link, {"q1": "1", "edition": "", "was": "", "then": "check"}),
    Form("/form/<session_id>/layout", by_link, {"layout": "page"}),
    Form("/form/<session_id>/send", by_link, {"seen": ""}),
    Form("/form/<session_id>/decline", by_link, {"reason": "no_time"}),
    Form("/form/<session_id>/amend", at_home),
    Form("/form/<session_id>/talk", at_home, {"words": "How I sleep.", "seen": "0"}),
    Form("/home/line", at_home, {"hide": "1"}),
    Form("/help/numbers", at_home, {"channel": "sms", "key": "0" * 26, "seen": "Reminder"}),
    Form("/help/talk", by_link),
    Form("/choices", at_home, {"scope": "sms", "decision": "withdrawn", "version": "1"}),
    Form("/dates/leave", at_home),
    Form("/demo/clock", outside, {"by": "x"}),
    Form("/demo/phone/stop", outside, {"p": "x"}),
    Form("/staff/demo/clock", outside, {"by": "x"}),
    Form("/staff/accounts/out", outside),
    Form(
        "/staff/accounts/sign-in",
        outside,
        {"email": "robin@demo.example", "password": "wrong", "code": "123456", "next": ""},
    ),
]
