"""Exercises and cases in a real browser, judged in the real sandbox."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, expect

from tests.browser.support import PATIENCE_MS, Server, Watch
from vivavoce.plugins import core_pack

NAME = "loss-functions/softmax-cross-entropy"
EXERCISE, CASE = f"/code/{NAME}", "/code/loss-not-decreasing/flat-from-step-one"
FOLDER = core_pack() / "concepts" / "loss-functions" / "exercises" / "softmax-cross-entropy"
GOOD = (FOLDER / "numpy" / "reference.py").read_text(encoding="utf-8")
WRONG = GOOD.replace("return loss, gradient / n", "print('n is', n)\n    return loss, gradient")
RAISES = GOOD.replace("loss = -log_p[np.arange(n)", "loss = -log_p[np.arange(m)")
FIXED = (core_pack() / "concepts/loss-not-decreasing/cases/flat-from-step-one/fixed.py").read_text(encoding="utf-8")
AXE = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"], "resultTypes": ["violations"]}
Visit = Callable[..., tuple[Page, Watch]]


@pytest.fixture(autouse=True)
def patience() -> None:
    expect.set_options(timeout=PATIENCE_MS)


def editor(page: Page) -> Locator:
    return page.get_by_role("textbox", name="Your code, Python.")


def write(page: Page, code: str) -> None:
    """Put code into the editor as pasting does, without its help with indentation."""
    editor(page).click()
    page.keyboard.press("Control+a")
    page.keyboard.insert_text(code)


def open_exercise(page: Page, server: Server, where: str = EXERCISE, code: str = "") -> None:
    page.goto(server.base + where)
    expect(editor(page)).to_be_visible()
    if code:
        write(page, code)


def headline(page: Page, words: str | re.Pattern[str]) -> None:
    expect(page.locator("#results-title")).to_have_text(words)


def test_an_exercise_is_solved_by_keyboard(visit: Visit, own_server: Server) -> None:
    page, _ = visit(own_server)
    page.get_by_role("link", name="Code", exact=True).click()
    page.get_by_label("Search").fill("softmax cross")
    page.wait_for_url("**/code?q=softmax*")
    page.get_by_role("link", name="Softmax cross-entropy, stable").click()
    expect(page.locator(".katex").first).to_be_visible()
    editor(page).click()
    page.keyboard.press("Control+End")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("End")
    page.keyboard.press("Control+Shift+K")  # the line that raises
    for line in GOOD.split('"""\n')[-1].splitlines():
        page.keyboard.insert_text(f"{line}\n" if line else "")
    page.keyboard.press("Control+Enter")
    headline(page, "The example passes")
    expect(page.locator("#history")).to_contain_text("None yet.")
    page.keyboard.press("Control+Shift+Enter")
    headline(page, "Solved: all 8 tests pass")
    expect(page.locator("#announce")).to_have_text("Solved: all 8 tests pass.")
    expect(page.locator(".test.met")).to_have_count(8)
    expect(page.locator("#standing")).to_have_text("solved")
    expect(page.locator("#solution")).to_contain_text("Subtracting the row's maximum")
    expect(page.locator("#solution .math:not([data-tex])")).to_have_count(0)
    page.locator("#solution summary").click()
    expect(page.locator("#solution .tok-keyword").first).to_be_visible()
    expect(page.locator("#history .items > li")).to_have_count(1)


def test_a_failing_submission_says_what_where_and_like_which_mistake(page: Page, server: Server) -> None:
    open_exercise(page, server, code=WRONG)
    page.get_by_role("button", name="Submit", exact=True).click()
    headline(page, "0 of 8 tests pass")
    expect(page.locator(".nearest")).to_contain_text("it lacks the factor 1/n")
    first = page.locator(".test").first
    for words in ("Wrong value", "logits", "Returned", "Expected", "n is 2"):
        expect(first).to_contain_text(words)
    assert page.locator(".test details[open]").count() == 1


def test_a_line_of_a_traceback_leads_to_that_line(page: Page, server: Server) -> None:
    open_exercise(page, server, code=RAISES)
    page.keyboard.press("Control+Enter")
    link = page.locator("#results [data-line]").first
    number = int(link.text_content().split()[-1])
    assert RAISES.splitlines()[number - 1].strip().startswith("loss = ")
    link.click()
    expect(editor(page)).to_be_focused()
    expect(page.locator(".cm-activeLineGutter")).to_have_text(str(number))
    expect(page.locator(".cm-broken-line")).to_contain_text("np.arange(m)")


