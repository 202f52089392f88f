"""A live service as the runbook sets it up: on PostgreSQL, behind nginx with the runbook's own file."""

from __future__ import annotations

import base64
import http.client
import os
import secrets
import signal
import socket
import ssl
import subprocess
import sys
import time
from collections import Counter
from contextlib import closing, suppress
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from student_portal.foundation import clock
from tests.support.server import free_port
from tests.support.tree import ROOT

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

NGINX = "/usr/sbin/nginx"
CONFIGURATION = ROOT / "docs/runbook/nginx.conf"
PATIENCE = 30  # seconds
AROUND = """daemon off; pid {folder}/nginx.pid; error_log {folder}/nginx-start.log; {user}
events {{}}
http {{
    include /etc/nginx/mime.types;
    client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
    include {folder}/portal.conf;
}}
"""


@dataclass(frozen=True)
class Answer:
    """What came through the proxy."""

    status: int
    headers: Mapping[str, str]
    text: str


@dataclass
class Live:
    """The processes of one deployment in `folder`; the test starts and kills them."""

    folder: Path
    database_url: str
    port: int = field(default_factory=free_port)
    secure_port: int = field(default_factory=free_port)
    plain_port: int = field(default_factory=free_port)
    running: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    def start(self, name: str, port: int) -> None:
        """`portal` or `nginx`: start it unless it runs, and wait until it listens."""
        if name not in self.running:
            self.running[name] = self._start(name)
            self.wait(lambda: listens(port), name)

    def kill(self, name: str) -> None:
        """At once, with all its children, if it runs."""
        process = self.running.pop(name, None)
        if process:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait(10)

    def ask(self, path: str, *, method: str = "GET", body: bytes | None = None, **headers: str) -> Answer:
        """Ask the proxy, as a browser would that trusts its certificate."""
        unverified = ssl._create_unverified_context()
        line = http.client.HTTPSConnection("127.0.0.1", self.secure_port, timeout=30, context=unverified)
        with closing(line):
            named = {name.replace("_", "-"): value for name, value in headers.items()}
            line.request(method, path, body, {"Host": "portal.example", **named})
            answer = line.getresponse()
            return Answer(answer.status, dict(answer.getheaders()), answer.read().decode())

    def hammer(self, path: str, times: int) -> Counter[int]:
        """Ask as fast as one line can; gives how often each status came."""
        context = ssl._create_unverified_context()
        line = http.client.HTTPSConnection("127.0.0.1", self.secure_port, timeout=30, context=context)
        counted: Counter[int] = Counter()
        with closing(line):
            for _ in range(times):
                line.request("GET", path)
                answer = line.getresponse()
                answer.read()
                counted[answer.status] += 1
        return counted

    def raw(self, sent: bytes) -> Answer:
        """Past the proxy, straight to the web: what no browser would send."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=10) as line:
            line.sendall(sent)
            answer = http.client.HTTPResponse(line)
            answer.begin()
            return Answer(answer.status, dict(answer.getheaders()), answer.read().decode())

    def said(self) -> str:
        """All that nginx wrote down."""
        return "".join(path.read_text() for path in self.folder.glob("*.log"))

    def wait(self, is_so: Callable[[], bool], what: str) -> None:
        """Until it is so. Raises AssertionError with what the processes said."""
        deadline = time.monotonic() + PATIENCE
        while not is_so():
            said = (self.folder / "processes.log").read_text()
            ended = any(process.poll() is not None for process in self.running.values())
            assert not ended, f"something ended before this was there: {what}\n{said[-3000:]}"
            assert time.monotonic() < deadline, f"not there in time: {what}\n{said[-3000:]}"
            time.sleep(0.02)

    def _start(self, name: str) -> subprocess.Popen[bytes]:
        commands = {
            "portal": [sys.executable, "-m", "student_portal.cli", "run"],
            "nginx": [NGINX, "-c", str(self._configuration())],
        }
        with (self.folder / "processes.log").open("ab") as log:
            return subprocess.Popen(
                commands[name],
                env=self._environment(),
                cwd=ROOT,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def _environment(self) -> dict[str, str]:
        ours = ("PORT", "DATA_DIR", "DATABASE_URL", "PORTAL_")
        inherited = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
        return inherited | {
            "PORT": str(self.port), "DATA_DIR": str(self.folder / "data"), "DATABASE_URL": self.database_url,
            "PORTAL_DEMO": "0", "PORTAL_BASE_URL": "https://portal.example", "PORTAL_PROXIES": "1",
            "PORTAL_SECRET_KEY": KEYS[0], "PORTAL_DATA_KEYS": f"1:{KEYS[1]}", "PORTAL_INDEX_KEY": KEYS[2],
        }  # fmt: skip

    def _configuration(self) -> Path:
        """The runbook's file with its names changed as it says, and what Debian puts around it."""
        yours = {
            "127.0.0.1:8000": f"127.0.0.1:{self.port}",
            "/var/lib/portal/help": f"{self.folder}/data/help",
            "/opt/portal/student_portal": str(ROOT / "student_portal"),
            "/etc/ssl/portal.": f"{self.folder}/portal.",
            "listen 80;": f"listen 127.0.0.1:{self.plain_port};",
            "listen 443 ": f"listen 127.0.0.1:{self.secure_port} ",
            "/var/log/nginx/": f"{self.folder}/",
            "rate=50r/s": "rate=1r/m",  # so that a slow machine floods as well; the burst stays
        }
        text = CONFIGURATION.read_text()
        for old, new in yours.items():
            assert old in text, f"the runbook's file no longer names {old}"
            text = text.replace(old, new)
        (self.folder / "portal.conf").write_text(text)
        certify(self.folder)
        user = "user root;" if os.getuid() == 0 else ""
        around = self.folder / "nginx.conf"
        around.write_text(AROUND.format(folder=self.folder, user=user))
        return around


KEYS = [secrets.token_urlsafe(32), *(base64.b64encode(secrets.token_bytes(32)).decode() for _ in range(2))]


def listens(port: int) -> bool:
    """Whether somebody does, on this machine."""
    with suppress(OSError), closing(socket.create_connection(("127.0.0.1", port), timeout=5)):
        return True
    return False


def certify(folder: Path) -> None:
    """A certificate that nobody vouches for, for a day."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "portal.example")])
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(clock.real() - timedelta(days=1))
        .not_valid_after(clock.real() + timedelta(days=1))
        .sign(key, hashes.SHA256())
    )
    (folder / "portal.pem").write_bytes(made.public_bytes(serialization.Encoding.PEM))
    (folder / "portal.key").write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )
