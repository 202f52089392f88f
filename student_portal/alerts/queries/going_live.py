"""What of the rota still keeps a service from going live; a page for the manager gathers these."""

from student_portal.alerts.queries import rota
from student_portal.alerts.queries.rota import Lack
from student_portal.duty import queries as duty
from student_portal.foundation import clock
from student_portal.foundation.i18n import later as _


def go_live_blockers() -> list[str]:
    """A sentence for each thing a person must settle first, without names; its page translates it."""
    lacks = {gap.lack for gap in rota.missing(clock.now())}
    holds = {
        _("Nobody has said when the service works; Monday to Friday, 9am to 5pm is assumed."): (
            duty.are_hours_decided()
        ),
        _("In the next four weeks there is a time at which nobody reads what a therapist’s students send."): (
            Lack.READER not in lacks
        ),
        _("In the next four weeks there is a time at which nobody would stand in for a therapist."): (
            Lack.COVER not in lacks
        ),
        _("In the next four weeks there is a time at which no manager is on duty."): (
            Lack.MANAGER not in lacks
        ),
    }
    return [sentence for sentence, settled in holds.items() if not settled]