def test_code_survives_a_reload_and_leaving_at_once(page: Page, server: Server) -> None:
    where = f"{EXERCISE}?framework=torch"
    open_exercise(page, server, where, "import torch\nx = 1\n")
    expect(page.locator("[data-status]").first).to_contain_text("Saved")
    page.reload()
    expect(editor(page)).to_contain_text("x = 1")
    write(page, "import torch\nx = 2\n")
    page.goto(server.base + "/")
    open_exercise(page, server, where)
    expect(editor(page)).to_contain_text("x = 2")


def test_code_typed_while_the_program_is_dead_is_kept_and_submitted_later(visit: Visit, own_server: Server) -> None:
    page, watch = visit(own_server)
    watch.expected = ["net::ERR_"]
    open_exercise(page, own_server)
    own_server.kill()
    write(page, GOOD)
    page.keyboard.press("Control+Shift+Enter")
    expect(page.locator("[data-refused]").first).to_contain_text("Your code is kept; start the program again")
    expect(page.locator("[data-warning]").first).to_contain_text("Your code is not saved yet")
    own_server.start()
    page.reload()
    expect(editor(page)).to_contain_text("log_p = z")
    page.keyboard.press("Tab")
    page.get_by_role("button", name="Submit", exact=True).click()
    headline(page, "Solved: all 8 tests pass")


def test_tab_indents_and_after_escape_leaves_the_editor(page: Page, server: Server) -> None:
    open_exercise(page, server, code="g h ? / n")
    assert page.url.endswith(EXERCISE)
    page.keyboard.press("Home")
    page.keyboard.press("Tab")
    assert page.locator("textarea#code").input_value() == "    g h ? / n"
    page.keyboard.press("Escape")
    expect(page.locator("[data-leave]")).to_have_text("Tab now leaves the editor; typing stays in it.")
    page.wait_for_timeout(2500)  # nobody is hurried
    page.keyboard.press("Tab")
    expect(editor(page)).not_to_be_focused()
    editor(page).click()
    page.keyboard.press("Tab")
    expect(editor(page)).to_be_focused()


def test_reset_and_an_old_attempt_can_be_undone(visit: Visit, own_server: Server) -> None:
    page, _ = visit(own_server)
    open_exercise(page, own_server, code=WRONG)
    page.keyboard.press("Control+Shift+Enter")
    headline(page, "0 of 8 tests pass")
    write(page, "mine = 1")
    page.get_by_role("link", name="Reset").click()
    expect(editor(page)).to_contain_text("raise NotImplementedError")
    page.get_by_role("button", name="Undo").click()
    expect(editor(page)).to_have_text("mine = 1")
    page.get_by_role("link", name=re.compile("^Load")).click()
    expect(editor(page)).to_contain_text("print('n is', n)")
    page.get_by_role("button", name="Undo").click()
    expect(editor(page)).to_have_text("mine = 1")


def test_newer_code_of_another_tab_is_offered(visit: Visit, own_server: Server) -> None:
    page, _ = visit(own_server)
    open_exercise(page, own_server, code="first = 1")
    expect(page.locator("[data-status]").first).to_contain_text("Saved")
    other = page.context.new_page()
    open_exercise(other, own_server)
    expect(editor(other)).to_have_text("first = 1")
    write(other, "second = 2")
    expect(other.locator("[data-status]").first).to_contain_text("Saved")
    write(page, "first = 11")
    expect(page.locator("[data-status]").first).to_contain_text("Saved")
    write(other, "second = 22")
    expect(other.locator("textarea#code")).to_have_value("second = 22")
    other.wait_for_timeout(1500)
    page.reload()
    expect(editor(page)).to_have_text("first = 11")
    page.get_by_role("button", name="Use it here").click()
    expect(editor(page)).to_have_text("second = 22")


