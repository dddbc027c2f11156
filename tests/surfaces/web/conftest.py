"""The app in this process: a tiny bank, a temporary store, a grader that says what it is told, a clock to turn."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from tests.services.support import Clock, SayingGrader
from tests.surfaces.web.support import BANK, ITEM, ORIGIN, Html, parse
from vivavoce.plugins import PackFolder, make_scheduler
from vivavoce.services.library import Library
from vivavoce.services.workspace import Workspace
from vivavoce.settings import load_settings
from vivavoce.storage.store import open_store
from vivavoce.surfaces.web.app import create_app
from vivavoce.surfaces.web.security.access import LaunchTokens
from vivavoce.surfaces.web.visit import Health

SECRET = b"s" * 32


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def grader() -> SayingGrader:
    return SayingGrader()


@pytest.fixture
def ws(tmp_path: Path, clock: Clock, grader: SayingGrader) -> Iterator[Workspace]:
    settings = load_settings({}, data_dir=tmp_path)
    numbers = itertools.count(1)
    workspace = Workspace(
        settings=settings,
        library=Library([PackFolder("tiny", BANK)]),
        grader=grader,
        scheduler=make_scheduler(settings.retention),
        store=open_store(settings.database),
        clock=clock,
        new_id=lambda: f"id{next(numbers)}",
    )
    with workspace:
        yield workspace


@pytest.fixture
def tokens() -> LaunchTokens:
    return LaunchTokens("printed-token")


@pytest.fixture
def health() -> Health:
    return Health()


@pytest.fixture
def stranger(ws: Workspace, tokens: LaunchTokens, health: Health) -> Iterator[TestClient]:
    """A browser that has not opened the printed address."""
    app = create_app(ws, secret=SECRET, tokens=tokens, port=8765, health=health)
    with TestClient(app, base_url=ORIGIN, follow_redirects=False) as client:
        yield client


@pytest.fixture
def client(stranger: TestClient) -> TestClient:
    """A browser that has."""
    assert stranger.get("/?token=printed-token").status_code == 303
    return stranger


@pytest.fixture
def see(client: TestClient) -> Callable[..., Html]:
    """Open an address and parse the page, whose markup must be sound and whose status must be as expected."""

    def open_page(path: str, status: int = 200) -> Html:
        response = client.get(path)
        assert response.status_code == status, response.text
        page = parse(response.text)
        assert page.faults == []
        return page

    return open_page


@pytest.fixture
def submit(client: TestClient) -> Callable[..., str]:
    """Submit an answer by the plain form; gives the address of the result."""

    def send(text: str = "Units are dropped.", item: str = ITEM, **fields: str) -> str:
        response = client.post(f"/questions/{item}/answer", data={"text": text, **fields})
        assert response.status_code == 303, response.text
        return response.headers["location"]

    return send
