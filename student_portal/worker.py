"""The worker: plans what is to be sent, sends it, and destroys what has run out.

Any number of workers may run at once. Each round is safe to be cut off anywhere: what a worker leaves behind
another takes up, and what may have been sent is never sent again by a machine.
"""

import signal
import threading
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta
from pathlib import Path

from student_portal.accounts import queries as people
from student_portal.accounts import service as accounts
from student_portal.alerts import queries as answers
from student_portal.alerts import service as alerts
from student_portal.audit.queries import Actor, machine
from student_portal.caseload import service as caseload
from student_portal.consent import queries as consent
from student_portal.consent.queries import Scope
from student_portal.episodes import queries as episodes
from student_portal.episodes.queries import SessionFacts, SessionState
from student_portal.foundation import clock, i18n, links, logs, outside
from student_portal.foundation.sms import Sender
from student_portal.governance import queries as governance
from student_portal.governance import service as going_live
from student_portal.measures import queries as forms
from student_portal.measures import service as measures
from student_portal.messaging import service as messaging
from student_portal.messaging.queries import Channel
from student_portal.messaging.service import Outbound, Recipe
from student_portal.referral import service as referral
from student_portal.reminders import service as reminders
from student_portal.settings import queries as settings
from student_portal.signposting import service as signposting

Senders = Mapping[Channel, Sender]
Chores = Iterable[Callable[[], object]]

HEARTBEAT = "worker-alive"
WORKER = answers.WORKER
PAUSE_SECONDS = 1  # a code is on its way within a second
PLAN_EVERY = timedelta(minutes=1)


def run(senders: Senders, data_dir: Path, chores: Chores = (), errands: Chores = ()) -> None:
    """Work until told to stop, and then finish the message in hand first."""
    stopping = threading.Event()
    for told in (signal.SIGTERM, signal.SIGINT):
        signal.signal(told, lambda *_: stopping.set())
    rounds(senders, data_dir, stopping, chores, errands)


def rounds(
    senders: Senders,
    data_dir: Path,
    stopping: threading.Event,
    chores: Chores = (),
    errands: Chores = (),
) -> None:
    """One round a second, a whole one every minute. After each that went well the heartbeat file is touched,
    and each minute the heartbeat's row written, which web processes on other machines see too.

    A round that fails is logged, and the next begins as if nothing had happened. `chores` are done with each
    whole round, `errands` after every other, whatever became of it.
    """
    planned_at: datetime | None = None
    while not stopping.is_set():
        try:
            if planned_at is None or clock.real() - planned_at >= PLAN_EVERY:
                planned_at = clock.real()
                _do(chores)
                tick(clock.now(), senders)
                alerts.beat(part=WORKER, real=clock.real(), by=_worker())
            else:
                send(clock.now(), senders)
                _do(errands)
            (data_dir / HEARTBEAT).touch()
        except Exception as broken:  # noqa: BLE001 - the only worker must outlive whatever one round met
            logs.error(broken)
        stopping.wait(PAUSE_SECONDS)


def _do(chores: Chores) -> None:
    for chore in chores:
        try:
            chore()
        except Exception as broken:  # noqa: BLE001 - texts go out even when a chore cannot be done
            logs.error(broken)


def tick(at: datetime, senders: Senders) -> int:
    """A whole round at `at`: look at what is open, see that answers are read, plan, send what is due, destroy
    what has run out, ask for what is due to be checked; gives how many were sent.
    """
    by = _worker()
    _do([lambda: going_live.look(by=by, at=at)])  # what cannot be looked at stops nothing else
    alerts.keep_owned(at=at, by=by)
    alerts.escalate(at=at, by=by)
    reminders.plan(at=at, by=by)
    sent = send(at, senders)
    alerts.note_missed(at=at, by=by)
    alerts.end_stand_ins(at=at, by=by)
    referral.destroy_old_drafts(at=at, by=by)
    accounts.destroy_old_words(at=at, by=by)
    measures.destroy_unsent(at=at, by=by)
    caseload.destroy_old_reports(at=at, by=by)
    signposting.ask_for_reviews(at=at, by=by)
    signposting.check_links(at=at, by=by, fetch=outside.fetch)
    return sent


def send(at: datetime, senders: Senders) -> int:
    """Send what is due at `at`, if anything may leave; gives how many the providers took."""
    return messaging.dispatch(at=at, table=TABLE, senders=senders, may_send=governance.may_send())


def _worker() -> Actor:
    return machine(settings.service_id())


# Where a message goes, asked at the moment of sending.


def _address_now(out: Outbound) -> str | None:
    return people.address_of(_recipient(out), out.channel)


def _address_given(out: Outbound) -> str | None:
    return out.address


