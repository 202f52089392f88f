"""Goals 5 and 6: what a student's page weighs on the wire, and how it behaves on a slow phone."""

import gzip
import http.client
import json
import os
import re
import shutil
import subprocess
import tempfile
import urllib.parse
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks import students
from benchmarks.serving import Server, serving

PAGES = {
    "start": "/", "help": "/help", "ask for support": "/join", "sign in": "/code", "who reads": "/who",
    "privacy": "/privacy", "accessibility": "/accessibility", "home": "/home", "dates": "/dates",
    "choices": "/choices",
}  # fmt: skip
OF_A_FORM = {
    "form, first page": "?first=1", "form, question": f"/{students.HALF + 1}", "form, one page": "/all",
    "form, check": "/check", "form, stop": "/stop", "form, not this time": "/decline",
}  # fmt: skip
MOST = 8 * 1024  # bytes of a first view, with its style sheet
NHSUK, SURVEYJS, LHC_FORMS = 45_445, 416_413, 829_161  # bytes on the wire, measured once in November 2026
SLOW = {
    "offline": False,
    "latency": 150,
    "downloadThroughput": 204_800,
    "uploadThroughput": 93_750,
}  # slow 4G
OBSERVE = """() => {
  window.seen = {lcp: 0, cls: 0, tbt: 0};
  const watch = (type, each) => new PerformanceObserver(l => l.getEntries().forEach(each))
    .observe({type, buffered: true});
  watch('largest-contentful-paint', e => { seen.lcp = e.startTime; });
  watch('layout-shift', e => { if (!e.hadRecentInput) seen.cls += e.value; });
  watch('longtask', e => { seen.tbt += Math.max(0, e.duration - 50); });
}"""


@dataclass(frozen=True)
class Weight:
    """One page: bytes as gzip -6 of each body would be, and how many requests a first view makes."""

    name: str
    html: int
    style: int
    scripts: int
    requests: int
    other_sites: int

    @property
    def first_view(self) -> int:
        return self.html + self.style


def run(*, lighthouse: bool) -> None:
    """Weigh every page, then look at each in Chromium; prints tables and whether the goals are met."""
    with _standing() as (server, pages, cookie):
        weights = [_weigh(server, name, path, cookie) for name, path in pages.items()]
        print(_weighed(weights))
        print(_long_lived(server))
        print(_watched(server, pages, cookie))
        print(_lighthouse(server, pages, cookie) if lighthouse else "Lighthouse was not run (--lighthouse).")


@contextmanager
def _standing() -> Iterator[tuple[Server, dict[str, str], str]]:
    """The live portal with one student half-way through a form; gives the pages' paths and the cookie."""
    with tempfile.TemporaryDirectory(prefix="portal-benchmarks-") as kept, ExitStack() as stack:
        folder = Path(kept)
        portal = students.opened(f"sqlite:///{folder}/portal.sqlite", kept)
        form = portal.half_filled(1)[0]
        app = serving("benchmarks.serving:ours()", folder / "log", portal.environment, ready="/help")
        pages = PAGES | {name: f"{form.path}{rest}" for name, rest in OF_A_FORM.items()}
        yield stack.enter_context(app), pages, portal.crowd.signed_in(form)


def _weigh(server: Server, name: str, path: str, cookie: str) -> Weight:
    html, _ = _get(server, path, cookie)
    page = html.decode()
    style = re.findall(r'<link rel="stylesheet" href="([^"]+)"', page)
    scripts = re.findall(r'<script src="([^"]+)"', page)
    icons = re.findall(r'<link rel="icon" href="([^"]+)"', page)
    linked = [*style, *scripts, *icons]
    return Weight(
        name,
        _wire(html),
        sum(_wire(_get(server, url, "")[0]) for url in style),
        sum(_wire(_get(server, url, "")[0]) for url in scripts),
        1 + len(linked),
        sum("//" in url for url in linked),
    )


def _wire(body: bytes) -> int:
    return len(gzip.compress(body, 6))


def _get(server: Server, path: str, cookie: str) -> tuple[bytes, Mapping[str, str]]:
    """A page's body and headers. Raises RuntimeError for anything but the page itself."""
    with closing(http.client.HTTPConnection(urllib.parse.urlsplit(server.url).netloc, timeout=20)) as line:
        line.request("GET", path, headers={"Cookie": cookie})
        answer = line.getresponse()
        body = answer.read()
        if answer.status != 200:
            raise RuntimeError(f"{path} answered {answer.status} {answer.getheader('Location', '')}")
        return body, dict(answer.getheaders())


