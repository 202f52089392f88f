"""That what a student sent or wrote was talked about in its session: a tick they see. No tick is never
explained.
"""

from datetime import datetime

from sqlmodel import col, select

from student_portal.access.queries import Viewer
from student_portal.audit import service as audit
from student_portal.episodes import queries as episodes
from student_portal.foundation import db
from student_portal.foundation.errors import Refused
from student_portal.measures.models import TalkedAbout
from student_portal.measures.queries.talked import talked_about, to_talk_about


def say_talked_about(*, session_id: str, is_so: bool, by: Viewer, at: datetime) -> None:
    """Set the tick of one session, or take it back; the same again changes nothing.

    Raises NotFound for a student the viewer may not see, Refused("early") before the session began, and
    Refused("nothing") where the student sent and wrote nothing.
    """
    with db.write() as unit:
        facts = episodes.one_session(by, session_id)
        if is_so and not (facts.starts_at and facts.starts_at <= at):
            raise Refused("early")
        if is_so and not to_talk_about(by, [session_id]):
            raise Refused("nothing")
        if (session_id in talked_about(by, facts.person_id)) == is_so:
            return
        standing = select(TalkedAbout).where(
            TalkedAbout.session_id == session_id, col(TalkedAbout.until).is_(None)
        )
        if is_so:
            made = TalkedAbout(
                service_id=by.service_id,
                person_id=facts.person_id,
                session_id=session_id,
                since=at,
                by=str(by.person_id),
            )
            db.add_unless(standing, made)
        else:
            unit.exec(standing).one().until = at
        audit.record(
            verb="measures.say_talked_about" if is_so else "measures.take_back_talked_about",
            subject=("session", session_id),
            person_id=facts.person_id,
            by=by,
            at=at,
        )
