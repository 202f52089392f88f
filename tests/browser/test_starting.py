"""The service as a newcomer starts it: one command, and help is there on the phone."""

import re
import socket
from pathlib import Path

import pytest

from tests.support import axe
from tests.support.browser import OpenPage
from tests.support.server import Server, serving, start


@pytest.mark.only_looks
@pytest.mark.parametrize("scripts", [True, False], ids=["scripts on", "scripts off"])
def test_help_is_one_tap_from_the_first_page(phone: OpenPage, scripts: bool) -> None:
    page = phone(scripts=scripts)
    page.goto("/")
    page.get_by_role("link", name="Get help now").first.click()
    page.wait_for_url("**/help")
    assert page.get_by_role("link", name="999").count() > 0


@pytest.mark.only_looks
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_first_page_is_accessible(phone: OpenPage, scheme: str) -> None:
    page = phone(scheme=scheme)
    page.goto("/")
    axe.must_be_accessible(page)


def test_a_second_start_finds_what_the_first_one_left(live_server: Server) -> None:
    live_server.stop()
    with serving(live_server.data_dir) as again:
        assert "Traceback" not in again.log


def test_a_port_in_use_is_said_in_one_sentence_and_before_anything_is_made(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(RuntimeError) as stopped:
            start(tmp_path / "data", PORT=str(taken.getsockname()[1]))
    said = str(stopped.value).partition("it said:\n")[2].strip()
    assert re.fullmatch(
        r"Error: Port \d+ is in use already: choose another, such as PORT=\d+ bin/run\.", said
    )
    assert not (tmp_path / "data" / "portal.sqlite").exists()
