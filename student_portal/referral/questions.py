"""The questions a student is asked, one a page, as data: to add one, add it here and nowhere else.

Each must change something (service.md 2.2). Nobody is asked for an NHS number, an address, a diagnosis, or
how they hurt themselves, and every question about what is going on can be left for a conversation.
"""

from collections.abc import Iterator

from student_portal.foundation.i18n import later as _
from student_portal.referral.question import Choice, Kind, Question, Section

ANOTHER = "another"
YES, NO, NOT_SURE, RATHER = "yes", "no", "not_sure", "rather"

_SITUATION = (
    Choice(YES, _("Yes")),
    Choice(NO, _("No")),
    Choice(NOT_SURE, _("I am not sure")),
    Choice(RATHER, _("I would rather say in person")),
)
_ANY_IS_FINE = _("Choose one. “I am not sure” is fine")
_YES_OR_NO = _("Choose yes or no. You can change your mind at any time")

QUESTIONS = (
    Question(
        key="name",
        kind=Kind.NAME,
        section=Section.ABOUT,
        title=_("What would you like us to call you?"),
        short=_("Name to use"),
        hint=_("A first name or a nickname is fine. It does not have to match any document."),
        missing=_("Write what we should call you. A first name is fine"),
    ),
    Question(
        key="born",
        kind=Kind.BORN,
        section=Section.ABOUT,
        title=_("What is your date of birth?"),
        short=_("Date of birth"),
        hint=_(
            "For example 14 5 2005. It also locks what you write here, so that other people who use this "
            "phone cannot open it."
        ),
        missing=_("Write your date of birth: day, month and year"),
    ),
    Question(
        key="institution",
        kind=Kind.PLACE,
        section=Section.ABOUT,
        title=_("Where do you study?"),
        short=_("University or college"),
        hint=_("Choose the place where you are a student now. We do not tell them that you asked."),
        choices=(Choice(ANOTHER, _("Another university or college")),),
        more=_("If it is another place, which one?"),
        missing=_("Choose one. “Another university or college” is fine"),
    ),
    Question(
        key="contact",
        kind=Kind.CONTACT,
        section=Section.REACH,
        title=_("How can we reach you?"),
        short=_("How we reach you"),
        hint=_(
            "A UK mobile number or an e-mail address. A university runs its own mailboxes, so a private "
            "address may be safer."
        ),
        missing=_("Write a UK mobile number or an e-mail address"),
    ),
    Question(
        key="safe",
        kind=Kind.CHOICE,
        section=Section.REACH,
        title=_("Is it safe for us to use this?"),
        short=_("Safe to use"),
        hint=_("We mean %(contact)s. What we send never says what it is about."),
        choices=(
            Choice("any_time", _("Yes, any time")),
            Choice("some_times", _("Yes, but only at some times")),
            Choice("seen", _("Other people may see it")),
        ),
        more=_("When is it safe? For example: after 4pm"),
        missing=_("Choose the one that is closest"),
        note=(
            _("Next we check that it reaches you"),
            _(
                "When you press Continue, we send six digits to %(contact)s. "
                "The message does not say what they are for."
            ),
        ),
    ),
    Question(
        key="code",
        kind=Kind.CODE,
        section=Section.REACH,
        title=_("Enter the code we sent you"),
        short=_("Checked with a code"),
        hint=_("Six digits, sent to %(contact)s. They work for ten minutes."),
        missing=_("Write the six digits from the message"),
    ),
    Question(
        key="harm",
        kind=Kind.CHOICE,
        section=Section.GOING_ON,
        title=_("In the last 12 months, have you hurt yourself on purpose?"),
        short=_("Hurt yourself on purpose in the last 12 months"),
        hint=_("It counts whatever the reason was. It does not have to be “bad enough”. We do not ask how."),
        choices=(
            Choice(YES, _("Yes")),
            Choice("urges", _("I have had urges to, but I have not")),
            Choice(NO, _("No")),
            Choice(RATHER, _("I would rather talk about this")),
        ),
        missing=_("Choose one. “I would rather talk about this” is fine"),
        note=(
            _("If you are hurt, or not safe right now"),
            _("Please look after that first. What you wrote so far is saved."),
        ),
    ),
    Question(
        key="unreal",
        kind=Kind.CHOICE,
        section=Section.GOING_ON,
        title=_("Are you hearing or seeing things that other people do not?"),
        short=_("Hearing or seeing things that others do not"),
        hint=_("Or do you feel sure that people are out to harm you, when others say they are not?"),
        choices=_SITUATION,
        missing=_ANY_IS_FINE,
        note=(
            _("This and the next four questions"),
            _("They help us find the right person for you. Whatever you answer, you can still send this."),
        ),
    ),
    Question(
        key="team",
        kind=Kind.CHOICE,
        section=Section.GOING_ON,
        title=_("Is a mental health team looking after you already?"),
        short=_("With a mental health team already"),
        hint=_(
            "For example a community team, a crisis team or a hospital. "
            "Not a GP, and not your university’s wellbeing team."
        ),
        choices=_SITUATION,
        missing=_ANY_IS_FINE,
    ),
    Question(
        key="therapy",
        kind=Kind.CHOICE,
        section=Section.GOING_ON,
        title=_("Are you having therapy or counselling somewhere else?"),
        short=_("In other therapy or counselling now"),
        hint=_("It is fine if you are. You do not have to give it up to ask us."),
        choices=_SITUATION,
        more=_("If yes, when does it end?"),
        missing=_ANY_IS_FINE,
    ),
    Question(
        key="waiting",
        kind=Kind.CHOICE,
        section=Section.GOING_ON,
        title=_("Are you waiting for therapy or counselling somewhere else?"),
        short=_("On a waiting list for other therapy"),
        hint=_("Being on a list does not rule you out. If the wait is long, please tell us."),
        choices=_SITUATION,
        more=_("If yes, for what, and about how long is the wait?"),
        missing=_ANY_IS_FINE,
    ),
    Question(
        key="substances",
        kind=Kind.CHOICE,
        section=Section.GOING_ON,
        title=_("Is drinking or taking drugs the main thing you want help with?"),
        short=_("Drinking or drugs is the main thing"),
        hint=_("If it is a way of coping and something else is underneath, “No” or “I am not sure” fits."),
        choices=_SITUATION,
        missing=_ANY_IS_FINE,
    ),
    Question(
        key="gp",
        kind=Kind.CHOICE,
        section=Section.ABOUT,
        title=_("Are you registered with a GP?"),
        short=_("GP"),
        hint=_("You do not need one. Your answer does not change whether we see you, or how soon."),
        choices=(
            Choice("liverpool", _("Yes, in Liverpool")),
            Choice("elsewhere", _("Yes, somewhere else")),
            Choice("none", _("No")),
            Choice(NOT_SURE, _("I am not sure")),
        ),
        missing=_ANY_IS_FINE,
    ),
    Question(
        key="service",
        kind=Kind.CHOICE,
        section=Section.PERMISSIONS,
        title=_("May we get in touch and offer you a first session?"),
        short=_("Get in touch with me"),
        hint=_(
            "You choose this and the next two one by one. You can change your mind at any time, and you "
            "do not have to say why."
        ),
        choices=(
            Choice(YES, _("Yes"), _("A person in the team reads what you send and finds a time for you.")),
            Choice(NO, _("No"), _("Then we cannot answer you, so this cannot be sent. It stays yours.")),
        ),
        missing=_YES_OR_NO,
    ),
    Question(
        key="forms",
        kind=Kind.CHOICE,
        section=Section.PERMISSIONS,
        title=_("Would you like to fill in forms on this phone?"),
        short=_("Fill in forms on this phone"),
        hint=_("A form about the last week comes before each session."),
        choices=(
            Choice(YES, _("Yes"), _("You answer in your own time. You get a link before each session.")),
            Choice(NO, _("No"), _("You can do them with your therapist instead. Your sessions carry on.")),
        ),
        missing=_YES_OR_NO,
    ),
    Question(
        key="messages",
        kind=Kind.CHOICE,
        section=Section.PERMISSIONS,
        title=_("May we send you reminders?"),
        short=_("Reminders"),
        hint=_("Short messages to %(contact)s. They never say what they are about."),
        choices=(
            Choice(YES, _("Yes"), _("At most three for each session.")),
            Choice(
                NO, _("No"), _("You see your dates by signing in here with a code. Your sessions carry on.")
            ),
        ),
        missing=_YES_OR_NO,
    ),
)
_BY_KEY = {question.key: question for question in QUESTIONS}
TOTAL = len(QUESTIONS)


def question(key: str) -> Question:
    """The question with this key. Raises KeyError."""
    return _BY_KEY[key]


def numbered() -> Iterator[tuple[int, Question]]:
    """Every question with its number, from 1."""
    return enumerate(QUESTIONS, start=1)


def number_of(key: str) -> int:
    """The number that stands in the address of this question's page."""
    return next(number for number, question in numbered() if question.key == key)
