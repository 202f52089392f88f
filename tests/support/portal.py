"""The portal inside the test's own process: configured, on a fresh database, at a standing time."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from jinja2.bccache import Bucket, BytecodeCache
from werkzeug.routing import Rule

from student_portal.config import Config
from student_portal.foundation import clock, db
from student_portal.foundation.clock import FrozenClock
from student_portal.settings import service as settings


class CompiledOnce(BytecodeCache):
    """Each template is compiled once a run; compiling took half of the time of the tests that show pages."""

    def __init__(self) -> None:
        self.kept: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key in self.kept:
            bucket.bytecode_from_string(self.kept[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        self.kept[bucket.key] = bucket.bytecode_to_string()


_COMPILED = CompiledOnce()


@cache
def _addresses_compiled_once() -> None:
    """The same for the rules of addresses: compiling them took a tenth of those tests. They differ
    in nothing that is kept here from one application to the next.
    """
    compiled, kept = Rule._compile_builder, {}

    def once(rule: Rule, append_unknown: bool = True) -> Any:
        key = (rule.rule, tuple((rule.defaults or {}).items()), append_unknown)
        if key not in kept:
            kept[key] = compiled(rule, append_unknown)
        return kept[key]

    Rule._compile_builder = once  # type: ignore[method-assign]


@pytest.fixture
def config(tmp_path: Path, database_url: str) -> Config:
    """A demo's configuration with keys of its own."""
    return Config.from_env({"DATA_DIR": str(tmp_path / "data"), "DATABASE_URL": database_url})


@pytest.fixture
def portal(config: Config, frozen: FrozenClock) -> Iterator[FrozenClock]:
    """Keys, an empty database and a standing clock, for tests of verbs and queries; gives the clock."""
    config.start()
    clock.install(frozen)  # over the demo's, which `start` chose
    yield frozen
    db.engine().dispose()


@pytest.fixture
def service_id(portal: FrozenClock) -> str:
    """The one service, set up with the default settings."""
    return settings.set_up(at=clock.now())


@pytest.fixture
def app(config: Config, service_id: str) -> Flask:
    """The web application. Forms need no token here; the sweeps prove that they do otherwise."""
    from student_portal import create_app  # here, so that tests without pages do not wait for every room

    _addresses_compiled_once()
    made = create_app(config)
    made.config.update(TESTING=True, WTF_CSRF_ENABLED=False)
    made.jinja_env.bytecode_cache = _COMPILED
    return made


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A browser without pictures, signed out."""
    return app.test_client()
