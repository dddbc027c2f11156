"""Labs in the browser: predict, run, watch, change a slider, run again; on a phone, in the dark, without a script."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.support import PATIENCE_MS, Server, Watch
from tests.browser.test_look import AXE

QUICK = "/lab/overfitting-underfitting/more-data"
SLOW = "/lab/boltzmann-machine/annealed-search"
ADDRESSES = {
    "labs": "/labs",
    "filtered labs": "/labs?outcome=depends&q=data",
    "lab to predict": "/lab/l1-l2-regularization/exact-zeros",
    "lab with result": f"{QUICK}?show=1",
    "run": "",
    "claims": "/claims",
    "claims that are false": "/claims?show=false",
    "concept": "/concepts/cnn",
    "progress": "/progress",
}
Visit = Callable[..., tuple[Page, Watch]]


def run_to_the_end(page: Page, button: str = "Run it here") -> None:
    page.get_by_role("button", name=button).click()
    page.wait_for_url("**/lab-run/*")
    page.get_by_role("heading", name="Change something and run again").wait_for(timeout=PATIENCE_MS)


@pytest.fixture(scope="module")
def seen(server: Server) -> dict[str, str]:
    """Kept between tests: the address of one finished run."""
    return {}


def open_page(page: Page, server: Server, name: str, seen: dict[str, str]) -> None:
    if name == "run" and "run" not in seen:
        page.goto(server.base + QUICK)
        run_to_the_end(page)
        seen["run"] = page.url.removeprefix(server.base)
    page.goto(server.base + (ADDRESSES[name] or seen[name]))
    page.locator("details").evaluate_all("all => all.forEach(d => (d.open = true))")
    expect(page.locator(".lab-picture:not(:has(svg))")).to_have_count(0, timeout=PATIENCE_MS)
    expect(page.locator(".math:not([data-tex])")).to_have_count(0)


def test_one_predicts_runs_sees_changes_and_runs_again(visit: Visit, own_server: Server) -> None:
    page, _ = visit(own_server)
    page.goto(own_server.base + "/labs")
    page.get_by_label("Search").press_sequentially("more training data", delay=15)
    page.wait_for_url("**q=more%20training%20data*")
    page.get_by_role("link", name="Does more training data always help?").click()
    first = page.locator("#claim-more-data-helps")
    expect(first.locator(".lab-verdict")).to_have_count(0)
    first.get_by_role("radio").nth(2).check()
    first.locator(".sizes").get_by_role("radio").nth(1).check()
    first.get_by_role("button", name="fairly sure").click()
    expect(first.locator(".lab-verdict")).to_have_text(re.compile("Depends"))
    expect(first).to_contain_text("You said:")
    expect(first.locator("svg.wide")).to_be_visible(timeout=PATIENCE_MS)
    expect(first.locator("svg.narrow")).to_be_hidden()
    run_to_the_end(page)
    expect(page.locator("#claim-more-data-helps .lab-verdict")).to_have_text(re.compile("Depends"))
    expect(page.locator("#claim-more-data-helps")).to_contain_text("You said:")
    first_run = page.url
    page.locator(".slider", has=page.locator("#set-inputs")).locator("[data-range]").focus()
    page.keyboard.press("ArrowLeft")
    changed = page.locator("#set-inputs").input_value()
    assert changed != "100"
    run_to_the_end(page, "Run again")
    assert page.url != first_run
    expect(page.locator(".crumbs")).to_contain_text(f"inputs {changed}")
    expect(page.locator("table.runs tbody tr")).to_have_count(1)
    expect(page.locator(".lab-picture:not(:has(svg))")).to_have_count(0, timeout=2 * PATIENCE_MS)
    with page.expect_download(timeout=PATIENCE_MS) as saved:
        page.get_by_role("link", name="PNG file").click()
    assert saved.value.suggested_filename == "overfitting-underfitting-more-data.png"


def test_a_run_is_watched_without_reloading_and_cancelled_by_keyboard(visit: Visit, own_server: Server) -> None:
    page, _ = visit(own_server)
    page.goto(own_server.base + SLOW)
    page.get_by_label("Seeds").fill("200")
    page.get_by_role("button", name="Run it here").click()
    page.wait_for_url("**/lab-run/*")
    page.evaluate("window.stayed = true")
    page.locator("#cancel-run").focus()
    expect(page.locator("#lab-run")).to_contain_text(re.compile(r"[1-9]\d* of \d+ seeds"), timeout=PATIENCE_MS)
    expect(page.locator("#lab-run svg.wide")).to_have_count(1, timeout=PATIENCE_MS)
    expect(page.locator("#cancel-run")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#lab-run")).to_contain_text("Cancelled: a partial result.", timeout=PATIENCE_MS)
    expect(page.locator("#lab-run")).to_contain_text("are kept")


def test_everything_works_without_a_script(visit: Visit, own_server: Server) -> None:
    page, _ = visit(own_server, java_script_enabled=False)
    page.goto(own_server.base + QUICK)
    claim = page.locator("#claim-doubling-can-hurt")
    claim.get_by_role("radio").nth(0).check()
    claim.locator(".sizes").get_by_role("radio").nth(0).check()
    claim.get_by_role("button", name="quite sure").click()
    expect(page.locator("#claim-doubling-can-hurt .lab-verdict")).to_have_count(1)
    expect(page.locator("#claim-doubling-can-hurt img")).to_be_visible(timeout=PATIENCE_MS)
    expect(page.locator("[data-range]").first).to_be_hidden()
    page.locator("#set-inputs").fill("50")
    page.get_by_role("button", name="Run it here").click()
    for _ in range(60):
        if page.get_by_role("heading", name="Change something and run again").count():
            break
        page.wait_for_timeout(500)
        page.get_by_role("link", name="look again").click()
    expect(page.locator(".crumbs")).to_contain_text("inputs 50")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", ADDRESSES)
def test_no_page_of_labs_violates_wcag_aa(
    visit: Visit, server: Server, name: str, scheme: str, seen: dict[str, str]
) -> None:
    page, _ = visit(server, color_scheme=scheme, reduced_motion="reduce")
    open_page(page, server, name, seen)
    found = Axe().run(page, options=AXE).response
    problems = [
        (v["id"], [n["html"][:300] for n in v["nodes"]], v["nodes"][0]["failureSummary"]) for v in found["violations"]
    ]
    assert problems == []


@pytest.mark.parametrize("name", ADDRESSES)
def test_no_page_of_labs_is_wider_than_a_phone(visit: Visit, server: Server, name: str, seen: dict[str, str]) -> None:
    page, _ = visit(server, viewport={"width": 390, "height": 844})
    open_page(page, server, name, seen)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    small = page.evaluate(
        """[...document.querySelectorAll("button, .button, nav a, input:not([type=hidden]), select")]
        .filter(e => e.checkVisibility() && !e.matches("[type=checkbox], [type=radio]"))
        .map(e => [e.textContent.trim() || e.name, e.getBoundingClientRect()])
        .filter(([, r]) => r.height < 24 || r.width < 24).map(([t]) => t)"""
    )
    assert small == []
    if name in ("lab with result", "run"):
        expect(page.locator("svg.narrow").first).to_be_visible()
        expect(page.locator("svg.wide").first).to_be_hidden()


@pytest.mark.parametrize(("scheme", "bright"), [("light", False), ("dark", True)])
def test_pictures_take_the_colours_of_the_page(visit: Visit, server: Server, scheme: str, bright: bool) -> None:
    page, _ = visit(server, color_scheme=scheme)
    page.goto(server.base + f"{QUICK}?show=1")
    expect(page.locator("svg.wide").first).to_be_visible(timeout=PATIENCE_MS)
    colour = page.locator("svg.wide text.fill-ink").first.evaluate("e => getComputedStyle(e).fill")
    assert (sum(int(n) for n in re.findall(r"\d+", colour)[:3]) / 3 > 128) is bright
