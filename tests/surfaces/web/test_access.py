"""Only who opened the printed address gets in."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from tests.surfaces.web.conftest import SECRET
from tests.surfaces.web.support import ORIGIN
from vivavoce.services.workspace import Workspace
from vivavoce.surfaces.web.app import create_app
from vivavoce.surfaces.web.security.access import LaunchTokens
from vivavoce.surfaces.web.security.secret import cookie_name


@pytest.mark.parametrize(
    "path", ["/", "/browse", "/export", "/attempts/x", "/nowhere", "/?token=wrong", "/?token=%C3%A9"]
)
def test_a_stranger_is_told_to_open_the_printed_address(stranger: TestClient, path: str) -> None:
    response = stranger.get(path)
    assert response.status_code == 403
    assert "Open the address that viva printed in the terminal" in response.text


def test_a_stranger_cannot_post(stranger: TestClient) -> None:
    assert stranger.post("/questions/dropout/what-is-it/answer", data={"text": "x"}).status_code == 403


def test_a_script_of_a_stranger_gets_the_message_as_json(stranger: TestClient) -> None:
    response = stranger.get("/browse", headers={"accept": "application/json"})
    assert response.status_code == 403
    assert "printed" in response.json()["message"]


def test_the_printed_token_gives_a_cookie_and_leaves_the_address(stranger: TestClient) -> None:
    response = stranger.get("/browse?level=basic&token=printed-token")
    assert response.status_code == 303
    assert response.headers["location"] == "/browse?level=basic"
    cookie = response.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie
    assert stranger.get("/browse").status_code == 200


def test_the_printed_token_lets_a_second_browser_in(client: TestClient) -> None:
    client.cookies.clear()
    assert client.get("/?token=printed-token").status_code == 303


def test_the_token_on_the_browsers_command_line_works_once(stranger: TestClient, tokens: LaunchTokens) -> None:
    token = tokens.once()
    assert stranger.get(f"/?token={token}").status_code == 303
    stranger.cookies.clear()
    assert stranger.get(f"/?token={token}").status_code == 403


def test_a_bookmark_with_an_old_token_still_opens_for_who_is_in(client: TestClient) -> None:
    assert client.get("/?token=of-yesterday").status_code == 303


def test_a_token_followed_from_another_page_stays_on_our_own_page_first(stranger: TestClient) -> None:
    response = stranger.get("/browse?q=%22%3E&token=printed-token", headers={"sec-fetch-site": "cross-site"})
    assert response.status_code == 200
    assert '<meta http-equiv="refresh" content="0;url=/browse?q=%22%3E">' in response.text
    assert "set-cookie" in response.headers


def test_a_token_never_sends_the_browser_elsewhere(stranger: TestClient) -> None:
    response = stranger.get("http://127.0.0.1:8765//elsewhere.example/?token=printed-token")
    assert response.headers["location"] == "/elsewhere.example/"


def test_a_cookie_survives_a_restart_of_the_server(client: TestClient, ws: Workspace) -> None:
    restarted = TestClient(
        create_app(ws, secret=SECRET, tokens=LaunchTokens(), port=8765), base_url=ORIGIN, cookies=dict(client.cookies)
    )
    assert restarted.get("/").status_code == 200


def test_the_cookie_of_another_user_does_not_open(client: TestClient, ws: Workspace) -> None:
    other = b"o" * 32
    app = create_app(ws, secret=other, tokens=LaunchTokens(), port=8765)
    stolen = {cookie_name(other): next(iter(dict(client.cookies).values()))}
    assert TestClient(app, base_url=ORIGIN, cookies=stolen).get("/").status_code == 403


def test_static_files_need_no_cookie(stranger: TestClient) -> None:
    assert stranger.get("/static/no-such-file.js").status_code == 404
