"""What of the help contacts still keeps a service from going live; a page for the manager gathers these."""

from dataclasses import dataclass

from student_portal.foundation import clock
from student_portal.foundation.i18n import later as _
from student_portal.institutions import queries as institutions
from student_portal.institutions.queries import Pathway
from student_portal.settings import queries as settings
from student_portal.signposting.models import Way
from student_portal.signposting.queries.contacts import contacts
from student_portal.signposting.queries.page_blockers import page_blockers
from student_portal.signposting.queries.students import shown


@dataclass(frozen=True)
class Check:
    """By whom and on which day, as it was written down."""

    who: str
    day: str


def go_live_blockers() -> list[str]:
    """A sentence for each thing a person must settle first; the page that shows it translates it."""
    today = clock.today()
    seen = [contact.published for contact in contacts() if contact.published]
    of_places = {version.content.organisation_id for version in seen}
    open_ways = {one.way for one in shown(None, clock.now()) if one.opening.always and not one.for_whom}
    holds = {
        _(
            "Some help contacts were never checked by a person. Ring, text or open each one, and write down "
            "what happened under Help contacts."
        ): all(version.verified_on for version in seen),
        _(
            "Some help contacts should have been checked again by now. Ring, text or open each one, and "
            "write down what happened under Help contacts."
        ): all(not version.is_overdue(today) for version in seen),
        _(
            "Some universities have no number of their own. Ask each one for its number, and add it under "
            "Help contacts."
        ): all(place.id in of_places for place in institutions.listed(Pathway.THERAPY)),
        _(
            "There is no number to call, or none to text, that is open day and night and for everybody. Add "
            "one under Help contacts."
        ): open_ways >= {Way.CALL, Way.TEXT},
        _(
            "Nobody has checked what stands in the program and not on a list: 999, 111 and its mental health "
            "option, Shout and Samaritans on pages without a database, and pressing 55 in a silent call. "
            "Then whoever runs the portal writes down by whom and when, with the command “decide”."
        ): built_in_checked() is not None,
    }
    return [*(sentence for sentence, settled in holds.items() if not settled), *page_blockers()]


def built_in_checked() -> Check | None:
    """The check of what stands in the program and nobody can edit: floor.py, and facts in sentences."""
    decided = settings.current()
    by, on = decided.built_in_checked_by, decided.built_in_checked_on
    return Check(by, on) if by and on else None
