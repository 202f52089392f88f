"""A visitor's own word about their address is never believed; only that of proxies the service has set up."""

from dataclasses import replace

import pytest
from flask import Flask, request

from student_portal import create_app
from student_portal.config import Config

pytestmark = pytest.mark.one_database

SPOOFED = {"X-Forwarded-For": "203.0.113.9, 198.51.100.7", "X-Forwarded-Host": "elsewhere.example"}


def address_seen(app: Flask) -> tuple[str | None, str]:
    """The address and host the application believes when a visitor sends forged headers."""
    seen: list[tuple[str | None, str]] = []
    app.before_request(lambda: seen.append((request.remote_addr, request.host)))
    app.test_client().get("/who", headers=SPOOFED, environ_base={"REMOTE_ADDR": "192.0.2.1"})
    return seen[0]


def test_without_a_proxy_forwarded_headers_are_ignored(config: Config, service_id: str) -> None:
    assert address_seen(create_app(config)) == ("192.0.2.1", "localhost")


def test_behind_one_proxy_the_address_it_wrote_counts_and_no_earlier_one(
    config: Config, service_id: str
) -> None:
    assert address_seen(create_app(replace(config, proxies=1))) == ("198.51.100.7", "localhost")
