"""The web application: rooms plugged in, one guard before every view, one page for every error."""

from collections.abc import Callable
from typing import Any

from flask import Flask, current_app, redirect, render_template, request, session, url_for
from flask import Response as FlaskResponse
from flask_wtf import CSRFProtect
from jinja2 import StrictUndefined
from werkzeug.exceptions import HTTPException
from werkzeug.middleware.proxy_fix import ProxyFix
from werkzeug.wrappers import Response

from student_portal import frame
from student_portal.access import queries as access
from student_portal.access import service as access_service
from student_portal.access.queries import LENT, Role, Viewer
from student_portal.accounts import service as accounts
from student_portal.accounts import views as accounts_views
from student_portal.alerts import views as alerts_views
from student_portal.caseload import views as caseload_views
from student_portal.config import Config
from student_portal.demo import views as demo_views
from student_portal.episodes import views as episodes_views
from student_portal.foundation import clock, cookies, db, errors, i18n, locking, logs, web
from student_portal.governance import views as governance_views
from student_portal.home import views as home_views
from student_portal.home.views import public as public_pages
from student_portal.measures import views as measures_views
from student_portal.referral import queries as referral
from student_portal.referral import views as referral_views
from student_portal.settings import queries as settings
from student_portal.signposting import views as signposting_views

_PAGES = (
    public_pages.blueprint,
    signposting_views.help_blueprint,
    signposting_views.blueprint,
    accounts_views.code,
    accounts_views.blueprint,
    referral_views.join,
    referral_views.blueprint,
    episodes_views.blueprint,
    alerts_views.blueprint,
    measures_views.blueprint,
    home_views.blueprint,
    caseload_views.blueprint,
    governance_views.blueprint,
)
# What a lent device opens beside its form: where help is, what the portal says of itself, the ways out.
_ON_A_LENT_DEVICE = {
    "code.locked", "help.leave_kept", "help.show", "measures.back", "pages.accessibility", "pages.exit",
    "pages.leaving", "pages.privacy", "pages.who",
}  # fmt: skip
_STATUS = {
    errors.NotFound: 404,
    errors.NotAllowed: 403,
    errors.Conflict: 409,
    errors.Refused: 400,
    db.Unreachable: 503,
}


class Portal(Flask):
    """Flask, with templates in which a forgotten variable is an error."""

    jinja_options = {**Flask.jinja_options, "undefined": StrictUndefined}  # noqa: RUF012

    def full_dispatch_request(self) -> FlaskResponse:
        """Whatever a page reads, it reads in one transaction."""
        with db.looking():
            return super().full_dispatch_request()

    def log_exception(self, exc_info: Any) -> None:
        """What an error handler could not catch: Flask's own line holds the path and what the error said."""
        logs.error(exc_info[1])


def create_app(config: Config) -> Flask:
    """The application for one process; `config.start()` has given the process its keys and database."""
    app = Portal("student_portal")
    app.config.update(
        SECRET_KEY=config.secret_key,
        PORTAL=config,
        MAX_CONTENT_LENGTH=64 * 1024,
        MAX_FORM_PARTS=200,
        WTF_CSRF_TIME_LIMIT=None,  # a form may stay open for as long as it may be filled in
    )
    if config.proxies:  # believe the last addresses of the chain, which our own proxies wrote, and no others
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=config.proxies, x_proto=config.proxies)  # type: ignore[method-assign]
    cookies.init(app, secure=config.secure)
    web.init(app, secure=config.secure)
    i18n.init(app, pseudo=config.pseudo)
    logs.watch(app)
    for blueprint in _PAGES:
        app.register_blueprint(blueprint)
    if config.demo:
        demo_views.plug_in(app)
    app.before_request(_guard)
    CSRFProtect(app)
    app.after_request(accounts_views.locked.forget_used)
    app.teardown_request(lambda _error: access_service.set_acting(None))
    frame.init(app)
    web.on_error(app, _error_page)
    app.extensions["policies"] = web.policies(app)
    return app


def help_copies(config: Config) -> Callable[[], None]:
    """What brings the help page's copies for the proxy up to date; its application is asked by nobody."""
    return signposting_views.copies.writer(create_app(config), config.data_dir)


def report_maker(config: Config) -> Callable[[], None]:
    """What makes the reports that wait, one a call."""
    return caseload_views.batch.maker(create_app(config))


