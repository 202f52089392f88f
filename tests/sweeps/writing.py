"""The written pages of the team's side: two people who write, publish, check and take away."""

from student_portal.access.queries import Role
from tests.support.asking import hidden
from tests.support.pages import Page
from tests.support.world import World
from tests.sweeps.walks import Walk

A_PAGE = {
    "title": "Who else can listen",
    "body": "You can ring them today.\n\n- [Help](/help)",
    "how": "Read it aloud.",
    "review_by": "1/2/2027",
}
WHY = "Out of date."


def writing_pages(world: World) -> list[Page]:
    """An admin writes a page, with slips, and sends it on; a manager publishes it and sends the next back."""
    admin, manager = Walk(world.browser(Role.ADMIN)), Walk(world.browser(Role.MANAGER))
    new = {**A_PAGE, "key": "another", "organisation": "", "language": "en-GB"}
    admin.look("/staff/signposting/pages/new?key=another")
    admin.press("/staff/signposting/pages/new", new | {"body": "[x](http://x.example)"})
    page = admin.press("/staff/signposting/pages/new", new).request.path
    for who, button in ((admin, "propose"), (manager, "approve")):
        who.look(page)
        address, kept = next(form for form in who.pages[-1].forms() if form[0].endswith(f"/{button}"))
        who.press(address, kept)
    admin.try_out(page, f"{page}/edit")
    admin.press(f"{page}/verify", {"number": "1", "how": "Read it.", "review_by": "31/12/2027"})
    admin.press(f"{page}/edit", A_PAGE | {"seen": "0", "body": "You can write to them."})
    admin.press(f"{page}/withdraw", {"why": WHY})
    admin.press(f"{page}/propose")
    manager.look(page)
    manager.press(f"{page}/return", hidden(manager.browser.get(page)))
    admin.press(f"{page}/withdraw", {"why": WHY})
    manager.look(page, "/staff/signposting/pages")
    return [*admin.pages, *manager.pages]
