"""What stands over every page of one student's record, and is asked for once a page."""

from dataclasses import dataclass
from datetime import datetime

from student_portal.access.queries import Viewer
from student_portal.accounts import queries as accounts
from student_portal.accounts.queries import Contact
from student_portal.caseload.queries.about import About, about
from student_portal.caseload.queries.lines import Known
from student_portal.consent import queries as consent
from student_portal.consent.queries import Scope, Standing
from student_portal.episodes import queries as episodes
from student_portal.episodes.queries import EpisodeFacts, EpisodeState, SessionFacts
from student_portal.institutions import queries as institutions


@dataclass(frozen=True)
class Head:
    """Who this is, where their sessions stand, and what they permit now. `episode` is the newest one, if
    there is any, and `next` its session to come.
    """

    person_id: str
    name: str
    university: str
    about: About
    contacts: tuple[Contact, ...]
    episode: EpisodeFacts | None
    next: SessionFacts | None
    standing: tuple[Standing, ...]

    @property
    def sessions(self) -> tuple[SessionFacts, ...]:
        return self.episode.sessions if self.episode else ()

    @property
    def is_open(self) -> bool:
        """Whether a course of sessions is going on."""
        return self.episode is not None and self.episode.state == EpisodeState.OPEN

    @property
    def has_undated(self) -> bool:
        return any(facts.state in episodes.UNDATED for facts in self.sessions)

    @property
    def known(self) -> Known:
        on_phone = any(one.given for one in self.standing if one.scope is Scope.DIGITAL_FORMS)
        return Known(self.name, on_phone, self.about, self.contacts)


def head(viewer: Viewer, person_id: str, *, at: datetime) -> Head:
    """The head as it stands; the caller records the reading. Raises NotFound."""
    episode = episodes.newest_episode(viewer, person_id)
    studies_at = institutions.enrolment(viewer, person_id)
    return Head(
        person_id=person_id,
        name=accounts.name_of(viewer, person_id),
        university=studies_at.name if studies_at else "",
        about=about(viewer, person_id),
        contacts=tuple(accounts.contact(viewer, person_id)),
        episode=episode,
        next=episodes.coming(episode.sessions, at=at) if episode else None,
        standing=tuple(consent.standing(viewer, person_id)),
    )
