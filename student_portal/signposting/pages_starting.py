"""The pages that come with the software, in British English, each marked as never checked by a person.

They stand in code so that a page which cannot be read from the database is still there. An admin's published
version takes their place. One for each way in which another route may fit (service.md 2.4), and how to
register with a GP, which stands beside the one route that asks for a GP.
"""

from dataclasses import dataclass

from student_portal.foundation.i18n import later
from student_portal.signposting.models import PageKey


@dataclass(frozen=True)
class Words:
    """A heading and a text in Markdown."""

    title: str
    body: str


STARTING = {
    PageKey.UNREAL: Words(
        "Call 111 today",
        "If what you hear, see or believe frightens you, talk to somebody today.\n\n"
        "1. [Call 111](tel:111), day or night.\n"
        "2. Choose the mental health option.\n"
        "3. Say what is going on, in your own words. A friend can call for you.\n\n"
        "There is no form to fill in first. You do not need a GP. If your life is in danger, "
        "[call 999](tel:999) or go to A&E.",
    ),
    PageKey.OTHER_TEAM: Words(
        "The team that knows you",
        "If another team looks after you, they can see you sooner than we can. They know you already.\n\n"
        "- Call them on the number they gave you, today if you can.\n"
        "- Out of hours, [call 111](tel:111) and choose the mental health option.\n"
        "- Tell them what has changed and what would help.\n\n"
        "We talk with them only if you say yes.",
    ),
    PageKey.UNLISTED: Words(
        "Your own university or college",
        "If your university or college is not on our list, its own wellbeing team can see you.\n\n"
        "- Look on its website for “wellbeing” or “student support”, or ask at its front desk.\n"
        "- Say that you would like to talk to somebody this week.\n\n"
        "A person here can tell you who else may help. Some teams in Liverpool see students from any place "
        "of study.",
    ),
    PageKey.UNDER_18: Words(
        "A person calls you back",
        "If you are under 18, a person in the team gets in touch with you. Together you look for the right "
        "place for your age.\n\n"
        "- They talk with you first, not with your parents.\n"
        "- You can say where and when it is safe to talk.\n"
        "- You can ask what happens with what you tell them.",
    ),
    PageKey.NO_SELF_HARM: Words(
        "Other people to talk to",
        "If you have not hurt yourself in the last year, two other ways may be quicker.\n\n"
        "**Your university’s counselling team.** You do not need a GP. Look on its website for “counselling” "
        "or “wellbeing”, or ask at its front desk.\n\n"
        "**NHS Talking Therapies in Liverpool.** It is free, and you can ask for it yourself: "
        "[call 0151 228 2300](tel:01512282300), Monday to Friday, 8am to 6pm. For this one you need a GP in "
        "Liverpool. If you have none, read how to register with a GP.\n\n"
        "If that changes, or urges come, ask us again.",
    ),
    PageKey.IN_THERAPY: Words(
        "Keep what you have",
        "If you see a therapist somewhere else, it is best to go on with that.\n\n"
        "- Tell them what is missing, or what has changed.\n"
        "- If it ends soon, call us before it does. We talk about what comes after.\n"
        "- You can ask us again as soon as it is over.",
    ),
    PageKey.WAITING: Words(
        "Stay on your waiting list",
        "A place on a list is worth keeping. It does not close the door here.\n\n"
        "- Stay on the list.\n"
        "- If the wait is long, call us. We may be able to see you before it ends.\n"
        "- Tell the other team if things get harder. They may be able to see you sooner.",
    ),
    PageKey.SUBSTANCES: Words(
        "A team for drinking and drugs",
        "If it is mainly about drinking or drugs, a team that knows about this can help first.\n\n"
        "- You can ask them yourself. You do not need a GP.\n"
        "- Ask the person in our team for the number that is right for where you live.\n"
        "- You can come back to us later, or while you see them.",
    ),
    PageKey.ANOTHER: Words(
        "What we talked about",
        "A person in the team talked with you about a way that may fit better.\n\n"
        "- If you are not sure what to do next, call us and ask.\n"
        "- If it does not work out, tell us. We look again.",
    ),
    PageKey.REGISTER_WITH_GP: Words(
        "How to register with a GP",
        "You never need a GP to ask us for help. For some other help you do. It is free for every student, "
        "from any country.\n\n"
        "1. [Find a practice](https://www.nhs.uk/service-search/find-a-gp) near where you live in term time. "
        "Many students in Liverpool go to Brownlow Health.\n"
        "2. Fill in its form, on its website or at its desk. Ask somebody there if you need a hand.\n"
        "3. You do not need an ID, an NHS number or proof of where you live. With them it is quicker.\n\n"
        "You can have one GP only. At home in the holidays, ask a practice there to see you as a visitor.",
    ),
}

FOR = {
    PageKey.UNREAL: later("Hears, sees or believes what others do not"),
    PageKey.OTHER_TEAM: later("With a mental health team already"),
    PageKey.UNLISTED: later("Studies somewhere that is not on our list"),
    PageKey.UNDER_18: later("Under 18"),
    PageKey.NO_SELF_HARM: later("No self-harm in the last 12 months"),
    PageKey.IN_THERAPY: later("In therapy somewhere else"),
    PageKey.WAITING: later("On another waiting list"),
    PageKey.SUBSTANCES: later("Alcohol or drugs are the main thing"),
    PageKey.ANOTHER: later("Something else"),
    PageKey.REGISTER_WITH_GP: later("How to register with a GP"),
}
"""For whom a page is, in words for staff."""

BESIDE = {PageKey.NO_SELF_HARM: (PageKey.REGISTER_WITH_GP,)}
"""What always stands beside a page: the route it names is closed without it (service.md 2.4, the trap)."""
