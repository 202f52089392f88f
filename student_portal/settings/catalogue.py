"""Every setting of a service: its name, meaning, default and, where one applies, hazard.

Defaults are the safer choice. A number's unit stands in its name.
"""

from dataclasses import dataclass, field, fields
from typing import Any


def _setting(default: Any, meaning: str, hazard: str = "", among: tuple[Any, ...] = ()) -> Any:
    return field(default=default, metadata={"meaning": meaning, "hazard": hazard, "among": among})


@dataclass(frozen=True)
class ServiceSettings:
    """The settings in force. Times of day are whole hours in London."""

    service_name: str = _setting("U-COPE", "what staff call the service; students read 'Student portal'")
    team_phone: str = _setting("0151 496 0000", "the team's number, answered in service hours", "H18")
    text_sender: str = _setting("Reminders", "the sender that a phone shows for our texts", "H14")
    text_word: str = _setting("Reminder", "the neutral first word of a text until a student chooses", "H14")
    text_hour: int = _setting(10, "hour at which reminders go out unless a student chooses another", "H16")
    quiet_from_hour: int = _setting(21, "no reminder or confirmation from this hour", "H14")
    quiet_to_hour: int = _setting(8, "until this hour", "H14")
    reply_days: int = _setting(14, "calendar days within which a person who asks will hear", "H18")
    draft_days: int = _setting(14, "days after which an unsent request is destroyed", "H13")
    idle_minutes: int = _setting(15, "minutes without a tap after which a screen locks", "H13")
    staff_hours: int = _setting(12, "hours after which staff sign in again, however busy", "H21")
    form_layout: str = _setting(
        "one", "how a form stands on a phone: one question a screen, or page", "H06", among=("one", "page")
    )
    layout_asked_by: str = _setting("", "who asked the copyright holder about that layout; empty: nobody")
    layout_asked_on: str = _setting("", "on which day, such as 2026-11-30")
    wording_compared_by: str = _setting(
        "", "who compared the forms with the official ones; empty: nobody", "H08"
    )
    wording_compared_on: str = _setting("", "on which day, such as 2026-11-30", "H08")
    form_opens_days: int = _setting(3, "days before the session on which its form opens", "H10")
    form_opens_hour: int = _setting(8, "hour at which it opens", "H10")
    send_grace_minutes: int = _setting(60, "minutes after the session's start until which Send works", "H09")
    finish_hours: int = _setting(20, "hours after the last answer for finishing a form begun in time", "H09")
    late_days: int = _setting(7, "days after the session beyond which no form can be sent", "H10")
    stale_days: int = _setting(7, "days a session must have moved for a sent form to be stale", "H10")
    unsent_answer_days: int = _setting(14, "days after closing when unsent answers are destroyed", "H13")
    alert_working_hours: int = _setting(4, "working hours after Send by which an answer is read", "H01")
    cover_record_hours: int = _setting(
        8, "working hours after the last reading for which whoever stood in can open the record", "H21"
    )
    # Nobody is told of an answer before Send yet, and a service that could switch it on would rely on it.
    alert_on_unsent_safety_answers: bool = _setting(
        False, "tell staff before Send; off by choice", "H01", among=(False,)
    )
    built_in_checked_by: str = _setting(
        "", "who rang and read what stands in the program itself, such as 111; empty: nobody", "H03"
    )
    built_in_checked_on: str = _setting("", "on which day, such as 2026-11-30", "H03")
    review_notice_days: int = _setting(
        14, "days before its review day when a contact or page is to be checked", "H03"
    )
    check_links: bool = _setting(False, "ask once a day whether the pages we lead to still open", "H03")
    exit_target: str = _setting("", "where Exit leads; empty for our own blank page", "H13")

    @classmethod
    def describe(cls) -> list[tuple[str, str, str, Any]]:
        """Each setting as (name, meaning, hazard id or empty, default)."""
        return [(f.name, f.metadata["meaning"], f.metadata["hazard"], f.default) for f in fields(cls)]
