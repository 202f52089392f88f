"""Providers on this machine: they speak HTTP or SMTP as the real ones do, and say what a test tells them."""

import json
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs


class TextPeer:
    """Answers Twilio's REST API with `status` and `answer`; `heard` is what it was asked."""

    def __init__(self) -> None:
        self.status, self.answer, self.cut = 201, {"sid": "SM42"}, False
        self.heard: list[tuple[str, dict[str, str]]] = []
        self.url = ""


@contextmanager
def text_peer() -> Iterator[TextPeer]:
    """A listening text provider."""
    peer = TextPeer()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
            peer.heard.append((self.path, {name: values[0] for name, values in asked.items()}))
            if peer.cut:
                self.connection.close()
                return
            body = json.dumps(peer.answer).encode()
            self.send_response(peer.status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    with _listening(ThreadingHTTPServer(("127.0.0.1", 0), Handler)) as port:
        peer.url = f"http://127.0.0.1:{port}"
        yield peer


USUAL = {"ehlo": "250 peer", "mail": "250 ok", "rcpt": "250 ok", "data": "354 go on", "quit": "221 bye"}


class MailPeer:
    """A mail server that takes one letter at a time. `says` overrides its answer to one command."""

    def __init__(self) -> None:
        self.says: dict[str, str] = {}
        self.letters: list[str] = []
        self.port = 0


@contextmanager
def mail_peer() -> Iterator[MailPeer]:
    """A listening mail server."""
    peer = MailPeer()
    handler = type("Handler", (_MailHandler,), {"peer": peer})
    with _listening(socketserver.ThreadingTCPServer(("127.0.0.1", 0), handler)) as port:
        peer.port = port
        yield peer


class _MailHandler(socketserver.StreamRequestHandler):
    """One conversation, command by command."""

    peer: MailPeer

    def handle(self) -> None:
        self.say(self.peer.says.get("hello", "220 peer"))
        for line in self.rfile:
            command = line.decode().strip()[:4].lower()
            answer = self.peer.says.get(command, USUAL.get(command, "250 ok"))
            if answer == "cut":
                return
            self.say(answer)
            if command == "data" and answer.startswith("354"):
                self.peer.letters.append(self.letter())
                self.say(self.peer.says.get("end", "250 taken"))

    def letter(self) -> str:
        lines = []
        for line in self.rfile:
            if line == b".\r\n":
                break
            lines.append(line.decode().rstrip("\r\n"))
        return "\n".join(lines)

    def say(self, words: str) -> None:
        self.wfile.write(f"{words}\r\n".encode())


@contextmanager
def _listening(server: socketserver.TCPServer) -> Iterator[int]:
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield int(server.server_address[1])
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
