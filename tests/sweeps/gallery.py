"""Every page of the walk again, for a real browser: the page as it was answered, under a number.

A page after a button costs no more than any other here, and no test has to press its way to it.
"""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Thread

from flask import Flask, Response
from werkzeug.serving import make_server

from tests.support.pages import Page

FOCUSED = """() => {
  const has = document.activeElement, box = has.getBoundingClientRect();
  if (has === document.body) return [null, null];
  const seen = [[.5, .5], [.5, .1], [.5, .9], [.1, .5], [.9, .5]].some(([x, y]) => {
    const top = document.elementFromPoint(box.x + x * box.width, box.y + y * box.height);
    return top && (has.contains(top) || top.contains(has) && top.closest("main, header, footer, aside"));
  });
  return [has.className, seen ? null : has.outerHTML.slice(0, 120)];
}"""
"""The class of what has the focus (null: nothing), and its markup if something lies over all of it."""


@dataclass(frozen=True)
class Gallery:
    """The pages on show, each at `address(page)`."""

    url: str
    pages: list[Page]

    def address(self, page: Page) -> str:
        return f"{self.url}/shown/{self.pages.index(page)}"


@contextmanager
def showing(app: Flask, pages: Sequence[Page]) -> Iterator[Gallery]:
    """Serve these pages, and the application's own style sheet and scripts, on this machine."""
    kept = [page for page in pages if page.template]
    frame = Flask("gallery", static_folder=app.static_folder)

    @frame.get("/shown/<int:number>")
    def shown(number: int) -> Response:
        return Response(kept[number].html, headers={"Content-Security-Policy": kept[number].policy})

    server = make_server("127.0.0.1", 0, frame, threaded=True)
    Thread(target=server.serve_forever, daemon=True).start()
    yield Gallery(f"http://127.0.0.1:{server.server_port}", kept)
    server.shutdown()


def kinds(pages: Sequence[Page]) -> list[Page]:
    """One page of each address, numbers and ids left aside, and of each title; refused forms on their own."""
    by_kind = {(re.sub(r"\b[0-9a-z]{26}\b|\d+|\?.*", "#", p.path), _title(p), p.template): p for p in pages}
    return list(by_kind.values())


def one_of_each_template(pages: Sequence[Page]) -> list[Page]:
    """For each template the longest page that was made from it."""
    longest: dict[str, Page] = {}
    for page in pages:
        if len(page.html) > len(longest.get(page.template, Page("", 0, "")).html):
            longest[page.template] = page
    return list(longest.values())


def _title(page: Page) -> str:
    return re.sub(r"\d+", "#", page.title)
