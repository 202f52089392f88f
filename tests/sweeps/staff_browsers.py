"""Browsers of the team as they stand before a form is pressed: who is signed in, and what was done before."""

from flask.testing import FlaskClient

from student_portal.access.queries import Role, Viewer
from student_portal.accounts import service as accounts
from student_portal.accounts.queries import locked_words
from student_portal.caseload import service as caseload
from student_portal.caseload.views import batch
from student_portal.foundation import clock
from student_portal.foundation.locking import Posted
from student_portal.settings import queries as settings
from student_portal.signposting import queries as signposting
from tests.support.asking import hidden
from tests.support.world import World
from tests.sweeps.forms import by_link, with_a_pin
from tests.sweeps.on_duty import a_task
from tests.sweeps.staff_presses import HELP
from tests.sweeps.writing import A_PAGE

GO_LIVE = "/staff/governance/go-live"
ROTA = "/staff/alerts/rota"
CLOSED = {"first": "29/12/2026", "last": "31/12/2026"}


def therapist(world: World) -> FlaskClient:
    return world.browser(Role.THERAPIST)


def lent(world: World) -> FlaskClient:
    """The therapist's device in a student's hand."""
    browser = therapist(world)
    browser.post(f"/staff/measures/{world.session('Teo Testcase', 1)}/here")
    return browser


def facing_a_pin(world: World) -> FlaskClient:
    """A therapist whose student set a PIN."""
    with_a_pin(world)
    return therapist(world)


def with_a_note_begun(world: World) -> FlaskClient:
    """A therapist who has typed a note and not saved it."""
    browser = therapist(world)
    note = f"/staff/caseload/notes/{world.session('Teo Testcase', 1)}"
    browser.post(f"{note}/draft", data={"plan": "Two walks.", "version": "0", "draft": "0"})
    return browser


def whose_screen_locked(world: World) -> FlaskClient:
    """A therapist who wrote something and came back after their screen had locked."""
    by = Viewer(settings.service_id(), world.person("Robin Okafor"), Role.THERAPIST)
    page = f"/staff/caseload/{world.person('Teo Testcase')}/about"
    posted = Posted(path=page, page=page, fields=(("access_needs", "A room without stairs."),))
    accounts.keep_words(posted=posted, by=by, at=clock.now())
    waiting, browser = locked_words(by), therapist(world)
    assert waiting
    with browser.session_transaction(page) as cookie:
        cookie["locked_words"] = waiting.id
    return browser


def before_a_task(world: World) -> FlaskClient:
    """A therapist before what nobody has taken yet."""
    a_task(world)
    return therapist(world)


def with_reports(world: World) -> FlaskClient:
    """A therapist whose one report of many is made."""
    by = Viewer(settings.service_id(), world.person("Robin Okafor"), Role.THERAPIST)
    caseload.ask_reports(people=[world.person("Teo Testcase")], by=by, at=clock.now())
    batch.maker(world.app)()
    return therapist(world)


def asked_to_talk(world: World) -> FlaskClient:
    """A therapist whose student pressed the button on the help page."""
    by_link(world).post("/help/talk")
    return therapist(world)


def admin(world: World) -> FlaskClient:
    return world.browser(Role.ADMIN)


def manager(world: World) -> FlaskClient:
    return world.browser(Role.MANAGER)


def with_closed_days(world: World) -> FlaskClient:
    """A manager who has closed the service between the years."""
    browser = manager(world)
    browser.post(f"{ROTA}/closed", data=CLOSED)
    return browser


def with_a_draft(world: World) -> FlaskClient:
    """An admin who has changed a contact and looks at the draft."""
    browser = admin(world)
    browser.post(f"/staff/signposting/{signposting.contacts()[-1].id}/edit", data={**HELP, "seen": "0"})
    return browser


def second_person(world: World) -> FlaskClient:
    """A manager to whom that draft was sent."""
    with_a_draft(world).post(f"/staff/signposting/{signposting.contacts()[-1].id}/propose")
    return world.browser(Role.MANAGER)


def having_decided(world: World) -> FlaskClient:
    """A manager who went live although things are open."""
    browser = manager(world)
    seen = hidden(browser.get(GO_LIVE))["seen"]
    browser.post(GO_LIVE, data={"seen": seen, "reason": "Nobody is booked before Monday."})
    return browser


def with_a_page(world: World) -> FlaskClient:
    """An admin who has changed a published page and looks at the draft."""
    browser = admin(world)
    browser.post(f"/staff/signposting/pages/{signposting.pages()[-1].id}/edit", data={**A_PAGE, "seen": "0"})
    return browser


def second_reader(world: World) -> FlaskClient:
    """A manager to whom that draft was sent."""
    with_a_page(world).post(f"/staff/signposting/pages/{signposting.pages()[-1].id}/propose")
    return world.browser(Role.MANAGER)


def after_a_second_version(world: World) -> FlaskClient:
    """An admin before a page that has an earlier version."""
    page = f"/staff/signposting/pages/{signposting.pages()[-1].id}"
    waiting = second_reader(world)
    waiting.post(f"{page}/approve", data={"seen": "1"})
    return admin(world)


def with_an_older_version(world: World) -> FlaskClient:
    """An admin whose draft was put aside; it can be brought back."""
    browser = with_a_draft(world)
    browser.post(f"/staff/signposting/{signposting.contacts()[-1].id}/return", data={"seen": "1"})
    return browser


def beside_another(world: World) -> FlaskClient:
    """An admin who wrote a second contact for the same students, which somebody else published."""
    browser, place = admin(world), signposting.contacts()[-1].newest.content.organisation_id
    browser.post("/staff/signposting/new", data={**HELP, "organisation": place, "propose": "1"})
    newest = signposting.contacts()[-1].id
    world.browser(Role.MANAGER).post(f"/staff/signposting/{newest}/approve", data={"seen": "1"})
    return browser
