"""The copies of the help page: what is published, in 5 KB, whole at every moment, there when we are not."""

import os
import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from babel import Locale
from click.testing import CliRunner
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from student_portal import cli, create_app
from student_portal.access.queries import Role
from student_portal.audit.queries import Actor
from student_portal.config import Config
from student_portal.foundation import clock, db, i18n
from student_portal.foundation.clock import FrozenClock
from student_portal.signposting import queries, service
from student_portal.signposting.queries import Content, Way
from student_portal.signposting.views import copies
from tests.integration.signposting import desk

ADMIN, MANAGER = "0" * 25 + "a", "0" * 25 + "m"
ALWAYS = ("tel:999", "tel:111", "sms:", "/help/exit")


@pytest.fixture
def admin(service_id: str) -> Actor:
    actor = Actor(service_id, ADMIN, Role.ADMIN)
    service.publish_starting(organisations={}, by=actor, at=clock.now())
    return actor


def shouts_number_becomes(target: str, admin: Actor) -> None:
    """Written by one person, published by another."""
    contact = next(c for c in queries.contacts() if c.newest.content.name == "Shout")
    old = contact.newest.content
    content = replace(
        old, target=target, checked_how="Sent a text", review_by=clock.today() + timedelta(days=60)
    )
    service.draft(signpost_id=contact.id, content=content, seen=0, by=admin, at=clock.now())
    service.propose(signpost_id=contact.id, by=admin, at=clock.now())
    waiting = queries.contact(contact.id).waiting
    assert waiting
    manager = Actor(admin.service_id, MANAGER, Role.MANAGER)
    service.approve(signpost_id=contact.id, seen=waiting.seen, by=manager, at=clock.now())


@pytest.mark.hazard("H15")
def test_a_copy_for_each_language_says_what_is_published_and_follows_it(
    app: Flask, admin: Actor, tmp_path: Path
) -> None:
    write = copies.writer(app, tmp_path)
    write()
    folder = tmp_path / "help"
    assert {path.name for path in folder.iterdir()} == {
        "help.html", "help-en-GB.html", "exit.html", "exit-en-GB.html",
    }  # fmt: skip
    assert "Text 85258" in (folder / "help.html").read_text()
    shouts_number_becomes("85 259", admin)
    write()
    for name in ("help.html", "help-en-GB.html"):
        said = (folder / name).read_text()
        assert 'href="sms:85259">Text 85 259</a>' in said
        assert "85258" not in said
        for content in queries.for_everybody():
            for words in (content.name, content.what_happens, content.who_answers, content.takes):
                assert words in said, "all that is said of them fits"
        for needed in ALWAYS:
            assert needed in said


def test_nothing_is_written_while_nothing_changes(app: Flask, admin: Actor, tmp_path: Path) -> None:
    with app.test_request_context():
        assert len(copies.write_all(tmp_path)) == 4
        assert copies.write_all(tmp_path) == []
        (tmp_path / "help.html").unlink()
        assert copies.write_all(tmp_path) == [tmp_path / "help.html"]


@pytest.mark.hazard("H14")
def test_a_copy_runs_nothing_asks_nobody_and_tells_nothing(app: Flask, admin: Actor, tmp_path: Path) -> None:
    mask = os.umask(0o077)
    copies.writer(app, tmp_path)()
    os.umask(mask)
    assert (tmp_path / "help").stat().st_mode & 0o777 == 0o755
    for path in (tmp_path / "help").iterdir():
        said = path.read_text()
        assert re.findall(r"<(script|form|iframe|img)|\son\w+=|style=|nonce|Open now", said) == []
        assert len(said.encode()) <= 5 * 1024
        assert len(re.findall("<h1", said)) == 1
        assert re.search(r'<html lang="en-GB" dir="ltr">', said)
        assert re.search(r"<title>(Help|Closed) - Student portal</title>", said)
        assert all(asked.startswith("/static/") for asked in re.findall(r'<link[^>]* href="([^"]*)"', said))
        assert path.stat().st_mode & 0o777 == 0o644, "the proxy runs as somebody else"


words = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), min_size=1, max_size=80)
contacts = st.builds(
    Content,
    way=st.sampled_from(Way),
    name=words,
    target=st.from_regex(r"0[0-9]{3}( [0-9]{3,4}){2}", fullmatch=True),
    hours=st.none() | st.just({"0": [["09:00", "17:00"]]}),
    cost=words,
    what_happens=st.text(max_size=500),
    checked_how=st.just(""),
    review_by=st.none(),
)


@pytest.mark.one_database
@pytest.mark.hazard("H15")
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30)
@given(published=st.lists(contacts, max_size=25))
def test_whatever_is_published_fits_in_five_kilobytes_and_leaves_a_text_and_a_call_at_any_hour(
    app: Flask, published: list[Content]
) -> None:
    with app.test_request_context():
        said = copies.page(published)
    assert len(said.encode()) <= 5 * 1024
    for needed in ALWAYS:
        assert needed in said
    assert len(re.findall(r'class="cap">Day and night\.[^<]*</p><a class="btn" href="tel:', said)) >= 2