def _staff_address(out: Outbound) -> str | None:
    return people.staff_address(_recipient(out), out.channel)


# What may still say no at that moment: None is yes, anything else the code of why not.


def _alive(out: Outbound) -> str | None:
    return None if out.recipient_id is None or people.is_alive(out.recipient_id) else "died"


def _permitted(out: Outbound) -> str | None:
    scopes = (Scope.SERVICE, consent.SCOPE[out.channel])
    permitted = all(consent.allows(scope, "", _recipient(out), out.at) for scope in scopes)
    return None if permitted else "no_permission"


def _code_lives(out: Outbound) -> str | None:
    return None if people.code_is_live(str(out.about)) else "spent"


def _still_ahead(out: Outbound) -> str | None:
    session = _session(out)
    ahead = session.state is SessionState.BOOKED and session.starts_at and session.starts_at > out.at
    return None if ahead else "moved"


def _stands_as_planned(out: Outbound) -> str | None:
    session = _session(out)
    stands = session.starts_at and session.starts_at.isoformat() == out.facts["starts_at"]
    return _still_ahead(out) if stands else "moved"


def _form_to_fill_in(out: Outbound) -> str | None:
    return None if _wants_form(out) else "form_not_wanted"


def _still_asked(out: Outbound) -> str | None:
    return answers.why_not_asked(out.facts["alert_id"], _recipient(out), out.at)


# What the words are filled with.


def _greeting(out: Outbound) -> dict[str, str]:
    chosen = people.preferences(out.recipient_id).text_word if out.recipient_id else None
    return {"word": chosen or settings.current().text_word, "base": links.base()}


def _digits(out: Outbound) -> dict[str, str]:
    digits = accounts.draw_digits(code_id=str(out.about))
    return {**_greeting(out), "code": f"{digits[:3]} {digits[3:]}"}


def _reply_by(out: Outbound) -> dict[str, str]:
    return {**_greeting(out), "day": i18n.day(datetime.fromisoformat(out.facts["reply_by"]).date())}


def _numbers(out: Outbound) -> dict[str, str]:
    return {**_greeting(out), "text": out.facts["text"], "calls": out.facts["calls"]}


def _to_read(out: Outbound) -> dict[str, str]:
    due_at = datetime.fromisoformat(out.facts["due_at"])
    word, base = settings.current().text_word, links.base()
    return {"word": word, "base": base, "day": i18n.day(due_at), "hour": i18n.hour(due_at)}


def _date(out: Outbound) -> dict[str, str]:
    starts_at = _session(out).starts_at
    if starts_at is None:
        return _greeting(out)
    return {**_greeting(out), "day": i18n.day(starts_at), "hour": i18n.hour(starts_at)}


def _date_and_link(out: Outbound) -> dict[str, str]:
    return {**_date(out), "link": _link(out)} if _wants_form(out) else _date(out)


def _link(out: Outbound) -> str:
    session = _session(out)
    starts_at = session.starts_at or out.at
    token = accounts.make_link(
        person_id=session.person_id,
        about=session.id,
        target=f"/form/{session.id}",
        # The last moment at which any form may be finished; whether this one still may, its page says.
        closes_at=starts_at + timedelta(days=settings.current().late_days),
        by=_worker(),
        at=out.at,
    )
    return f"{links.base()}/l/{token}"


def _wants_form(out: Outbound) -> bool:
    return forms.form_not_sent(_session(out).id, at=out.at) and consent.allows(
        Scope.DIGITAL_FORMS, "", _recipient(out), out.at
    )


def _session(out: Outbound) -> SessionFacts:
    return episodes.session(out.facts["session_id"])


def _recipient(out: Outbound) -> str:
    if out.recipient_id is None:
        raise ValueError(f"{out.kind} has nobody to go to")
    return out.recipient_id


def _to_student(
    fill: Callable[[Outbound], Mapping[str, str]], *checks: Callable[[Outbound], str | None]
) -> Recipe:
    return Recipe(_address_now, (_alive, _permitted, *checks), fill)


TABLE: Mapping[str, Recipe] = {
    "code": Recipe(_address_given, (_alive, _code_lives), _digits),
    "auto_reply": Recipe(_address_given, (), _greeting),
    # Whoever asks for it, having read it, permits this one: no other permission is asked.
    "help_numbers": Recipe(_address_now, (_alive,), _numbers),
    "received": _to_student(_reply_by),
    "booked": _to_student(_date, _still_ahead),
    "changed": _to_student(_date),
    "form_link": _to_student(_date_and_link, _stands_as_planned, _form_to_fill_in),
    "day_before": _to_student(_date_and_link, _stands_as_planned),
    "staff_read": Recipe(_staff_address, (_still_asked,), _to_read),
}
