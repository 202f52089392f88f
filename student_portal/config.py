"""Deployment configuration: read once from the environment, refused in one sentence if it is unsafe.

The demo makes its own keys in the data folder. Outside the demo every secret comes from the environment
and nothing starts with a weak one, over plain HTTP, or with a name that we do not know.
"""

import base64
import json
import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from student_portal.foundation import clock, crypto, db, links, outlets
from student_portal.foundation.crypto import Keyring
from student_portal.foundation.mail import SmtpSender
from student_portal.foundation.sms import Sender, TwilioSender

KNOWN = {
    "PORTAL_DEMO": "1 for the demo (the default), 0 for a live service",
    "PORTAL_BASE_URL": "the public address, https outside the demo",
    "PORTAL_PROXIES": "how many reverse proxies of yours stand in front; a live service must say",
    "PORTAL_SECRET_KEY": "signs cookies and forms; at least 32 characters",
    "PORTAL_DATA_KEYS": "data keys as id:base64 pairs, newest last: 1:...,2:...",
    "PORTAL_INDEX_KEY": "base64 of the 32 bytes behind the blind indexes",
    "PORTAL_METRICS_TOKEN": "whoever shows it may read /metrics; without it only this machine may",
    "PORTAL_TWILIO_ACCOUNT": "Twilio account id",
    "PORTAL_TWILIO_TOKEN": "Twilio token",
    "PORTAL_TWILIO_SENDER": "number the texts come from",
    "PORTAL_SMTP_HOST": "mail server",
    "PORTAL_SMTP_PORT": "its port",
    "PORTAL_SMTP_SENDER": "address the e-mails come from",
    "PORTAL_SMTP_USER": "user on the mail server",
    "PORTAL_SMTP_PASSWORD": "password on the mail server",
}
_SECRETS = ("PORTAL_SECRET_KEY", "PORTAL_DATA_KEYS", "PORTAL_INDEX_KEY")
_LIVE_NEEDS = ("PORTAL_BASE_URL", "PORTAL_PROXIES", *_SECRETS)


class ConfigError(Exception):
    """One sentence that says what to change before the portal will start."""


@dataclass(frozen=True, repr=False)
class Config:
    """Everything a process needs to know about where it runs."""

    demo: bool
    port: int
    data_dir: Path
    database_url: str
    base_url: str
    secret_key: str
    keyring: Keyring
    sms: Sender | None
    email: Sender | None
    proxies: int = 0
    pseudo: bool = False
    metrics_token: str = ""

    @property
    def secure(self) -> bool:
        """Whether the public address is HTTPS, and cookies say so."""
        return self.base_url.startswith("https://")

    @staticmethod
    def from_env(env: Mapping[str, str]) -> "Config":
        """Read and judge the environment. Raises ConfigError."""
        _refuse_unknown(env)
        demo = _switch(env, "PORTAL_DEMO", default="1")
        port = _number(env, "PORT", 8000)
        data_dir = _folder(env)
        secret = _secrets(env, demo=demo, data_dir=data_dir)
        return Config(
            demo=demo,
            port=port,
            data_dir=data_dir,
            database_url=_database_url(env) or f"sqlite:///{data_dir / 'portal.sqlite'}",
            base_url=_base_url(env, demo=demo, port=port),
            secret_key=_strong(secret["PORTAL_SECRET_KEY"]),
            keyring=_keyring(secret["PORTAL_DATA_KEYS"], secret["PORTAL_INDEX_KEY"]),
            sms=_twilio(env, demo=demo),
            email=_smtp(env, demo=demo),
            proxies=_proxies(env),
            metrics_token=_token(env),
        )

    def start(self) -> None:
        """Give this process its keys, its public address, its providers, its database and its clock."""
        crypto.install(self.keyring)
        links.install(self.base_url)
        real = {"sms": self.sms, "email": self.email}
        outlets.install(
            outlets.Outlets(self.demo, frozenset(channel for channel, sender in real.items() if sender))
        )
        db.connect(self.database_url)
        clock.install(
            clock.DemoClock(self.data_dir / "demo-clock.json") if self.demo else clock.SystemClock()
        )


def _refuse_unknown(env: Mapping[str, str]) -> None:
    for name in env:
        if name.startswith("PORTAL_") and name not in KNOWN:
            raise ConfigError(f"{name} is not a setting of the portal; the README lists those that are.")


def _switch(env: Mapping[str, str], name: str, *, default: str) -> bool:
    value = env.get(name, default)
    if value not in ("0", "1"):
        raise ConfigError(f"{name} must be 0 or 1.")
    return value == "1"


def _number(env: Mapping[str, str], name: str, default: int) -> int:
    value = env.get(name, str(default))
    if not value.isascii() or not value.isdigit() or not 0 < int(value) < 65536:
        raise ConfigError(f"{name} must be a port number.")
    return int(value)


