"""Nothing typed is lost: reload, crash, closed tabs, two tabs."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.support import PATIENCE_MS, Server, Watch

WHERE = "/questions/backpropagation/what-is-backpropagation"
TEXT = "It applies the chain rule from the loss backwards"
Visit = Callable[..., tuple[Page, Watch]]


def test_a_draft_survives_a_reload(page: Page, server: Server) -> None:
    page.goto(server.base + WHERE)
    page.get_by_label("Your answer").press_sequentially(TEXT)
    expect(page.locator("[data-status]")).to_contain_text("Saved")
    page.reload()
    expect(page.get_by_label("Your answer")).to_have_value(TEXT)
    expect(page.locator("[data-words]")).to_have_text("9 words")


def test_a_text_is_flushed_when_the_page_is_left(page: Page, server: Server) -> None:
    page.goto(server.base + "/questions/backpropagation/two-layer-backward")
    page.get_by_label("Your answer").fill("left at once")
    page.goto(server.base + "/")
    page.goto(server.base + "/questions/backpropagation/two-layer-backward")
    expect(page.get_by_label("Your answer")).to_have_value("left at once")


def test_a_draft_survives_kill_9_of_the_server(visit: Visit, own_server: Server) -> None:
    page, _ = visit(own_server)
    page.goto(own_server.base + WHERE)
    page.get_by_label("Your answer").fill(TEXT)
    expect(page.locator("[data-status]")).to_contain_text("Saved")
    own_server.kill()
    own_server.start()
    page.reload()
    expect(page.get_by_label("Your answer")).to_have_value(TEXT)
    page.keyboard.press("Tab")
    page.get_by_label("Your answer").press("Control+Enter")
    page.wait_for_url("**/attempts/*", timeout=PATIENCE_MS)


def test_what_is_typed_while_the_server_is_dead_is_kept_and_saved_later(visit: Visit, own_server: Server) -> None:
    page, watch = visit(own_server)
    watch.expected = ["net::ERR_"]
    page.goto(own_server.base + WHERE)
    page.get_by_label("Your answer").fill("before")
    expect(page.locator("[data-status]")).to_contain_text("Saved")
    own_server.kill()
    page.get_by_label("Your answer").fill(TEXT)
    expect(page.locator("[data-warning]")).to_contain_text("Your text is not saved yet: the program does not answer.")
    page.get_by_role("button", name="Submit answer").click()
    expect(page.locator("[data-refused]")).to_contain_text("Your text is still here")
    expect(page.get_by_label("Your answer")).to_have_value(TEXT)
    own_server.start()
    expect(page.locator("[data-status]")).to_contain_text("Saved", timeout=PATIENCE_MS)
    expect(page.locator("[data-warning]")).to_be_hidden()
    page.reload()
    expect(page.get_by_label("Your answer")).to_have_value(TEXT)


def test_a_text_that_only_the_browser_has_is_restored(visit: Visit, own_server: Server) -> None:
    page, watch = visit(own_server)
    watch.expected = ["net::ERR_"]
    page.goto(own_server.base + WHERE)
    own_server.kill()
    page.get_by_label("Your answer").fill(TEXT)
    expect(page.locator("[data-warning]")).to_be_visible()
    page.goto("about:blank")
    own_server.start()
    page.goto(own_server.base + WHERE)
    expect(page.get_by_label("Your answer")).to_have_value(TEXT)
    expect(page.locator("[data-status]")).to_contain_text("Saved")


def test_two_tabs_keep_their_own_texts_and_offer_each_others(visit: Visit, server: Server) -> None:
    first, _ = visit(server)
    where = server.base + "/questions/backpropagation/what-does-a-gradient-cost"
    first.goto(where)
    first.get_by_label("Your answer").fill("from the first tab")
    expect(first.locator("[data-status]")).to_contain_text("Saved")
    second = first.context.new_page()
    second.goto(where)
    expect(second.get_by_label("Your answer")).to_have_value("")
    expect(second.locator("[data-others]")).to_contain_text("from the first tab")
    second.get_by_label("Your answer").fill("from the second tab")
    expect(second.locator("[data-status]")).to_contain_text("Saved")
    first.reload()
    expect(first.get_by_label("Your answer")).to_have_value("from the first tab")
    first.locator("[data-others]").get_by_role("button", name="Continue it here").click()
    expect(first.get_by_label("Your answer")).to_have_value("from the first tab\n\nfrom the second tab")


def test_a_duplicated_tab_does_not_write_over_its_original(visit: Visit, server: Server) -> None:
    first, _ = visit(server)
    where = server.base + "/questions/optimizers/five-update-rules"
    first.goto(where)
    first.get_by_label("Your answer").fill("original")
    expect(first.locator("[data-status]")).to_contain_text("Saved")
    with first.context.expect_page() as opened:
        first.evaluate("window.open(location.href)")  # as "Duplicate tab" does, this copies the session storage
    copy = opened.value
    expect(copy.locator("[data-others]")).to_contain_text("original")
    copy.get_by_label("Your answer").fill("copy")
    expect(copy.locator("[data-status]")).to_contain_text("Saved")
    first.reload()
    expect(first.get_by_label("Your answer")).to_have_value("original")


def test_an_unfinished_answer_is_continued_from_the_home_page(visit: Visit, server: Server) -> None:
    first, _ = visit(server)
    where = "/questions/optimizers/adams-first-step"
    first.goto(server.base + where)
    first.get_by_label("Your answer").fill("begun in one browser")
    expect(first.locator("[data-status]")).to_contain_text("Saved")
    later, _ = visit(server)
    later.goto(server.base + "/")
    later.locator(f"a[href^='{where}']").click()
    expect(later.get_by_label("Your answer")).to_have_value("begun in one browser")
    later.get_by_label("Your answer").fill("begun in one browser and ended in another")
    expect(later.locator("[data-status]")).to_contain_text("Saved")
    later.goto(server.base + "/")
    expect(later.locator(f"a[href^='{where}']")).to_have_count(1)


def test_what_is_typed_before_the_draft_has_come_is_added_to_it(page: Page, server: Server) -> None:
    where = server.base + "/questions/overfitting-underfitting/tell-them-apart"
    page.goto(where)
    page.get_by_label("Your answer").fill("typed before")
    expect(page.locator("[data-status]")).to_contain_text("Saved")
    page.route("**/drafts?*", lambda route: (page.wait_for_timeout(500), route.continue_()))
    page.goto(where)
    page.get_by_label("Your answer").press_sequentially("typed at once")
    expect(page.get_by_label("Your answer")).to_have_value("typed before\n\ntyped at once")
    expect(page.locator("[data-status]")).to_contain_text("Saved")
    page.unroute_all(behavior="wait")


def test_an_offered_text_can_be_discarded(visit: Visit, server: Server) -> None:
    where = server.base + "/questions/overfitting-underfitting/remedies-for-each"
    first, _ = visit(server)
    first.goto(where)
    first.get_by_label("Your answer").fill("not worth keeping")
    expect(first.locator("[data-status]")).to_contain_text("Saved")
    second, _ = visit(server)
    second.goto(where)
    second.on("dialog", lambda dialog: dialog.accept())
    second.get_by_role("button", name="Discard").click()
    expect(second.locator("[data-others] p")).to_have_count(0)
    second.reload()
    second.wait_for_load_state("networkidle")
    expect(second.locator("[data-others] p")).to_have_count(0)


def test_a_submitted_answer_leaves_no_draft(page: Page, server: Server) -> None:
    where = "/questions/batch-normalization/"
    page.goto(server.base + "/concepts/batch-normalization")
    link = page.locator(".items a.title").first.get_attribute("href")
    assert link is not None
    assert link.startswith(where)
    page.goto(server.base + link)
    page.get_by_label("Your answer").press_sequentially("It standardises each feature with the batch")
    page.keyboard.press("Control+Enter")
    page.wait_for_url("**/attempts/*", timeout=PATIENCE_MS)
    page.goto(server.base + link)
    page.wait_for_timeout(1000)
    expect(page.get_by_label("Your answer")).to_have_value("")
    expect(page.locator("[data-others] p")).to_have_count(0)


def test_going_back_and_submitting_another_text_is_another_attempt(page: Page, server: Server) -> None:
    where = server.base + "/questions/optimizers/l2-penalty-with-adam"
    page.goto(where)
    page.get_by_label("Your answer").fill("The first thing that came to my mind about it.")
    page.keyboard.press("Control+Enter")
    page.wait_for_url("**/attempts/*", timeout=PATIENCE_MS)
    page.go_back()
    page.get_by_label("Your answer").fill("A second thought, which is another text.")
    page.keyboard.press("Control+Enter")
    page.wait_for_url("**/attempts/*", timeout=PATIENCE_MS)
    expect(page.locator(".answer-text")).to_have_text("A second thought, which is another text.")
    page.goto(server.base + "/history?item=optimizers/l2-penalty-with-adam")
    expect(page.locator(".items > li")).to_have_count(2)


def test_the_timer_can_be_hidden_and_stays_hidden(page: Page, server: Server) -> None:
    page.goto(server.base + WHERE)
    expect(page.locator("[data-timer]")).to_be_visible()
    page.get_by_role("button", name="Hide timer").click()
    expect(page.locator("[data-timer]")).to_be_hidden()
    page.reload()
    expect(page.get_by_role("button", name="Show timer")).to_be_visible()
    expect(page.locator("[data-timer]")).to_be_hidden()
