"""The commands: `python -m student_portal.cli run` and its parts."""

import multiprocessing
import multiprocessing.connection
import os
import signal
import socket
import sys
from collections.abc import Sequence
from datetime import datetime, timedelta
from multiprocessing.process import BaseProcess
from typing import Any

import click
from flask import Flask
from gunicorn.app.base import BaseApplication

import questionnaires
from student_portal import migrations, worker
from student_portal.alerts import service as alerts
from student_portal.app import create_app, help_copies, report_maker
from student_portal.audit.queries import machine
from student_portal.config import Config, ConfigError
from student_portal.demo import people, phone, seed, set_up
from student_portal.foundation import clock, db, logs, serving, timer
from student_portal.foundation.errors import Refused
from student_portal.foundation.sms import Sender
from student_portal.governance import queries as governance
from student_portal.messaging.queries import Channel
from student_portal.migrations import dictionary
from student_portal.settings import queries
from student_portal.settings import service as settings

WATCH_EVERY = timedelta(minutes=1)

_fork = multiprocessing.get_context("fork")  # what is imported and checked once serves both processes


@click.group()
def main() -> None:
    """The student portal."""


@main.command()
def run() -> None:
    """Everything on one machine: bring the tables up to date, then the web and the worker."""
    config = _started()
    _require_free(config.port)
    prepare(config)
    children = [
        _fork.Process(target=_serve, args=(config,), name="web"),
        _fork.Process(target=_work, args=(config,), name="worker"),
    ]
    for child in children:
        child.start()
    if config.demo:
        click.echo(people.welcome(config.base_url))
    sys.exit(_wait(children))


@main.command()
def serve() -> None:
    """The web alone."""
    _serve(_started())


@main.command()
def work() -> None:
    """The worker alone: plans and sends messages, destroys what has run out."""
    _work(_started())


@main.command()
def migrate() -> None:
    """Bring the tables up to date, and set up the service if this is the first time."""
    prepare(_started())


@main.command()
@click.argument("message")
def revise(message: str) -> None:
    """Write the next step of the tables' history from what the code has."""
    _started()
    migrations.revise(db.engine(), message)


@main.command()
@click.argument("key")
@click.argument("value")
@click.option("--reason", required=True, help="Why, for whoever reads the history of the settings.")
def decide(key: str, value: str, reason: str) -> None:
    """Change one setting of the service, such as `decide form_layout page --reason "asked on 3 November"`."""
    _started()
    by = machine(queries.service_id())
    try:
        settings.decide(key=key, value=settings.typed(key, value), reason=reason, by=by, at=clock.now())
    except Refused as refusal:
        raise click.ClickException(_NO_SETTING[refusal.code].format(key=key, value=value)) from refusal
    click.echo(f"{key} is now {value}.")


@main.command("go-live")
def go_live() -> None:
    """Print what is open, and whether messages leave; ends with 1 while something keeps them from it."""
    _started()
    stands = governance.go_live()
    for blocker in stands.blockers:
        came_up = " (came up since)" if blocker in stands.came_up else ""
        click.echo(f"{blocker.room}: {blocker.words}{came_up}")
    if stands.is_live:
        click.echo("Messages are sent.")
    elif stands.is_stopped:
        raise click.ClickException("A manager stopped the sending; a manager starts it again on the page.")
    elif stands.blockers:
        raise click.ClickException("Nothing is sent until this is settled or a manager decides.")
    else:
        click.echo("Nothing stands in the way: the worker starts sending within a minute.")


_NO_SETTING = {
    "unknown": "There is no setting called {key}; they stand in student_portal/settings/catalogue.py.",
    "type": "{value} is not a value that {key} can have: give one like its default in the catalogue.",
    "among": "{value} is not one of the values that {key} can have; the catalogue names them.",
}


@main.command("help-copy")
def help_copy() -> None:
    """Write the copies of the help page that a proxy shows, as the worker does each minute."""
    config = _started()
    help_copies(config)()
    click.echo(f"The copies in {config.data_dir / 'help'} are up to date.")


