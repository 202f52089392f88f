"""A database that is there and cannot be read is as good as gone: help stands, the rest says so kindly."""

from pathlib import Path

import pytest
from flask import Flask

from student_portal.foundation import db

pytestmark = pytest.mark.one_database


@pytest.mark.hazard("H15")
@pytest.mark.parametrize(
    "content", [b"not a database at all " * 1000, b"", b"SQLite format 3\0" + b"\xff" * 9000]
)
def test_a_file_that_holds_no_database_costs_pages_and_never_help(
    app: Flask, tmp_path: Path, content: bytes
) -> None:
    broken = tmp_path / "broken.sqlite"
    broken.write_bytes(content)
    db.connect(f"sqlite:///{broken}")
    browser = app.test_client()
    for path, status in {
        "/help": 200,
        "/": 200,
        "/exit": 200,
        "/help/copy": 200,
        "/code": 503,
        "/staff": 503,
    }.items():
        answer = browser.get(path)
        assert answer.status_code == status, path
        assert "tel:999" in answer.text or path == "/exit"
    assert browser.post("/code", data={"where": "07700 900142"}).status_code == 503
