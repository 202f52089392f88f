"""The demo's own pages, and its bar below every page."""

import re
from pathlib import Path
from urllib.parse import urlsplit

from flask import Blueprint, Flask, current_app, redirect, render_template, request, url_for
from markupsafe import Markup, escape
from werkzeug.wrappers import Response

from student_portal.access import queries as access
from student_portal.demo import moves, people, phone
from student_portal.demo.phone import Received
from student_portal.foundation import addresses, clock, crypto, i18n, web
from student_portal.messaging import service as messaging
from student_portal.messaging.queries import Channel
from student_portal.settings import queries as settings

blueprint = Blueprint("demo", __name__)

_LINK = re.compile(r"https?://[^\s]+[^\s.,]")


def plug_in(app: Flask) -> None:
    """Add the demo's pages and bar. Raises RuntimeError if this application could send for real."""
    config = app.config["PORTAL"]
    if not config.demo or config.sms or config.email:
        raise RuntimeError("the demo never runs beside a real provider")
    app.register_blueprint(blueprint)
    app.context_processor(_bar)


def _bar() -> dict[str, object]:
    side = "demo.move_staff" if web.is_staff_side(request.path) else "demo.move"
    now = clock.now()
    return {
        "demo": {
            "now_words": f"{i18n.day(now)}, {i18n.hour(now)}",
            "move_url": url_for(side),
            "phone_url": url_for("demo.phone_page"),
            "who_url": url_for("demo.who"),
        }
    }


@blueprint.get("/demo")
@web.allow(web.ANYONE)
def who() -> str:
    """Who a newcomer can be, with passwords and the codes of this half minute."""
    return render_template("demo/who.html", staff=people.staff(), students=people.students())


@blueprint.get("/demo/phone")
@web.allow(web.ANYONE)
def phone_page() -> str:
    """One of the demo's phones as it would lie on a table, locked."""
    everything = phone.received(_data_dir())
    held = phone.held(_data_dir())
    chosen = request.args.get("p") or (_mark(held) if held else "")
    phones: dict[str, Received] = {}
    for message in everything:
        phones.setdefault(_mark(message), message)
    return render_template(
        "demo/phone.html",
        now=clock.now(),
        phones=phones,
        chosen=chosen,
        channel=next((m.channel for m in everything if _mark(m) == chosen), None),
        shown=addresses.shown,
        messages=[(message, _tappable(message.body)) for message in everything if _mark(message) == chosen],
        sender=settings.current().text_sender,
        Channel=Channel,
    )


@blueprint.post("/demo/phone/stop")
@web.allow(web.ANYONE)
def stop() -> Response:
    """Reply STOP as this phone."""
    chosen = request.form.get("p", "")
    for message in phone.received(_data_dir()):
        if _mark(message) == chosen and message.channel is Channel.SMS:
            messaging.receive(
                address=message.to, body="STOP", provider_id=None, by=access.current(), at=clock.now()
            )
            break
    return redirect(url_for("demo.phone_page", p=chosen), 303)


@blueprint.post("/demo/clock")
@web.allow(web.ANYONE)
def move() -> Response:
    """Move the clock, do what falls due on the way, and go back to the page, where the clock stands."""
    moves.move(request.form.get("by", ""), _data_dir())
    return redirect(_came_from() + "#demo-clock", 303)


@blueprint.post("/staff/demo/clock")
@web.allow(web.ANYONE)
def move_staff() -> Response:
    """The same from a staff page, whose forms carry the staff cookie's token."""
    return move()


def _data_dir() -> Path:
    return current_app.config["PORTAL"].data_dir


def _mark(message: Received) -> str:
    """What stands in the URL for a phone or mailbox: never its address."""
    return crypto.blind(message.to, purpose="demo phone").hex()[:10]


def _tappable(body: str) -> Markup:
    """The words of a message with its links ready to tap."""
    parts, end = [], 0
    for found in _LINK.finditer(body):
        link = escape(found.group())
        parts += [escape(body[end : found.start()]), Markup('<a href="{0}">{0}</a>').format(link)]
        end = found.end()
    return Markup("").join([*parts, escape(body[end:])])


def _came_from() -> str:
    """The page on which the button was pressed, if it was one of ours."""
    parts = urlsplit(request.referrer or "")
    if parts.netloc != request.host or not parts.path.startswith("/") or parts.path.startswith("//"):
        return url_for("demo.phone_page")
    return parts.path + (f"?{parts.query}" if parts.query else "")
