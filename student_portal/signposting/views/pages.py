"""Staff write the pages that students read: an admin writes and looks, a second person publishes."""

from dataclasses import dataclass

from flask import render_template, request
from werkzeug.wrappers import Response

from student_portal.access import queries as access
from student_portal.foundation import clock, web
from student_portal.foundation.errors import Conflict, Refused
from student_portal.foundation.i18n import gettext as _
from student_portal.institutions import queries as institutions
from student_portal.institutions.queries import Pathway
from student_portal.signposting import queries, service
from student_portal.signposting.forms import say
from student_portal.signposting.forms.pages import NewPageForm, PageForm, filled_page
from student_portal.signposting.lint import findings, stopping
from student_portal.signposting.queries import ENGLISH, FOR, Page, PageKey
from student_portal.signposting.reading_age import reading_age
from student_portal.signposting.views import names
from student_portal.signposting.views.base import EDITORS, READERS, blueprint, is_editor
from student_portal.signposting.views.deciding import review_words
from student_portal.signposting.views.page import as_read, back, propose_page
from student_portal.signposting.views.typed import number


@dataclass(frozen=True)
class Line:
    """One page on the list. `page` None: what comes with the software, never changed here."""

    key: PageKey
    for_whom: str
    place: str
    language: str
    title: str
    page: Page | None


@blueprint.get("/staff/signposting/pages")
@web.allow(*READERS)
def pages() -> str:
    """Every page students can be led to: what they read, when it was checked, what waits."""
    return render_template(
        "signposting/pages.html",
        lines=_lines(),
        names=names,
        broken=queries.broken_links(),
        today=clock.today(),
        editor=is_editor(),
    )


def _lines() -> list[Line]:
    standing = queries.pages()
    everybodys = {page.key for page in standing if page.organisation_id is None and page.language == ENGLISH}
    lines = [_line(page) for page in standing]
    lines += [
        Line(key, _(FOR[key]), "", "", queries.starting(key).title, None)
        for key in PageKey
        if key not in everybodys
    ]
    return sorted(lines, key=lambda line: list(PageKey).index(line.key))


def _line(page: Page) -> Line:
    return Line(page.key, _(FOR[page.key]), names.place(page), names.language(page), as_read(page)[0], page)


@blueprint.route("/staff/signposting/pages/new", methods=["GET", "POST"])
@web.allow(*EDITORS)
def new_page() -> Response | tuple[str, int]:
    """Write the first version of a page, beginning with the words that come with the software."""
    key = request.args.get("key", PageKey.ANOTHER.value)
    begun = queries.starting(PageKey(key) if key in set(PageKey) else PageKey.ANOTHER)
    form = NewPageForm(
        institutions.listed(Pathway.THERAPY),
        data={"key": begun.key.value, **filled_page(None, begun.title, begun.body, seen=0)},
    )
    if form.validate_on_submit() and _may_go_on(form):
        try:
            made = service.begin_page(
                key=PageKey(form.key.data),
                organisation_id=form.organisation.data or None,
                language=form.language.data,
                words=form.words(),
                by=access.current(),
                at=clock.now(),
            )
        except Refused as refusal:
            _explain(form, refusal)
        except Conflict:
            say(form.key, _("Somebody has begun this page already. Look under Written pages"))
        else:
            return _after_saving(made)
    return _edit_page(form, None)


@blueprint.route("/staff/signposting/pages/<page_id>/edit", methods=["GET", "POST"])
@web.allow(*EDITORS)
def edit_page(page_id: str) -> Response | tuple[str, int]:
    """Change a page's draft, or begin one from what students read."""
    page = queries.page(page_id)
    seen = page.waiting.seen if page.waiting else 0
    form = PageForm(data=filled_page(page.newest, "", "", seen=seen))
    if form.validate_on_submit() and _may_go_on(form):
        try:
            service.draft_page(
                page_id=page_id,
                words=form.words(),
                seen=number(form.seen.data),
                by=access.current(),
                at=clock.now(),
            )
        except Refused as refusal:
            _explain(form, refusal)
        except Conflict:
            say(
                form.title,
                _("Someone else saved this page while you were typing. Your words are still below."),
            )
            form.seen.data = str(seen)
        else:
            return _after_saving(page_id)
    return _edit_page(form, page)


def _may_go_on(form: PageForm) -> bool:
    """A draft may hold any words; what is sent to a second person may not name a method or say "commit"."""
    stops = stopping(f"{form.title.data}\n\n{form.body.data}") if "propose" in request.form else ()
    if stops:
        found = ", ".join(f"“{finding.found}”" for finding in stops)
        say(form.body, _("Change %(found)s first. You can save it as a draft", found=found))
    return not stops


def _explain(form: PageForm, refusal: Refused) -> None:
    words = {
        "review": (form.review_by, review_words()),
        "link": (
            form.body,
            _(
                "One link leads nowhere a page may lead. Use https://, tel: or sms: with digits only, or a "
                "page of ours such as /help"
            ),
        ),
    }
    say(*words[refusal.code])


def _after_saving(page_id: str) -> Response:
    """Save keeps the draft; the main button also sends it to a second person."""
    return propose_page(page_id) if "propose" in request.form else back(page_id, "")


def _edit_page(form: PageForm, page: Page | None) -> tuple[str, int]:
    error = bool(form.errors)
    typed = f"{form.title.data or ''}.\n\n{form.body.data or ''}"
    shown = render_template(
        "signposting/page_edit.html",
        form=form,
        page=page,
        for_whom=_(FOR[page.key]) if page else "",
        findings=findings(typed),
        age=reading_age(typed) if page is None or page.language == ENGLISH else None,
        error=error,
    )
    return shown, 400 if error else 200
