"""Home, history, progress, help, export, problems."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from starlette.testclient import TestClient

from tests.services.support import Clock, SayingGrader
from tests.surfaces.web.support import ITEM, Html
from vivavoce.domain.attempt import VerdictKind
from vivavoce.plugins import PackFolder
from vivavoce.services.library import Library
from vivavoce.services.workspace import Workspace
from vivavoce.surfaces.web.visit import Health


def test_a_new_user_is_led_to_the_first_question(see: Callable[..., Html]) -> None:
    page = see("/")
    assert page.one("a", class_="primary").attrs["href"] == "/practise"
    assert page.one("a", class_="primary").text == "Answer your first question"
    assert "2 questions as deep-learning interviewers ask them" in page.text


def test_home_says_what_is_due_and_what_is_new(
    see: Callable[..., Html], submit: Callable[..., str], clock: Clock
) -> None:
    submit()
    clock.move(days=3)
    assert see("/").one("h1").text == "1 to refresh, 1 new"


def test_home_shows_the_last_days(see: Callable[..., Html], submit: Callable[..., str], clock: Clock) -> None:
    submit()
    clock.move(days=1)
    submit("Again.", attempt_id="a2")
    chart = see("/").one("svg", class_="chart")
    assert chart.attrs["aria-label"] == "Answers in the last 14 days: 2"
    assert "in a row" in see("/").text


def test_a_grader_that_cannot_be_loaded_is_said_on_every_page(see: Callable[..., Html], health: Health) -> None:
    health.grader_problem = "the encoder is damaged"
    for path in ("/", f"/questions/{ITEM}"):
        assert "Answers are kept but cannot be graded: the encoder is damaged." in see(path).text


def test_history_shows_answers_newest_first(see: Callable[..., Html], submit: Callable[..., str], clock: Clock) -> None:
    submit("The first.", attempt_id="a1")
    clock.move(hours=1)
    submit("The second.", item="attention/why-scale", attempt_id="a2")
    assert [a.attrs["href"] for a in see("/history").all("a", class_="title")] == ["/attempts/a2", "/attempts/a1"]
    page = see(f"/history?item={ITEM}")
    assert [a.text for a in page.all("a", class_="title")] == ["The first."]


def test_history_of_an_unknown_question_is_not_found(client: TestClient) -> None:
    assert client.get("/history?item=dropout/nope").status_code == 404


def test_a_long_history_is_cut_and_can_be_seen_whole(see: Callable[..., Html], submit: Callable[..., str]) -> None:
    for n in range(102):
        submit(f"Answer {n}.", attempt_id=f"a{n}")
    assert len(see("/history").all("a", class_="title")) == 100
    assert len(see("/history?all=1").all("a", class_="title")) == 102


def test_progress_counts_what_it_rests_on(
    see: Callable[..., Html], submit: Callable[..., str], grader: SayingGrader
) -> None:
    grader.says = {"random-zero": VerdictKind.MET}
    submit(seconds="90")
    page = see("/progress")
    assert [dd.text for dd in page.all("dd")] == ["1", "1 of 2", "2", "1"]
    assert "After 20 repetitions this place compares" in page.text
    assert "1 new" in page.text


def test_after_twenty_repetitions_prediction_and_outcome_are_compared(
    see: Callable[..., Html], submit: Callable[..., str], clock: Clock, grader: SayingGrader
) -> None:
    for n in range(21):
        grader.says = dict.fromkeys(["random-zero", "test-time", "co-adaptation"], VerdictKind.MET) if n % 2 else {}
        submit(f"Answer {n}.", attempt_id=f"a{n}")
        clock.move(days=2)
    assert "Over 20 repeated questions it expected you to know" in see("/progress").text
    assert "and you knew 50 %." in see("/progress").text


def test_help_says_where_the_data_is(see: Callable[..., Html], ws: Workspace) -> None:
    page = see("/help")
    assert str(ws.settings.data_dir) in page.text
    assert [td.text for td in page.all("td")][:4] == ["Ctrl Enter", "Submit the answer", "n", "Next question, practise"]


def test_the_export_is_a_file_of_json_lines(client: TestClient, submit: Callable[..., str]) -> None:
    submit("Kept for ever.")
    response = client.get("/export")
    assert response.headers["content-disposition"] == 'attachment; filename="vivavoce-2026-03-01.jsonl"'
    kinds = [json.loads(line).get("type", "header") for line in response.text.splitlines()]
    assert kinds == ["header", "attempt", "review"]


def test_a_sound_bank_has_no_problems(see: Callable[..., Html]) -> None:
    assert "None. Every file of every pack was read." in see("/problems").text


def test_problems_say_place_reason_and_remedy(see: Callable[..., Html], ws: Workspace, tmp_path: Path) -> None:
    pack = tmp_path / "broken"
    (pack / "concepts" / "one").mkdir(parents=True)
    (pack / "concepts" / "one" / "concept.md").write_text("no front matter <b>", encoding="utf-8")
    ws.library = Library([PackFolder("broken", pack), PackFolder("gone", None, "ImportError: nothing there")])
    page = see("/problems")
    assert "concepts/one/concept.md" in page.text
    assert "gone: ImportError: nothing there" in page.text
    assert page.all("b") == []
    assert "problems in the packs" in see("/").text
