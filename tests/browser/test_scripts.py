"""What the two small scripts add to a page, and that nothing depends on them."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Error, Page, expect

from tests.support.frame import Frame


@pytest.fixture
def page(frame: Frame, new_context: Callable[..., BrowserContext]) -> Page:
    """The form's first question on a phone that is touched."""
    return at_first_question(new_context(has_touch=True, viewport={"width": 390, "height": 844}), frame)


@pytest.fixture
def plain_page(frame: Frame, new_context: Callable[..., BrowserContext]) -> Page:
    """The same with scripts switched off."""
    return at_first_question(
        new_context(java_script_enabled=False, viewport={"width": 390, "height": 844}), frame
    )


def at_first_question(context: BrowserContext, frame: Frame) -> Page:
    opened = context.new_page()
    opened.goto(frame.url + "/item")
    return opened


def tap(page: Page, words: str) -> None:
    box = page.locator(".opt", has_text=words).bounding_box()
    assert box
    page.touchscreen.tap(box["x"] + 40, box["y"] + 20)


def question(page: Page, number: int) -> None:
    expect(page).to_have_title(f"Question {number} of 10 - Student portal")


def test_a_tap_saves_and_moves_on(page: Page, frame: Frame) -> None:
    tap(page, "Sometimes")
    question(page, 2)
    assert frame.saved == ["1"]


def test_a_double_tap_is_one_answer_to_one_question(page: Page, frame: Frame) -> None:
    frame.gate.clear()
    tap(page, "Often")
    tap(page, "Often")
    expect(page.get_by_text("Saving", exact=True)).to_be_visible()
    frame.gate.set()
    question(page, 2)
    assert (frame.saved, frame.posts) == (["2"], 1)


def test_nothing_says_saved_before_the_server_did(page: Page, frame: Frame) -> None:
    frame.gate.clear()
    tap(page, "Often")
    expect(page.get_by_text("Saving", exact=True)).to_be_visible()
    expect(page.locator(".prog")).to_contain_text("0 saved")
    frame.gate.set()
    expect(page.locator(".prog")).to_contain_text("1 saved")


def test_arrow_keys_choose_and_only_enter_saves(page: Page, frame: Frame) -> None:
    page.locator("input").first.focus()
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.wait_for_timeout(300)
    assert frame.posts == 0
    page.keyboard.press("Enter")
    question(page, 2)
    assert frame.saved == ["2"]


def test_a_screen_reader_s_activation_chooses_and_does_not_save(page: Page, frame: Frame) -> None:
    page.locator("input").nth(1).evaluate("input => input.click()")
    page.wait_for_timeout(300)
    assert frame.posts == 0
    expect(page.get_by_label("Sometimes")).to_be_checked()


def test_a_dead_network_keeps_the_tap_and_sends_it_later(page: Page, frame: Frame) -> None:
    page.context.set_offline(True)
    tap(page, "Sometimes")
    expect(page.get_by_text("Not saved yet.")).to_be_visible()
    page.get_by_role("button", name="Continue").tap()
    expect(page.get_by_label("Sometimes")).to_be_checked()
    page.context.set_offline(False)
    question(page, 2)
    assert frame.saved == ["1"]


def test_a_failing_server_is_asked_again(page: Page, frame: Frame) -> None:
    frame.failing = 1
    tap(page, "Sometimes")
    expect(page.get_by_text("Not saved yet.")).to_be_visible()
    question(page, 2)
    assert (frame.saved, frame.posts) == (["1"], 2)


def test_a_mouse_counts_as_a_tap(page: Page, frame: Frame) -> None:
    page.get_by_label("Often").click()
    question(page, 2)
    assert frame.saved == ["2"]


def test_a_finger_that_slides_off_or_lands_between_two_answers_saves_nothing(
    page: Page, frame: Frame
) -> None:
    first, second = (page.locator(".opt").nth(n).bounding_box() for n in (0, 1))
    assert first
    assert second
    page.mouse.move(first["x"] + 40, first["y"] + 20)
    page.mouse.down()
    page.mouse.move(first["x"] + 40, first["y"] - 60)
    page.mouse.up()
    page.get_by_label("Often").focus()
    page.keyboard.press("Space")
    page.mouse.click(first["x"] + 40, (first["y"] + first["height"] + second["y"]) / 2)
    page.wait_for_timeout(300)
    assert frame.posts == 0
    expect(page.get_by_role("button", name="Continue")).to_be_visible()


def test_an_answer_chosen_with_keys_after_a_tap_that_failed_waits_for_continue(
    page: Page, frame: Frame
) -> None:
    page.context.set_offline(True)
    tap(page, "Never")
    expect(page.get_by_text("Not saved yet.")).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.context.set_offline(False)
    page.wait_for_timeout(2500)
    assert frame.posts == 0, "keys alone never move on"
    expect(page.get_by_text("Not saved yet.")).to_be_visible()
    page.get_by_role("button", name="Continue").tap()
    question(page, 2)
    assert frame.saved == ["1"]


def test_another_answer_tapped_while_the_line_is_dead_is_the_one_that_is_saved(
    page: Page, frame: Frame
) -> None:
    page.context.set_offline(True)
    tap(page, "Never")
    expect(page.get_by_text("Not saved yet.")).to_be_visible()
    tap(page, "Often")
    expect(page.locator(".prog")).to_contain_text("0 saved")
    page.context.set_offline(False)
    question(page, 2)
    assert (frame.saved, frame.posts) == (["2"], 1)


