"""What of the written pages still keeps a service from going live."""

from student_portal.foundation import clock
from student_portal.foundation.i18n import later as _
from student_portal.signposting.models import ENGLISH, PageKey
from student_portal.signposting.queries.pages import pages


def page_blockers() -> list[str]:
    """A sentence for each thing a person must settle first; the page that shows it translates it."""
    today = clock.today()
    standing = [(page, page.published) for page in pages() if page.published]
    checked = {
        page.key
        for page, version in standing
        if version.verified_on and page.organisation_id is None and page.language == ENGLISH
    }
    overdue = [version for _page, version in standing if version.is_overdue(today)]
    never = [version for _page, version in standing if version.verified_on is None]
    holds = {
        _(
            "Some written pages were never checked by a person. Read each one, and publish it with a second "
            "person under Written pages."
        ): checked == set(PageKey) and not never,
        _(
            "Some written pages should have been checked again by now. Read each one, and write down that "
            "you did under Written pages."
        ): not overdue,
    }
    return [sentence for sentence, settled in holds.items() if not settled]
