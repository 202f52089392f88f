"""People, how to reach them, how they prove who they are, and their browser sessions."""

from datetime import datetime
from enum import StrEnum

from student_portal.access.queries import Role
from student_portal.foundation.columns import Declare, Keep, Row, only_one
from student_portal.foundation.sealed import Sealed
from student_portal.messaging.queries import Channel

care = Declare(keep=Keep.RECORD, readers="care team; the student")
security = Declare(keep=Keep.SECURITY, readers="nobody by screen; the sign-in code")
locked = Declare(keep=Keep.LOCKED, readers="whoever wrote it, once proved again; nobody else")


class Person(Row, table=True):
    """A student or a member of staff."""

    id: str = care.key()
    service_id: str = care.ref("service.id", "in which service", index=False)
    is_staff: bool = care.flag("staff or student")
    created_at: datetime = care.moment("since when we know them")
    language: str = care.text("preferred language of pages and messages", length=12, default="en-GB")
    died_at: datetime | None = care.moment("set by staff, so that nothing is ever sent again", null=True)
    version: int = care.number("counts changes, so that two editors lose nothing", default=1)
    name_sealed: bytes = care.sealed("what they asked to be called")
    born_sealed: bytes | None = care.sealed("date of birth, ISO 8601; students only", null=True)
    pin_hash: str | None = security.text(
        "the student's PIN, as Argon2id", length=120, null=True, protection="one-way hash"
    )

    name = Sealed.text("name_sealed")
    born = Sealed.text("born_sealed")


class PinChange(Row, table=True):
    """One time that a student's PIN was set or removed, by the student or by a person in the team."""

    id: str = care.key()
    person_id: str = care.ref("person.id", "whose PIN")
    is_set: bool = care.flag("set or changed; else removed")
    at: datetime = care.moment("when")
    by: str = care.ref("person.id", "who did it", index=False)


class NameWord(Row, table=True):
    """One whole word of a person's name, normalised, for exact look-up."""

    id: str = care.key()
    person_id: str = care.ref("person.id", "whose name")
    word_index: bytes = care.blind("the word, as a mark")


class ContactPoint(Row, table=True):
    """One address of a person. Changed by ending the row and adding another."""

    __table_args__ = (only_one("uq_contact_point_now", "person_id", "channel", where="until IS NULL"),)

    id: str = care.key()
    service_id: str = care.ref("service.id", "in which service", index=False)
    person_id: str = care.ref("person.id", "whose address")
    channel: Channel = care.choice(Channel, "text or e-mail")
    address_index: bytes = care.blind("the address, as a mark")
    since: datetime = care.moment("from when")
    until: datetime | None = care.moment("until when", null=True)
    proved_at: datetime | None = care.moment(
        "when a code sent there came back; empty: only told to staff", null=True
    )
    text_word: str | None = care.text("the first word the student chose for texts", length=20, null=True)
    text_hour: int | None = care.number("the hour the student chose for reminders", null=True)
    address_sealed: bytes = care.sealed("the number or e-mail address")
    safety_sealed: bytes | None = care.sealed("when it is safe to use, in the student's words", null=True)

    address = Sealed.text("address_sealed")
    safety = Sealed.text("safety_sealed")


class StaffAccount(Row, table=True):
    """How a member of staff signs in, and as what."""

    id: str = security.key()
    person_id: str = security.ref("person.id", "who", index=False)
    email_index: bytes = security.blind("their e-mail address, as a mark", unique=True, index=False)
    email_sealed: bytes = security.sealed("their e-mail address")
    role: Role = security.choice(Role, "their one role")
    password_hash: str = security.text("Argon2id", length=120, protection="one-way hash")
    totp_sealed: bytes = security.sealed("the authenticator's secret")
    totp_step: int = security.number("the last 30-second step used; none is used twice", default=0)
    disabled_at: datetime | None = security.moment("when the account was closed", null=True)
    phone_sealed: bytes | None = security.sealed("their number for texts to staff on duty", null=True)

    email = Sealed.text("email_sealed")
    phone = Sealed.text("phone_sealed")
    totp = Sealed.text("totp_sealed")


class BrowserSession(Row, table=True):
    """One browser that somebody proved themselves in, as one role. All times are the machine's."""

    id: str = security.key()
    secret_hash: bytes = security.hashed("the random secret in the cookie")
    service_id: str = security.ref("service.id", "in which service", index=False)
    person_id: str | None = security.ref("person.id", "who; empty for an unsent request", null=True)
    role: Role = security.choice(Role, "as what")
    about: str | None = security.mark("the one thing a link or a draft is limited to", null=True)
    proved_by: str = security.text("how they proved it: code, link, password, born, here", length=20)
    lent_for: str | None = security.mark(
        "staff: the session whose form this device is lent for, until their own code is given", null=True
    )
    created_at: datetime = security.moment("when it began")
    seen_at: datetime = security.moment("last use, written at most once in five minutes")
    ended_at: datetime | None = security.moment("signed out, locked or replaced", null=True)


class LockedWords(Row, table=True):
    """What one person posted from a screen that had locked: not saved anywhere, and theirs alone."""

    id: str = locked.key()
    service_id: str = locked.ref("service.id", "in which service", index=False)
    owner: str = locked.mark("the person, or the unsent request, whose words they are", unique=True)
    kept_at: datetime = locked.moment("when, by the machine's time; destroyed an hour later", index=True)
    posted_sealed: bytes = locked.sealed("the page, where it was posted to, and every field as it was typed")

    posted = Sealed.document("posted_sealed")


class AccessLink(Row, table=True):
    """A link that went out in a text: serves one form or booking until it closes. Only its hash is kept."""

    id: str = security.key()
    service_id: str = security.ref("service.id", "in which service", index=False)
    person_id: str = security.ref("person.id", "whose link")
    token_hash: bytes = security.hashed("the 128 random bits in the text")
    about: str = security.mark("the session it is for", index=True)
    target: str = security.text("the path it leads to", length=80)
    made_at: datetime = security.moment("when it was made")
    closes_at: datetime = security.moment("until when it works, by the service's time")
    ended_at: datetime | None = security.moment("closed early", null=True)


class CodePurpose(StrEnum):
    PROVE = "prove"  # an address, before anything else is sent to it
    SIGN_IN = "sign_in"


class OneTimeCode(Row, table=True):
    """A six-digit code: ten minutes of the machine's time, a few tries, one use."""

    id: str = security.key()
    service_id: str = security.ref("service.id", "in which service", index=False)
    purpose: CodePurpose = security.choice(CodePurpose, "what it proves")
    about: str = security.mark("the draft or browser it was asked from")
    channel: Channel = security.choice(Channel, "text or e-mail")
    address_index: bytes = security.blind("where it was sent, as a mark")
    person_id: str | None = security.ref("person.id", "who it signs in; empty if nobody", null=True)
    code_hash: bytes | None = security.hashed("the digits, bound to this row", unique=False, null=True)
    expires_at: datetime = security.moment("until when it works")
    tries: int = security.number("wrong entries so far", default=0)
    used_at: datetime | None = security.moment("when it worked, or was replaced", null=True)


class Attempt(Row, table=True):
    """One use of something that costs money or could be guessed; counted in a window."""

    id: str = security.key()
    what: str = security.text("what was tried, as a code", length=40)
    key_index: bytes = security.blind("for which address, link or machine, as a mark")
    at: datetime = security.moment("when, by the machine's time", index=True)
