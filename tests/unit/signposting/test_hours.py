"""Opening hours as a sentence that is true on every day."""

import pytest

from student_portal.signposting.hours import in_words

NINE_TO_FIVE = [["09:00", "17:00"]]
OFFICE = {str(day): NINE_TO_FIVE for day in range(5)}


@pytest.mark.parametrize(
    ("hours", "said"),
    [
        (None, "Day and night."),
        ({}, "Not open at set hours."),
        ({"holiday": NINE_TO_FIVE}, "On bank holidays 9am to 5pm."),
        (OFFICE, "Monday to Friday 9am to 5pm. Not on bank holidays."),
        (
            OFFICE | {"holiday": NINE_TO_FIVE},
            "Monday to Friday 9am to 5pm. On bank holidays 9am to 5pm.",
        ),
        ({"4": [["22:00", "02:00"]]}, "Friday 10pm to 2am the next day. Not on bank holidays."),
        (
            OFFICE | {"5": [["14:00", "16:30"], ["10:00", "12:00"]]},
            "Monday to Friday 9am to 5pm, Saturday 10am to 12pm, 2pm to 4:30pm. Not on bank holidays.",
        ),
        (
            {"1": NINE_TO_FIVE, "3": NINE_TO_FIVE},
            "Tuesday 9am to 5pm, Thursday 9am to 5pm. Not on bank holidays.",
        ),
        ({"6": [["18:00", "00:00"]]}, "Sunday 6pm to midnight. Not on bank holidays."),
    ],
)
def test_days_that_are_alike_are_said_once_and_closed_ones_not_at_all(hours: object, said: str) -> None:
    assert in_words(hours) == said
