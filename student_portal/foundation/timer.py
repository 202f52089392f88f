"""Something done again and again beside the requests, in a thread of this process."""

import threading
from collections.abc import Callable
from datetime import timedelta

from student_portal.foundation import logs


def every(span: timedelta, do: Callable[[], object], *, name: str) -> threading.Event:
    """Do it each time that `span` has passed, until the event that this gives is set or the process ends.

    What goes wrong once is logged, and the next time comes as if nothing had happened.
    """
    stopping = threading.Event()

    def again() -> None:
        while not stopping.wait(span.total_seconds()):
            try:
                do()
            except Exception as broken:  # noqa: BLE001 - whoever watches must outlive what they see
                logs.error(broken)

    threading.Thread(target=again, name=name, daemon=True).start()
    return stopping
