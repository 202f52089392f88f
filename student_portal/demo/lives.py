"""The lives of the demo's students, who between them stand in every state that exists so far.

Each is a list of acts in the order of life, one for each state of `people.py`.
"""

from collections.abc import Callable, Iterator
from datetime import datetime, time

from student_portal.alerts import service as alerts
from student_portal.demo.story import Life
from student_portal.episodes import service as care
from student_portal.foundation import addresses, clock
from student_portal.measures.queries import DeclineReason, FormLayout, ResponseMode
from student_portal.messaging import service as messaging
from student_portal.referral import service as referral
from student_portal.signposting.queries import PageKey

Story = Callable[[Life], Iterator[datetime]]

_MORNING, _EVENING, _NIGHT = time(9, 30), time(19, 5), time(23, 40)


def _late(life: Life) -> Iterator[datetime]:
    yield life.stage.at(-20, _NIGHT)
    life.asks("University of Liverpool", harm="rather")


def _waiting(life: Life) -> Iterator[datetime]:
    yield life.stage.at(-10, _EVENING)
    life.asks("Liverpool Hope University", gp="liverpool")


def _other_college(life: Life) -> Iterator[datetime]:
    yield life.stage.at(-3, _EVENING)
    life.asks("another", waiting="yes", gp="elsewhere")


def _under_18(life: Life) -> Iterator[datetime]:
    yield life.stage.at(-1, _EVENING)
    life.asks("University of Liverpool International College", harm="urges", safe="some_times")


def _signposted(life: Life) -> Iterator[datetime]:
    yield life.stage.at(-15, _MORNING)
    life.asks("Liverpool School of Tropical Medicine", team="yes")
    yield life.stage.at(-9, _MORNING)
    therapist = life.stage.staff["Jo Lindqvist"]
    referral.signpost(
        referral_id=life.referral_id,
        page=PageKey.OTHER_TEAM,
        reason="Talked on the phone. Stays with the team that knows her; they will call this week.",
        seen_version=1,
        by=therapist,
        at=clock.now(),
    )


def _took_back(life: Life) -> Iterator[datetime]:
    yield life.stage.at(-8, _NIGHT)
    life.asks()
    yield life.stage.at(-7, _EVENING)
    care.leave(person_id=life.person_id, by=life.me, at=clock.now())


def _accepted(life: Life) -> Iterator[datetime]:
    yield life.stage.at(-6, _EVENING)
    life.asks("Liverpool Institute for Performing Arts")
    yield life.stage.at(-1, _MORNING)
    life.is_accepted()


def _not_started(life: Life) -> Iterator[datetime]:
    yield life.stage.at(-12, _NIGHT)
    life.asks("University of Liverpool", gp="elsewhere")
    yield life.stage.at(-9, _MORNING)
    life.is_accepted()
    life.is_booked(2, 9, 16, 23, 30, 51)
    yield life.stage.at(0, time(8, 40))
    alerts.ask_to_talk(by=life.me, at=clock.now())


def _begun(life: Life) -> Iterator[datetime]:
    yield life.stage.at(-11, _EVENING)
    life.asks()
    yield life.stage.at(-8, _MORNING)
    life.is_accepted()
    life.is_booked(1, 8, 15, 22, 29, 50, wall=time(11, 30))
    yield life.stage.at(-1, _EVENING)
    life.fills_in(1, [2, 3, 1, 1, 3, 0, 2, 1, 2, 3, None, 1])
    alerts.ask_to_talk(by=life.me, at=clock.now())
    alerts.take_back(by=life.me, at=clock.now())