@main.command("data-dictionary")
def data_dictionary() -> None:
    """Print what every column holds, as the code declares it; docs/data-dictionary.md is this."""
    click.echo(dictionary.markdown(migrations.metadata()), nl=False)


def _started() -> Config:
    logs.init()
    try:
        config = Config.from_env(os.environ)
        questionnaires.check()
    except (ConfigError, questionnaires.DefinitionError) as refusal:
        raise click.ClickException(str(refusal)) from refusal
    config.start()
    return config


def _require_free(port: int) -> None:
    """Say it in one sentence, and before the demo is made, when somebody else listens on our port."""
    with socket.socket() as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # as gunicorn: not held up by a stop
        try:
            listener.bind(("127.0.0.1", port))
        except OSError as refusal:
            raise click.ClickException(
                f"Port {port} is in use already: choose another, such as PORT={port + 1} bin/run."
            ) from refusal


def prepare(config: Config) -> None:
    """Bring the tables up to date, and set the service up, demo or live, if this is its first start."""
    _require_database()
    migrations.upgrade(db.engine())
    if config.demo:
        _plant(config)
    else:
        set_up.first_time(at=clock.now())
    db.engine().dispose()  # a connection must not be shared by two processes


def _require_database() -> None:
    try:
        with db.engine().connect():
            return
    except db.Unreachable as refusal:
        raise click.ClickException(
            "The database at DATABASE_URL does not answer, or refuses us."
        ) from refusal


def _plant(config: Config) -> None:
    """The demo's past, from the beginning if an earlier first start was cut off in the middle of it."""
    progress = seed.progress()
    if progress == "half":
        migrations.downgrade(db.engine(), "base")
        migrations.upgrade(db.engine())
        phone.forget(config.data_dir)
    if progress != "whole":
        click.echo("The demo gets its invented people: some twenty seconds, this first time only ...")
    seed.plant(config.data_dir)


def _senders(config: Config) -> dict[Channel, Sender]:
    if config.demo:
        return phone.senders(config.data_dir)
    chosen = {Channel.SMS: config.sms, Channel.EMAIL: config.email}
    return {channel: sender for channel, sender in chosen.items() if sender}


def _serve(config: Config) -> None:
    _Web(config).run()


def _work(config: Config) -> None:
    worker.run(
        _senders(config),
        config.data_dir,
        chores=[help_copies(config)],
        errands=[report_maker(config)],
    )


def _wait(children: Sequence[BaseProcess]) -> int:
    """Until Ctrl-C, a polite end, or one of the two stopping by itself; then stop the other."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    try:
        gone = multiprocessing.connection.wait([child.sentinel for child in children])
        ended = next(child for child in children if child.sentinel in gone)
        click.echo(f"The {ended.name} stopped by itself, so everything stops.", err=True)
        return 1
    except KeyboardInterrupt:
        return 0
    finally:
        for child in children:
            child.terminate()
        for child in children:
            child.join(10)
            child.kill()  # one that would not end must not keep the terminal waiting


class _Web(BaseApplication):
    """One gunicorn worker with threads, forked from a process that has the application loaded."""

    def __init__(self, config: Config) -> None:
        self.portal = config
        super().__init__()

    def load_config(self) -> None:
        options = {
            "bind": f"127.0.0.1:{self.portal.port}",
            "worker_class": serving.Threads,
            "workers": 1,
            "threads": 8,
            "preload_app": True,
            "post_fork": _begin,
            "loglevel": "warning",
            "graceful_timeout": 5,
            "keepalive": 5,
        }
        for name, value in options.items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        app = create_app(self.portal)
        serving.settle()
        return app


def _begin(_server: Any, _worker: Any) -> None:
    """A forked web process: connections of its own, and an eye on the worker."""
    db.engine().dispose(close=False)
    since = clock.real()
    timer.every(WATCH_EVERY, lambda: _watch(since), name="watchdog")


def _watch(since: datetime) -> None:
    by = machine(queries.service_id())
    alerts.watch(at=clock.now(), real=clock.real(), since_real=since, by=by)


if __name__ == "__main__":
    main()
