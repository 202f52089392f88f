"""What of the help contacts still keeps a service from going live; a page for the manager gathers these."""

from student_portal.foundation import clock
from student_portal.foundation.i18n import later as _
from student_portal.institutions import queries as institutions
from student_portal.institutions.queries import Pathway
from student_portal.signposting.models import Way
from student_portal.signposting.queries.contacts import contacts
from student_portal.signposting.queries.page_blockers import page_blockers
from student_portal.signposting.queries.students import shown


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
    }
    return [*(sentence for sentence, settled in holds.items() if not settled), *page_blockers()]
