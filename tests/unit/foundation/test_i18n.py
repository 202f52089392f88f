"""A page speaks one language, which is found once, and no other page hears it."""

from flask import Flask

from student_portal.foundation import i18n
from student_portal.foundation.i18n import gettext


def test_a_page_drawn_inside_anothers_request_hears_its_own_language() -> None:
    """As the demo's worker does, which writes the help page's copies while somebody moves the clock."""
    marked, plain = Flask("marked"), Flask("plain")
    i18n.init(marked, pseudo=True)
    i18n.init(plain)

    @marked.get("/")
    def around() -> list[str]:
        said = [gettext("Today")]
        with plain.test_request_context():
            said.append(gettext("Today"))
        return [*said, gettext("Today")]

    browser = marked.test_client()
    for _ in range(2):
        assert browser.get("/").json == ["⟦Today⟧", "Today", "⟦Today⟧"]
    with plain.test_request_context():
        assert gettext("Today") == "Today"
