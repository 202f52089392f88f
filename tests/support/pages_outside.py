"""A page outside, on this machine: https under a certificate of its own, saying what a test tells it."""

import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from student_portal.foundation.outside import Rules

HOST = "pages.example"


@dataclass
class Peer:
    """`says` maps a path to the raw head it answers with; `heard` is every request as it came."""

    port: int
    trust: ssl.SSLContext
    says: dict[str, bytes] = field(default_factory=dict)
    heard: list[bytes] = field(default_factory=list)

    def url(self, path: str) -> str:
        return f"https://{HOST}:{self.port}{path}"

    def rules(self, **changed: object) -> Rules:
        """The usual rules, but for tests: the peer's name leads to this machine, and that is allowed."""
        usual: dict[str, object] = {
            "look_up": lambda _host, _port: ["127.0.0.1"],
            "permits": lambda _address: True,
            "ports": frozenset({self.port}),
            "trust": self.trust,
        }
        return Rules(**(usual | changed))


@contextmanager
def listening(folder: Path) -> Iterator[Peer]:
    """A peer that answers one line at a time."""
    served, trust = _certificate(folder)
    with socket.create_server(("127.0.0.1", 0)) as server:
        peer = Peer(server.getsockname()[1], trust)
        threading.Thread(target=_answer, args=(server, served, peer), daemon=True).start()
        yield peer


def _answer(server: socket.socket, served: ssl.SSLContext, peer: Peer) -> None:
    while True:
        try:
            line, _ = server.accept()
        except OSError:
            return  # the test is over
        with suppress(OSError), served.wrap_socket(line, server_side=True) as sealed:
            asked = sealed.recv(4096)
            peer.heard.append(asked)
            sealed.sendall(peer.says.get(asked.split()[1].decode(), b"HTTP/1.1 404 No\r\n\r\n"))


def _certificate(folder: Path) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """The peer's own context, and one that trusts it and nobody else."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, HOST)])
    long_ago = datetime(2026, 1, 1, tzinfo=UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(long_ago)
        .not_valid_after(long_ago + timedelta(days=365 * 40))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(HOST)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    pem = made.public_bytes(serialization.Encoding.PEM)
    secret = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    both = folder / "peer.pem"
    both.write_bytes(secret + pem)
    served = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    served.load_cert_chain(both)
    return served, ssl.create_default_context(cadata=pem.decode())