def _sixth(life: Life) -> Iterator[datetime]:
    """All six: the line from the first form to the sixth, whose answers nobody has read yet."""
    days = (-49, -42, -35, -28, -21, 0)
    yield life.stage.at(-63, _NIGHT)
    life.asks()
    yield life.stage.at(-60, _MORNING)
    life.is_accepted()
    life.is_described(
        pronouns="she, her", access_needs="A room without stairs.", safe_contact="Texts, not after 6pm."
    )
    life.is_booked(*days)
    for number, answers in enumerate(_FIVE, start=1):
        yield life.stage.at(days[number - 1] - 1, _EVENING)
        life.sends(number, answers)
        yield life.stage.at(days[number - 1], time(13, 30))
        life.is_read("Talked about it first thing. Went through what helps at night.")
        yield life.stage.at(days[number - 1], time(15))
        life.comes(number)
        if number in _WRITTEN:
            life.is_written_up(number, *_WRITTEN[number])
    yield life.stage.at(0, time(8, 12))
    life.wants_to_talk(6, "How I keep the walks going after this ends.")
    life.sends(6, _SIXTH)


def _acted(life: Life) -> Iterator[datetime]:
    """One missed, one declined, one moved after its form was sent, whose answers nobody has read, though the
    cover and the manager were told; would rather see no numbers.
    """
    yield life.stage.at(-50, _EVENING)
    life.asks("Liverpool Hope University")
    yield life.stage.at(-45, _MORNING)
    life.is_accepted("Jo Lindqvist")
    life.is_booked(-37, -27, -20, -1, 6, 27, by="Jo Lindqvist")
    yield life.stage.at(-38, _EVENING)
    life.sends(1, _FIVE[0])
    yield life.stage.at(-37, time(13))
    life.is_read("Read with Lou at the start of the session.", "Jo Lindqvist")
    yield life.stage.at(-37, time(15))
    life.comes(1, "Jo Lindqvist")
    yield life.stage.at(-27, time(15))
    life.comes(2, "Jo Lindqvist", came=False)
    yield life.stage.at(-22, _EVENING)
    life.declines(3, DeclineReason.TOO_MUCH)
    life.hides_numbers()
    yield life.stage.at(-20, time(15))
    life.comes(3, "Jo Lindqvist")
    yield life.stage.at(-4, _EVENING)
    life.sends(4, _FIVE[2])
    yield life.stage.at(-2, _MORNING)
    life.moves({6: 34, 5: 20, 4: 8}, by="Jo Lindqvist")


def _left(life: Life) -> Iterator[datetime]:
    """Two sessions, the second with the form on paper, then no more."""
    yield life.stage.at(-34, _EVENING)
    life.asks()
    yield life.stage.at(-30, _MORNING)
    life.is_accepted()
    life.is_booked(-21, -14, -7, 0, 7, 28, wall=time(16))
    yield life.stage.at(-22, _EVENING)
    life.sends(1, _FIVE[0])
    yield life.stage.at(-21, time(15))
    life.is_read("Talked about it.")
    yield life.stage.at(-21, time(17))
    life.comes(1)
    yield life.stage.at(-14, time(17))
    life.is_entered(2, _FIVE[1], ResponseMode.PAPER)
    life.comes(2)
    yield life.stage.at(-10, _NIGHT)
    care.leave(person_id=life.person_id, by=life.me, at=clock.now())


def _completed(life: Life) -> Iterator[datetime]:
    """All six; the fourth form was filled in on the therapist's device."""
    days = (-77, -70, -63, -56, -49, -28)
    yield life.stage.at(-90, _EVENING)
    life.asks("University of Liverpool", gp="liverpool")
    yield life.stage.at(-85, _MORNING)
    life.is_accepted("Jo Lindqvist")
    life.is_booked(*days, by="Jo Lindqvist", wall=time(10))
    for number, day in enumerate(days, start=1):
        if number == 4:
            yield life.stage.at(day, _MORNING)
            life.fills_in_here(4, _FIVE[3], "Jo Lindqvist")
        else:
            yield life.stage.at(day - 1, _EVENING)
            life.sends(number, _SIXTH if number == 6 else _FIVE[number - 1])
        yield life.stage.at(day, time(9, 45))
        life.is_read("Read together.", "Jo Lindqvist")
        yield life.stage.at(day, time(11))
        life.comes(number, "Jo Lindqvist")
    yield life.stage.at(-27, _MORNING)
    episode = life.episode
    care.complete(
        episode_id=episode.id,
        seen_version=episode.version,
        by=life.stage.staff["Jo Lindqvist"],
        at=clock.now(),
    )


def _stopped(life: Life) -> Iterator[datetime]:
    yield life.stage.at(-20, _EVENING)
    life.asks(forms="no")
    yield life.stage.at(-16, _MORNING)
    life.is_accepted("Jo Lindqvist")
    life.is_booked(-5, 2, 9, 16, 23, 44, by="Jo Lindqvist", wall=time(15, 30))
    yield life.stage.at(-6, _EVENING)
    address = addresses.parse(life.student.address).value
    messaging.receive(address=address, body="STOP", provider_id=None, by=life.me, at=clock.now())
    yield life.stage.at(-5, time(17))
    life.is_entered(1, _FIVE[0], ResponseMode.SPOKEN, "Jo Lindqvist")
    life.comes(1, "Jo Lindqvist")


def _changed(life: Life) -> Iterator[datetime]:
    """Sent the second form, which was read, and then changed an answer: to be read again."""
    yield life.stage.at(-21, _NIGHT)
    life.asks("Liverpool Hope University")
    yield life.stage.at(-17, _MORNING)
    life.is_accepted("Jo Lindqvist")
    life.is_booked(-6, 1, 8, 15, 22, 43, by="Jo Lindqvist", wall=time(16))
    yield life.stage.at(-7, _EVENING)
    life.sets_pin()
    life.likes(FormLayout.PAGE)
    life.sends(1, _SIXTH)
    yield life.stage.at(-6, time(17))
    life.comes(1, "Jo Lindqvist")
    yield life.stage.at(-1, _EVENING)
    life.sends(2, _FIVE[2])
    life.wants_to_talk(2, "The flat, and how to say no to extra shifts.")
    yield life.stage.at(0, time(9, 5))
    life.is_read(by="Jo Lindqvist")
    yield life.stage.at(0, time(9, 40))
    life.changes(2, {6: 2, 9: 3})


STORIES: dict[str, Story] = {
    "late": _late,
    "waiting": _waiting,
    "other_college": _other_college,
    "under_18": _under_18,
    "signposted": _signposted,
    "took_back": _took_back,
    "accepted": _accepted,
    "not_started": _not_started,
    "begun": _begun,
    "sixth": _sixth,
    "acted": _acted,
    "left": _left,
    "completed": _completed,
    "stopped": _stopped,
    "changed": _changed,
}

_WRITTEN = {
    2: ("Exams and a move at once; evenings alone are the hardest.", "Sam notes when an evening went well."),
    4: (
        "Walks with a friend help more than she had thought.",
        "Look at what to keep after the last session.",
    ),
}
"""The formulation and the plan of the notes on the sixth's sessions, by number."""
_FIVE: list[list[int | None]] = [
    # a CORE-34, with one safety answer above "not at all" and one left out
    [3, 3, 1, 1, 3, 0, 1, 2, 2, 3, 2, 1, 3, 2, 2, 0, 3, 3, 2, 2, 2, 0, 3, None, 2, 2, 3, 2, 2, 3, 1, 1, 2, 1],
    [3, 2, 1, 3, 2, 0, 3, 2, 3, 2],
    [3, 2, 2, 3, 2, 1, 2, 2, 3, 2],
    [2, 2, 2, 2, 2, 0, 2, 2, 2, 2],
    [2, 2, 2, 2, 1, 0, 2, 2, 2, None],
]
_SIXTH: list[int | None] = [
    *(1, 2, 3, 2, 1, 0, 2, 1, 1, 1, 1, 2, 2, 1, 1, 0, 1, 2, 3, 1, 3, 0, 1, 0, 1, 1, 1, 1, 1, 2, 2, 2, 1, 0)
]