@pytest.mark.hazard("H15")
def test_with_nothing_published_what_stands_in_code_is_copied(app: Flask, tmp_path: Path) -> None:
    copies.writer(app, tmp_path)()
    said = (tmp_path / "help/help.html").read_text()
    for needed in (*ALWAYS, "tel:116123", "sms:85258"):
        assert needed in said


@pytest.mark.hazard("H15")
def test_without_the_database_the_old_copy_stays_and_a_missing_one_is_made(
    app: Flask, admin: Actor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = copies.writer(app, tmp_path)
    shouts_number_becomes("85 259", admin)
    write()
    (tmp_path / "help/help-en-GB.html").unlink()

    def gone(_language: str) -> None:
        raise db.Unreachable("SELECT", {}, OSError())

    monkeypatch.setattr(queries, "for_everybody", gone)
    write()
    assert "85 259" in (tmp_path / "help/help.html").read_text()
    assert "85258" in (tmp_path / "help/help-en-GB.html").read_text()


@pytest.mark.hazard("H15")
@pytest.mark.parametrize("step", ["fsync", "fchmod"])
def test_a_disk_that_is_full_leaves_the_old_copy_whole(
    app: Flask, admin: Actor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    write = copies.writer(app, tmp_path)
    write()
    before = {path: path.read_bytes() for path in (tmp_path / "help").iterdir()}
    shouts_number_becomes("85 259", admin)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, step, full)
        with pytest.raises(OSError, match="No space"):
            write()
    assert {path: path.read_bytes() for path in (tmp_path / "help").iterdir()} == before
    write()
    assert "85 259" in (tmp_path / "help/help.html").read_text()


def test_every_sentence_of_a_copy_is_translated(
    config: Config, admin: Actor, portal: FrozenClock, tmp_path: Path
) -> None:
    copies.writer(create_app(replace(config, pseudo=True)), tmp_path)()
    said = (tmp_path / "help/help.html").read_text()
    assert "⟦These numbers are as they stood on 30 November 2026.⟧" in said
    plain = re.sub(r"<[^>]*>", "\n", said)
    for _sentence_within_a_sentence in range(2):
        plain = re.sub(r"⟦[^⟦⟧]*⟧", "", plain)
    data = [
        part
        for content in queries.for_everybody()
        for part in (content.name, content.what_happens, content.who_answers, content.takes)
    ]
    left = {line.strip(" -.") for line in plain.splitlines()} - {one.strip(".") for one in (*data, "Free")}
    assert left == {""}


@pytest.mark.one_database
def test_a_command_writes_them_too(
    config: Config, admin: Actor, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(cli, "_started", lambda: config)
    answer = CliRunner().invoke(cli.main, ["help-copy"])
    assert answer.exit_code == 0, answer.output
    assert "sms:85258" in (config.data_dir / "help/help.html").read_text()


@pytest.mark.one_database
@pytest.mark.hazard("H15")
@pytest.mark.parametrize(
    ("letters", "left"),
    [(200, {"takes", "what", "who"}), (400, {"what", "who"}), (1000, {"who"}), (4000, {"who"})],
)
def test_a_copy_that_is_too_long_says_no_more_how_long_it_takes_then_what_happens_and_last_who_answers(
    app: Flask, admin: Actor, letters: int, left: set[str]
) -> None:
    long = [
        replace(one, takes="takes " * 15, what_happens="what " * (letters // 5), who_answers="who " * 30)
        for one in queries.for_everybody()
    ]
    with app.test_request_context("/help"):
        made = copies.page(long)
    assert len(made.encode()) <= 5 * 1024
    assert {word for word in ("takes", "what", "who") if f"{word} {word}" in made} == left
    for content in long:
        assert content.name in made


@pytest.mark.hazard("H15")
def test_what_is_for_some_people_only_says_so_and_stands_for_no_other_way(app: Flask, admin: Actor) -> None:
    """However short the copy has to be, something open day and night and for everybody is left."""
    text = Content(
        way=Way.TEXT, name="Young", target="85259", hours=None, cost="", what_happens="", who_answers="",
        takes="", for_whom="People under 19",
    )  # fmt: skip
    with app.test_request_context("/help"):
        made = copies.page([text])
        assert "Who it is for: People under 19." in made
        assert "sms:85258" in made
        shorter = list(copies._shorter_and_shorter(copies._contacts([text])))
    assert [one.href for one in shorter[-1] if one.way is Way.TEXT] == ["sms:85258"]


@pytest.mark.hazard("H08")
def test_a_copy_in_another_language_begins_with_what_is_written_in_it(app: Flask, admin: Actor) -> None:
    manager = Actor(admin.service_id, MANAGER, Role.MANAGER)
    welsh = desk.content(
        Way.TEXT, "Gwrando", target="85259", language="cy", what_happens="Mae rhywun yn ateb."
    )
    desk.publish(welsh, admin, manager)
    with app.test_request_context("/help"):
        assert "Gwrando" not in copies.page(queries.for_everybody("en-GB"))
        with i18n.speaking(Locale.parse("cy")):
            made = copies.page(queries.for_everybody("cy"))
    assert made.index("sms:85259") < made.index("sms:85258")
    assert "<h3>Gwrando" in made
    assert '<h3 lang="en-GB">Shout' in made
