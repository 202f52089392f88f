"""Who a newcomer can be. Everybody is invented; every number is from the range kept for drama."""

from dataclasses import dataclass
from datetime import date

from flask_babel import lazy_gettext as _l

from student_portal.access.queries import Role
from student_portal.foundation import passwords
from student_portal.foundation.i18n import gettext as _


@dataclass(frozen=True)
class Staff:
    """One member of staff. The demo knows their password and authenticator; a live service never does."""

    name: str
    role: Role
    email: str
    password: str
    totp: str
    phone: str = ""

    @property
    def code(self) -> str:
        """What their authenticator shows now."""
        return passwords.totp_now(self.totp)

    @property
    def role_words(self) -> str:
        words = {
            Role.THERAPIST: _("therapist"),
            Role.LIAISON: _("liaison practitioner"),
            Role.ADMIN: _("admin"),
            Role.MANAGER: _("manager"),
        }
        return str(words[self.role])


@dataclass(frozen=True)
class Student:
    """One invented student, the state they stand in, and the PIN they chose, if they did."""

    name: str
    born: date
    address: str
    state: str
    pin: str = ""

    @property
    def state_words(self) -> str:
        return str(_STATES[self.state])


STAFF = (
    Staff(
        "Robin Okafor",
        Role.THERAPIST,
        "robin@demo.example",
        "lantern orchard ferry",
        "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP",
        "+447700900201",
    ),
    Staff(
        "Jo Lindqvist",
        Role.THERAPIST,
        "jo@demo.example",
        "pebble harbour kite",
        "KRSXG5CTMVRXEZLUKRSXG5CTMVRXEZLU",
        "+447700900202",
    ),
    Staff(
        "Sasha Brook",
        Role.LIAISON,
        "sasha@demo.example",
        "maple station cloud",
        "MFRGGZDFMZTWQ2LKMFRGGZDFMZTWQ2LK",
    ),
    Staff(
        "Ade Quill",
        Role.ADMIN,
        "ade@demo.example",
        "willow pencil tide",
        "NB2W45DFOIZA2LTONB2W45DFOIZA2LTO",
    ),
    Staff(
        "Max Ferry",
        Role.MANAGER,
        "max@demo.example",
        "copper bridge moss",
        "ONXW2ZJAMRQXIYJAONXW2ZJAMRQXIYJA",
        "+447700900205",
    ),
)

STUDENTS = (
    Student("Noor Notreal", date(2004, 3, 9), "07700 900101", "late"),
    Student("Alex Anybody", date(2003, 11, 21), "07700 900102", "waiting"),
    Student("Casey Character", date(2002, 7, 2), "07700 900103", "other_college"),
    Student("Ellis Example", date(2009, 8, 30), "ellis@demo.example", "under_18"),
    Student("Priya Pretend", date(2001, 1, 17), "07700 900105", "signposted"),
    Student("Kit Fictional", date(2005, 5, 5), "07700 900106", "took_back"),
    Student("Mina Madeup", date(2004, 12, 12), "07700 900107", "accepted"),
    Student("Jordan Imaginary", date(2005, 2, 28), "07700 900108", "not_started"),
    Student("Teo Testcase", date(2003, 6, 14), "07700 900109", "begun"),
    Student("Sam Sample", date(2005, 5, 14), "07700 900110", "sixth"),
    Student("Lou Invented", date(2002, 10, 3), "07700 900111", "acted"),
    Student("Remi Rehearsal", date(2004, 4, 24), "07700 900112", "left"),
    Student("Ivo Inkling", date(2001, 9, 19), "07700 900113", "completed"),
    Student("Sky Storybook", date(2003, 8, 8), "07700 900114", "stopped"),
    Student("Nia Notional", date(2004, 9, 27), "07700 900115", "changed", pin="730582"),
)

_STATES = {
    "late": _l("asked for support, and the promised date has passed"),
    "waiting": _l("asked for support, waits for an answer"),
    "other_college": _l("asked for support, studies at a college that is not listed"),
    "under_18": _l("asked for support by e-mail, is 17"),
    "signposted": _l("asked for support, another route was agreed"),
    "took_back": _l("asked for support, then took it back"),
    "accepted": _l("accepted, no dates yet"),
    "not_started": _l("session 1 in two days, form not started"),
    "begun": _l("session 1 tomorrow, 11 of 34 answered, not sent"),
    "sixth": _l("session 6 today, form sent this morning, not read yet"),
    "acted": _l(
        "session 4 moved after its form, which nobody has read in time; missed one, declined one; no numbers"
    ),
    "left": _l("left after session 2, whose form was on paper"),
    "completed": _l("had all six sessions, filled in one form on the therapist’s device"),
    "changed": _l(
        "session 2 tomorrow; changed a form after it was read; has a PIN, all questions on one page"
    ),
    "stopped": _l("replied STOP, and tells the therapist the answers"),
}


def staff() -> tuple[Staff, ...]:
    """Everybody with a password."""
    return STAFF


def students() -> tuple[Student, ...]:
    """Everybody with a phone or a mailbox."""
    return STUDENTS


def welcome(base_url: str) -> str:
    """What the newcomer reads in the terminal."""
    lines = [
        "",
        "The demo runs. Everybody in it is invented, and no message leaves this machine.",
        "",
        f"  Start here                {base_url}/",
        f"  Who to be, step by step   {base_url}/demo",
        f"  The demo's phone          {base_url}/demo/phone",
        f"  Staff sign-in             {base_url}/staff/accounts/sign-in",
        "",
        "  Staff (the six digits are on the page Who to be):",
        *(f"    {p.email:<20} {p.password:<24} {p.role.value}, {p.name}" for p in STAFF),
        "",
        "Ctrl-C stops everything.",
    ]
    return "\n".join(lines)