def _folder(env: Mapping[str, str]) -> Path:
    folder = Path(env.get("DATA_DIR") or "var").resolve()
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as refusal:
        raise ConfigError(
            f"DATA_DIR must be a folder that can be made and written to: {folder}."
        ) from refusal
    if not os.access(folder, os.W_OK):
        raise ConfigError(f"DATA_DIR must be a folder that can be written to: {folder}.")
    return folder


def _database_url(env: Mapping[str, str]) -> str:
    url = env.get("DATABASE_URL", "")
    if url and not url.startswith(("postgresql://", "postgresql+psycopg://", "sqlite:///")):
        raise ConfigError(
            "DATABASE_URL must begin with postgresql:// (or be left out, for SQLite in DATA_DIR)."
        )
    return url


def _proxies(env: Mapping[str, str]) -> int:
    value = env.get("PORTAL_PROXIES", "0")
    if value not in ("0", "1", "2", "3"):
        raise ConfigError("PORTAL_PROXIES must say how many of your proxies stand in front: 0, 1, 2 or 3.")
    return int(value)


def _base_url(env: Mapping[str, str], *, demo: bool, port: int) -> str:
    url = env.get("PORTAL_BASE_URL", f"http://127.0.0.1:{port}").rstrip("/")
    if not urlsplit(url).hostname:
        raise ConfigError("PORTAL_BASE_URL must be a whole address such as https://portal.example.")
    if not demo and not url.startswith("https://"):
        raise ConfigError("PORTAL_BASE_URL must begin with https:// outside the demo.")
    return url


def _secrets(env: Mapping[str, str], *, demo: bool, data_dir: Path) -> Mapping[str, str]:
    if not demo:
        for name in _LIVE_NEEDS:
            if not env.get(name):
                raise ConfigError(f"{name} is missing; it has no default outside the demo.")
        return env
    kept = data_dir / "demo-secrets.json"
    if not kept.exists():
        made = {
            "PORTAL_SECRET_KEY": secrets.token_urlsafe(32),
            "PORTAL_DATA_KEYS": f"1:{_new_key()}",
            "PORTAL_INDEX_KEY": _new_key(),
        }
        with open(os.open(kept, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            json.dump(made, file)
    return {**json.loads(kept.read_text()), **{name: env[name] for name in _SECRETS if env.get(name)}}


def _new_key() -> str:
    return base64.b64encode(secrets.token_bytes(32)).decode()


def _strong(secret: str) -> str:
    if len(secret) < 32 or len(set(secret)) < 12:
        raise ConfigError("PORTAL_SECRET_KEY is too weak: give at least 32 random characters.")
    return secret


def _keyring(data: str, index: str) -> Keyring:
    ring: dict[int, bytes] = {}
    for pair in data.split(","):
        number, _, key = pair.partition(":")
        if not number.isascii() or not number.isdigit() or not 0 < int(number) < 256:
            raise ConfigError("PORTAL_DATA_KEYS must be pairs such as 1:base64, ids from 1 to 255.")
        ring[int(number)] = _key("PORTAL_DATA_KEYS", key)
    return Keyring(ring, max(ring), _key("PORTAL_INDEX_KEY", index))


def _key(name: str, encoded: str) -> bytes:
    try:
        key = base64.b64decode(encoded, validate=True)
    except ValueError:
        key = b""
    if len(key) != 32 or len(set(key)) < 8:
        raise ConfigError(f"{name} must hold 32 random bytes in base64.")
    return key


def _token(env: Mapping[str, str]) -> str:
    token = env.get("PORTAL_METRICS_TOKEN", "")
    if token and (len(token) < 20 or len(set(token)) < 8):
        raise ConfigError("PORTAL_METRICS_TOKEN is too weak: give at least 20 random characters.")
    return token


def _twilio(env: Mapping[str, str], *, demo: bool) -> Sender | None:
    given = _all_or_none(
        env, "PORTAL_TWILIO_ACCOUNT", "PORTAL_TWILIO_TOKEN", "PORTAL_TWILIO_SENDER", demo=demo
    )
    return TwilioSender(*given) if given else None


def _smtp(env: Mapping[str, str], *, demo: bool) -> Sender | None:
    given = _all_or_none(env, "PORTAL_SMTP_HOST", "PORTAL_SMTP_SENDER", demo=demo)
    if not given:
        return None
    host, sender = given
    port = _number(env, "PORTAL_SMTP_PORT", 587)
    return SmtpSender(host, port, sender, env.get("PORTAL_SMTP_USER"), env.get("PORTAL_SMTP_PASSWORD"))


def _all_or_none(env: Mapping[str, str], *names: str, demo: bool) -> list[str] | None:
    given = [env[name] for name in names if env.get(name)]
    if given and demo:
        raise ConfigError(f"{names[0]} is a real provider's: the demo never sends, so set PORTAL_DEMO=0.")
    if given and len(given) != len(names):
        raise ConfigError(f"{' and '.join(names)} must be given together.")
    return given or None
