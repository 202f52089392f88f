"""Each page is one reading of students' records, and is recorded with it."""

from flask import render_template, request

from questionnaires import load
from student_portal.access import queries as access
from student_portal.access.queries import Role
from student_portal.audit import service as audit
from student_portal.caseload import queries
from student_portal.caseload.views import line, sent, words
from student_portal.caseload.views.base import blueprint, opened, record_list
from student_portal.foundation import chart, clock, db, web
from student_portal.measures import service as measures
from student_portal.measures.queries import LINE


@blueprint.get("/staff/caseload")
@web.allow(Role.THERAPIST)
def today() -> str:
    """What must be read, who comes today, what is left to finish."""
    now = clock.now()
    with db.write():
        with db.only_reading():
            page = queries.today(access.current(), at=now)
        record_list("caseload.today", page.people)
    return render_template("caseload/today.html", page=page, now=now)


@blueprint.get("/staff/caseload/<person_id>")
@web.allow(Role.THERAPIST)
def student(person_id: str) -> str:
    """One student: the words to read, the line, the sessions, item by item."""
    viewer, now = access.current(), clock.now()
    with db.write():
        with db.only_reading():
            page = queries.student(viewer, person_id, at=now)
        audit.record(
            verb="caseload.open", subject=("person", person_id), person_id=person_id, by=viewer, at=now
        )
        shown = [one.form.response_id for one in page.sent]
        measures.record_readings(response_ids=shown, by=viewer, at=now)
    on_the_line = load(LINE)
    return render_template(
        "caseload/student.html",
        page=page,
        now=now,
        changed="changed" in request.args,
        chart=chart.line(line.points(page)),
        cut_off=on_the_line.cut_off.value,
        cut_off_source=on_the_line.cut_off.source.partition(",")[0],
        remarks=[*words.remarks(page), *sent.changes(page)],
        told=sent.told(page, now),
        safety=sent.safety(page),
        longer=sent.longer(page),
        rights=on_the_line.rights,
        about=words.about(page),
        latest=words.latest(page),
        reach=words.reach(page),
        permissions=words.permissions(page),
        permitted=words.permitted(page),
        messages=words.messages(page),
    )


@blueprint.get("/staff/caseload/answers/<session_id>")
@web.allow(Role.THERAPIST)
def items(session_id: str) -> str:
    """Every answer sent for one session, item by item, in every version."""
    viewer, now = access.current(), clock.now()
    with db.write():
        record = queries.session_record(viewer, session_id)
        opened(viewer, record.facts.person_id)
        shown = [one.form.response_id for one in record.sent]
        measures.record_readings(response_ids=shown, by=viewer, at=now)
    return render_template(
        "caseload/items.html", name=record.name, facts=record.facts, sent=record.sent, now=now
    )