def _weighed(weights: list[Weight]) -> str:
    lines = [
        "| page | HTML | style sheet | HTML + style | scripts | requests |\n|---|---|---|---|---|---|",
        *(
            f"| {one.name} | {one.html} | {one.style} | {one.first_view} | {one.scripts} | {one.requests} |"
            for one in weights
        ),
    ]
    heaviest = max(weights, key=lambda one: one.first_view)
    most = max(one.requests for one in weights)
    all_of_it = heaviest.first_view + max(one.scripts for one in weights)
    lines += [
        f"\n- goal 5, HTML + style at most {MOST} bytes: {heaviest.first_view} ({heaviest.name}), "
        f"{_met(heaviest.first_view <= MOST)}",
        f"- goal 5, with every script: 1/{NHSUK / all_of_it:.0f} of the nhsuk default, "
        f"1/{SURVEYJS / all_of_it:.0f} of SurveyJS, 1/{LHC_FORMS / all_of_it:.0f} of LHC-Forms"
        " (their bytes as measured once, not here)",
        f"- goal 5, at most 2 requests: 2 before the page stands, with scripts and icon {most}: "
        f"{_met(most <= 2)}",
        f"- goal 5, requests to another site: {sum(one.other_sites for one in weights)}",
    ]
    return "\n".join(lines)


def _long_lived(server: Server) -> str:
    page = _get(server, "/", "")[0].decode()
    files = re.findall(r'(?:href|src)="(/static/[^"]+)"', page)
    kept = {_get(server, file, "")[1].get("Cache-Control") for file in files}
    return f"- {len(files)} linked files, Cache-Control {', '.join(sorted(map(str, kept)))}"


def _watched(server: Server, pages: dict[str, str], cookie: str) -> str:
    """Each page in Chromium on a phone's screen, slow 4G and a processor four times slower, uncompressed."""
    from playwright.sync_api import sync_playwright

    lines = ["\n| page, uncompressed, slow 4G, 4 x CPU | LCP s | TBT ms | CLS |\n|---|---|---|---|"]
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=_chromium(), args=["--no-sandbox"])
        for name, path in pages.items():
            context = browser.new_context(viewport={"width": 390, "height": 844})
            context.set_extra_http_headers({"Cookie": cookie})
            page = context.new_page()
            page.add_init_script(f"({OBSERVE})()")
            speaks = context.new_cdp_session(page)
            speaks.send("Network.enable")
            speaks.send("Network.emulateNetworkConditions", SLOW)
            speaks.send("Emulation.setCPUThrottlingRate", {"rate": 4})
            page.goto(server.url + path, wait_until="networkidle")
            seen = page.evaluate("window.seen")
            lines.append(f"| {name} | {seen['lcp'] / 1000:.2f} | {seen['tbt']:.0f} | {seen['cls']:.3f} |")
            context.close()
        browser.close()
    return "\n".join(lines)


def _lighthouse(server: Server, pages: dict[str, str], cookie: str) -> str:
    """Lighthouse's phone, from the npm registry into a folder that is removed; else a sentence."""
    if not shutil.which("npx"):
        return "Lighthouse was not run: this machine has no npx."
    lines = ["\n| Lighthouse, phone | performance | accessibility | best practices | LCP s | TBT ms | CLS |"]
    lines.append("|---|---|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as kept:
        for name, path in pages.items():
            said = _one_lighthouse(server.url + path, cookie, Path(kept))
            if said is None:
                return "Lighthouse was not run: the npm registry did not give it, or it did not start."
            lines.append(f"| {name} | {said} |")
    return "\n".join(lines)


def _one_lighthouse(url: str, cookie: str, folder: Path) -> str | None:
    report = folder / "report.json"
    flags = "--headless=new --no-sandbox --disable-gpu --disable-background-networking"
    command = [
        "npx", "--yes", "lighthouse@12.8.2", url, "--quiet", "--output=json", f"--output-path={report}",
        "--only-categories=performance,accessibility,best-practices", f"--chrome-flags={flags}",
        f"--extra-headers={json.dumps({'Cookie': cookie})}",
    ]  # fmt: skip
    home = {"npm_config_cache": str(folder / "npm"), "CHROME_PATH": _chromium()}
    ran = subprocess.run(
        command, env={**os.environ, **home}, cwd=folder, capture_output=True, timeout=300, check=False
    )
    if ran.returncode or not report.exists():
        return None
    found = json.loads(report.read_text())
    scores = [round((found["categories"][name]["score"] or 0) * 100) for name in found["categories"]]
    audits = found["audits"]
    lcp = audits["largest-contentful-paint"]["numericValue"] / 1000
    tbt = audits["total-blocking-time"]["numericValue"]
    cls = audits["cumulative-layout-shift"]["numericValue"]
    return f"{scores[0]} | {scores[1]} | {scores[2]} | {lcp:.2f} | {tbt:.0f} | {cls:.3f}"


def _chromium() -> str:
    known = ("chromium", "google-chrome", "chromium-headless-shell")
    return next(filter(None, map(shutil.which, known)), "chromium")


def _met(met: bool) -> str:
    return "met" if met else "NOT met"
