"""The report for the record: one PDF of one student's outcomes, made when it is asked for."""

from collections.abc import Iterator
from typing import Any

from flask import Response, render_template
from markupsafe import escape

from questionnaires import load
from student_portal.access import queries as access
from student_portal.access.queries import Role
from student_portal.audit import service as audit
from student_portal.caseload import queries
from student_portal.caseload.queries import Report
from student_portal.caseload.queries.change import LONG
from student_portal.caseload.views import line, sent, words
from student_portal.caseload.views.base import blueprint
from student_portal.caseload.views.change import change_words
from student_portal.foundation import chart, clock, db, pdf, tables, web
from student_portal.foundation.i18n import full_day, moment
from student_portal.foundation.i18n import gettext as _
from student_portal.measures.queries import LINE, SentForm, StoredScore

SCALES = ("all", "non_risk", "W", "P", "F")  # the safety items stand in their words, never as a number


@blueprint.post("/staff/caseload/<person_id>/report")
@web.allow(Role.THERAPIST)
def report(person_id: str) -> Response | str:
    """Make the PDF and hand it over; who took it is in the activity log."""
    if not pdf.is_available():
        return render_template("caseload/no_report.html", person_id=person_id)
    return web.download(pdf.make(paper(_taken(person_id, "pdf"))), "report.pdf")


@blueprint.post("/staff/caseload/<person_id>/scores")
@web.allow(Role.THERAPIST)
def scores(person_id: str) -> Response:
    """Every stored score as a table for a spreadsheet."""
    return web.download(tables.as_csv(_table(_taken(person_id, "csv"))), "scores.csv")


def _taken(person_id: str, kind: str) -> Report:
    """The facts, with the line of the activity log that says who took them out of here."""
    viewer, now = access.current(), clock.now()
    with db.write():
        with db.only_reading():
            found = queries.report(viewer, person_id, at=now)
        audit.record(
            verb="caseload.export",
            subject=("person", person_id),
            person_id=person_id,
            by=viewer,
            at=now,
            detail={"as": kind},
        )
    return found


def paper(found: Report) -> str:
    """The report as the page that becomes the PDF."""
    now = clock.now()
    return render_template(
        "caseload/report.html", report=found, **_context(found), foot=_foot(found), now=now
    )


def _context(found: Report) -> dict[str, Any]:
    on_the_line, longer = load(LINE), load(LONG)
    long_forms = _long_forms(found)
    again = sent.several(long_forms)
    return {
        "who": _who(found),
        "chart": chart.line(
            line.points(found.head.sessions, found.forms[::-1], {row.facts.id: row for row in found.sessions})
        ),
        "cut_off": on_the_line.cut_off.value,
        "cut_off_source": on_the_line.cut_off.source.partition(",")[0],
        "longer": longer.label,
        "longer_cut_off": longer.cut_off,
        "scales": [(scale.name, _scores(found, scale.id)) for scale in longer.scales if scale.id in SCALES],
        "long_heads": [sent.headed(form, again) for form in long_forms],
        "changes": [change_words(pair) for pair in found.changes],
        "remarks": words.remarks(found.forms),
        "late": sent.late,
        "rights": on_the_line.rights,
    }


def _who(found: Report) -> list[tuple[str, str]]:
    head = found.head
    return [
        (_("Name"), head.name),
        (_("Date of birth"), full_day(found.born)),
        (_("Reference"), found.reference or _("None")),
        (_("University"), head.university or _("Not said")),
        (_("With"), ", ".join(found.therapists) or _("Nobody yet")),
        (_("Since"), full_day(head.episode.opened_at) if head.episode else _("Waits for a decision.")),
    ]


def _long_forms(found: Report) -> list[SentForm]:
    return [form for form in found.forms if form.definition_id == LONG]


def _scores(found: Report, scale: str) -> list[str]:
    """One scale of every longer form, in the forms' order."""
    scores = (form.score(scale) for form in _long_forms(found))
    return [(score.shown or _("No score")) if score else "" for score in scores]


def _foot(found: Report) -> Any:
    """The line on every page: whose report, as at when."""
    return escape(
        _("%(name)s, %(reference)s. As at %(when)s.",
          name=found.head.name, reference=found.reference, when=moment(clock.now()))
    )  # fmt: skip


def _table(found: Report) -> Iterator[list[str]]:
    """One row a scale of each form; the number as shown, nothing where there is none."""
    yield [
        _("Reference"), _("Session"), _("Date of session"), _("Form"), _("Filled in"), _("Filled in again"),
        _("Stale"), _("Scale"), _("Answered"), _("Items"), _("Score"), _("As at"),
    ]  # fmt: skip
    dates = {row.facts.id: row.facts.starts_at for row in found.sessions}
    for form in found.forms:
        starts_at = dates[form.session_id]
        for score in form.scores:
            if (name := _scale_name(score)) is None:
                continue
            yield [
                found.reference,
                str(form.number),
                clock.london(starts_at).date().isoformat() if starts_at else "",
                form.label,
                form.filled_on.isoformat(),
                _("yes") if form.attempt > 1 else _("no"),
                _("yes") if form.is_stale else _("no"),
                name,
                str(score.answered),
                str(score.items),
                score.shown or "",
                clock.now().isoformat(timespec="minutes"),
            ]


def _scale_name(score: StoredScore) -> str | None:
    """What the scale is of; None for the safety items, which stand in words only."""
    definition = load(score.definition_id)
    if score.scale not in SCALES:
        return None
    name = next(scale.name for scale in definition.scales if scale.id == score.scale)
    return f"{definition.label}: {name}"
