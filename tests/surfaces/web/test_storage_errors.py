"""A database that cannot be used: a clear page, and no typed text lost."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from starlette.testclient import TestClient

from tests.surfaces.web.support import ITEM, Html, parse
from vivavoce.domain.errors import StorageBusyError, StorageCorruptError, StorageReadOnlyError
from vivavoce.services.workspace import Workspace
from vivavoce.surfaces.web.routes import home
from vivavoce.surfaces.web.security.headers import POLICY

ERRORS = [
    StorageBusyError("the database is locked by another program; close it and try again"),
    StorageCorruptError("the database file is damaged; restore the backup beside it"),
    StorageReadOnlyError("the disk is full; free some space"),
]
METHODS = ("save_draft", "drafts", "attempts", "attempt", "reviews", "review_stamp", "record", "add_appeal", "dump")


@pytest.fixture(params=ERRORS, ids=lambda error: type(error).__name__)
def failing(request: pytest.FixtureRequest, ws: Workspace, monkeypatch: pytest.MonkeyPatch) -> Exception:
    """Every method of the store raises the same error."""
    error: Exception = request.param

    def fail(*args: object, **kwargs: object) -> None:
        raise error

    for name in METHODS:
        monkeypatch.setattr(type(ws.store), name, fail)
    return error


@pytest.mark.parametrize(
    "path", ["/", f"/questions/{ITEM}", "/attempts/a1", "/history", "/progress", "/browse", "/export"]
)
def test_a_page_says_what_is_wrong_and_what_helps(client: TestClient, failing: Exception, path: str) -> None:
    response = client.get(path)
    assert response.status_code == 503
    page = parse(response.text)
    assert page.faults == []
    assert page.one("h1").text == "The database cannot be used right now"
    assert str(failing)[1:] in page.text


def test_a_submitted_text_stays_on_the_page(client: TestClient, failing: Exception) -> None:
    response = client.post(f"/questions/{ITEM}/answer", data={"text": "Precious words.", "writer": "w"})
    assert response.status_code == 503
    page = parse(response.text)
    assert page.one("textarea").text == "Precious words."
    assert str(failing)[1:] in page.text


def test_a_draft_without_a_script_stays_on_the_page(client: TestClient, failing: Exception) -> None:
    response = client.post(f"/questions/{ITEM}/draft", data={"text": "Precious words.", "writer": "w"})
    assert response.status_code == 503
    assert parse(response.text).one("textarea").text == "Precious words."


def test_a_script_is_told_that_nothing_was_saved(client: TestClient, failing: Exception) -> None:
    response = client.post(f"/questions/{ITEM}/draft", data={"text": "Precious.", "writer": "w", "reply": "json"})
    assert response.status_code == 503
    assert str(failing)[1:] in response.json()["message"]


def test_a_fault_of_ours_is_a_page_that_says_so(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*args: object, **kwargs: object) -> None:
        raise ZeroDivisionError("secret detail")

    monkeypatch.setattr(home, "overview", broken)
    response = client.get("/")
    assert response.status_code == 500
    page = parse(response.text)
    assert page.one("h1").text == "Something went wrong in Vivavoce"
    assert "Nothing that was saved is lost" in page.text
    assert "ZeroDivisionError" in page.text
    assert "secret detail" not in page.text
    assert response.headers["content-security-policy"] == POLICY
    assert client.get("/help").status_code == 200


def test_help_still_opens(see: Callable[..., Html], failing: Exception) -> None:
    assert "Data folder" in see("/help").text
