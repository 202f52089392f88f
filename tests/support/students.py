"""A student made through the verb, and what a browser shows and keeps."""

from datetime import date

from flask.testing import FlaskClient

from student_portal.accounts import service as accounts
from student_portal.audit.queries import machine
from student_portal.foundation import clock
from student_portal.messaging.queries import Channel
from student_portal.settings import queries as settings

BORN = date(2004, 5, 17)
NUMBER = "+447700900142"
BORN_TYPED = {"born-day": "17", "born-month": "5", "born-year": "2004"}


def make_student(
    name: str = "Sam Ashby", *, born: date = BORN, address: str = NUMBER, channel: Channel = Channel.SMS
) -> str:
    """A student whose address was proved; gives the person's id."""
    return accounts.create_student(
        name=name,
        born=born,
        channel=channel,
        address=address,
        safety="any time",
        language="en-GB",
        by=machine(settings.service_id()),
        at=clock.now(),
    )


def code_in(browser: FlaskClient) -> str:
    """The id of the code that this browser asked for."""
    with browser.session_transaction() as cookie:
        return str(cookie["code"])


def type_code(browser: FlaskClient, digits: str | None = None) -> object:
    """Type the code that was sent, or these digits."""
    sent = digits or accounts.draw_digits(code_id=code_in(browser))
    return browser.post("/code/enter", data={"digits": sent})


def sign_in(browser: FlaskClient, where: str = "07700 900142") -> object:
    """From /code to /home; gives the answer to the date of birth."""
    browser.post("/code", data={"where": where})
    type_code(browser)
    return browser.post("/code/proof", data=BORN_TYPED)
