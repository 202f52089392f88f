"""What a student does with a form, in few words."""

from sqlmodel import select

from student_portal.access.queries import Viewer
from student_portal.episodes.queries import SessionFacts
from student_portal.foundation import clock, db
from student_portal.foundation.clock import FrozenClock
from student_portal.measures import service
from student_portal.measures.models import Answer, QuestionnaireResponse

NOT_AT_ALL, ONLY_OCCASIONALLY, SOMETIMES, OFTEN, MOST = range(5)


def save(
    student: Viewer, session: SessionFacts, item: int, position: int | None, *, proof: str | None = None
) -> service.Saved:
    """One answer, one second after the last one."""
    standing = clock.installed()
    assert isinstance(standing, FrozenClock)
    standing.forward(seconds=1)
    return service.save_answer(
        session_id=session.id, item=item, position=position, proof_id=proof, by=student, at=clock.now()
    )


def fill(student: Viewer, session: SessionFacts, answers: dict[int, int | None], *, items: int = 34) -> None:
    """Every item: "Not at all" unless `answers` says otherwise."""
    for item in range(1, items + 1):
        save(student, session, item, answers.get(item, NOT_AT_ALL))


def send(student: Viewer, session: SessionFacts) -> str:
    return service.send(session_id=session.id, by=student, at=clock.now())


def stored(session: SessionFacts) -> dict[int, int | None]:
    """The loose answers of the session's forms as they are in the database."""
    with db.read() as unit:
        rows = unit.exec(
            select(Answer)
            .join(QuestionnaireResponse)
            .where(QuestionnaireResponse.session_id == session.id)
            .order_by(Answer.item)
        )
        return {row.item: row.position for row in rows}


def forms(session: SessionFacts) -> list[QuestionnaireResponse]:
    """Every filling-in for this session, oldest first."""
    with db.read() as unit:
        theirs = select(QuestionnaireResponse).where(QuestionnaireResponse.session_id == session.id)
        return list(unit.exec(theirs.order_by(QuestionnaireResponse.attempt)).all())
