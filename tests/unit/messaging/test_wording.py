"""What a lock screen may show: every wording of every kind, filled with the longest values there are."""

import re
from itertools import product

import pytest

from student_portal.messaging.models import Channel
from student_portal.messaging.wording import KINDS, placeholders, words

GSM = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§"
    "¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
# service.md 7, and every word that would tell what the service is about.
BANNED = re.compile(
    r"u-?cope|self|harm|therap|mental|health|wellbeing|mersey|nhs|trust|\bcore\b|universit|college|liverpool"
    r"|counsel|clinic|patient|student|service|session|questionnaire|score|result|risk|crisis|suicid|safe"
    r"|samaritans|shout|papyrus|referr|assess|treat|support|hi\b|dear\b|hello",
    re.IGNORECASE,
)
NUMBERS_OF_HELP = re.compile(r"\b(111|999)\b")

BASE = "https://portal.somewhere-rather-long.org"  # 40 characters
SAMPLE = {
    "word": "Dentist on Bold St.",  # the longest a student may choose is 20 characters
    "base": BASE,
    "link": f"{BASE}/l/abcdefghijklmnopqrstuvwxyz",
    "code": "418 206",
    "day": "Wednesday 30 September",
    "hour": "10:30am",
    "text": "+44 7700 900 942 111",  # no published number is longer
    "calls": "116 123, 0800 068 4141, 0151 794 2222, 0151 794 2299",
}
WORDINGS = [
    pytest.param(kind, wording, id=f"{kind}-{channel}-{number}")
    for kind, channel in product(KINDS, Channel)
    for number, wording in enumerate(KINDS[kind].wordings(channel))
]
TEXTS = [
    pytest.param(wording, id=f"{kind}-{number}")
    for kind in KINDS
    for number, wording in enumerate(KINDS[kind].texts)
]


def lint(kind: str, message: str) -> list[str]:
    """What would be wrong with showing this on a lock screen."""
    found = BANNED.findall(message)
    return found if kind in ("auto_reply", "help_numbers") else found + NUMBERS_OF_HELP.findall(message)


@pytest.mark.hazard("H14")
@pytest.mark.parametrize(("kind", "wording"), WORDINGS)
def test_no_message_tells_the_service_or_the_reason(kind: str, wording: str) -> None:
    written = str(wording) % {**SAMPLE, "link": "", "base": ""}
    assert lint(kind, written) == []


def test_the_lint_notices_a_word_that_tells() -> None:
    assert lint("booked", "Reminder: your therapy session") == ["therap", "session"]
    assert lint("booked", "Reminder: call 111") == ["111"]
    assert lint("help_numbers", "Reminder: call 111, the crisis line of your university") == [
        "crisis",
        "universit",
    ]


@pytest.mark.parametrize("wording", TEXTS)
def test_a_text_is_one_part_of_the_plain_alphabet_even_with_the_longest_link(wording: str) -> None:
    written = str(wording) % SAMPLE
    assert len(written) <= 160, written
    assert set(written) <= GSM


@pytest.mark.hazard("H14")
@pytest.mark.parametrize(("kind", "wording"), WORDINGS)
def test_every_message_begins_with_the_word_the_student_chose(kind: str, wording: str) -> None:
    assert (str(wording) % SAMPLE).startswith("Dentist on Bold St.: ")


@pytest.mark.parametrize("kind", KINDS)
def test_an_email_has_a_subject_that_fits_and_a_way_to_change_what_we_send(kind: str) -> None:
    for wording in KINDS[kind].emails:
        subject, blank, body = (str(wording) % SAMPLE).split("\n", 2)
        assert 0 < len(subject) < 78
        assert blank == ""
        assert body.strip()
        assert KINDS[kind].to_unproved or f"{BASE}/choices" in body


def test_a_link_and_a_code_never_go_in_one_message() -> None:
    for kind, channel in product(KINDS, Channel):
        for wording in KINDS[kind].wordings(channel):
            assert not {"link", "code"} <= placeholders(wording)


def test_without_a_link_the_day_before_says_only_when() -> None:
    values = {"word": "Reminder", "base": "https://p.example", "day": "Monday 7 December", "hour": "2pm"}
    assert words("day_before", Channel.SMS, values) == (
        "Reminder: your appointment is tomorrow at 2pm. More: https://p.example/dates"
    )
    linked = {**values, "link": "https://p.example/l/abc"}
    assert words("day_before", Channel.SMS, linked).endswith("To fill in first: https://p.example/l/abc")


def test_a_value_with_a_percent_sign_is_only_a_value() -> None:
    assert words("code", Channel.SMS, {"word": "50% off", "code": "418 206"}).startswith("50% off: your code")


def test_a_message_that_cannot_be_filled_is_not_made_up() -> None:
    with pytest.raises(LookupError, match="form_link"):
        words("form_link", Channel.SMS, {"word": "Reminder", "day": "Monday 7 December"})
