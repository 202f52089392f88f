"""Fixtures for all tests; each lives in the file of tests/support that says what it is for."""

import pytest
from hypothesis import settings

# A busy machine is no fault of the code's: nothing in the suite asserts a time.
settings.register_profile("house", deadline=None, print_blob=True)
settings.load_profile("house")

pytest_plugins = [
    "tests.support.clock",
    "tests.support.databases",
    "tests.support.portal",
    "tests.support.server",
    "tests.support.frame",
    "tests.support.browser",  # after server, which it imports
]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--full-sweep", action="store_true", help="sweep every page at every width and scheme, not a sample"
    )


@pytest.fixture(scope="session")
def full_sweep(pytestconfig: pytest.Config) -> bool:
    """Whether the sweeps look at everything; otherwise at a sample that fits the budget."""
    return bool(pytestconfig.getoption("--full-sweep"))
