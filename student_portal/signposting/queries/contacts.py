"""What each version of a contact says, in the order in which staff list them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import col, select

from student_portal.foundation import db
from student_portal.foundation.errors import NotFound
from student_portal.foundation.prepared import Plain
from student_portal.signposting.models import ENGLISH, Signpost, SignpostVersion, Way
from student_portal.signposting.opening import Hours
from student_portal.signposting.queries.versions import Version, Versioned, to_review, version_of


@dataclass(frozen=True)
class Content:
    """What one version says; what an admin types."""

    way: Way
    name: str
    target: str
    hours: Hours | None  # None: day and night
    cost: str
    what_happens: str
    who_answers: str
    takes: str  # how long it takes
    for_whom: str  # empty: everybody
    organisation_id: str | None = None  # None: students of every university, and who has not signed in
    language: str = ENGLISH
    checked_how: str = ""
    review_by: date | None = None

    @property
    def said(self) -> str:
        """All of its words that students read, as one text."""
        return ".\n".join(
            (self.name, self.what_happens, self.who_answers, self.takes, self.for_whom, self.cost)
        )


class Contact(Versioned[Content]):
    """One contact as staff see it. It has a version at least."""


def contacts() -> list[Contact]:
    """Every contact, as staff list them."""
    with db.read() as session:
        rows = session.exec(select(Signpost.id).order_by(col(Signpost.position), col(Signpost.id))).all()
        versions = session.exec(select(SignpostVersion).order_by(col(SignpostVersion.number).desc())).all()
    found: dict[str, list[Version[Content]]] = {signpost_id: [] for signpost_id in rows}
    for version in versions:
        found[version.signpost_id].append(_version(version))
    return [Contact(signpost_id, tuple(said)) for signpost_id, said in found.items()]


def due(until: date) -> list[tuple[str, date]]:
    """The contacts students see that a person must check again on this day or before, and by when."""
    rows = to_review(SignpostVersion, until)
    return [(row.signpost_id, row.review_by) for row in rows if row.review_by]


def neighbour(all_of_them: Sequence[Contact], signpost_id: str, *, up: bool) -> str | None:
    """The contact before (or after) this one in the list of the same way that the same students see.

    None at the end, and for one that students do not see. Raises NotFound for one that is not there.
    """
    group = {
        one.id: (v.content.way, v.content.organisation_id) for one in all_of_them if (v := one.published)
    }
    if signpost_id not in {one.id for one in all_of_them}:
        raise NotFound("signpost")
    own = [key for key, kind in group.items() if kind == group.get(signpost_id)]
    beside = own.index(signpost_id) + (-1 if up else 1) if signpost_id in own else -1
    return own[beside] if 0 <= beside < len(own) else None


def contact(signpost_id: str) -> Contact:
    """One contact with all its versions. Raises NotFound."""
    with db.read() as session:
        rows = session.exec(
            select(SignpostVersion)
            .where(SignpostVersion.signpost_id == signpost_id)
            .order_by(col(SignpostVersion.number).desc())
        ).all()
    if not rows:
        raise NotFound("signpost")
    return Contact(signpost_id, tuple(_version(row) for row in rows))


def _version(row: SignpostVersion) -> Version[Content]:
    return version_of(row, content_of(row))


CONTENT = (
    SignpostVersion.way,
    SignpostVersion.name,
    SignpostVersion.target,
    SignpostVersion.always_open,
    SignpostVersion.hours,
    SignpostVersion.cost,
    SignpostVersion.what_happens,
    SignpostVersion.who_answers,
    SignpostVersion.takes,
    SignpostVersion.for_whom,
    SignpostVersion.organisation_id,
    SignpostVersion.language,
    SignpostVersion.checked_how,
    SignpostVersion.review_by,
)
"""The columns that `content_of` reads."""


def content_of(row: SignpostVersion | Plain) -> Content:
    return Content(
        way=row.way,
        name=row.name,
        target=row.target,
        hours=None if row.always_open else row.hours or {},
        cost=row.cost,
        what_happens=row.what_happens,
        who_answers=row.who_answers,
        takes=row.takes,
        for_whom=row.for_whom,
        organisation_id=row.organisation_id,
        language=row.language,
        checked_how=row.checked_how,
        review_by=row.review_by,
    )
