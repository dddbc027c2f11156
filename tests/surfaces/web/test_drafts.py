"""What is typed is kept, found again, and never overwritten by another tab."""

from __future__ import annotations

from collections.abc import Callable

from starlette.testclient import TestClient

from tests.services.support import Clock, SayingGrader
from tests.surfaces.web.support import ITEM, Html
from vivavoce.services.workspace import Workspace

URL = f"/questions/{ITEM}"


def save(client: TestClient, text: str, writer: str, **fields: str) -> dict[str, object]:
    response = client.post(f"{URL}/draft", data={"text": text, "writer": writer, "reply": "json", **fields})
    assert response.status_code == 200, response.text
    found: dict[str, object] = response.json()
    return found


def find(client: TestClient, writer: str, follow_up: str = "") -> dict[str, object]:
    found: dict[str, object] = client.get(f"{URL}/drafts?writer={writer}&follow_up={follow_up}").json()
    return found


def test_a_saved_draft_is_found_by_its_tab(client: TestClient, clock: Clock) -> None:
    at = int(clock.now.timestamp() * 1000)
    assert save(client, "half a sen", "tab-1") == {"at": at}
    assert find(client, "tab-1") == {"mine": {"writer": "tab-1", "text": "half a sen", "at": at}, "others": []}


def test_two_tabs_keep_two_texts(client: TestClient) -> None:
    save(client, "from one", "tab-1")
    save(client, "from two", "tab-2")
    found = find(client, "tab-1")
    assert found["mine"]["text"] == "from one"  # type: ignore[index]
    assert [other["text"] for other in found["others"]] == ["from two"]  # type: ignore[attr-defined]


def test_an_emptied_box_removes_the_draft(client: TestClient, ws: Workspace) -> None:
    save(client, "something", "tab-1")
    assert save(client, " \n", "tab-1") == {"at": None}
    assert ws.store.drafts() == ()


def test_taking_over_a_draft_moves_it(client: TestClient, ws: Workspace) -> None:
    save(client, "begun there", "tab-1")
    save(client, "begun there and gone on here", "tab-2", replaces="tab-1")
    assert [(d.writer, d.text) for d in ws.store.drafts()] == [("tab-2", "begun there and gone on here")]


def test_submitting_a_text_that_was_taken_over_leaves_no_draft(client: TestClient, ws: Workspace) -> None:
    save(client, "begun there", "tab-1")
    client.post(f"{URL}/answer", data={"text": "begun there", "writer": "tab-2", "replaces": "tab-1"})
    assert ws.store.drafts() == ()


def test_without_a_script_a_draft_is_saved_and_shown_again(client: TestClient, see: Callable[..., Html]) -> None:
    response = client.post(f"{URL}/draft", data={"text": "to go on later", "writer": "page-9"})
    assert response.status_code == 303
    page = see(response.headers["location"])
    assert page.one("textarea").text == "to go on later"
    assert page.by_name("writer") == "page-9"


def test_a_new_page_offers_what_other_tabs_have(client: TestClient, see: Callable[..., Html]) -> None:
    save(client, "typed elsewhere", "tab-1")
    page = see(URL)
    assert page.one("textarea").text == ""
    assert page.one("q").text == "typed elsewhere"
    assert page.one("a", class_="small", href=f"{URL}?writer=tab-1").text == "Continue it here"


def test_the_home_page_offers_unfinished_answers(client: TestClient, see: Callable[..., Html], clock: Clock) -> None:
    save(client, "unfinished business", "tab-1")
    clock.move(minutes=5)
    assert "2 words, 5 min ago unfinished business" in see("/").text
    client.post(f"{URL}/draft/discard", data={"writer": "tab-1"})
    assert "Unfinished" not in see("/").text


def test_the_answer_to_a_follow_up_is_a_draft_of_its_own(
    client: TestClient, ws: Workspace, see: Callable[..., Html]
) -> None:
    follow_up = ws.question(ITEM).follow_ups[0].id
    save(client, "noisy pre", "tab-1", follow_up=follow_up)
    assert find(client, "tab-1", follow_up)["mine"]["text"] == "noisy pre"  # type: ignore[index]
    assert find(client, "tab-1") == {"mine": None, "others": []}
    assert "Unfinished" not in see("/").text


def test_an_unknown_follow_up_keeps_nothing(client: TestClient, ws: Workspace) -> None:
    response = client.post(f"{URL}/draft", data={"text": "x", "writer": "w", "follow_up": "nope", "reply": "json"})
    assert response.status_code == 404
    assert ws.store.drafts() == ()


def test_a_text_that_changed_while_its_submit_hangs_is_not_said_to_be_saved(
    client: TestClient, grader: SayingGrader, monkeypatch: object
) -> None:
    def broken(*args: object, **kwargs: object) -> None:
        raise ZeroDivisionError

    grader.grade = broken  # type: ignore[method-assign, assignment]
    client.post(f"{URL}/answer", data={"text": "submitted", "writer": "w", "attempt_id": "a1"})
    response = client.post(f"{URL}/draft", data={"text": "changed since", "writer": "w", "reply": "json"})
    assert response.status_code == 409
    assert "submit again to replace it" in response.json()["message"]


def test_a_writer_must_have_a_plain_name(client: TestClient) -> None:
    response = client.post(f"{URL}/draft", data={"text": "x", "writer": "a b:c", "reply": "json"})
    assert response.status_code == 400
    assert response.json()["message"].startswith("Writer 'a b:c' is not valid")
