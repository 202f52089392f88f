"""The CORE-10 line over one student's sessions: which point stands where, and what its table row says."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from student_portal.caseload.queries import SessionRow
from student_portal.episodes.queries import SessionFacts, placed
from student_portal.foundation import clock, i18n
from student_portal.foundation.chart import Point
from student_portal.foundation.i18n import gettext as _
from student_portal.measures.queries import SentForm, Stage


def points(
    sessions: Sequence[SessionFacts], forms: Sequence[SentForm], rows: Mapping[str, SessionRow]
) -> list[Point]:
    """One place for each session that has one in time.

    A session's value is its latest sent form that is not stale; a missing one is left open, never filled from
    another session.
    `forms` are newest first; `rows` hold, by session, at least those for which none was sent.
    """
    counting = {form.session_id: form for form in reversed(forms) if not form.is_stale}
    words = _words()
    return [_point(facts, counting.get(facts.id), rows.get(facts.id), words) for facts in placed(sessions)]


@dataclass(frozen=True)
class _Words:
    """What the points say, translated once for all of them."""

    dated: str
    undated: str
    answered: str
    missing: Mapping[Stage, str]


def _words() -> _Words:
    return _Words(
        dated=_("Session %(number)s, %(day)s: %(score)s, %(form)s"),
        undated=_("Session %(number)s: %(score)s, %(form)s"),
        answered=_("%(n)s of %(all)s"),
        missing={
            Stage.CLOSED: _("Not sent"),
            Stage.DECLINED: _("Not this time"),
            Stage.STALE: _("Sent before the date moved"),
            Stage.STARTED: _("Not sent yet"),
            Stage.NOT_STARTED: _("Not sent yet"),
        },
    )


def _point(facts: SessionFacts, form: SentForm | None, row: SessionRow | None, words: _Words) -> Point:
    on = clock.london(facts.starts_at).date() if facts.starts_at else None
    label = str(facts.number)
    score = form.line if form else None
    if form is None or score is None:  # a form without the questions of the line has no score on it
        why = words.missing.get(row.form.stage, "") if row and row.form else ""
        return Point(on=on, value=None, label=label, form=form.label if form else why)
    said = {"number": label, "day": on and i18n.short_day(on), "score": score.shown or "", "form": form.label}
    return Point(
        on=on,
        value=score.drawn,
        label=label,
        embedded=form.is_embedded,
        shown=score.shown or "",
        form=form.label,
        answered=words.answered % {"n": score.answered, "all": score.items},
        said=(words.dated if on else words.undated) % said,
    )
