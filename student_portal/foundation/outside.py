"""Asking whether a page outside answers: one https GET that can be turned against nobody.

Staff type the address, so it is not trusted. Its name is looked up once, every address it has must be a
public one, and the connection goes to the very address that was judged: a name that answers differently the
second time (DNS rebinding) gains nothing. Redirects are judged afresh, each one. Reading ends with the head
of the answer; time, bytes and redirects have an end. No cookie, no referrer, no proxy of the environment, and
nothing of the answer is kept but whether it came.
"""

import http.client
import ipaddress
import queue
import socket
import ssl
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from enum import StrEnum
from io import BytesIO
from threading import Thread
from urllib.parse import SplitResult, urljoin, urlsplit

SECONDS = 5  # for everything together, redirects too
MOST_BYTES = 16 * 1024
MOST_REDIRECTS = 4
_KEEPS_MACHINES_OUT = {401, 403, 405, 406, 429}
"""The page is there and answers people only, as far as we can tell: no reason to call it broken."""

_UNICAST = ipaddress.ip_network("2000::/3")  # all of IPv6 that is handed out for single machines

Fetch = Callable[[str], "Answer"]


class Answer(StrEnum):
    """What became of asking. Everything but OPENS is for a person to look at."""

    OPENS = "opens"
    GONE = "gone"  # it answered, and said no such page, or broke
    SILENT = "silent"  # no connection, no answer in time, a certificate that does not fit
    REFUSED = "refused"  # we do not go there: not https, or not a public address
    ROUND = "round"  # too many redirects


class _NotThere(Exception):
    def __init__(self, answer: Answer) -> None:
        super().__init__(answer)
        self.answer = answer


def _look_up(host: str, port: int) -> list[str]:
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def is_public(address: str) -> bool:
    """Whether an IP address is one of the public internet's own: not private, loopback, link-local or a
    group's, nor a form of IPv6 that carries an IPv4 address inside.
    """
    parsed = ipaddress.ip_address(address)
    if isinstance(parsed, ipaddress.IPv6Address):
        carries = parsed.sixtofour or parsed.teredo
        return parsed in _UNICAST and parsed.is_global and not carries
    return parsed.is_global and not parsed.is_multicast


@dataclass(frozen=True)
class Rules:
    """Where we may go. The defaults are the only ones outside tests."""

    look_up: Callable[[str, int], list[str]] = _look_up
    permits: Callable[[str], bool] = is_public
    ports: frozenset[int] = frozenset({443})
    trust: ssl.SSLContext = field(default_factory=ssl.create_default_context)
    seconds: float = SECONDS


def fetch(url: str, rules: Rules | None = None) -> Answer:
    """Whether a page opens. Never raises."""
    rules = rules or Rules()
    ends = time.monotonic() + rules.seconds
    try:
        for _ in range(MOST_REDIRECTS + 1):
            status, leads = _ask(url, rules, ends)
            if leads is None:
                there = 200 <= status < 300 or status in _KEEPS_MACHINES_OUT
                return Answer.OPENS if there else Answer.GONE
            url = urljoin(url, leads)
    except _NotThere as wrong:
        return wrong.answer
    except (OSError, ValueError, http.client.HTTPException):
        return Answer.SILENT
    return Answer.ROUND


def _ask(url: str, rules: Rules, ends: float) -> tuple[int, str | None]:
    """The status of one page, and where it leads on if it does."""
    parts = urlsplit(url)
    host, port = _judged(parts, rules)
    target = parts._replace(scheme="", netloc="", fragment="").geturl() or "/"
    asked = (
        f"GET {target if target.startswith('/') else '/' + target} HTTP/1.1\r\nHost: {host}\r\n"
        "User-Agent: link-check\r\nAccept: */*\r\nConnection: close\r\n\r\n"
    )
    address = _one_public(host, port, rules, ends)
    with (
        closing(socket.create_connection((address, port), timeout=_left(ends))) as line,
        rules.trust.wrap_socket(line, server_hostname=host) as sealed,
    ):
        sealed.settimeout(_left(ends))
        sealed.sendall(asked.encode("ascii"))
        head = _head(sealed, ends)
    return _read(head)


def _judged(parts: SplitResult, rules: Rules) -> tuple[str, int]:
    """The host and port of an address we may ask; anything that could hide another is refused."""
    if parts.scheme != "https" or not parts.hostname or parts.username is not None:
        raise _NotThere(Answer.REFUSED)
    if any(letter <= " " or letter > "~" for letter in parts.geturl()):
        raise _NotThere(Answer.REFUSED)
    port = parts.port or 443
    if port not in rules.ports:
        raise _NotThere(Answer.REFUSED)
    return parts.hostname, port


def _one_public(host: str, port: int, rules: Rules, ends: float) -> str:
    """The first address of a name all of whose addresses are public."""
    addresses = _in_time(lambda: rules.look_up(host, port), ends)
    if not addresses or not all(rules.permits(address) for address in addresses):
        raise _NotThere(Answer.REFUSED)
    return addresses[0]


def _in_time(find: Callable[[], list[str]], ends: float) -> list[str]:
    """Looking up a name takes as long as it likes; we wait no longer than we have."""
    found: queue.SimpleQueue[list[str] | OSError] = queue.SimpleQueue()

    def look() -> None:
        try:
            found.put(find())
        except (OSError, UnicodeError):
            found.put(OSError("no such name"))

    Thread(target=look, daemon=True).start()
    try:
        answer = found.get(timeout=_left(ends))
    except queue.Empty:
        raise TimeoutError from None
    if isinstance(answer, OSError):
        raise answer
    return answer


def _head(sealed: ssl.SSLSocket, ends: float) -> bytes:
    """Everything up to the empty line, or as much as we are willing to read."""
    return b"".join(_pieces(sealed, ends))


def _pieces(sealed: ssl.SSLSocket, ends: float) -> Iterator[bytes]:
    read = b""
    while b"\r\n\r\n" not in read and len(read) < MOST_BYTES:
        sealed.settimeout(_left(ends))
        piece = sealed.recv(2048)
        if not piece:
            return
        read += piece
        yield piece


def _read(head: bytes) -> tuple[int, str | None]:
    """The status line and, of a redirect, its Location."""
    first, _, rest = head.partition(b"\r\n")
    words = first.split(maxsplit=2)
    if len(words) < 2 or not words[0].startswith(b"HTTP/1.") or not words[1].isdigit():
        raise _NotThere(Answer.SILENT)
    status = int(words[1])
    leads = http.client.parse_headers(BytesIO(rest)).get("Location") if status in range(300, 400) else None
    return status, leads


def _left(ends: float) -> float:
    left = ends - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left
