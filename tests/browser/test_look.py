"""Every page: no accessibility violation, no overflow on a phone, right in light and dark."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.support import PATIENCE_MS, Server, Watch

AXE = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"], "resultTypes": ["violations"]}
ANSWERED = "/questions/cnn/three-layer-types-and-uses"
SAID = (
    "Convolution layers slide small filters over the image and share their weights, so they need few parameters. "
    "Pooling layers have the most weights of all. I can't remember what the third one is."
)
PAGES = {
    "home": "/",
    "question": "/questions/dropout/derive-the-scaling",
    "question with draft": "/questions/gradient-descent/compare-batch-stochastic-mini-batch",
    "result": "",
    "browse": "/browse",
    "all questions": "/browse?all=1",
    "search": "/browse?q=dropuot",
    "nothing found": "/browse?q=zzzzzzzzz",
    "concept": "/concepts/attention",
    "concept with figures": "/concepts/neuron",
    "map": "/map",
    "history": "/history",
    "history of one": f"/history?item={ANSWERED.removeprefix('/questions/')}",
    "progress": "/progress",
    "help": "/help",
    "problems": "/problems",
    "rested": "/practise?within=none",
    "not found": "/questions/dropuot/derive",
}
Visit = Callable[..., tuple[Page, Watch]]


@pytest.fixture(scope="module")
def answered(server: Server) -> dict[str, str]:
    """Kept between tests: the address of one result with verdicts of several kinds."""
    return {}


def open_page(page: Page, server: Server, name: str, answered: dict[str, str]) -> None:
    if "result" not in answered:
        page.goto(server.base + ANSWERED)
        page.get_by_label("Your answer").fill(SAID)
        page.keyboard.press("Control+Enter")
        page.wait_for_url("**/attempts/*", timeout=PATIENCE_MS)
        answered["result"] = page.url.removeprefix(server.base)
    page.goto(server.base + (PAGES[name] or answered[name]))
    if name == "result":
        page.get_by_role("button", name=re.compile("^I did say this")).first.click()
        expect(page.locator(".legend")).to_be_visible()
        page.locator("details").evaluate_all("all => all.forEach(d => (d.open = true))")
        page.get_by_role("button", name=re.compile("^Undo")).first.click()
        expect(page.get_by_role("button", name=re.compile("^Undo"))).to_have_count(0)
        page.locator("details").evaluate_all("all => all.forEach(d => (d.open = true))")
    if name == "question with draft":
        other = page.context.new_page()
        other.goto(server.base + PAGES[name])
        other.get_by_label("Your answer").fill("typed in another tab")
        expect(other.locator("[data-status]")).to_contain_text("Saved")
        other.close()
        page.reload()
        expect(page.locator("[data-others] .note").first).to_be_visible()
    expect(page.locator(".math:not([data-tex])")).to_have_count(0)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", PAGES)
def test_no_page_violates_wcag_aa(
    visit: Visit, server: Server, name: str, scheme: str, answered: dict[str, str]
) -> None:
    page, watch = visit(server, color_scheme=scheme, reduced_motion="reduce")
    watch.expected = ["404"] if name == "not found" else []
    open_page(page, server, name, answered)
    found = Axe().run(page, options=AXE).response
    assert found["testEngine"]["name"] == "axe-core"
    problems = [
        (v["id"], [n["html"] for n in v["nodes"]], v["nodes"][0]["failureSummary"]) for v in found["violations"]
    ]
    assert problems == []


def test_the_axe_check_sees_a_violation(page: Page, server: Server) -> None:
    page.goto(server.base + "/help")
    page.evaluate("document.querySelector('main').insertAdjacentHTML('beforeend', '<input>')")
    assert [v["id"] for v in Axe().run(page, options=AXE).response["violations"]] == ["label"]


@pytest.mark.parametrize("name", PAGES)
def test_no_page_is_wider_than_a_phone(visit: Visit, server: Server, name: str, answered: dict[str, str]) -> None:
    page, watch = visit(server, viewport={"width": 390, "height": 844})
    watch.expected = ["404"] if name == "not found" else []
    open_page(page, server, name, answered)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    small = page.evaluate(
        """[...document.querySelectorAll("button, .button, nav a, input:not([type=hidden]), select")]
        .filter(e => e.checkVisibility() && !e.matches("[type=checkbox]"))
        .map(e => [e.textContent.trim() || e.name, e.getBoundingClientRect()])
        .filter(([, r]) => r.height < 24 || r.width < 24).map(([t]) => t)"""
    )
    assert small == []


def luminance(page: Page) -> float:
    colour = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
    return sum(int(n) for n in re.findall(r"\d+", colour)[:3]) / 3


def test_the_system_decides_between_light_and_dark(visit: Visit, server: Server) -> None:
    light, _ = visit(server, color_scheme="light")
    dark, _ = visit(server, color_scheme="dark")
    assert luminance(light) > 200
    assert luminance(dark) < 60


def test_a_chosen_scheme_stays_and_comes_with_the_page(visit: Visit, server: Server) -> None:
    page, _ = visit(server, color_scheme="light")
    page.get_by_role("button", name="Use dark colours").click()
    assert luminance(page) < 60
    page.goto(server.base + "/help")
    assert luminance(page) < 60
    # In the page as it was sent, so that no light page flashes up first.
    assert 'data-theme="dark"' in page.request.get(server.base + "/help").text()
    page.get_by_role("button", name="Use light colours").click()
    page.reload()
    assert luminance(page) > 200


def test_search_forgives_typing_errors_as_one_types(page: Page, server: Server) -> None:
    page.goto(server.base + "/browse")
    page.get_by_role("searchbox", name="Search").press_sequentially("vanishing gradeints", delay=20)
    expect(page.locator("#found .items a.title").first).to_be_visible()
    expect(page.locator("#found")).to_contain_text("“vanishing gradeints”")
    assert page.locator(
        "#found a[href^='/concepts/vanishing-exploding-gradients'], #found a[href*='vanishing']"
    ).count()
    page.wait_for_url("**/browse?q=vanishing*")
    page.get_by_label("Level").select_option("advanced")
    page.wait_for_url("**level=advanced*")
    levels = page.locator("#found .about").all_text_contents()
    assert levels
    assert all("Advanced" in text for text in levels)


def test_the_first_screen_leads_a_new_user_to_a_question(visit: Visit, own_server: Server) -> None:
    page, _ = visit(own_server)
    page.get_by_role("link", name="Answer your first question").click()
    page.wait_for_url("**/questions/**")
    expect(page.get_by_label("Your answer")).to_be_visible()


def test_a_result_prints_without_controls(visit: Visit, server: Server, answered: dict[str, str]) -> None:
    page, _ = visit(server)
    open_page(page, server, "result", answered)
    page.emulate_media(media="print")
    expect(page.locator(".answer-text")).to_be_visible()
    expect(page.locator(".page-head")).to_be_hidden()
    expect(page.get_by_role("button", name=re.compile("^I did say this")).first).to_be_hidden()
