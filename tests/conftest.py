"""Fixtures for all tests; each lives in the file of tests/support that says what it is for."""

from pathlib import Path

import pytest
from hypothesis import settings

# A busy machine is no fault of the code's: nothing in the suite asserts a time.
settings.register_profile("house", deadline=None, print_blob=True)
settings.register_profile("fast", settings.get_profile("house"), max_examples=15)
settings.load_profile("house")

pytest_plugins = [
    "tests.support.clock",
    "tests.support.databases",
    "tests.support.portal",
    "tests.support.server",
    "tests.support.world",
    "tests.support.frame",
    "tests.support.served",
    "tests.support.browser",  # after server, which it imports
]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--sample",
        action="store_true",
        help="of each file with a database only its first test, its main story",
    )
    parser.addoption(
        "--full-sweep", action="store_true", help="sweep every page at every width and scheme, not a sample"
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out, for `bin/test fast`, what is long and all but the first test of each integration file."""
    if not config.getoption("--sample"):
        return
    seen: set[Path] = set()
    kept, left = [], []
    for item in items:
        again = "integration" in item.path.parts and item.path in seen
        (left if again or item.get_closest_marker("long") else kept).append(item)
        seen.add(item.path)
    items[:] = kept
    config.hook.pytest_deselected(items=left)


@pytest.fixture(scope="session")
def full_sweep(pytestconfig: pytest.Config) -> bool:
    """Whether the sweeps look at everything; otherwise at a sample that fits the budget."""
    return bool(pytestconfig.getoption("--full-sweep"))
