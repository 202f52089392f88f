"""The forms a student has sent: their scores as stored, and their answers in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from student_portal.access.queries import Viewer
from student_portal.alerts import queries as alerts
from student_portal.caseload.queries.head import Head, head
from student_portal.caseload.queries.lines import ReadRow, read_rows
from student_portal.episodes.queries import EpisodeFacts
from student_portal.measures import queries as measures
from student_portal.measures.queries import Line, ResponseWords, SentForm


@dataclass(frozen=True)
class Sent:
    """One sent form: its scores as stored, and its answers in words; `earlier` as they were, newest first."""

    form: SentForm
    words: ResponseWords
    earlier: tuple[ResponseWords, ...]

    @property
    def safety(self) -> tuple[Line, ...]:
        return tuple(line for line in self.words.lines if line.is_safety)

    def before(self, line: Line) -> tuple[str | None, ...]:
        """What was chosen for a question before the student changed it, oldest first; empty: unchanged.

        A version that left this question alone adds nothing.
        """
        versions = (*reversed(self.earlier), self.words)
        every = (one.chosen for version in versions for one in version.lines if one.item == line.item)
        *before, _now = (chosen for chosen, _same in groupby(every))
        return tuple(before)

    @property
    def changes(self) -> list[tuple[Line, Line]]:
        """What the student changed since they first sent it: each question as it was, and as it is now."""
        first = self.earlier[-1].lines if self.earlier else ()
        pairs = zip(first, self.words.lines, strict=False)
        return [(before, now) for before, now in pairs if before.chosen != now.chosen]


@dataclass(frozen=True)
class FormsPage:
    """Everything one student sent, newest first, and the alerts that somebody has read."""

    head: Head
    sent: tuple[Sent, ...]
    read: tuple[ReadRow, ...]


def forms_page(viewer: Viewer, person_id: str, *, at: datetime) -> FormsPage:
    """The page at this moment; the caller records the reading with it. Raises NotFound."""
    over = head(viewer, person_id, at=at)
    read = [alert for alert in alerts.of_person(viewer, person_id) if alert.is_read]
    sent = sent_forms(viewer, over.episode) if over.episode else []
    return FormsPage(over, tuple(reversed(sent)), tuple(read_rows(viewer, read)))


def sent_forms(viewer: Viewer, episode: EpisodeFacts, *, only: str | None = None) -> list[Sent]:
    """Every sent form of an episode, or `only` those of one session, in words. Raises NotFound."""
    scored = measures.scores_in(viewer, episode)
    return in_words(viewer, episode, [form for form in scored if only in (None, form.session_id)])


def in_words(viewer: Viewer, episode: EpisodeFacts, forms: Sequence[SentForm]) -> list[Sent]:
    """These forms of an episode with their answers, in their order. Raises NotFound."""
    current = [form.response_id for form in forms]
    earlier = [old.response_id for form in forms for old in form.earlier]
    words = measures.responses_in(viewer, episode, [*current, *earlier])
    return [
        Sent(form, words[form.response_id], tuple(words[old.response_id] for old in form.earlier))
        for form in forms
    ]
