"""The main job in a real browser: answer, see the evidence, disagree, go on."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.support import PATIENCE_MS, Server, Watch

MINI_BATCHES = "/questions/gradient-descent/why-mini-batches"
DROPOUT = "/questions/dropout/how-it-regularises"
SAID = (
    "A graphics card works through the 64 samples of a batch in parallel as one matrix product, so it uses the "
    "hardware far better than single samples do. Averaging over the batch makes the gradient less noisy than that of "
    "a single sample. Mini-batches make sure that you never get stuck in local minima."
)


@pytest.fixture(autouse=True)
def patience() -> None:
    expect.set_options(timeout=PATIENCE_MS)


def answer(page: Page, server: Server, where: str, text: str) -> None:
    """Type an answer and submit it by keyboard; the result page is open afterwards."""
    page.goto(server.base + where)
    page.get_by_label("Your answer").fill(text)
    page.keyboard.press("Control+Enter")
    page.wait_for_url("**/attempts/*", timeout=PATIENCE_MS)


def test_an_answer_comes_back_with_verdicts_quotes_and_what_is_missing(page: Page, server: Server) -> None:
    answer(page, server, MINI_BATCHES, SAID)
    expect(page.locator(".score strong")).to_have_text(re.compile(r"^[1-9]"))
    expect(page.locator(".criterion")).to_have_count(5)
    expect(page.locator(".answer-text")).to_have_text(SAID)
    quoted = page.locator(".criterion.met .quotes q")
    expect(quoted.first).to_be_visible()
    for quote in quoted.all_text_contents():
        assert quote.removesuffix("…") in SAID
    expect(page.locator(".criterion.missed .says").first).to_be_visible()
    expect(page.get_by_role("button", name=re.compile("^Again"))).to_be_visible()


def test_pointing_at_either_side_lights_the_other(page: Page, server: Server) -> None:
    answer(page, server, MINI_BATCHES, SAID)
    mark = page.locator("mark.met").first
    criterion = page.locator(".criterion.met").first
    mark.hover()
    expect(criterion).to_have_class(re.compile("lit"))
    page.locator("h2", has_text="Your answer").hover()
    expect(criterion).not_to_have_class(re.compile("lit"))
    criterion.hover()
    expect(mark).to_have_class(re.compile("lit"))
    page.locator("mark.met a").first.focus()
    expect(criterion).to_have_class(re.compile("lit"))


def test_an_appeal_changes_the_score_in_place_and_can_be_undone(page: Page, server: Server) -> None:
    answer(page, server, MINI_BATCHES, "Something that says very little about any of this, to be honest with you.")
    where = page.url
    claim = page.get_by_role("button", name=re.compile("^I did say this")).first
    claim_id = claim.get_attribute("id")
    claim.click()
    expect(page.locator(".legend")).to_contain_text("claimed by you")
    expect(page.locator("#announce")).to_contain_text("more claimed")
    assert page.url == where
    expect(page.locator(f"#{claim_id}")).to_be_focused()
    page.get_by_role("button", name=re.compile("^Undo")).click()
    expect(page.locator(".legend")).to_have_count(0)
    page.reload()
    expect(page.locator(".legend")).to_have_count(0)


def test_a_rating_can_be_overridden(page: Page, server: Server) -> None:
    answer(page, server, DROPOUT, "It switches off units, I think, and that has something to do with overfitting.")
    page.get_by_role("button", name=re.compile("^Good")).click()
    expect(page.get_by_role("button", name=re.compile("^Good"))).to_have_attribute("aria-pressed", "true")
    expect(page.locator("#rating")).to_contain_text("Your own rating: Good.")
    page.reload()
    expect(page.get_by_role("button", name=re.compile("^Good"))).to_have_attribute("aria-pressed", "true")


def test_a_follow_up_is_answered_on_the_same_page(page: Page, server: Server) -> None:
    answer(page, server, DROPOUT, "It switches off units, I think, and that has something to do with overfitting.")
    where = page.url
    page.get_by_label("Your answer to the follow-up").fill("The units can no longer rely on one another.")
    page.get_by_role("button", name="Answer", exact=True).click()
    expect(page.locator(".answered .criterion")).to_have_count(1)
    assert page.url.split("#")[0] == where
    expect(page.get_by_label("Your answer to the follow-up")).to_have_count(0)


def test_an_appeal_leaves_a_follow_up_that_is_being_typed_alone(page: Page, server: Server) -> None:
    answer(page, server, "/questions/cnn/three-layer-types-and-uses", "There are layers that have filters and others.")
    follow_up = page.get_by_label("Your answer to the follow-up")
    follow_up.fill("I was just about to say that")
    page.get_by_role("button", name=re.compile("^I did say this")).last.click()
    expect(page.locator(".legend")).to_contain_text("claimed by you")
    expect(follow_up).to_have_value("I was just about to say that")
    follow_up.press_sequentially(" more")
    expect(page.locator("#follow-up [data-status]")).to_contain_text("Saved")
    page.reload()
    expect(follow_up).to_have_value("I was just about to say that more")


def test_answering_again_shows_the_change(page: Page, server: Server) -> None:
    answer(page, server, "/questions/dropout/derive-the-scaling", "I am not sure about the details of this one at all.")
    page.get_by_role("link", name="Answer again").click()
    page.get_by_label("Your answer").fill(
        "One divides by the keep probability, so that the expectation stays the same."
    )
    page.keyboard.press("Control+Enter")
    page.wait_for_url("**/attempts/*")
    expect(page.locator(".delta")).to_contain_text("last time")
    expect(page.get_by_role("heading", name="Your other answers to this question")).to_be_visible()


def test_a_double_submit_is_one_attempt(page: Page, server: Server) -> None:
    page.goto(server.base + "/questions/attention/why-divide-by-root-d")
    page.get_by_label("Your answer").fill("Because the variance of the dot product grows with the dimension.")
    page.evaluate("const f = document.querySelector('[data-answer]'); f.requestSubmit(); f.requestSubmit()")
    page.wait_for_url("**/attempts/*")
    page.goto(server.base + "/history?item=attention/why-divide-by-root-d")
    expect(page.locator(".items > li")).to_have_count(1)


def test_an_empty_answer_is_refused_with_the_reason(visit: Callable[..., tuple[Page, Watch]], server: Server) -> None:
    page, watch = visit(server)
    watch.expected = ["422"]
    page.goto(server.base + MINI_BATCHES)
    page.get_by_role("button", name="Submit answer").click()
    expect(page.locator("[data-refused]")).to_have_text("The answer is empty; write at least a sentence, then submit.")
    expect(page.get_by_label("Your answer")).to_be_focused()
    page.get_by_label("Your answer").fill("Now it says something about parallel hardware, at least.")
    page.keyboard.press("Control+Enter")
    page.wait_for_url("**/attempts/*")


def test_markup_in_an_answer_is_only_text(page: Page, server: Server) -> None:
    bad = "document.title='broken'"
    evil = f'<img src=x onerror="{bad}"><script>{bad}</script> The GPU works through a batch in parallel.'
    answer(page, server, MINI_BATCHES, evil)
    expect(page.locator(".answer-text")).to_have_text(evil)
    assert "broken" not in page.title()


def test_giving_up_shows_the_answer(page: Page, server: Server) -> None:
    page.goto(server.base + "/questions/cnn/output-size-and-parameters")
    page.get_by_role("button", name="I don’t know, show me").click()
    page.wait_for_url("**/attempts/*")
    expect(page.locator(".answer-text")).to_have_text("I don't know.")


def test_everything_can_be_done_by_keyboard(visit: Callable[..., tuple[Page, Watch]], own_server: Server) -> None:
    page, _ = visit(own_server)
    page.goto(own_server.base + "/")
    page.keyboard.press("n")
    page.wait_for_url("**/questions/**")
    for _ in range(40):
        if page.evaluate("document.activeElement.tagName") == "TEXTAREA":
            break
        page.keyboard.press("Tab")
    page.keyboard.type("Something about gradients that n and ? must not turn into navigation.")
    page.keyboard.press("Control+Enter")
    page.wait_for_url("**/attempts/*")
    for _ in range(60):
        if page.evaluate("document.activeElement.textContent").startswith("I did say this"):
            break
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator(".legend")).to_contain_text("claimed by you")
    page.keyboard.press("n")
    page.wait_for_url("**/questions/**")
    page.keyboard.press("g")
    page.keyboard.press("h")
    page.wait_for_url(own_server.base + "/")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.name") == "q"
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    page.wait_for_url("**/help")


def test_one_letter_keys_can_be_switched_off(page: Page, server: Server) -> None:
    page.goto(server.base + "/help")
    page.get_by_label("One-letter keys").uncheck()
    page.locator("h1").click()
    page.keyboard.press("g")
    page.keyboard.press("h")
    page.wait_for_timeout(300)
    assert page.url.endswith("/help")


def test_without_javascript_the_whole_flow_works(visit: Callable[..., tuple[Page, Watch]], server: Server) -> None:
    page, _ = visit(server, java_script_enabled=False)
    page.goto(server.base + "/questions/optimizers/what-momentum-does")
    page.get_by_label("Your answer").fill("It averages gradients over time.")
    page.get_by_role("button", name="Save draft").click()
    expect(page.get_by_label("Your answer")).to_have_value("It averages gradients over time.")
    page.get_by_role("button", name="Submit answer").click()
    expect(page.locator(".answer-text")).to_have_text("It averages gradients over time.")
    page.get_by_role("button", name=re.compile("^I did say this")).first.click()
    expect(page.locator(".legend")).to_contain_text("claimed by you")
    page.get_by_role("button", name=re.compile("^Hard")).click()
    expect(page.locator("#rating")).to_contain_text("Your own rating: Hard.")
    page.goto(server.base + "/browse?q=momentm")
    expect(page.locator(".items > li").first).to_be_visible()


def test_formulas_are_typeset(page: Page, server: Server) -> None:
    page.goto(server.base + "/concepts/attention")
    expect(page.locator(".katex-display").first).to_be_visible()
    assert page.locator(".math:not([data-tex])").count() == 0
    assert page.locator(".katex-error").count() == 0
