"""Nothing starts with a weak secret, a missing key, plain HTTP or an unknown name; one sentence says why."""

import base64
import os
from pathlib import Path

import pytest

from student_portal.config import Config, ConfigError


def _key() -> str:
    return base64.b64encode(os.urandom(32)).decode()


@pytest.fixture
def live(tmp_path: Path) -> dict[str, str]:
    """A whole, sound environment of a live service."""
    return {
        "PORTAL_DEMO": "0",
        "DATA_DIR": str(tmp_path),
        "PORTAL_BASE_URL": "https://portal.example",
        "PORTAL_PROXIES": "1",
        "PORTAL_SECRET_KEY": base64.b64encode(os.urandom(32)).decode(),
        "PORTAL_DATA_KEYS": f"1:{_key()}",
        "PORTAL_INDEX_KEY": _key(),
    }


def test_a_sound_live_environment_starts(live: dict[str, str]) -> None:
    config = Config.from_env(live)
    assert config.secure
    assert not config.demo


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"PORTAL_SECRET_KEY": "short"}, "PORTAL_SECRET_KEY"),
        ({"PORTAL_SECRET_KEY": "a" * 64}, "PORTAL_SECRET_KEY"),
        ({"PORTAL_SECRET_KEY": ""}, "PORTAL_SECRET_KEY"),
        ({"PORTAL_DATA_KEYS": ""}, "PORTAL_DATA_KEYS"),
        ({"PORTAL_DATA_KEYS": "1:" + base64.b64encode(b"0" * 32).decode()}, "PORTAL_DATA_KEYS"),
        ({"PORTAL_DATA_KEYS": "0:" + _key()}, "PORTAL_DATA_KEYS"),
        ({"PORTAL_DATA_KEYS": "one:" + _key()}, "PORTAL_DATA_KEYS"),
        ({"PORTAL_INDEX_KEY": base64.b64encode(os.urandom(16)).decode()}, "PORTAL_INDEX_KEY"),
        ({"PORTAL_BASE_URL": "http://portal.example"}, "PORTAL_BASE_URL"),
        ({"PORTAL_BASE_URL": "portal"}, "PORTAL_BASE_URL"),
        ({"PORTAL_SMS": "yes"}, "PORTAL_SMS"),
        ({"PORTAL_DEMO": "true"}, "PORTAL_DEMO"),
        ({"PORT": "http"}, "PORT"),
        ({"PORTAL_PROXIES": "many"}, "PORTAL_PROXIES"),
        ({"PORTAL_PROXIES": ""}, "PORTAL_PROXIES"),
        ({"PORTAL_TWILIO_ACCOUNT": "AC1"}, "PORTAL_TWILIO_ACCOUNT"),
    ],
)
def test_an_unsafe_environment_is_refused_in_one_sentence(
    live: dict[str, str], change: dict[str, str], named: str
) -> None:
    with pytest.raises(ConfigError) as refusal:
        Config.from_env({**live, **change})
    assert named in str(refusal.value)
    assert str(refusal.value).count(".") >= 1
    assert "\n" not in str(refusal.value)


@pytest.mark.hazard("H16")
def test_the_demo_refuses_a_real_provider(live: dict[str, str]) -> None:
    twilio = {
        "PORTAL_TWILIO_ACCOUNT": "AC1",
        "PORTAL_TWILIO_TOKEN": "t",
        "PORTAL_TWILIO_SENDER": "+447700900000",
    }
    with pytest.raises(ConfigError, match="demo never sends"):
        Config.from_env({**live, **twilio, "PORTAL_DEMO": "1"})


def test_the_demo_keeps_the_keys_it_made(tmp_path: Path) -> None:
    first = Config.from_env({"DATA_DIR": str(tmp_path)})
    again = Config.from_env({"DATA_DIR": str(tmp_path)})
    assert first.keyring == again.keyring
    assert (tmp_path / "demo-secrets.json").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("url", ["somewhere", "mysql://localhost/portal", "postgresql:portal"])
def test_a_database_of_another_kind_is_refused_in_a_sentence(tmp_path: Path, url: str) -> None:
    with pytest.raises(ConfigError, match="DATABASE_URL must begin with postgresql://"):
        Config.from_env({"DATA_DIR": str(tmp_path), "DATABASE_URL": url})


def test_a_data_folder_that_is_a_file_is_refused_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "notes").write_text("")
    with pytest.raises(ConfigError, match="DATA_DIR must be a folder"):
        Config.from_env({"DATA_DIR": str(tmp_path / "notes")})


def test_a_config_never_prints_its_secrets(live: dict[str, str]) -> None:
    config = Config.from_env(live)
    assert live["PORTAL_SECRET_KEY"] not in repr(config)
