"""Host, origin, headers, size: what stands before every page."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from starlette.testclient import TestClient

from tests.surfaces.web.support import ITEM, ORIGIN, Html
from vivavoce.surfaces.web.security.headers import HEADERS, POLICY
from vivavoce.surfaces.web.security.limit import MAX_BODY_BYTES

PAGES = (
    "/",
    "/browse",
    "/browse?all=1",
    "/browse?q=dropuot",
    "/browse?level=basic",
    f"/questions/{ITEM}",
    "/questions/dropout/unfinished",
    "/concepts/dropout",
    "/concepts/attention",
    "/history",
    "/progress",
    "/help",
    "/problems",
    "/practise?within=no-such-concept",
)


@pytest.mark.parametrize("host", ["evil.example", "evil.example:8765", "127.0.0.1", "127.0.0.1:80", "localhost:1", ""])
def test_a_foreign_host_name_is_refused(client: TestClient, host: str) -> None:
    response = client.get("/", headers={"host": host})
    assert response.status_code == 421
    assert "http://127.0.0.1:8765/" in response.text


@pytest.mark.parametrize("host", ["127.0.0.1:8765", "localhost:8765", "LOCALHOST:8765", "[::1]:8765"])
def test_the_names_of_this_machine_are_served(client: TestClient, host: str) -> None:
    cookies = "; ".join(f"{k}={v}" for k, v in client.cookies.items())
    assert client.get("/", headers={"host": host, "cookie": cookies}).status_code == 200


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"sec-fetch-site": "cross-site"}, 403),
        ({"sec-fetch-site": "same-site"}, 403),
        ({"sec-fetch-site": "same-site", "origin": ORIGIN}, 403),
        ({"origin": "http://evil.example"}, 403),
        ({"origin": "http://127.0.0.1:9999"}, 403),
        ({"origin": "null"}, 403),
        ({"sec-fetch-site": "same-origin"}, 303),
        ({"sec-fetch-site": "none"}, 303),
        ({"origin": ORIGIN}, 303),
        ({}, 303),
    ],
    ids=lambda value: "-".join(value.values()) if isinstance(value, dict) else str(value),
)
def test_only_our_own_pages_may_change_something(client: TestClient, headers: dict[str, str], status: int) -> None:
    response = client.post(f"/questions/{ITEM}/answer", data={"text": "An answer."}, headers=headers)
    assert response.status_code == status
    assert len(client.get("/export").text.splitlines()) == (1 if status == 403 else 3)


@pytest.mark.parametrize("path", [*PAGES, "/nowhere", "/questions/x/y", "/questions/NO/y", "/export"])
def test_every_response_carries_the_security_headers(client: TestClient, path: str) -> None:
    response = client.get(path)
    assert {name: response.headers.get(name) for name in HEADERS} == HEADERS
    assert response.headers["cache-control"] == "no-store"


def test_the_policy_allows_nothing_inline_and_nothing_foreign() -> None:
    assert "unsafe" not in POLICY
    assert "http" not in POLICY
    assert "default-src 'self'" in POLICY
    assert "frame-ancestors 'none'" in POLICY


@pytest.mark.parametrize("path", PAGES)
def test_a_page_holds_no_inline_script_style_or_handler(see: Callable[..., Html], path: str) -> None:
    page = see(path)
    assert [n for n in page.nodes if "style" in n.attrs or n.tag == "style"] == []
    assert [n for n in page.all("script") if "src" not in n.attrs or n.text] == []
    assert [n for n in page.nodes if any(a.startswith(("on", "hx-on")) for a in n.attrs)] == []


@pytest.mark.parametrize("path", PAGES)
def test_a_page_loads_nothing_from_elsewhere(see: Callable[..., Html], path: str) -> None:
    loading = [n for n in see(path).nodes if n.tag in ("script", "img", "link", "form", "iframe")]
    addresses = [n.attrs.get(a, "") for n in loading for a in ("src", "href", "action") if a in n.attrs]
    assert [a for a in addresses if not a.startswith("/")] == []


@pytest.mark.parametrize("path", PAGES)
def test_a_page_has_one_heading_one_main_and_no_id_twice(see: Callable[..., Html], path: str) -> None:
    page = see(path)
    assert len(page.all("h1")) == 1
    assert len(page.all("main")) == 1
    ids = [n.attrs["id"] for n in page.nodes if "id" in n.attrs]
    assert sorted(ids) == sorted(set(ids))
    labelled = {n.attrs.get("for") for n in page.all("label")}
    fields = [n for n in page.nodes if n.tag in ("input", "textarea", "select") and n.attrs.get("type") != "hidden"]
    assert [n.attrs for n in fields if n.attrs.get("id") not in labelled and n.attrs.get("type") != "checkbox"] == []


def test_a_body_that_says_it_is_too_large_is_refused_unread(client: TestClient) -> None:
    response = client.post(f"/questions/{ITEM}/draft", data={"text": "x" * MAX_BODY_BYTES, "writer": "w"})
    assert response.status_code == 413
    assert "1.5 MB" in response.text
    assert "go back, your text is still in its box" in response.text


def test_a_body_that_grows_too_large_is_refused(client: TestClient) -> None:
    def pieces() -> Iterator[bytes]:
        yield b"writer=w&text="
        for _ in range(20):
            yield b"x" * 100_000

    response = client.post(f"/questions/{ITEM}/draft", content=pieces())
    assert response.status_code == 413
    assert client.get(f"/questions/{ITEM}/drafts?writer=w").json()["mine"] is None


def test_a_form_with_very_many_fields_is_refused(client: TestClient) -> None:
    response = client.post(f"/questions/{ITEM}/draft", data={f"field{n}": "x" for n in range(60)})
    assert response.status_code == 400
    assert "more than 40 fields" in response.text
