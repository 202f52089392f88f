"""Pages about dates: accepting, booking and changing (staff), leaving (student)."""

from datetime import date
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from student_portal.access import queries as access
from student_portal.access.queries import Role
from student_portal.accounts import queries as accounts
from student_portal.audit import service as audit
from student_portal.duty import queries as duty
from student_portal.episodes import forms, queries, rhythm, service
from student_portal.episodes.queries import EpisodeFacts, Mode, SessionFacts
from student_portal.foundation import clock, db, web
from student_portal.foundation.errors import Refused

blueprint = Blueprint("episodes", __name__)


@blueprint.post("/staff/episodes/open", endpoint="open")
@web.allow(Role.THERAPIST)
def accept() -> Response:
    form = forms.OpenForm()
    if not form.validate_on_submit():
        raise Refused("form")
    viewer = access.current()
    episode_id = service.open_from_referral(
        referral_id=form.referral_id.data,
        therapist_id=viewer.person_id or "",
        seen_version=form.version.data,
        by=viewer,
        at=clock.now(),
    )
    return redirect(url_for("episodes.book", episode_id=episode_id), 303)


@blueprint.route("/staff/episodes/<episode_id>/book", methods=["GET", "POST"])
@web.allow(Role.THERAPIST)
def book(episode_id: str) -> Response | tuple[str, int]:
    with db.write():
        episode = queries.episode(access.current(), episode_id)
        name = _open_record(episode.person_id)
    undated = [facts for facts in episode.sessions if facts.state in queries.UNDATED]
    form = _booking_form(episode, undated)
    if "fill" in request.form:
        _fill(form, episode, undated)
    elif form.validate_on_submit() and _book(form, undated):
        return redirect(url_for("caseload.student", person_id=episode.person_id), 303)
    suggested = "fill" in request.form or (request.method == "GET" and not form.words_id)
    return _page("episodes/book.html", form, episode=episode, undated=undated, name=name, suggested=suggested)


def _booking_form(episode: EpisodeFacts, undated: list[SessionFacts]) -> Any:
    """Weekly from a week on at 10am, with the programme's gaps; a therapist changes what does not suit.
    What somebody typed before their screen locked stands as it was typed.
    """
    _id, minutes, _steps = queries.programme(episode.programme_id)
    form = forms.booking([facts.number for facts in undated], minutes=minutes, mode=Mode.CAMPUS)
    if request.method == "GET" and undated and not form.words_id:
        first = form[f"day_{undated[0].number}"]
        first.data = max(_a_week_on(day) for day in [clock.today(), *_days_of(episode)])
        form[f"time_{undated[0].number}"].data = rhythm.TEN
        _fill(form, episode, undated)
    return form


def _days_of(episode: EpisodeFacts) -> list[date]:
    """The days of the sessions that have a date."""
    return [clock.london(facts.starts_at).date() for facts in episode.sessions if facts.starts_at]


def _a_week_on(day: date) -> date:
    return rhythm.a_week_on(day, closed=duty.calendar(clock.now()).closed)


def _fill(form: Any, episode: EpisodeFacts, undated: list[SessionFacts]) -> None:
    """Put the usual dates into every row, counted from the first one's; nothing is saved."""
    if not undated:
        return
    first, time = form[f"day_{undated[0].number}"], form[f"time_{undated[0].number}"]
    if first.data is None or time.data is None:
        forms.say(first, "first")
        return
    gaps = {step.number: step.days_after_previous for step in queries.programme(episode.programme_id)[2]}
    days = rhythm.days_from(
        first.data,
        [gaps.get(facts.number, 7) for facts in undated],
        closed=duty.calendar(clock.now()).closed,
    )
    for facts, day in zip(undated[1:], days[1:], strict=True):
        forms.put(form[f"day_{facts.number}"], day)
        forms.put(form[f"time_{facts.number}"], time.data)


def _book(form: Any, undated: list[SessionFacts]) -> bool:
    """Whether the dates were booked; if not, the form says why."""
    asked = [(facts, forms.starts_at(form, facts.number)) for facts in undated]
    slots = [
        service.Slot(facts.id, starts_at, form.minutes.data, Mode(form.mode.data), _place(form))
        for facts, starts_at in asked
        if starts_at
    ]
    try:
        service.book(bookings=slots, by=access.current(), at=clock.now())
    except Refused as refused:
        forms.refuse(form, refused)
        return False
    return True


@blueprint.route("/staff/episodes/sessions/<session_id>", methods=["GET", "POST"])
@web.allow(Role.THERAPIST)
def change(session_id: str) -> Response | tuple[str, int]:
    """One session: another date, or how it went."""
    with db.write():
        facts = queries.one_session(access.current(), session_id)
        name = _open_record(facts.person_id)
    form = forms.moving(facts)
    if form.validate_on_submit() and _moved(form, facts):
        return _to_student(facts)
    has_begun = facts.starts_at is not None and facts.starts_at <= clock.now()
    return _page("episodes/session.html", form, facts=facts, name=name, has_begun=has_begun)


