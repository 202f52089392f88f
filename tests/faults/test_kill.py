"""Twenty kill -9 in the middle of a form. The full command is `python -m tests.faults.kill --rounds 1000`."""

import shutil
from pathlib import Path

import pytest

from tests.faults import kill


@pytest.mark.timeout(300)
@pytest.mark.hazard("H09")
def test_twenty_kills_lose_no_answer_that_was_said_to_be_saved(seeded_data_dir: Path, tmp_path: Path) -> None:
    folder = tmp_path / "data"
    shutil.copytree(seeded_data_dir, folder)
    done = kill.run(20, 20261130, folder)
    assert done["acknowledged"] >= 20
