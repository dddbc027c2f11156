"""The question page and submitting."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from starlette.testclient import TestClient

from tests.services.support import Clock, SayingGrader
from tests.surfaces.web.support import ITEM, Html
from vivavoce.domain.attempt import MAX_ANSWER_CHARS, VerdictKind
from vivavoce.services.workspace import Workspace


def test_the_page_shows_the_prompt_with_maths_and_what_to_expect(see: Callable[..., Html]) -> None:
    page = see(f"/questions/{ITEM}")
    assert page.one("span", class_="math").text == "p = 0.5"
    assert [li.text.strip() for li in page.all("li")][8:13] == ["Dropout", "Basic", "explain", "about 2 min", "new"]


def test_each_page_load_has_its_own_attempt_id(see: Callable[..., Html]) -> None:
    ids = {see(f"/questions/{ITEM}").by_name("attempt_id") for _ in range(3)}
    assert len(ids) == 3


def test_submitting_leads_to_the_result(
    client: TestClient, see: Callable[..., Html], submit: Callable[..., str]
) -> None:
    form = see(f"/questions/{ITEM}")
    where = submit("Units are zeroed.", attempt_id=form.by_name("attempt_id"), writer="tab-1")
    assert where == f"/attempts/{form.by_name('attempt_id')}"
    assert "Units are zeroed." in see(where).text


def test_a_submit_that_is_repeated_is_one_attempt(ws: Workspace, submit: Callable[..., str]) -> None:
    first = submit("The same.", attempt_id="a1", writer="w")
    again = submit("The same.", attempt_id="a1", writer="w")
    assert first == again
    assert len(ws.store.attempts()) == 1


def test_another_text_with_an_old_attempt_id_is_another_attempt(ws: Workspace, submit: Callable[..., str]) -> None:
    submit("The first text.", attempt_id="a1", writer="w")
    second = submit("After the Back button.", attempt_id="a1", writer="w")
    assert second != "/attempts/a1"
    assert [r.attempt.text for r in ws.store.attempts()] == ["After the Back button.", "The first text."]


@pytest.mark.parametrize("text", ["", "   \n\t", "\r\n"])
def test_an_empty_answer_comes_back_with_the_reason(client: TestClient, text: str) -> None:
    response = client.post(f"/questions/{ITEM}/answer", data={"text": text})
    assert response.status_code == 422
    assert "The answer is empty; write at least a sentence, then submit." in response.text


def test_a_text_that_is_too_long_comes_back_whole_and_is_kept(client: TestClient, ws: Workspace) -> None:
    text = "word " * (MAX_ANSWER_CHARS // 5) + "the end"
    response = client.post(f"/questions/{ITEM}/answer", data={"text": text, "writer": "w"})
    assert response.status_code == 422
    assert "20,007 characters" in response.text
    assert "the end</textarea>" in response.text
    assert ws.store.drafts()[0].text == text


def test_a_script_gets_addresses_and_reasons_as_json(client: TestClient) -> None:
    good = client.post(f"/questions/{ITEM}/answer", data={"text": "Zeroed.", "attempt_id": "a1", "reply": "json"})
    assert (good.status_code, good.json()) == (200, {"location": "/attempts/a1"})
    bad = client.post(f"/questions/{ITEM}/answer", data={"text": "", "reply": "json"})
    assert bad.status_code == 422
    assert bad.json() == {"message": "The answer is empty; write at least a sentence, then submit."}


def test_giving_up_is_an_answer(see: Callable[..., Html], ws: Workspace, submit: Callable[..., str]) -> None:
    where = submit("", dont_know="1", attempt_id="a1", writer="w")
    assert ws.store.attempts()[0].attempt.text == "I don't know."
    assert "In each step every unit is dropped" in see(where).text


def test_giving_up_throws_no_text_away(ws: Workspace, submit: Callable[..., str]) -> None:
    submit("I had begun to", dont_know="1", attempt_id="a1", writer="w")
    assert [d.text for d in ws.store.drafts()] == ["I had begun to"]


@pytest.mark.parametrize(
    ("fields", "seconds"),
    [
        ({"seconds": "12.5"}, 12.5),
        ({"seconds": "-3"}, 0.0),
        ({"seconds": "nonsense"}, 0.0),
        ({"seconds": "nan"}, 0.0),
        ({"seconds": "inf"}, 86_400.0),
        ({"opened": "later"}, 0.0),
        ({}, 0.0),
    ],
    ids=str,
)
def test_the_time_taken_is_never_nonsense(
    ws: Workspace, submit: Callable[..., str], fields: dict[str, str], seconds: float
) -> None:
    submit(**fields)
    assert ws.store.attempts()[0].attempt.seconds == seconds


def test_without_a_timer_the_time_is_counted_from_opening_the_page(
    see: Callable[..., Html], ws: Workspace, clock: Clock, submit: Callable[..., str]
) -> None:
    opened = see(f"/questions/{ITEM}").by_name("opened")
    clock.move(seconds=90)
    submit(opened=opened)
    assert ws.store.attempts()[0].attempt.seconds == 90.0


def test_a_clock_that_goes_backwards_takes_no_time(
    see: Callable[..., Html], ws: Workspace, clock: Clock, submit: Callable[..., str]
) -> None:
    opened = see(f"/questions/{ITEM}").by_name("opened")
    clock.move(days=-1)
    submit(opened=opened)
    assert ws.store.attempts()[0].attempt.seconds == 0.0


@pytest.mark.parametrize(
    "text",
    ["one", "🙂 " * 50, "مرحبا بالعالم " * 5, "NUL \x00 inside", '<b>bold</b> & "quotes"', "wörter " * 14_000],
    ids=["one-word", "emoji", "right-to-left", "nul", "html", "100-kB"],
)
def test_no_text_makes_the_page_fail(client: TestClient, text: str) -> None:
    response = client.post(f"/questions/{ITEM}/answer", data={"text": text, "writer": "w"})
    assert response.status_code == (422 if len(text) > MAX_ANSWER_CHARS else 303)


def test_a_failing_grader_loses_no_text(
    client: TestClient, ws: Workspace, grader: SayingGrader, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*args: object, **kwargs: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(grader, "grade", broken)
    response = client.post(f"/questions/{ITEM}/answer", data={"text": "Still here.", "attempt_id": "a1", "writer": "w"})
    assert response.status_code == 500
    assert "Still here.</textarea>" in response.text
    assert "ZeroDivisionError" in response.text
    monkeypatch.undo()
    assert "no grade yet" in client.get(f"/questions/{ITEM}").text
    assert client.get("/attempts/a1").status_code == 200
    assert ws.store.drafts() == ()


def test_practising_one_concept_goes_on_within_it(client: TestClient, see: Callable[..., Html]) -> None:
    first = client.get("/practise?within=dropout").headers["location"]
    assert first == f"/questions/{ITEM}?within=dropout"
    assert see(first).by_name("within") == "dropout"
    done = client.post(f"/questions/{ITEM}/answer", data={"text": "Zeroed.", "attempt_id": "a1", "within": "dropout"})
    assert done.headers["location"] == "/attempts/a1?within=dropout"
    next_one = see("/attempts/a1?within=dropout").one("a", data_key="n")
    assert next_one.text == "Done for today"


def test_skipping_goes_round_through_the_plan(client: TestClient) -> None:
    first = client.get("/practise").headers["location"]
    second = client.get(f"/practise?after={first.removeprefix('/questions/')}").headers["location"]
    assert {first, second} == {f"/questions/{ITEM}", "/questions/attention/why-scale"}
    assert client.get(f"/practise?after={second.removeprefix('/questions/')}").headers["location"] == first


def test_when_nothing_is_left_the_page_says_when_it_goes_on(
    see: Callable[..., Html], submit: Callable[..., str], grader: SayingGrader
) -> None:
    grader.says = dict.fromkeys(["random-zero", "test-time", "co-adaptation", "variance"], VerdictKind.MET)
    submit()
    submit(item="attention/why-scale")
    page = see("/practise")
    assert "Done for today" in page.text
    assert "The next question comes back in" in page.text


def test_a_draft_question_says_so(see: Callable[..., Html]) -> None:
    assert "A draft of its author" in see("/questions/dropout/unfinished").text
