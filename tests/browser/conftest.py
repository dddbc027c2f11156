"""One server with the real bank and grader for most tests; a fresh browser profile for each."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.browser.support import PATIENCE_MS, Server, Watch, find_browser, launch, server_at

Open = Callable[..., BrowserContext]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if item.path.is_relative_to(here):
            item.add_marker(pytest.mark.browser)
            if find_browser() is None:
                item.add_marker(pytest.mark.skip(reason="no Chromium or Chrome on this machine (apt install chromium)"))


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = launch(playwright)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with server_at(tmp_path_factory.mktemp("vivavoce")) as running:
        yield running


@pytest.fixture
def own_server(tmp_path: Path) -> Iterator[Server]:
    """One that the test may kill."""
    with server_at(tmp_path / "data") as running:
        yield running


@pytest.fixture
def visit(chromium: Browser) -> Iterator[Callable[..., tuple[Page, Watch]]]:
    """A signed-in page in a fresh profile. At the end of the test nothing may have gone wrong in it."""
    opened: list[tuple[BrowserContext, Watch]] = []

    def enter(server: Server, **options: Any) -> tuple[Page, Watch]:
        context = chromium.new_context(**{"viewport": {"width": 1280, "height": 900}} | options)
        context.set_default_timeout(PATIENCE_MS)
        watch = Watch(server.base)
        watch.context(context)
        opened.append((context, watch))
        page = context.new_page()
        page.goto(server.url)
        return page, watch

    yield enter
    faults = [fault for _, watch in opened for fault in watch.unexpected()]
    for context, _ in opened:
        context.close()
    assert faults == []


@pytest.fixture
def page(visit: Callable[..., tuple[Page, Watch]], server: Server) -> Page:
    return visit(server)[0]
