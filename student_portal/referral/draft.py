"""An unsent request, as its writer sees it: pure, so that what comes next can be reasoned about."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from student_portal.referral.eligibility import Reason, advise
from student_portal.referral.models import Advice
from student_portal.referral.question import Kind, Question
from student_portal.referral.questions import NO, QUESTIONS, numbered

Answer = Mapping[str, str]
"""`value` (a choice's code, or what was written); `words` where there is a box under the choices; and, for
the contact, `channel` and `shown` (the address as people write it)."""


@dataclass(frozen=True)
class Draft:
    """The answers so far, by question key; `proved` once the code sent to the contact came back."""

    id: str
    answers: Mapping[str, Answer]
    proved: bool

    def value(self, key: str) -> str:
        """What was answered, or an empty text."""
        return self.answers.get(key, {}).get("value", "")

    @property
    def contact(self) -> str:
        """The number or address as people write it, or an empty text."""
        return self.answers.get("contact", {}).get("shown", "")

    @property
    def channel(self) -> str:
        """How the contact is reached: "sms" or "email"; empty before it is given."""
        return self.answers.get("contact", {}).get("channel", "")

    def is_answered(self, question: Question) -> bool:
        return self.proved if question.kind is Kind.CODE else question.key in self.answers

    def missing(self) -> list[int]:
        """The numbers of the questions that still need an answer, the code's among them."""
        return [number for number, question in numbered() if not self.is_answered(question)]

    def next_open(self, *, after: int = 0) -> int | None:
        """The first unanswered question after this one; None when only the check page is left."""
        return next((number for number in self.missing() if number > after), None)

    def may_open(self, number: int) -> bool:
        """Whether everything before this question is answered; the code may wait until the end."""
        blocking = [n for n in self.missing() if QUESTIONS[n - 1].kind is not Kind.CODE]
        return not blocking or number <= blocking[0]

    @property
    def may_be_sent(self) -> bool:
        """Whether nothing is missing and the team may get in touch; otherwise there is nothing to send."""
        return not self.missing() and self.value("service") != NO

    @property
    def digest(self) -> str:
        """A mark of exactly these answers, so that Send sends what was shown."""
        whole = json.dumps([self.answers, self.proved], sort_keys=True)
        return hashlib.sha256(whole.encode()).hexdigest()


def advise_on(answers: Mapping[str, Answer], *, on: date) -> tuple[Advice, tuple[Reason, ...]]:
    """What these answers suggest, read on that day; a date of birth must be among them."""
    chosen = {key: answer["value"] for key, answer in answers.items()}
    return advise(chosen, born=date.fromisoformat(chosen["born"]), on=on)
