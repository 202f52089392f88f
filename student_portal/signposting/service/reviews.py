"""Asking the team in time to check a contact or a written page again."""

from datetime import datetime, time, timedelta

from student_portal.audit.queries import Actor
from student_portal.duty import queries as tasks
from student_portal.duty import service as duty
from student_portal.duty.service import TaskKind
from student_portal.foundation import clock
from student_portal.settings import queries as settings
from student_portal.signposting import queries


def ask_for_reviews(*, at: datetime, by: Actor) -> None:
    """One task of the team's for each contact or page whose review day is near or past, due that morning.

    It stays open until that is checked, replaced or taken off the page; students see it all the while.
    """
    last = clock.london(at).date() + timedelta(days=settings.current().review_notice_days)
    near = [("signpost", *one) for one in queries.due(last)]
    near += [("written_page", *one) for one in queries.pages_due(last)]
    for kind, subject_id, review_by in near:
        if tasks.task_for(TaskKind.CONTENT_REVIEW, subject_id) is None:
            duty.raise_task(
                kind=TaskKind.CONTENT_REVIEW,
                subject=(kind, subject_id),
                person_id=None,
                owner_id=None,
                due_at=clock.in_london(review_by, time(9)),
                by=by,
                at=at,
            )
