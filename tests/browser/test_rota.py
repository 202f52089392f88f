"""The rota without scripts: a manager at a desk settles a gap, a therapist on a phone enters Fridays off."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.people import Staff
from tests.support.browser import OpenPage

NOBODY_READS = re.compile("Nobody reads for Robin Okafor")


@pytest.mark.hazard("H01")
def test_a_gap_is_named_before_it_is_made_and_gone_when_it_is_closed(desk: OpenPage, phone: OpenPage) -> None:
    manager = Staff(desk(scripts=False), scripts=False)
    manager.signs_in("max@demo.example")
    manager.follow("Rota")
    expect(manager.page.get_by_text(NOBODY_READS)).to_have_count(0)
    gives_robin_the_week_in_which_jo_is_away(manager)
    takes_it_back(manager)
    cannot_remove_the_last_cover(manager)
    therapist = Staff(phone(scripts=False), scripts=False)
    therapist.signs_in("robin@demo.example")
    never_works_on_friday_afternoons(therapist)


def gives_robin_the_week_in_which_jo_is_away(manager: Staff) -> None:
    page = manager.page
    away = page.locator("li", has_text="Jo Lindqvist").filter(has_text="Works after all")
    expect(away).to_contain_text("Monday 7 December to Friday 11 December.")
    manager.follow("Enter leave")
    page.get_by_label("Who is away").select_option(label="Robin Okafor")
    page.get_by_label("First day").fill("2026-12-07")
    page.get_by_label("Last day").fill("2026-12-11")
    manager.press("Save")
    assert "Not saved yet. This would be left:" in manager.words
    assert "Nobody reads for Robin Okafor from Monday 7 December at 9am to Friday 11" in manager.words
    assert page.get_by_label("Who is away").input_value()
    manager.press("Save it all the same")
    assert manager.heading == "Rota"
    expect(page.get_by_text(NOBODY_READS)).to_have_count(1)
    manager.follow("Week after")
    assert "Away. Nobody reads." in manager.words


def takes_it_back(manager: Staff) -> None:
    row = manager.page.locator("li", has_text="Robin Okafor").filter(has_text="Works after all")
    row.get_by_role("button").click()
    expect(manager.page.get_by_text(NOBODY_READS)).to_have_count(0)


def cannot_remove_the_last_cover(manager: Staff) -> None:
    row = manager.page.locator("li", has_text="Jo Lindqvist reads for Robin Okafor")
    row.get_by_role("button").click()
    assert "Name somebody else first." in manager.page.get_by_role("alert").inner_text()
    expect(row).to_have_count(1)


def never_works_on_friday_afternoons(therapist: Staff) -> None:
    page = therapist.page
    therapist.follow("Rota")
    therapist.follow("Enter leave")
    page.get_by_label("First day").fill("2026-11-30")
    page.get_by_label("On which days").select_option(label="Only Fridays")
    page.get_by_label("At what time").select_option(label="Afternoons, from noon")
    therapist.press("Save")
    assert "Nobody reads for Robin Okafor on the afternoon of Friday 11 December." in therapist.words
    therapist.press("Save it all the same")
    assert "12pm to 5pm: Away. Reads: Jo Lindqvist." in therapist.words
    assert page.evaluate("document.documentElement.scrollWidth") == 390
