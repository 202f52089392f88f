"""Twenty kill -9 in the middle of forms; the command in kill.py's own words goes on to a thousand."""

from pathlib import Path

import pytest

from tests.faults import kill


@pytest.mark.timeout(300)
@pytest.mark.hazard("H09")
@pytest.mark.one_database
def test_twenty_kills_lose_no_answer_that_was_said_to_be_saved_and_leave_no_form_half(
    seeded_data_dir: Path, tmp_path: Path
) -> None:
    count = kill.Count(seed=20261130, rounds=40)  # so that the master's turn comes too
    kill.some_rounds(seeded_data_dir, tmp_path / "data", count, rounds=20)
    assert count.rounds == 60
    assert count.told >= 10
