"""An estimate in a real browser: its numbers stay over a reload, a wrong one is explained, the next try has others."""

from __future__ import annotations

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.support import PATIENCE_MS, Server
from tests.browser.test_look import AXE

ITEM = "/questions/cnn/parameters-of-a-convolution"


@pytest.fixture(autouse=True)
def patience() -> None:
    expect.set_options(timeout=PATIENCE_MS)


def numbers(page: Page) -> dict[str, int]:
    """As the form of the page carries them."""
    carried = page.locator("form[data-answer] input[name=numbers]").get_attribute("value")
    assert carried is not None
    return {name: int(value) for name, value in (part.split("=") for part in carried.split(","))}


def submit(page: Page, text: str) -> None:
    page.get_by_label("Your answer").fill(text)
    page.keyboard.press("Control+Enter")
    page.wait_for_url("**/attempts/*", timeout=PATIENCE_MS)


def test_one_round_from_a_slip_to_the_right_number(page: Page, server: Server) -> None:
    page.goto(server.base + ITEM)
    drawn = numbers(page)
    prompt = page.locator(".prompt").inner_text()
    assert f"takes {drawn['c_in']} channels" in prompt

    page.get_by_label("Your answer").fill("One filter has")
    expect(page.locator("[data-status]")).to_have_text(re.compile("^Saved"))
    page.reload()
    expect(page.get_by_label("Your answer")).to_have_value("One filter has")
    assert numbers(page) == drawn

    weights = drawn["k"] ** 2 * drawn["c_in"]
    submit(page, f"One filter has {weights} weights, so it is {weights * drawn['c_out']:,} parameters.")
    expect(page.locator("#beside")).to_have_text(re.compile(r"^You came to .+ % too low\. It is "))
    expect(page.locator(".misconception")).to_contain_text("The biases were left out.")
    expect(page.locator(".criterion.met")).to_have_count(1)
    assert Axe().run(page, options=AXE).response["violations"] == []
    assert page.locator(".prompt.as-heading").first.inner_text() == prompt

    page.get_by_role("link", name="Again with new numbers").click()
    page.wait_for_url("**/questions/**")
    fresh = numbers(page)
    assert fresh != drawn
    expect(page.get_by_label("Your answer")).to_have_value("")
    right = (fresh["k"] ** 2 * fresh["c_in"] + 1) * fresh["c_out"]
    submit(page, f"{right:,}")
    expect(page.locator(".criterion.met")).to_have_count(2)
    expect(page.locator("#beside")).to_have_text(f"{right:,} is right.")

    page.goto(server.base + "/history?item=cnn/parameters-of-a-convolution")
    titles = page.locator(".items .title").all_inner_texts()
    assert titles[1] == prompt
    assert titles[0] != prompt


def test_a_text_to_other_numbers_is_offered_apart_and_brings_them_back(page: Page, server: Server) -> None:
    page.goto(server.base + "/questions/cnn/window-of-a-stack")
    drawn = numbers(page)
    other = page.context.new_page()
    other.goto(server.base + "/questions/cnn/window-of-a-stack")
    other.get_by_label("Your answer").fill("the first layers see")
    expect(other.locator("[data-status]")).to_have_text(re.compile("^Saved"))
    submit(page, "The answer is 1 pixel.")
    other.reload()
    assert numbers(other) != drawn
    expect(other.get_by_label("Your answer")).to_have_value("")
    expect(other.locator(".other-draft")).to_have_count(0)
    other.get_by_role("link", name="Go on with those numbers").click()
    other.wait_for_url("**writer=**")
    expect(other.get_by_label("Your answer")).to_have_value("the first layers see")
    assert numbers(other) == drawn
