"""Twenty kill -9 in the middle of a form; the command in kill.py's own words goes on to a thousand."""

from pathlib import Path

import pytest

from tests.faults import kill


@pytest.mark.timeout(300)
@pytest.mark.hazard("H09")
@pytest.mark.one_database
def test_twenty_kills_lose_no_answer_that_was_said_to_be_saved(seeded_data_dir: Path, tmp_path: Path) -> None:
    count = kill.Count(seed=20261130)
    kill.one_form(seeded_data_dir, tmp_path / "data", count)
    assert (count.rounds, count.forms_sent) == (20, 1)
    assert count.told >= 20 + 34
