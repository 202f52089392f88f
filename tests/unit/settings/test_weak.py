"""Which values of a setting are weaker than the safer choice, or invented."""

from dataclasses import fields, replace
from typing import Any

import pytest

from student_portal.settings.catalogue import ServiceSettings
from student_portal.settings.weak import weaknesses

ANSWERED = "0151 706 2000"
SAFER = replace(ServiceSettings(), team_phone=ANSWERED)


def test_with_a_real_phone_the_defaults_are_the_safer_choice() -> None:
    assert weaknesses(SAFER) == []
    assert weaknesses(ServiceSettings()) == [
        "The number of the team is not a phone number that somebody answers: it is empty or invented."
    ]


@pytest.mark.hazard("H18")
@pytest.mark.parametrize(
    "number",
    [
        "",
        "ask us",
        "07700 900123",
        "+44 7700 900123",
        "+44 (0)151 496 0999",
        "020 7946 0001",
        "01632 960 001",
    ],
)
def test_a_number_that_nobody_answers_is_named(number: str) -> None:
    assert len(weaknesses(replace(SAFER, team_phone=number))) == 1


@pytest.mark.parametrize("number", [ANSWERED, "+44 151 706 2000", "0151 496 1234", "07911 123456"])
def test_a_number_of_the_real_world_is_not(number: str) -> None:
    assert weaknesses(replace(SAFER, team_phone=number)) == []


WEAKER: list[tuple[str, Any]] = [
    ("text_sender", "U-COPE"),
    ("text_sender", "NHS"),
    ("text_sender", ""),
    ("text_word", "Therapy reminder"),
    ("text_word", "Counselling"),
    ("exit_target", "http://news.example"),
    ("exit_target", "javascript:alert(1)"),
    ("exit_target", "/home"),
    ("quiet_from_hour", 22),
    ("quiet_to_hour", 7),
    ("reply_days", 15),
    ("alert_working_hours", 5),
    ("cover_record_hours", 17),
    ("idle_minutes", 16),
    ("staff_hours", 13),
    ("draft_days", 15),
    ("unsent_answer_days", 15),
    ("form_opens_days", 4),
    ("stale_days", 8),
    ("late_days", 8),
    ("finish_hours", 19),
    ("review_notice_days", 13),
]


@pytest.mark.hazard("H14")
@pytest.mark.parametrize(("key", "value"), WEAKER)
def test_a_weaker_value_is_named_once(key: str, value: object) -> None:
    assert len(weaknesses(replace(SAFER, **{key: value}))) == 1


def test_the_name_of_the_service_may_not_stand_in_a_text_whatever_it_is() -> None:
    assert weaknesses(replace(SAFER, service_name="Harbour", text_sender="HarbourTeam"))


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("exit_target", "https://news.example/today"),
        ("idle_minutes", 5),
        ("quiet_from_hour", 20),
        ("reply_days", 7),
    ],
)
def test_what_is_as_safe_or_safer_is_not_named(key: str, value: object) -> None:
    assert weaknesses(replace(SAFER, **{key: value})) == []


# Where no value is plainly the weaker one, or another room speaks of it.
NEITHER = {"text_hour", "send_grace_minutes", "form_opens_hour"}
ELSEWHERE = {
    "check_links",
    "form_layout",
    "built_in_checked_by",
    "built_in_checked_on",
    "wording_compared_by",
    "wording_compared_on",
    "alert_on_unsent_safety_answers",
}


def test_every_setting_of_a_hazard_is_watched() -> None:
    """A new one must be judged here, too."""
    watched = {key for key, _value in WEAKER} | {"team_phone"} | NEITHER | ELSEWHERE
    assert {f.name for f in fields(ServiceSettings) if f.metadata["hazard"]} <= watched