def _moved(form: forms.MoveForm, facts: SessionFacts) -> bool:
    starts_at = clock.in_london(form.day.data, form.time.data)
    slot = service.Slot(facts.id, starts_at, form.minutes.data, Mode(form.mode.data), _place(form))
    try:
        service.move(slot=slot, seen_version=form.version.data, by=access.current(), at=clock.now())
    except Refused as refused:
        forms.refuse(form, refused)
        return False
    return True


def _place(form: forms.HowForm) -> str:
    return (form.place.data or "").strip()


@blueprint.post("/staff/episodes/sessions/<session_id>/cancel")
@web.allow(Role.THERAPIST)
def cancel(session_id: str) -> Response:
    facts, version = _seen(session_id)
    who = request.form.get("who")
    if who not in ("student", "staff"):
        raise Refused("who")
    service.cancel(
        session_id=facts.id,
        by_student=who == "student",
        seen_version=version,
        by=access.current(),
        at=clock.now(),
    )
    return _to_student(facts)


@blueprint.post("/staff/episodes/sessions/<session_id>/attended")
@web.allow(Role.THERAPIST)
def attended(session_id: str) -> Response:
    facts, version = _seen(session_id)
    service.attended(session_id=facts.id, seen_version=version, by=access.current(), at=clock.now())
    return _to_student(facts)


@blueprint.post("/staff/episodes/sessions/<session_id>/missed")
@web.allow(Role.THERAPIST)
def missed(session_id: str) -> Response:
    facts, version = _seen(session_id)
    service.missed(session_id=facts.id, seen_version=version, by=access.current(), at=clock.now())
    return _to_student(facts)


def _seen(session_id: str) -> tuple[SessionFacts, int]:
    """The session, if the viewer may change it, and the version the button was pressed on."""
    facts = queries.one_session(access.current(), session_id)
    form = forms.SeenForm()
    if not form.validate_on_submit():
        raise Refused("form")
    return facts, form.version.data


def _to_student(facts: SessionFacts) -> Response:
    return redirect(url_for("caseload.student", person_id=facts.person_id), 303)


@blueprint.post("/staff/episodes/<episode_id>/complete")
@web.allow(Role.THERAPIST)
def complete(episode_id: str) -> Response:
    viewer = access.current()
    episode = queries.episode(viewer, episode_id)
    form = forms.SeenForm()
    if not form.validate_on_submit():
        raise Refused("form")
    service.complete(episode_id=episode.id, seen_version=form.version.data, by=viewer, at=clock.now())
    return redirect(url_for("caseload.students"), 303)


@blueprint.route("/staff/episodes/contact/<person_id>", methods=["GET", "POST"])
@web.allow(Role.THERAPIST)
def contact(person_id: str) -> Response | tuple[str, int]:
    """The one contact after a student left: record what came of it."""
    with db.write():
        queries.newest_episode(access.current(), person_id)
        name = _open_record(person_id)
    form = forms.ContactedForm()
    if form.validate_on_submit() and _contacted(form, person_id):
        return redirect(url_for("caseload.today"), 303)
    return _page("episodes/contact.html", form, person_id=person_id, name=name)


def _contacted(form: forms.ContactedForm, person_id: str) -> bool:
    try:
        service.contacted(person_id=person_id, note=form.note.data, by=access.current(), at=clock.now())
    except Refused as refused:
        forms.say(form.note, refused.code)
        return False
    return True


def _open_record(person_id: str) -> str:
    """The student's name; that it was looked at is written down."""
    viewer = access.current()
    audit.record(
        verb="episodes.look", subject=("person", person_id), person_id=person_id, by=viewer, at=clock.now()
    )
    return accounts.name_of(viewer, person_id)


def _page(template: str, form: Any, **parts: Any) -> tuple[str, int]:
    """A page with a form, as it was filled in, and 400 if it was refused."""
    error = bool(form.errors)
    return render_template(template, form=form, error=error, **parts), 400 if error else 200


@blueprint.route("/dates/leave", methods=["GET", "POST"])
@web.allow(Role.STUDENT)
def leave() -> Response | str:
    """What stopping means, before it is done."""
    if request.method == "GET":
        return render_template("episodes/leave.html")
    viewer = access.current()
    service.leave(person_id=viewer.person_id or "", by=viewer, at=clock.now())
    return redirect(url_for("episodes.left"), 303)


@blueprint.get("/dates/left")
@web.allow(Role.STUDENT)
def left() -> str:
    return render_template("episodes/left.html")
