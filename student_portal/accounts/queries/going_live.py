"""Who is missing from the team before a service can go live, and who must not be in it."""

import re

from sqlmodel import col, select

from student_portal.access.queries import Role
from student_portal.accounts.models import StaffAccount
from student_portal.accounts.queries.people import staff
from student_portal.foundation import db
from student_portal.foundation.i18n import later as _

# Names that are kept for examples (RFC 2606, RFC 6761): nobody reads mail there.
INVENTED = re.compile(r"@(.*\.)?(example(\.(com|net|org))?|test|invalid|localhost)$", re.IGNORECASE)


def go_live_blockers() -> list[str]:
    """A sentence for each; the page that shows it translates it. No account lacks a second factor."""
    missing = {
        _("There is no manager with an open account."): Role.MANAGER,
        _("There is no admin with an open account."): Role.ADMIN,
        _("There is no therapist with an open account."): Role.THERAPIST,
    }
    return [
        *(sentence for sentence, role in missing.items() if not staff(role)),
        *([_("An open account of the team has an invented e-mail address.")] if _has_invented() else []),
    ]


def _has_invented() -> bool:
    with db.read() as session:
        rows = session.exec(select(StaffAccount).where(col(StaffAccount.disabled_at).is_(None))).all()
        return any(INVENTED.search(row.email) for row in rows)