def _guard() -> Response | None:
    """Find out who is asking, and whether this route is open to them."""
    if request.endpoint is None or request.endpoint == "static":
        return None
    allowed = current_app.extensions["policies"][request.endpoint]
    viewer = _viewer(may_be_anyone=web.ANYONE in allowed and request.method != "POST")
    access_service.set_acting(viewer)
    if _is_kept_to_its_form(viewer):
        return redirect(url_for("measures.back", pressed=1 if request.method == "POST" else None), 303)
    if locking.HEADER in request.headers:
        return FlaskResponse(status=204 if _keep_if_locked(viewer, allowed) else 409)
    if access.permits(allowed, viewer):
        accounts_views.locked.bring_back()
        return None
    if viewer.role == LENT:
        return redirect(url_for("accounts.unlock", next=_wanted()), 303)
    proved_less = viewer.role in (Role.DRAFT, Role.LINK) and Role.STUDENT in allowed
    if viewer.role == Role.ANYONE or proved_less:
        return _to_sign_in(allowed, kept=_keep_if_locked(viewer, allowed))
    raise errors.NotFound  # nobody learns what exists for others


def _viewer(*, may_be_anyone: bool) -> Viewer:
    try:
        return _from_cookie() or Viewer(settings.service_id(), None, Role.ANYONE)
    except db.Unreachable:
        if not may_be_anyone:
            raise
        return Viewer("", None, Role.ANYONE)  # the help page stands without a database; nobody writes so


def _from_cookie() -> Viewer | None:
    """Whoever this side's cookie stands for. It also remembers the last use, to the second;
    a page that locks itself and hands over what was typed is none.
    """
    secret, seen = session.get("secret"), session.get("seen")
    if not isinstance(secret, str):
        return None
    seen_real, is_use = seen if isinstance(seen, int) else None, locking.HEADER not in request.headers
    viewer = accounts.viewer_from(secret=secret, seen_real=seen_real, is_use=is_use)
    if viewer and is_use:
        session["seen"] = int(clock.real().timestamp())
    return viewer


def _is_kept_to_its_form(viewer: Viewer) -> bool:
    """Whether this is a lent device's students' side, on its way to anything but that form."""
    if web.is_staff_side(request.path) or cookies.LENT not in session:
        return False
    is_the_form = viewer.is_here and request.blueprint == "measures"
    return not is_the_form and request.endpoint not in _ON_A_LENT_DEVICE and request.blueprint != "demo"


def _keep_if_locked(viewer: Viewer, allowed: frozenset[str]) -> bool:
    """Whether what was posted from a screen that has locked is kept for whoever's screen it is."""
    writer = accounts_views.locked.whose_screen() if viewer.role == Role.ANYONE else viewer
    if request.method != "POST" or writer is None or writer.role not in allowed or writer.is_here:
        return False
    comes_back = writer.role != Role.DRAFT or referral.can_be_opened(writer)
    return comes_back and accounts_views.locked.keep(writer)


def _wanted() -> str | None:
    """The page to lead back to after proving oneself; what was to be posted is not repeated."""
    return request.path if request.method == "GET" else None


def _to_sign_in(allowed: frozenset[str], *, kept: bool) -> Response:
    if Role.DRAFT in allowed and kept:
        return redirect(url_for("join.again", kept=1), 303)
    if Role.DRAFT in allowed:
        return redirect(url_for("join.start"), 303)  # which leads back into a locked draft
    if not web.is_staff_side(request.path):
        # Pressed on a page that was left too long, or after Exit in another window: nobody may think it kept.
        lost = request.method == "POST" and access.current().role == Role.ANYONE
        pressed = url_for("code.locked", pressed=1, kept=int(kept) or None)
        return redirect(pressed if lost else url_for("code.ask"), 303)
    pressed_at = int(request.method == "POST") or None
    return redirect(
        url_for("accounts.staff_sign_in", next=_wanted(), pressed=pressed_at, kept=int(kept) or None), 303
    )


def _error_page(error: Exception) -> tuple[str, int] | Response:
    """One kind page for everything that went wrong, with where to get help."""
    if isinstance(error, HTTPException) and (error.response or (error.code or 500) < 400):
        return error.get_response(request.environ)  # a redirect
    code = _status(error)
    if code >= 500:
        logs.error(error)
    staff = web.is_staff_side(request.path)
    try:
        lines = {"help_lines": signposting_views.help_lines()} if staff else {}
        number = logs.request_number()
        page = render_template("errors/error.html", code=code, staff=staff, number=number, **lines)
    except Exception as worse:  # noqa: BLE001 - whatever broke, somebody is looking at this page
        logs.error(worse)
        page = current_app.jinja_env.get_template("errors/plain.html").render()
    return page, code


def _status(error: Exception) -> int:
    if isinstance(error, HTTPException):
        return error.code or 500
    return next((code for kind, code in _STATUS.items() if isinstance(error, kind)), 500)
