"""The application's routes as addresses with something real in each place."""

import re

from werkzeug.routing import Rule

from tests.support.world import World

DOORS = ("/code", "/code/locked", "/join", "/staff/accounts/sign-in")
"""Where somebody is led who must first say who they are; the second says that nothing was kept."""


def address(rule: Rule, values: dict[str, str | int]) -> str:
    """The rule with something real in each place."""
    return re.sub(r"<(?:\w+:)?(\w+)>", lambda part: str(values[part.group(1)]), rule.rule)


def addresses(world: World, method: str = "GET") -> list[str]:
    """Every address that answers to this method."""
    values = world.values()
    rules = [rule for rule in world.app.url_map.iter_rules() if method in (rule.methods or ())]
    return sorted({address(rule, values) for rule in rules})
