"""Which fields are never kept from a locked screen: by name, and so that no form of ours holds another."""

import importlib
import pkgutil

import pytest
from wtforms import Field, Form, FormField, PasswordField

import student_portal
from student_portal.accounts.forms import NewPinForm
from student_portal.foundation.forms import BornParts, PortalForm, six_digits
from student_portal.foundation.locking import Posted, is_proof
from student_portal.referral.forms import AgainForm, BornForm, CodeForm
from student_portal.signposting.forms import ContactForm as HelpContactForm


def forms() -> list[type[Form]]:
    """Every form of every room."""
    for module in pkgutil.walk_packages(student_portal.__path__, "student_portal."):
        if ".forms" in module.name:
            importlib.import_module(module.name)
    found, waiting = [], [PortalForm]
    while waiting:
        found.append(waiting.pop())
        waiting += found[-1].__subclasses__()
    return found


def proofs(form: type[Form]) -> list[str]:
    """The names of its fields that prove something: passwords, six digits, dates of birth in three boxes."""
    names = []
    for name in dir(form):
        made = getattr(form, name)
        kind: type[Field] | None = getattr(made, "field_class", None)
        if kind is None:
            continue
        checks = (*made.kwargs.get("validators", ()), *made.args[1:2])
        if issubclass(kind, FormField) and made.args[0] is BornParts:
            names += [f"{name}-{part}" for part in ("day", "month", "year")]
        elif issubclass(kind, PasswordField) or any(
            six_digits in (check if isinstance(check, list) else [check]) for check in checks
        ):
            names.append(name)
    return names


def _is_known(name: str) -> bool:
    return is_proof(name) or is_proof(f"now-{name}")


@pytest.mark.hazard("H13")
def test_every_field_that_proves_somebody_is_known_by_its_name() -> None:
    found = {(form.__name__, name) for form in forms() for name in proofs(form)}
    assert len(found) > 15
    missed = {(form, name) for form, name in found if not _is_known(name)}
    assert missed == {
        ("CodeForm", "answer"),  # whose page says so itself: @never_kept
        ("NewPinForm", "again"),  # beside `pin`, for which its form is never kept
    }
    assert {form for form, _ in found} >= {kind.__name__ for kind in (AgainForm, BornForm, CodeForm)}


def test_a_form_is_refused_for_one_proof_and_a_number_written_twice_is_none() -> None:
    assert any(is_proof(name) for name in _names(NewPinForm))
    assert not any(is_proof(name) for name in _names(HelpContactForm))


def _names(form: type[Form]) -> list[str]:
    return [name for name in dir(form) if hasattr(getattr(form, name), "field_class")]


@pytest.mark.parametrize(
    "name", ["answer", "words", "how", "review_by", "day", "session_1", "q9", "reason", "again_by"]
)
def test_others_are_kept(name: str) -> None:
    assert not is_proof(name)


@pytest.mark.parametrize(
    ("value", "is_written"),
    [
        ("How I sleep", True), ("Sleep", True), ("schlafen. ", True), ("ü", True), ("\U0001f33b", True),
        ("12", False), ("01m8nz8jr0yz09yj9ybwmdvzyc", False), ("9f86d081884c", False), ("no_time", False),
        ("en-GB", False), (" \r\n", False),
    ],
)  # fmt: skip
def test_what_a_person_wrote_is_told_from_what_a_form_carries(value: str, is_written: bool) -> None:
    assert bool(Posted("/form", "/form", (("words", value),)).written) == is_written