def test_a_line_that_hangs_is_given_up_and_asked_again(page: Page, frame: Frame) -> None:
    page.clock.install()
    page.reload()
    frame.failing = 1
    frame.gate.clear()
    tap(page, "Sometimes")
    page.clock.run_for(1000)
    expect(page.get_by_text("Saving", exact=True)).to_be_visible()
    page.clock.run_for(20_000)
    expect(page.get_by_text("Not saved yet.")).to_be_visible()
    frame.gate.set()
    page.clock.run_for(2000)
    question(page, 2)
    assert (frame.saved, frame.posts) == (["1"], 2)


def test_a_skip_waits_for_the_line_like_an_answer(page: Page, frame: Frame) -> None:
    page.context.set_offline(True)
    page.get_by_role("button", name="Skip").tap()
    expect(page.get_by_text("Not saved yet.")).to_be_visible()
    question(page, 1)
    page.context.set_offline(False)
    question(page, 2)
    assert frame.posts == 1


def test_an_answer_left_unsaved_is_sent_once_more_on_the_way_out(page: Page, frame: Frame) -> None:
    frame.failing = 1
    tap(page, "Sometimes")
    expect(page.get_by_text("Not saved yet.")).to_be_visible()
    page.get_by_role("link", name="Help now").tap()
    expect(page.get_by_role("heading", name="Who reads this", exact=True)).to_be_visible()
    page.goto(frame.url + "/item")
    question(page, 2)
    assert frame.saved == ["1"]


def test_after_a_reload_the_page_shows_what_the_server_has_and_no_more(page: Page, frame: Frame) -> None:
    frame.failing = 1_000
    tap(page, "Sometimes")
    expect(page.get_by_text("Not saved yet.")).to_be_visible()
    page.reload()
    question(page, 1)
    expect(page.locator("input:checked")).to_have_count(0)
    expect(page.locator(".prog")).to_contain_text("0 saved")


def test_a_reload_while_the_line_is_dead_tells_no_lie_once_it_is_back(page: Page, frame: Frame) -> None:
    page.context.set_offline(True)
    tap(page, "Sometimes")
    expect(page.get_by_text("Not saved yet.")).to_be_visible()
    with pytest.raises(Error, match="ERR_INTERNET_DISCONNECTED"):
        page.reload()
    expect(page.locator("form")).to_have_count(0)
    page.context.set_offline(False)
    page.goto(frame.url + "/item")
    expect(page.locator(".prog")).to_contain_text(f"{len(frame.saved)} saved")
    expect(page.locator("input:checked")).to_have_count(0)
    assert frame.posts == len(frame.saved) <= 1, "sent once, or not at all"


def test_skip_and_continue_without_an_answer_lead_where_the_server_says(page: Page, frame: Frame) -> None:
    page.get_by_role("button", name="Continue").tap()
    expect(page).to_have_title("Error: Question 1 of 10 - Student portal")
    expect(page.locator(".err")).to_be_focused()
    page.get_by_role("link", name="Choose an answer").tap()
    expect(page.locator("input").first).to_be_focused()
    page.get_by_role("button", name="Skip").tap()
    question(page, 2)


def test_without_scripts_a_tap_chooses_and_continue_saves(plain_page: Page, frame: Frame) -> None:
    plain_page.get_by_label("Sometimes").check()
    assert frame.posts == 0
    plain_page.get_by_role("button", name="Continue").click()
    question(plain_page, 2)
    assert frame.saved == ["1"]


def test_back_from_help_to_a_refused_form_asks_nothing_of_the_student(page: Page, frame: Frame) -> None:
    page.get_by_role("button", name="Continue").tap()
    expect(page.get_by_role("alert")).to_be_focused()
    page.get_by_role("link", name="Help now").tap()
    page.wait_for_url("**/help")
    page.go_back()
    question(page, 1)
    assert frame.posts == 1


@pytest.mark.hazard("H13")
def test_exit_blanks_the_screen_at_once_and_leaves_nothing_to_go_back_to(page: Page, frame: Frame) -> None:
    blank = "a => { a.click(); return document.documentElement.getClientRects().length }"
    assert page.get_by_role("link", name="Exit").evaluate(blank) == 0
    expect(page.get_by_role("heading", name="You have left")).to_be_visible()
    page.go_back()
    assert page.url == "about:blank"


@pytest.mark.hazard("H13")
def test_shift_three_times_leaves_but_capital_letters_do_not(page: Page) -> None:
    for key in ("Shift", "Shift", "A", "Shift", "Shift"):
        page.keyboard.press(key)
    question(page, 1)
    page.keyboard.press("Shift")
    expect(page.get_by_role("heading", name="You have left")).to_be_visible()


@pytest.mark.hazard("H13")
def test_exit_is_a_link_that_needs_no_script(plain_page: Page) -> None:
    plain_page.get_by_role("link", name="Exit").click()
    expect(plain_page.get_by_role("heading", name="You have left")).to_be_visible()


@pytest.mark.hazard("H13")
def test_a_screen_left_alone_is_locked(page: Page, frame: Frame) -> None:
    page.clock.install()
    frame.idle_seconds = 900
    page.reload()
    page.clock.fast_forward("14:00")
    question(page, 1)
    page.clock.fast_forward("01:10")
    expect(page.get_by_role("heading", name="You have left")).to_be_visible()
