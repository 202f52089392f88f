"""Reliable change in words, with where its figures come from. It describes; it decides nothing."""

from fractions import Fraction

from questionnaires import half_up
from student_portal.caseload.queries.change import Compared, distance
from student_portal.foundation.i18n import gettext as _


def change_words(pair: Compared) -> str:
    """ "CORE-34, session 1 to session 6: from 20.6 to 9.4, lower by 11.2. ..." """
    name = _("%(form)s items", form=pair.label) if pair.is_embedded else pair.label
    moved = _(
        "%(form)s, session %(first)s to session %(last)s: from %(before)s to %(after)s, %(by)s.",
        form=name,
        first=pair.first,
        last=pair.last,
        before=pair.shown[0],
        after=pair.shown[1],
        by=_direction(pair),
    )
    return " ".join(part for part in (moved, _size(pair), _across(pair), _embedded(pair)) if part)


def _direction(pair: Compared) -> str:
    improvement = pair.change.improvement or 0
    by = half_up(distance(pair), 1)
    if by != half_up(abs(Fraction(pair.shown[0]) - Fraction(pair.shown[1])), 1):
        by = _("%(n)s before rounding", n=by)
    if improvement > 0:
        return str(_("lower by %(n)s", n=by))
    return str(_("higher by %(n)s", n=by)) if improvement < 0 else str(_("the same"))


def _size(pair: Compared) -> str:
    rule = pair.definition.reliable_change
    facts = {"n": rule.value, "source": rule.source.partition(",")[0], "sure": rule.confidence}
    if pair.change.reliable:
        return str(
            _(
                "That is more than the form's own error (%(n)s points or more; %(source)s, at %(sure)s).",
                **facts,
            )
        )
    return str(
        _(
            "That is within the form's own error (less than %(n)s points; %(source)s, at %(sure)s), so it "
            "may be no change at all.",
            **facts,
        )
    )


def _across(pair: Compared) -> str:
    cut_off = pair.definition.cut_off
    facts = {"n": cut_off.value, "source": cut_off.source.partition(",")[0]}
    if pair.change.crossed_to_non_clinical:
        return str(_("It crossed the cut-off of %(n)s downwards (%(source)s).", **facts))
    if pair.change.crossed_to_clinical:
        return str(_("It crossed the cut-off of %(n)s upwards (%(source)s).", **facts))
    return ""


def _embedded(pair: Compared) -> str:
    if not pair.is_embedded:
        return ""
    return str(_("The first score is from the ten items inside the longer form."))
