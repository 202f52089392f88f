"""Words that help pages and contacts do not use, and what to write instead. Pure.

After the Samaritans' guidance on writing about self-harm and suicide (methods are never named; nobody
"commits"; no attempt succeeds or fails; no blame), NHS words for content (short, calm, nothing promised) and
look.md's table of tone. A list of words sees neither meaning nor tone: a person reads every page as well.
"""

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

from student_portal.foundation.i18n import later


class Kind(StrEnum):
    """Why a word is better left out."""

    METHOD = "method"
    COMMIT = "commit"
    BLAME = "blame"
    OUTCOME = "outcome"
    SCALE = "scale"
    CLOSED_DOOR = "closed_door"
    PROMISE = "promise"
    PRAISE = "praise"
    EXCLAMATION = "exclamation"
    PICTURE = "picture"
    SHOUTING = "shouting"


STOPPING = frozenset({Kind.METHOD, Kind.COMMIT})
"""With one of these a text may be kept as a draft and goes no further."""

INSTEAD = {
    Kind.METHOD: later("Leave it out. Nothing here says how somebody might hurt themselves."),
    Kind.COMMIT: later("Write “ended their life” or “took their life”. For a plan, write “we will”."),
    Kind.BLAME: later("Write “somebody who hurts themselves”, or say what the person feels."),
    Kind.OUTCOME: later("Say what happened. It is neither a success nor the opposite."),
    Kind.SCALE: later("Say what happens next, or what to do. Nobody is put on a scale."),
    Kind.CLOSED_DOOR: later("Say which way is open, and where it leads."),
    Kind.PROMISE: later("Say who does what and when. Leave out what nobody can be sure of."),
    Kind.PRAISE: later("Leave praise out. Say what the person can do next."),
    Kind.EXCLAMATION: later("End the sentence with a full stop."),
    Kind.PICTURE: later("Leave the little picture out. Screen readers read it aloud."),
    Kind.SHOUTING: later("Write it in small letters. Capitals read like shouting."),
}

_SELF = r"(?:(?:your|my|them|him|her|one)sel(?:f|ves)|themself|ourselves)"
_PHRASES = {
    Kind.METHOD: (
        rf"(?:cut|cuts|cutting|burn|burns|burned|burnt|burning|hang|hangs|hanged|hanging|drown\w*|stab\w*"
        rf"|scratch\w*|poison\w*|starv\w*|shoot\w*|shot|strangl\w*|suffocat\w*|hit|hits|hitting) {_SELF}",
        r"self[- ]?poison\w*", r"over[- ]?dos\w*", r"died by hanging", r"nooses?", r"ligatures?", r"razors?",
        r"blades?", r"pills?", r"paracetamol", r"asphyxiat\w*", r"slit\w*", r"lethal\w*",
        r"jump(?:s|ed|ing)? (?:off|from|in front|under)",
    ),
    Kind.COMMIT: (r"commit", r"commits", r"committed", r"committing"),
    Kind.BLAME: (
        r"attention[- ]seek\w*", r"self[- ]?harmers?", r"manipulati\w*", r"cry for help", r"suffers? from",
        r"victims?", r"addicts?", r"abusers?", r"threaten(?:s|ed|ing)? suicide",
    ),
    Kind.OUTCOME: (
        r"(?:un)?success(?:ful|fully)(?: suicide| attempts?)?", r"failed(?: suicide)? attempts?",
        r"failed suicides?", r"completed suicides?", r"botched \w+",
    ),
    Kind.SCALE: (
        r"(?:high|low|medium|moderate|no|at) risk", r"risk (?:level|score|rating|assessment)s?",
        r"all clear", r"nothing to worry about", r"severe(?:ly)?",
    ),
    Kind.CLOSED_DOOR: (
        r"reject\w*", r"not eligible", r"ineligible", r"not suitable", r"unsuitable", r"turned down",
        r"do(?:es)? not qualify", r"not ill enough", r"refus(?:e|es|ed|al)",
    ),
    Kind.PROMISE: (
        r"always (?:be )?here(?: for you)?", r"(?:we|we'll|we will) always", r"promis(?:e|es|ed)",
        r"guarantee\w*", r"never alone", r"(?:everything )?will be (?:all right|alright|fine|ok|okay)",
        r"will (?:soon )?feel better", r"will get better", r"instant(?:ly)?",
    ),
    Kind.PRAISE: (
        r"well done", r"congratulations", r"proud of you", r"(?:so|very|are|how) brave", r"amazing",
        r"awesome", r"great job", r"good (?:job|work|for you)",
    ),
}  # fmt: skip
_PATTERNS = {
    kind: re.compile(rf"(?<!\w)(?:{'|'.join(phrases)})(?!\w)", re.IGNORECASE)
    for kind, phrases in _PHRASES.items()
} | {
    Kind.EXCLAMATION: re.compile(r"!(?!\[)|[¡‼⁉]"),  # not that of a picture in Markdown
    Kind.PICTURE: re.compile(r"[\u2600-\u27bf\u2b50-\u2b55\U0001f000-\U0001faff]+"),
    Kind.SHOUTING: re.compile(r"\b[A-Z]{2,}(?:[ '-]+[A-Z]{2,})+\b|\b[A-Z]{5,}\b"),
}
_NAMES = re.compile(r"\b(?:PAPYRUS|HOPELINE|UCOPE|COPE|NHS|GP|LJMU|LIPA|LSTM|BSL|SMS|CALM|SHOUT)\b")
_ADDRESS = re.compile(r"(?:https?://|tel:|sms:)[^\s)>\]]*", re.IGNORECASE)


@dataclass(frozen=True)
class Finding:
    """A word that is better left out: the words as they stand in the text, and why."""

    kind: Kind
    found: str

    @property
    def instead(self) -> str:
        """What to do about it, for `_()`."""
        return INSTEAD[self.kind]

    @property
    def stops(self) -> bool:
        return self.kind in STOPPING


def findings(text: str) -> tuple[Finding, ...]:
    """Every such word in a text or its Markdown, in the order of reading, each once."""
    plain = _plain(text)
    shouted = _NAMES.sub(lambda name: name.group().lower(), plain)
    places = [
        (match.start(), Finding(kind, match.group()))
        for kind, pattern in _PATTERNS.items()
        for match in pattern.finditer(shouted if kind is Kind.SHOUTING else plain)
    ]
    return tuple(dict.fromkeys(finding for _start, finding in sorted(places, key=lambda place: place[0])))


def stopping(text: str) -> tuple[Finding, ...]:
    """The findings with which a text goes no further than a draft."""
    return tuple(finding for finding in findings(text) if finding.stops)


def _plain(text: str) -> str:
    """The words as read: no invisible letters or marks of emphasis between them, no addresses."""
    folded = unicodedata.normalize("NFKC", text).replace("’", "'")
    seen = "".join(letter for letter in folded if unicodedata.category(letter) != "Cf")
    words = _ADDRESS.sub(" ", re.sub(r"[‐-―]", "-", seen))
    return re.sub(r"\s+", " ", re.sub(r"[*_`\\]+", "", words))
