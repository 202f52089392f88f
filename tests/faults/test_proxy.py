"""A live service behind the runbook's own nginx: whatever is gone, the proxy has help to show."""

from __future__ import annotations

import re
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg
import pytest

from tests.faults.proxy import NGINX, Answer, Live
from tests.support.databases import in_database
from tests.support.tree import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator

TOKEN = "q" * 26

pytestmark = [
    pytest.mark.one_database,
    pytest.mark.skipif(not Path(NGINX).exists(), reason="nginx-light is not installed: bin/test says how"),
]


@pytest.fixture(scope="module")
def deployed(postgres_template: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    """The whole deployment, running."""
    control(postgres_template, "CREATE DATABASE live TEMPLATE portal_template STRATEGY FILE_COPY")
    standing = Live(tmp_path_factory.mktemp("live"), in_database(postgres_template, "live"))
    try:
        standing.start("portal", standing.port)
        standing.start("nginx", standing.secure_port)
        standing.wait((standing.folder / "data/help/exit.html").exists, "the copies")
        yield standing
    finally:
        for name in list(standing.running):
            standing.kill(name)
        control(postgres_template, "DROP DATABASE live WITH (FORCE)")


@pytest.fixture
def live(deployed: Live) -> Live:
    """With everything in its place."""
    deployed.start("portal", deployed.port)
    return deployed


@pytest.fixture
def gone(deployed: Live) -> Live:
    """The same with the application killed."""
    deployed.kill("portal")
    return deployed


def control(server: str, *orders: str) -> None:
    with closing(psycopg.connect(in_database(server, "postgres"), autocommit=True)) as postgres:
        for order in orders:
            postgres.execute(order)


def must_be_the_copy(answer: Answer, status: int = 503) -> None:
    assert answer.status == status
    for needed in ("tel:999", "tel:111", "sms:85258", "These numbers still work."):
        assert needed in answer.text
    assert len(answer.text.encode()) <= 5 * 1024
    assert "<script" not in answer.text
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src" not in policy
    assert answer.headers["Cache-Control"] == "no-store"
    for name in ("X-Content-Type-Options", "Referrer-Policy", "X-Robots-Tag", "Strict-Transport-Security"):
        assert name in answer.headers


@pytest.mark.hazard("H15")
def test_without_its_database_the_application_answers_itself_and_help_stands(
    live: Live, postgres_template: str
) -> None:
    control(
        postgres_template,
        "ALTER DATABASE live ALLOW_CONNECTIONS false",
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'live'",
    )
    try:
        help_page, home = live.ask("/help"), live.ask("/code", method="POST", body=b"")
        assert help_page.status == 200
        assert "These numbers still work." not in help_page.text
        assert home.status in (400, 503)
        for answer in (help_page, home):
            assert "tel:999" in answer.text
        assert live.ask("/staff").status == 503
    finally:
        control(postgres_template, "ALTER DATABASE live ALLOW_CONNECTIONS true")
    assert live.ask("/code").status == 200


@pytest.mark.hazard("H15")
def test_the_browsers_language_chooses_the_copy(live: Live) -> None:
    folder = live.folder / "data/help"
    english = (folder / "help.html").read_text()
    welsh = english.replace('lang="en-GB"', 'lang="cy"')
    (folder / "help-cy.html").write_text(welsh)
    (folder / "maintenance").touch()
    try:
        for wanted, got in [
            ("cy", "cy"), ("cy-GB,cy;q=0.9", "cy"), ("en-GB", "en-GB"), ("fr-FR,fr", "en-GB"),
            ("../../etc", "en-GB"), ("", "en-GB"),
        ]:  # fmt: skip
            answer = live.ask("/", Accept_Language=wanted)
            must_be_the_copy(answer)
            assert f'<html lang="{got}"' in answer.text, wanted
    finally:
        (folder / "maintenance").unlink()
        (folder / "help-cy.html").unlink()
    assert live.ask("/").status == 200


@pytest.mark.hazard("H15")
@pytest.mark.parametrize(
    ("path", "method", "body", "status"),
    [
        ("/" + "x" * 5000, "GET", None, 414),
        ("/code", "POST", b"x" * 70_000, 413),
        ("/", "BREW", None, 405),
        ("/nothing/here", "GET", None, 404),
        ("/%", "GET", None, 400),
    ],
)
def test_what_the_proxy_or_the_application_refuses_has_help_as_well(
    live: Live, path: str, method: str, body: bytes | None, status: int
) -> None:
    answer = live.ask(path, method=method, body=body)
    assert answer.status == status
    assert "tel:999" in answer.text


@pytest.mark.hazard("H15")
@pytest.mark.parametrize(
    ("sent", "status"),
    [
        (f"GET /l/{TOKEN}{'x' * 5000} HTTP/1.1\r\n\r\n", 414),
        (f"GET /l/{TOKEN} HTTP/1.1\r\n{'a: b' * 4000}\r\n\r\n", 431),
        (f"GET /l/{TOKEN} HTTP/9.9\r\n\r\n", 400),
        (f"/l/{TOKEN}\r\n\r\n", 400),
        (f"GET /l/{TOKEN} HTTP/1.1\r\nbad header: {TOKEN}\r\n\r\n", 400),
    ],
)
def test_what_reaches_no_page_of_ours_is_refused_with_help_and_not_repeated(
    live: Live, sent: str, status: int
) -> None:
    answer = live.raw(sent.encode())
    assert answer.status == status
    assert "tel:999" in answer.text
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert TOKEN not in answer.text + live.said()


@pytest.mark.hazard("H15")
def test_when_the_application_is_gone_the_proxy_shows_help_and_its_style(gone: Live) -> None:
    for path in ("/", "/help", "/home", f"/l/{TOKEN}?x=1", "/staff", "/form/abc/3"):
        must_be_the_copy(gone.ask(path))
    must_be_the_copy(gone.ask("/code", method="POST", body=b"where=07700900109"))
    style = re.search(r'href="(/static/css/[^"]+)"', gone.ask("/home").text)
    assert style
    sheet = gone.ask(style[1])
    assert (sheet.status, sheet.text) == (200, (ROOT / "student_portal/static/css/portal.css").read_text())
    assert "immutable" in sheet.headers["Cache-Control"]


@pytest.mark.hazard("H13")
def test_exit_leads_away_and_signs_out_even_then(gone: Live) -> None:
    for path in ("/exit", "/help/exit"):
        left = gone.ask(path)
        assert left.status == 200
        assert "You have left" in left.text
        assert "tel:" not in left.text
        assert left.headers["Set-Cookie"].startswith("__Host-portal=; ")
        assert "Max-Age=0" in left.headers["Set-Cookie"]
        assert left.headers["Clear-Site-Data"] == '"storage"'


@pytest.mark.hazard("H15")
def test_before_there_is_any_copy_the_proxy_has_the_numbers_itself(gone: Live) -> None:
    folder, aside = gone.folder / "data/help", gone.folder / "data/aside"
    folder.rename(aside)
    try:
        bare = gone.ask("/home")
        assert bare.status == 503
        for needed in ("tel:999", "tel:111", "tel:116123", "sms:85258"):
            assert needed in bare.text
    finally:
        aside.rename(folder)


@pytest.mark.hazard("H14")
def test_the_proxy_writes_down_no_path_even_when_nothing_answers(gone: Live) -> None:
    gone.ask(f"/l/{TOKEN}")
    gone.ask("/form/juniper/3?answer=4")
    said = gone.said()
    for secret in (TOKEN, "juniper", "answer", "127.0.0.1"):
        assert secret not in said
    assert re.search(r"GET /l 503 ", said)
    assert re.search(r"GET /form 503 ", said)


@pytest.mark.hazard("H15")
def test_when_the_application_is_back_so_are_its_pages(live: Live) -> None:
    back = live.ask("/help")
    assert back.status == 200
    assert "These numbers still work." not in back.text
    assert live.ask(f"/l/{TOKEN}", X_Forwarded_Host="elsewhere.example").status == 200
    assert TOKEN not in live.said()


@pytest.mark.hazard("H15")
def test_a_flood_is_held_back_with_help_and_help_itself_never(gone: Live) -> None:
    """Last of all: from here on this proxy has had enough."""
    assert gone.hammer("/home", 900)[429] > 100
    must_be_the_copy(gone.ask("/home"), 429)
    assert gone.hammer("/help", 50) == {503: 50}
    assert gone.hammer("/exit", 50) == {200: 50}