def test_without_javascript_an_exercise_is_run_and_submitted(visit: Visit, server: Server) -> None:
    page, _ = visit(server, java_script_enabled=False)
    page.goto(server.base + EXERCISE)
    page.get_by_label("Your code").fill(WRONG)
    page.get_by_role("button", name="Run").click()
    headline(page, "0 of 1 example pass")
    expect(page.get_by_label("Your code")).to_have_value(WRONG)
    page.get_by_label("Your code").fill(GOOD)
    page.get_by_role("button", name="Submit", exact=True).click()
    headline(page, "Solved: all 8 tests pass")
    page.get_by_role("button", name=re.compile("hint")).click()
    expect(page.locator(".hints li")).to_have_count(1)


def test_a_case_is_probed_diagnosed_and_fixed(visit: Visit, own_server: Server) -> None:
    page, _ = visit(own_server)
    page.on("dialog", lambda dialog: dialog.accept())
    open_exercise(page, own_server, CASE)
    expect(page.locator("#symptom svg.plot")).to_be_visible()
    page.get_by_role("button", name=re.compile("^Buy for")).first.click()
    expect(page.locator("#probes .exhibit")).to_have_count(1)
    expect(page.locator("#probes-title")).to_be_focused()
    expect(page.locator("#score")).to_contain_text(re.compile("Probes −[0-9]"))
    page.get_by_label("What is wrong, and why?").fill(
        "The warm-up factor uses integer division, so the learning rate is zero; print the rate of every step."
    )
    page.get_by_role("button", name="Submit diagnosis").click()
    page.wait_for_url("**/attempts/*")
    page.get_by_role("link", name="Back to the case").click()
    expect(editor(page)).to_be_visible()
    write(page, FIXED)
    page.keyboard.press("Control+Shift+Enter")
    headline(page, re.compile("^Solved"))
    expect(page.locator("#score")).to_contain_text("Fixed 45")
    expect(page.locator("#solution")).to_contain_text("The mended script")


def show_most(page: Page, server: Server, name: str) -> None:
    if name == "/code":
        page.goto(server.base + name)
        return
    if name == "submission":
        open_exercise(page, server, code=RAISES)
        page.keyboard.press("Control+Shift+Enter")
        headline(page, re.compile("of 8 tests pass"))
        page.locator("#history .title").first.click()
        expect(page.locator(".diff tr").first).to_be_visible()
        return
    open_exercise(page, server, name, WRONG if name == EXERCISE else "")
    if name == EXERCISE:
        page.keyboard.press("Control+Shift+Enter")
        headline(page, "0 of 8 tests pass")
        page.get_by_role("button", name="Search", exact=True).click()
        page.locator("[data-timer-toggle]").first.click()
    else:
        expect(page.locator("#symptom svg.plot")).to_be_visible()
        for number in range(page.locator(".probes > li").count()):
            buy = page.locator(".probes > li").nth(number).get_by_role("button")
            if buy.count():
                buy.click()
            expect(page.locator(".probes > li").nth(number).locator(".exhibit").first).to_be_visible()
        expect(page.locator(".matrix").first).to_be_visible()
        page.locator("[data-run]").click()
        headline(page, re.compile("example"))
    page.locator("details").evaluate_all("all => all.forEach(d => (d.open = true))")


PAGES = ("/code", EXERCISE, CASE, "submission")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_code_page_violates_wcag_aa(visit: Visit, server: Server, scheme: str) -> None:
    page, _ = visit(server, color_scheme=scheme, reduced_motion="reduce")
    page.on("dialog", lambda dialog: dialog.accept())
    for name in PAGES:
        show_most(page, server, name)
        found = Axe().run(page, options=AXE).response
        problems = [
            (name, v["id"], [n["html"] for n in v["nodes"]], v["nodes"][0]["failureSummary"])
            for v in found["violations"]
        ]
        assert problems == []


def test_no_code_page_is_wider_than_a_narrow_phone(visit: Visit, server: Server) -> None:
    page, _ = visit(server, viewport={"width": 360, "height": 740})
    page.on("dialog", lambda dialog: dialog.accept())
    for name in PAGES:
        show_most(page, server, name)
        assert page.evaluate("document.documentElement.scrollWidth") <= 360, name
        small = page.evaluate(
            """[...document.querySelectorAll("button, .button, nav a, select")].filter(e => e.checkVisibility())
            .map(e => [e.textContent.trim(), e.getBoundingClientRect()])
            .filter(([, r]) => r.height < 24 || r.width < 24).map(([t]) => t)"""
        )
        assert small == [], name
