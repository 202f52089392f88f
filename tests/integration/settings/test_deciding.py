"""A service decides for itself, within what the portal really does."""

import pytest

from student_portal.audit.queries import machine
from student_portal.foundation import clock, db
from student_portal.foundation.errors import Refused
from student_portal.settings import queries, service


@pytest.mark.hazard("H01")
def test_nobody_can_switch_on_an_alert_that_would_never_come(service_id: str) -> None:
    key, by = "alert_on_unsent_safety_answers", machine(service_id)
    with pytest.raises(Refused, match="among"):
        service.decide(key=key, value=True, reason="we want to know", by=by, at=clock.now())
    assert queries.current().alert_on_unsent_safety_answers is False
    service.decide(key=key, value=False, reason="as it is", by=by, at=clock.now())


def test_a_request_that_decides_goes_by_its_decision_and_the_next_by_everybodys(service_id: str) -> None:
    by = machine(service_id)

    def decide(minutes: int) -> None:
        service.decide(key="idle_minutes", value=minutes, reason="shorter", by=by, at=clock.now())

    def fail() -> None:
        with db.write():
            decide(5)
            assert queries.current().idle_minutes == 5
            raise RuntimeError

    with db.looking():
        assert queries.current().idle_minutes == 15
        decide(10)
        assert queries.current().idle_minutes == 10
        with pytest.raises(RuntimeError):
            fail()
        assert queries.current().idle_minutes == 10
    decide(12)
    with db.looking():
        assert queries.current().idle_minutes == 12


@pytest.mark.usefixtures("portal")
def test_before_a_service_is_set_up_its_settings_are_the_safer_ones_and_it_has_no_id() -> None:
    with db.looking():
        assert queries.current() == queries.ServiceSettings()
        with pytest.raises(LookupError, match="no service is set up"):
            queries.service_id()
        made = service.set_up(at=clock.now())
        assert queries.service_id() == made
