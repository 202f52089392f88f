"""One walk over every page of the demo, for all tests that read what it found."""

from pathlib import Path

import pytest

from tests.support.world import opened
from tests.sweeps.presses import Walked, everywhere


@pytest.fixture(scope="session")
def walked(seeded_data_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> Walked:
    """The pages as they were when they were seen; the world they came from is closed again."""
    with opened(seeded_data_dir, tmp_path_factory.mktemp("walked")) as world:
        return Walked(world.app, list(everywhere(world)))
