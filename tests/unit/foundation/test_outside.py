"""Asking whether a page opens: honest about what came, and of no use to anybody who wants to reach inside."""

import socket
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from student_portal.foundation.outside import Answer, Rules, fetch, is_public
from tests.support.pages_outside import HOST, Peer, listening

PUBLIC = ("8.8.8.8", "151.101.0.1", "2606:4700::1111")
INSIDE = (
    "127.0.0.1", "127.9.9.9", "0.0.0.0", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254",
    "100.64.0.1", "224.0.0.1", "240.0.0.1", "255.255.255.255", "192.0.2.1", "198.18.0.1", "::1", "::",
    "fe80::1", "fc00::1", "fd00::1", "fec0::1", "ff02::1", "::ffff:10.0.0.1", "::ffff:8.8.8.8", "::7f00:1",
    "64:ff9b::a00:1", "64:ff9b::808:808", "2002:a00:1::1", "2001:0:7f00:1::1", "2001:db8::1",
)  # fmt: skip
ONLY_HERE = Rules(look_up=lambda _host, _port: ["127.0.0.1"])


@pytest.fixture(scope="module")
def peer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Peer]:
    with listening(tmp_path_factory.mktemp("peer")) as standing:
        yield standing


@pytest.fixture(autouse=True)
def _forget(peer: Peer) -> None:
    peer.says.clear()
    peer.heard.clear()


@pytest.mark.parametrize(
    ("head", "answer"),
    [
        (b"HTTP/1.1 200 OK\r\n\r\n", Answer.OPENS),
        (b"HTTP/1.1 204\r\n\r\n", Answer.OPENS),
        (b"HTTP/1.1 403 Only people\r\n\r\n", Answer.OPENS),
        (b"HTTP/1.1 404 No\r\n\r\n", Answer.GONE),
        (b"HTTP/1.1 410 Gone\r\n\r\n", Answer.GONE),
        (b"HTTP/1.1 503 Later\r\n\r\n", Answer.GONE),
        (b"HTTP/1.1 304\r\n\r\n", Answer.GONE),
        (b"", Answer.SILENT),
        (b"SSH-2.0-OpenSSH_9.2\r\n", Answer.SILENT),
        (b"HTTP/1.1 abc\r\n\r\n", Answer.SILENT),
        (b"HTTP/1.1 200 OK\r\nX: " + b"a" * 100_000, Answer.OPENS),
    ],
)
def test_what_a_page_answers_is_what_we_say_of_it(peer: Peer, head: bytes, answer: Answer) -> None:
    peer.says["/page"] = head
    assert fetch(peer.url("/page"), peer.rules()) is answer


def test_a_redirect_is_followed_and_a_circle_is_not(peer: Peer) -> None:
    peer.says["/old"] = b"HTTP/1.1 301 Moved\r\nLocation: /new?a=1#part\r\n\r\n"
    peer.says["/new?a=1"] = b"HTTP/1.1 200 OK\r\n\r\n"
    peer.says["/round"] = b"HTTP/1.1 302 Found\r\nLocation: /round\r\n\r\n"
    assert fetch(peer.url("/old"), peer.rules()) is Answer.OPENS
    assert fetch(peer.url("/round"), peer.rules()) is Answer.ROUND
    assert len(peer.heard) == 2 + 5


@pytest.mark.hazard("H03")
@pytest.mark.parametrize(
    "leads",
    ["http://{host}/x", "https://user@{host}/x", "//{host}:1/x", "ftp://{host}/x", "file:///etc/passwd"],
)
def test_a_redirect_is_judged_like_an_address_that_was_typed(peer: Peer, leads: str) -> None:
    peer.says["/old"] = f"HTTP/1.1 302 Found\r\nLocation: {leads.format(host=HOST)}\r\n\r\n".encode()
    assert fetch(peer.url("/old"), peer.rules()) is Answer.REFUSED
    assert len(peer.heard) == 1


