"""What the web server needs of us."""

import gc
from collections.abc import Iterator

import pytest

from student_portal import cli
from student_portal.config import Config


@pytest.fixture
def thawed() -> Iterator[None]:
    """The test's own process is no web process."""
    gc.unfreeze()
    yield
    gc.unfreeze()


@pytest.mark.usefixtures("thawed", "portal")
def test_what_the_web_process_has_loaded_is_not_looked_through_again(config: Config) -> None:
    assert gc.get_freeze_count() == 0
    app = cli._Web(config).load()
    frozen = gc.get_freeze_count()
    assert frozen > len(app.view_functions)
    assert app not in gc.get_objects()
