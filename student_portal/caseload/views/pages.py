"""Each page is one reading of students' records, and is recorded with it."""

from flask import render_template, request, url_for

from questionnaires import load
from student_portal.access import queries as access
from student_portal.access.queries import Role
from student_portal.caseload import queries
from student_portal.caseload.views import line, sent, words
from student_portal.caseload.views.base import blueprint, opened, record_answers, record_list, record_page
from student_portal.foundation import chart, clock, db, web
from student_portal.foundation.listing import leaf
from student_portal.measures import service as measures
from student_portal.measures.queries import LINE

AT_ONCE = 8  # sessions listed around the coming one; of a longer course the others come when asked for


@blueprint.get("/staff/caseload")
@web.allow(Role.THERAPIST)
def today() -> str:
    """What must be read, who comes today, what is left to finish."""
    now = clock.now()
    with db.write():
        with web.reading():
            page = queries.today(access.current(), at=now)
        record_list("caseload.today", page.people)
        record_answers(page.alerts)
    return render_template("caseload/today.html", page=page, now=now, safely=words.safely)


@blueprint.get("/staff/caseload/<person_id>")
@web.allow(Role.THERAPIST)
def student(person_id: str) -> str:
    """One student before a session: the words to read, the line, the sessions."""
    viewer, now = access.current(), clock.now()
    with db.write():
        with web.reading():
            listing = None if "all" in request.args else AT_ONCE
            page = queries.student(viewer, person_id, listing=listing, at=now)
        record_page("caseload.open", page.head)
        measures.record_readings(response_ids=page.shown, by=viewer, at=now)
    on_the_line, in_order = load(LINE), page.forms[::-1]
    return render_template(
        "caseload/student.html",
        page=page,
        now=now,
        changed="changed" in request.args,
        chart=chart.line(line.points(page.head.sessions, page.forms, page.rows)),
        cut_off=on_the_line.cut_off.value,
        cut_off_source=on_the_line.cut_off.source.partition(",")[0],
        remarks=[*words.remarks(in_order), *sent.changes(in_order)],
        longer=sent.longer(in_order),
        rights=on_the_line.rights,
        latest=words.latest(page.latest.form) if page.latest else [],
        told=sent.told([page.latest], now) if page.latest else {},
        from_another=words.from_another(page),
        reach=words.when_safe(page.head.contacts),
        permitted=words.permitted(page.head),
        safely=words.safely(page.head.known),
    )


@blueprint.get("/staff/caseload/<person_id>/forms")
@web.allow(Role.THERAPIST)
def all_forms(person_id: str) -> str:
    """Everything one student sent: the safety answers over time, each form, what was read before."""
    viewer, now = access.current(), clock.now()
    with db.write():
        with web.reading():
            page = queries.forms_page(viewer, person_id, at=now)
        record_page("caseload.forms", page.head)
        shown = [one.form.response_id for one in page.sent]
        measures.record_readings(response_ids=shown, by=viewer, at=now)
    return render_template(
        "caseload/forms.html",
        page=page,
        now=now,
        safety=sent.safety(page.sent),
        told=sent.told(page.sent, now),
        rights=load(LINE).rights,
        permitted=words.permitted(page.head),
        safely=words.safely(page.head.known),
    )


@blueprint.get("/staff/caseload/<person_id>/notes")
@web.allow(Role.THERAPIST)
def all_notes(person_id: str) -> str:
    """What was written about each session, and the tick that the student sees."""
    viewer, now = access.current(), clock.now()
    with db.write():
        with web.reading():
            page = queries.notes_page(viewer, person_id, at=now)
        record_page("caseload.notes", page.head)
    return render_template(
        "caseload/notes.html",
        page=page,
        now=now,
        permitted=words.permitted(page.head),
        safely=words.safely(page.head.known),
    )


@blueprint.get("/staff/caseload/<person_id>/reaching")
@web.allow(Role.THERAPIST)
def reaching(person_id: str) -> str:
    """How to reach one student, what they permit, and what was sent to them."""
    viewer, now = access.current(), clock.now()
    with db.write():
        with web.reading():
            page = queries.reaching_page(viewer, person_id, at=now)
        record_page("caseload.reaching", page.head)
    listed = leaf(page.messages, request.args.get("page"))
    return render_template(
        "caseload/reaching.html",
        page=page,
        now=now,
        about=words.about(page.head.name, page.head.about),
        reach=words.reach(page),
        permissions=words.permissions(page.head),
        messages=words.messages(listed.items),
        listed=listed,
        turn=[
            url_for("caseload.reaching", person_id=person_id, page=listed.number + step) for step in (-1, 1)
        ],
        permitted=words.permitted(page.head),
        safely=words.safely(page.head.known),
    )


@blueprint.get("/staff/caseload/answers/<session_id>")
@web.allow(Role.THERAPIST)
def items(session_id: str) -> str:
    """Every answer sent for one session, item by item, in every version."""
    viewer, now = access.current(), clock.now()
    with db.write():
        with web.reading():
            record = queries.session_record(viewer, session_id)
        opened(viewer, record.facts.person_id)
        shown = [one.form.response_id for one in record.sent]
        measures.record_readings(response_ids=shown, by=viewer, at=now)
    return render_template(
        "caseload/items.html", name=record.name, facts=record.facts, sent=record.sent, now=now
    )