@pytest.mark.hazard("H03")
@pytest.mark.parametrize("address", INSIDE)
def test_an_address_inside_is_never_asked(peer: Peer, address: str) -> None:
    assert not is_public(address)
    rules = peer.rules(look_up=lambda _host, _port: [address], permits=Rules().permits)
    assert fetch(peer.url("/page"), rules) is Answer.REFUSED
    both = peer.rules(look_up=lambda _host, _port: [PUBLIC[0], address], permits=Rules().permits)
    assert fetch(peer.url("/page"), both) is Answer.REFUSED
    assert peer.heard == []


@pytest.mark.parametrize("address", PUBLIC)
def test_an_address_of_the_public_internet_may_be_asked(address: str) -> None:
    assert is_public(address)


@pytest.mark.hazard("H03")
def test_a_name_that_changes_its_mind_gains_nothing(peer: Peer) -> None:
    """Judged once, and the connection goes to what was judged: the second answer is never asked for."""
    answers = iter([["127.0.0.1"], ["10.0.0.1"]])
    judged: list[str] = []
    rules = peer.rules(
        look_up=lambda _host, _port: next(answers), permits=lambda address: not judged.append(address)
    )
    peer.says["/page"] = b"HTTP/1.1 200 OK\r\n\r\n"
    assert fetch(peer.url("/page"), rules) is Answer.OPENS
    assert judged == ["127.0.0.1"]
    assert next(answers) == ["10.0.0.1"]


@pytest.mark.hazard("H03")
@pytest.mark.parametrize(
    "url",
    [
        "http://pages.example/", "https://localhost/", "https://127.0.0.1/", "https://[::1]/", "https:///x",
        "https://pages.example:22/", "https://me:secret@pages.example/", "https://pages.example/\r\nX: y",
        "https://pagés.example/", "gopher://pages.example/", "", "//pages.example", "https://2130706433/",
        "https://0x7f.1/", "https://pages.example:99999999/", "https://[/",
    ],
)  # fmt: skip
def test_by_the_rules_outside_tests_such_an_address_is_not_gone_to(
    url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_line(*_args: object, **_kw: object) -> socket.socket:
        raise AssertionError("a connection was opened")

    def names(host: str, *_args: object, **_kw: object) -> list[tuple[object, ...]]:
        return [(0, 0, 0, "", ("127.0.0.1" if host != "::1" else "::1", 443))]

    monkeypatch.setattr(socket, "create_connection", no_line)
    monkeypatch.setattr(socket, "getaddrinfo", names)
    assert fetch(url) in (Answer.REFUSED, Answer.SILENT)


def test_a_certificate_that_nobody_vouches_for_is_no_answer(peer: Peer) -> None:
    peer.says["/page"] = b"HTTP/1.1 200 OK\r\n\r\n"
    assert fetch(peer.url("/page"), peer.rules(trust=Rules().trust)) is Answer.SILENT
    assert peer.heard == []


def test_waiting_has_an_end(peer: Peer) -> None:
    assert fetch(peer.url("/page"), peer.rules(seconds=0)) is Answer.SILENT


def test_nothing_but_the_address_is_told(peer: Peer) -> None:
    peer.says["/page?a=b"] = b"HTTP/1.1 200 OK\r\nSet-Cookie: who=me\r\n\r\n"
    assert fetch(peer.url("/page?a=b#part"), peer.rules()) is Answer.OPENS
    lines = peer.heard[0].decode().split("\r\n")
    assert lines[0] == "GET /page?a=b HTTP/1.1"
    assert [line.partition(":")[0] for line in lines[1:] if line] == [
        "Host", "User-Agent", "Accept", "Connection"
    ]  # fmt: skip


@given(st.text())
def test_no_text_makes_it_fail(url: str) -> None:
    assert fetch(url, ONLY_HERE) in (Answer.REFUSED, Answer.SILENT)
    assert fetch(f"https://{url}", ONLY_HERE) in (Answer.REFUSED, Answer.SILENT)
