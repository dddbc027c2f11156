"""The map under the pointer and the keyboard, and figures that stay readable on a phone."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.support import Server, Watch

Visit = Callable[..., tuple[Page, Watch]]
NEAR = "[...document.querySelectorAll('.map .node.near')].map(node => node.dataset.concept)"


def test_a_concept_under_the_pointer_brings_its_lines_forward(page: Page, server: Server) -> None:
    page.goto(server.base + "/map")
    expect(page.locator(".map .link.near")).to_have_count(0)
    page.locator('[data-concept="cnn"]').hover()
    touching = page.locator('.map .link[data-from="cnn"], .map .link[data-to="cnn"]').count()
    assert touching > 1
    expect(page.locator(".map .link.near")).to_have_count(touching)
    assert {"cnn", "backpropagation"} <= set(page.evaluate(NEAR))
    page.locator("h1").hover()
    expect(page.locator(".map .link.near")).to_have_count(0)


def test_the_keyboard_walks_the_map_in_teaching_order_and_opens_a_concept(page: Page, server: Server) -> None:
    page.goto(server.base + "/map")
    names = page.locator(".map [data-concept]").evaluate_all("all => all.map(node => node.dataset.concept)")
    page.locator(".map [data-concept]").first.focus()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.dataset.concept") == names[1]
    expect(page.locator(".map")).to_have_class("map looking")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/concepts/{names[1]}")


def test_without_scripts_the_map_has_every_line_and_link(visit: Visit, server: Server) -> None:
    page, _ = visit(server, java_script_enabled=False)
    page.goto(server.base + "/map")
    expect(page.locator(".map .link").first).to_be_visible()
    page.locator(".map-list a", has_text="Dropout").click()
    page.wait_for_url("**/concepts/dropout")


def test_a_phone_reads_the_list_and_not_the_drawing(visit: Visit, server: Server) -> None:
    page, _ = visit(server, viewport={"width": 360, "height": 800})
    page.goto(server.base + "/map")
    expect(page.locator(".map")).to_be_hidden()
    expect(page.locator(".map-list a").first).to_be_visible()


def test_words_in_a_diagram_are_readable_on_a_phone_and_the_page_does_not_widen(visit: Visit, server: Server) -> None:
    page, _ = visit(server, viewport={"width": 360, "height": 800})
    page.goto(server.base + "/concepts/neuron")
    page.locator("svg.diagram").first.scroll_into_view_if_needed()
    heights = page.locator("svg.diagram g text").evaluate_all("all => all.map(t => t.getBoundingClientRect().height)")
    assert min(heights) >= 10
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_no_text_of_a_diagram_leaves_its_box(page: Page, server: Server) -> None:
    page.goto(server.base + "/concepts/neuron")
    outside = page.evaluate(
        """[...document.querySelectorAll('svg.diagram g')].flatMap(g => {
            const shape = g.querySelector('.shape')?.getBoundingClientRect();
            return [...g.querySelectorAll('text')].filter(t => {
                const r = t.getBoundingClientRect();
                return shape && (r.left < shape.left - 1 || r.right > shape.right + 1);
            }).map(t => t.textContent);
        })"""
    )
    assert outside == []
