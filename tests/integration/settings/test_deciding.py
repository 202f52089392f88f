"""A service decides for itself, within what the portal really does."""

import pytest

from student_portal.audit.queries import machine
from student_portal.foundation import clock
from student_portal.foundation.errors import Refused
from student_portal.settings import queries, service


@pytest.mark.hazard("H01")
def test_nobody_can_switch_on_an_alert_that_would_never_come(service_id: str) -> None:
    key, by = "alert_on_unsent_safety_answers", machine(service_id)
    with pytest.raises(Refused, match="among"):
        service.decide(key=key, value=True, reason="we want to know", by=by, at=clock.now())
    assert queries.current().alert_on_unsent_safety_answers is False
    service.decide(key=key, value=False, reason="as it is", by=by, at=clock.now())
