"""Every route says who may use it, and every role gets exactly that: in, to the sign-in, or nothing there."""

import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from werkzeug.routing import Rule

from student_portal.access.queries import STAFF, Role
from student_portal.foundation import web
from tests.support.routes import DOORS, address
from tests.support.world import World

TABLE: dict[str, list[str]] = tomllib.loads((Path(__file__).parent / "routes.toml").read_text())


def methods_and_rules(app: Flask) -> Iterator[tuple[str, Rule]]:
    for rule in app.url_map.iter_rules():
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            yield method, rule


@pytest.fixture(scope="module")
def guarded(world: World) -> World:
    """The world with nothing behind the guard: each view only says that it was reached."""
    for endpoint in world.app.view_functions:
        world.app.view_functions[endpoint] = lambda **_values: "reached"
    return world


def expected(path: str, allowed: set[str], role: Role) -> str:
    """What this role should meet at a route open to these roles."""
    staff_side = web.is_staff_side(path)
    stands_as = role if staff_side == (role in STAFF) else Role.ANYONE
    if allowed & {Role.ANYONE, stands_as}:
        return "in"
    if stands_as == Role.ANYONE or (stands_as in (Role.DRAFT, Role.LINK) and Role.STUDENT in allowed):
        return "to a door"
    return "nothing there"


def test_the_table_and_the_application_agree_on_every_route(world: World) -> None:
    policies = world.app.extensions["policies"]
    found = {f"{m} {r.rule}": sorted(policies[r.endpoint]) for m, r in methods_and_rules(world.app)}
    assert found == TABLE


@pytest.mark.hazard("H02")
@pytest.mark.hazard("H21")
@pytest.mark.parametrize("role", list(Role))
def test_every_role_gets_exactly_the_routes_that_are_theirs(guarded: World, role: Role) -> None:
    browser, values, wrong = guarded.browser(role), guarded.values(), []
    for method, rule in methods_and_rules(guarded.app):
        path = address(rule, values)
        answer = browser.open(path, method=method)
        if answer.status_code == 200 and answer.text == "reached":
            met = "in"
        elif answer.status_code == 303 and answer.location.partition("?")[0] in DOORS:
            met = "to a door"
        else:
            met = "nothing there" if answer.status_code == 404 else f"status {answer.status_code}"
        wanted = expected(path, set(TABLE[f"{method} {rule.rule}"]), role)
        if met != wanted:
            wrong.append(f"{role} {method} {rule.rule}: {met}, not {wanted}")
    assert wrong == []


def test_a_route_that_does_not_say_who_may_use_it_stops_the_start(world: World) -> None:
    app = Flask("careless")
    app.add_url_rule("/open", "careless", lambda: "open to whom?")
    with pytest.raises(RuntimeError, match="careless does not say who may use it"):
        web.policies(app)
