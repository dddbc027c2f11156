"""Exercises and cases in the in-process app: a tiny bank, and a judge whose children are modules of this process."""

from __future__ import annotations

import itertools
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from tests.services.support import Clock, SayingGrader
from tests.surfaces.web.support import Html, parse
from vivavoce.domain.exercise import Framework, Outcome
from vivavoce.engines.judge.base import StoppedError
from vivavoce.engines.judge.fake import UnsafeSandbox
from vivavoce.plugins import PackFolder, make_scheduler
from vivavoce.services import judge_host
from vivavoce.services.code_drafts import code_drafts, save_code_draft
from vivavoce.services.judge_host import JudgeHost
from vivavoce.services.library import Library
from vivavoce.services.workspace import Workspace
from vivavoce.settings import load_settings
from vivavoce.storage.store import open_store

DOUBLE, CASE = "/code/scaling/double", "/code/scaling/flat-line"
GOOD = "def double(x):\n    return 2 * x\n\n\ndef unit():\n    return 100.0\n"
TRIPLE = GOOD.replace("2 * x", "3 * x")
FIXED = "def train(epochs):\n    return [0.5**n for n in range(epochs)]\n"
EVIL = "<img src=x onerror=alert(1)>\u202e\x1b[31m"


@pytest.fixture
def ws(tmp_path: Path, clock: Clock, grader: SayingGrader) -> Iterator[Workspace]:
    settings = load_settings({}, data_dir=tmp_path)
    numbers = itertools.count(1)
    workspace = Workspace(
        settings=settings,
        library=Library([PackFolder("tiny-code", Path(__file__).parent / "code_bank")]),
        grader=grader,
        scheduler=make_scheduler(settings.retention),
        store=open_store(settings.database),
        clock=clock,
        new_id=lambda: f"id{next(numbers)}",
        judging=JudgeHost(UnsafeSandbox),
    )
    with workspace:
        yield workspace


@pytest.fixture
def post(client: TestClient) -> Callable[..., Html]:
    """Press a button of the plain form, follow it, and parse the page."""

    def send(path: str, code: str = GOOD, **fields: str) -> Html:
        data = {"code": code, "framework": "numpy", "writer": "w", **fields}
        response = client.post(path, data=data, follow_redirects=True)
        assert response.status_code == 200, response.text
        page = parse(response.text)
        assert page.faults == []
        return page

    return send


@pytest.fixture
def stream(client: TestClient) -> Callable[..., list[dict[str, Any]]]:
    """What the page's script is sent, line by line."""

    def send(path: str, code: str = GOOD, **fields: str) -> list[dict[str, Any]]:
        data = {"code": code, "framework": "numpy", "writer": "w", **fields}
        response = client.post(path, data=data, headers={"accept": "application/x-ndjson, application/json"})
        assert response.status_code == 200, response.text
        assert response.headers["content-type"].startswith("application/x-ndjson")
        return [json.loads(line) for line in response.text.splitlines()]

    return send


def items(page: Html) -> list[str]:
    return [a.attrs["href"] for a in page.all("a", class_="title")]


def headline(page: Html) -> str:
    return page.one("h2", id="results-title").text


def test_the_list_holds_exercises_and_cases_and_says_that_the_lesson_is_to_come(see: Callable[..., Html]) -> None:
    page = see("/code")
    assert items(page) == [DOUBLE, CASE]
    assert "2 exercises and cases." in page.text
    assert "lesson to come" in page.text


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("kind=case", [CASE]),
        ("kind=exercise", [DOUBLE]),
        ("framework=torch", [DOUBLE]),
        ("level=basic&area=training&concept=scaling", [DOUBLE, CASE]),
        ("level=advanced", []),
        ("state=passed", []),
        ("q=DOUBLE+array", [DOUBLE]),
        ("q=flat", [CASE]),
        ("q=nothing+like+this", []),
        ("kind=nonsense", []),
    ],
)
def test_the_list_can_be_narrowed(see: Callable[..., Html], query: str, found: list[str]) -> None:
    assert items(see(f"/code?{query}")) == found


def test_a_concept_lists_its_code(see: Callable[..., Html]) -> None:
    page = see("/concepts/scaling")
    assert items(page) == [DOUBLE, CASE]
    assert "A draft: its lesson and questions are still to come." in page.text


def test_the_page_says_what_is_asked_and_by_which_rules(see: Callable[..., Html]) -> None:
    page = see(DOUBLE)
    assert page.by_name("code").lstrip("\n").startswith("import numpy as np\n")
    assert page.all("span", class_="math")[0].text == "2x"
    for rule in (
        "NumPy and Python’s standard library.",
        "Not allowed: numpy.add (adding is another exercise)",
        "Inputs must not be changed in place.",
        "They reject 1 of 1 planted mistakes.",
        "The unit is 100. (used by people who like per cent)",
        "do not run anybody else's. L0",
    ):
        assert rule in page.text
    assert "Not allowed: numpy.add, torch.add (" in see(f"{DOUBLE}?framework=torch").text
    assert "Two times" not in page.text
    assert "Everybody starts somewhere." in page.text


def test_an_exercise_that_does_not_exist_names_the_nearest(see: Callable[..., Html]) -> None:
    page = see("/code/scaling/doubel", status=404)
    assert "/code/scaling/double" in [a.attrs.get("href") for a in page.all("a")]


def test_submitting_a_right_answer_shows_the_solution(post: Callable[..., Html], ws: Workspace) -> None:
    page = post(f"{DOUBLE}/submit", submission_id="s1", seconds="65")
    assert headline(page) == "Solved: all 3 tests pass"
    assert "Definition you used: The unit is 100. (used by people who like per cent)" in page.text
    assert "Both units are in use." in page.text
    assert page.by_name("code").lstrip("\n") == GOOD
    assert ws.store.code.submissions()[0].seconds == 65


def test_a_wrong_answer_is_told_what_it_does_and_where(post: Callable[..., Html]) -> None:
    page = post(f"{DOUBLE}/submit", TRIPLE)
    assert headline(page) == "1 of 3 tests pass"
    assert "You multiply by three." in page.text
    failure = page.one("li", id="test-example_two_numbers").text
    for part in ("Wrong value", "Two numbers.", "float64[1, 2]", "Returned", "[[3., 6.]]", "Expected", "[[2., 4.]]"):
        assert part in failure
    assert "difference 2" in failure
    opened = [d for d in page.all("details", class_="failure") if "open" in d.attrs]
    assert len(opened) == 1
    assert "Both units are in use." not in page.text


def test_a_run_tries_the_examples_and_keeps_nothing(post: Callable[..., Html], ws: Workspace) -> None:
    page = post(f"{DOUBLE}/run", "print('hello')\n" + GOOD)
    assert headline(page) == "The example passes"
    assert "hello" in page.one(class_="report-head").text
    assert page.by_name("code").lstrip("\n") == "print('hello')\n" + GOOD
    assert ws.store.code.submissions() == ()


@pytest.mark.parametrize(
    ("code", "title", "said"),
    [
        ("def double(x:\n", "Your code does not load", "SyntaxError"),
        ("import numpy as np\n\ndef double(x):\n    return np.add(x, x)\n", "not allow that", "line 4 uses numpy.add"),
        ("\n\0", "Your code does not load", "line 2 holds a NUL character"),
    ],
    ids=["syntax", "rule", "nul"],
)
def test_code_that_cannot_be_run_is_told_why(post: Callable[..., Html], code: str, title: str, said: str) -> None:
    page = post(f"{DOUBLE}/submit", code)
    assert title in headline(page)
    assert said in page.one(class_="report-head").text
    assert page.all("ol", class_="tests") == []


def test_a_line_of_a_traceback_leads_to_the_editor(post: Callable[..., Html]) -> None:
    page = post(f"{DOUBLE}/submit", "def double(x):\n    raise ValueError('no')\n")
    links = page.all("a", data_line="2")
    assert {link.text for link in links} == {"line 2"}
    assert "ValueError: no" in page.one("li", id="test-example_two_numbers").text


def test_nothing_that_code_prints_or_raises_becomes_markup(post: Callable[..., Html]) -> None:
    code = f"print({EVIL!r})\n\ndef double(x):\n    print({EVIL!r})\n    raise ValueError({EVIL!r})\n"
    page = post(f"{DOUBLE}/submit", code)
    assert [n for n in page.all("img") if "onerror" in n.attrs] == []
    assert "<img src=x onerror=alert(1)>⟨U+202E⟩⟨U+001B⟩[31m" in page.text
    assert "\u202e" not in page.one(id="results").text


def test_results_come_one_by_one_and_then_the_report(stream: Callable[..., list[dict[str, Any]]]) -> None:
    events = stream(f"{DOUBLE}/submit", TRIPLE, submission_id="s1")
    assert [e["kind"] for e in events] == ["plan", "test", "test", "test", "report"]
    assert events[0]["of"] == 3
    plan = parse(events[0]["html"])
    assert [n.attrs["id"] for n in plan.all("li")] == [e["id"] for e in events[1:4]]
    assert [e["passed"] for e in events[1:4]] == [False, False, True]
    opened = [[("open" in d.attrs) for d in parse(e["html"]).all("details")] for e in events[1:4]]
    assert opened == [[True], [False], []]
    report = events[-1]
    assert report["said"] == "1 of 3 tests pass. First failure: Two numbers. Wrong value."
    assert (report["passed"], report["submitted"], report["tests"]) == (False, True, 3)
    assert all(parse(e["html"]).faults == [] for e in events)


def test_a_repeated_submission_is_one(stream: Callable[..., list[dict[str, Any]]], ws: Workspace) -> None:
    stream(f"{DOUBLE}/submit", submission_id="s1")
    again = stream(f"{DOUBLE}/submit", submission_id="s1")
    assert again[-1]["passed"]
    stream(f"{DOUBLE}/submit", TRIPLE, submission_id="s1")  # the Back button: other code under the old id
    assert [s.code for s in ws.store.code.submissions()] == [TRIPLE, GOOD]


def test_a_script_that_asks_for_something_impossible_is_told_in_words(client: TestClient) -> None:
    headers = {"accept": "application/x-ndjson, application/json"}
    response = client.post(f"{DOUBLE}/run", data={"code": GOOD, "framework": "jax"}, headers=headers)
    assert response.status_code == 400
    assert "has no 'jax' variant; it has numpy, torch" in response.json()["message"]


def test_a_judge_that_fails_does_not_count_against_the_code(
    monkeypatch: pytest.MonkeyPatch, post: Callable[..., Html], see: Callable[..., Html]
) -> None:
    def broken(*args: object) -> None:
        raise StoppedError(Outcome.SANDBOX_ERROR, "the zygote is gone")

    monkeypatch.setattr(UnsafeSandbox, "child", broken)
    page = post(f"{DOUBLE}/submit")
    assert headline(page) == "This could not be judged"
    assert "the zygote is gone" in page.text
    assert "It does not count; your code is kept." in page.text
    assert "solved" not in page.one("li", id="standing").text
    assert "does not count" in page.one("section", id="history").text


def test_a_framework_that_is_not_installed_is_said_and_the_rest_works(
    monkeypatch: pytest.MonkeyPatch, see: Callable[..., Html]
) -> None:
    monkeypatch.setattr(judge_host, "available", lambda framework: framework is Framework.NUMPY)
    page = see(f"{DOUBLE}?framework=torch")
    assert "torch is not installed. To add it:" in page.text
    assert "disabled" in page.one("button", class_="primary").attrs
    assert "disabled" not in see(DOUBLE).one("button", class_="primary").attrs


def test_a_draft_is_kept_for_each_tab_and_framework(
    client: TestClient, ws: Workspace, see: Callable[..., Html], clock: Clock
) -> None:
    for writer, framework, text in [("a", "numpy", "a = 1"), ("b", "numpy", "b = 1"), ("a", "torch", "t = 1")]:
        clock.move(seconds=1)
        form = {"text": text, "writer": writer, "framework": framework, "reply": "json"}
        assert client.post(f"{DOUBLE}/draft", data=form).status_code == 200
    found = client.get(f"{DOUBLE}/drafts?framework=numpy&writer=a").json()
    assert (found["mine"]["text"], [d["text"] for d in found["others"]]) == ("a = 1", ["b = 1"])
    assert see(DOUBLE).by_name("code").lstrip("\n") == "b = 1"
    assert see(f"{DOUBLE}?framework=torch").by_name("code").lstrip("\n") == "t = 1"


def test_a_tab_that_goes_on_with_anothers_code_takes_its_place_unless_that_one_typed_on(
    client: TestClient, ws: Workspace, clock: Clock
) -> None:
    save_code_draft(ws, "scaling/double", "numpy", "old", "x = 1")
    at = client.get(f"{DOUBLE}/drafts?framework=numpy&writer=new").json()["others"][0]["at"]
    form = {"writer": "new", "framework": "numpy", "replaces": "old", "replaces_at": str(at), "reply": "json"}
    clock.move(seconds=5)
    save_code_draft(ws, "scaling/double", "numpy", "old", "x = 2")
    client.post(f"{DOUBLE}/draft", data={**form, "text": "x = 1.5"})
    assert {d.writer for d in code_drafts(ws, "scaling/double", "numpy")} == {"old", "new"}
    client.post(f"{DOUBLE}/draft", data={**form, "text": "x = 3", "replaces_at": str(at + 5000)})
    assert {d.writer for d in code_drafts(ws, "scaling/double", "numpy")} == {"new"}


def test_an_attempt_shows_its_code_and_what_changed(post: Callable[..., Html], see: Callable[..., Html]) -> None:
    post(f"{DOUBLE}/submit", TRIPLE, submission_id="s1")
    post(f"{DOUBLE}/submit", GOOD, submission_id="s2")
    page = see(f"{DOUBLE}/submissions/s2")
    assert [code.text for code in page.all("code") if "return" in code.text][:2] == [
        "    return 3 * x",
        "    return 2 * x",
    ]
    assert [tr.attrs["class"] for tr in page.all("tr")][:3] == ["same", "removed", "added"]
    assert "Nothing: the two are the same." in see(f"{DOUBLE}/submissions/s2?against=draft").text
    assert "From here to" in see(f"{DOUBLE}/submissions/s1?against=s2").text
    assert see(f"{DOUBLE}/submissions/s1?against=starter").all("tr", class_="added") != []
    see(f"{DOUBLE}/submissions/none", status=404)


def test_an_old_attempt_comes_back_into_the_editor(
    post: Callable[..., Html], see: Callable[..., Html], client: TestClient
) -> None:
    post(f"{DOUBLE}/submit", TRIPLE, submission_id="s1")
    post(f"{DOUBLE}/submit", GOOD, submission_id="s2")
    assert see(f"{DOUBLE}?from=s1").by_name("code").lstrip("\n") == TRIPLE
    assert "raise NotImplementedError" in see(f"{DOUBLE}?fresh=1").by_name("code")
    assert client.get(f"{DOUBLE}/submissions/s1/code").json() == {"code": TRIPLE, "framework": "numpy"}


def test_hints_come_one_at_a_time(post: Callable[..., Html]) -> None:
    page = post(f"{DOUBLE}/hint")
    assert page.one("ol", class_="hints").text.strip() == "Which number times x is it?"
    page = post(f"{DOUBLE}/hint")
    assert "It is two." in page.one("ol", class_="hints").text
    assert "That was the last hint." in page.text


def test_giving_up_shows_the_solution(post: Callable[..., Html]) -> None:
    page = post(f"{DOUBLE}/solution")
    assert "return 2 * np.asarray(x)" in page.one("section", id="solution").text
    assert "By adding it to itself, in per cent." in page.text


def test_a_question_that_is_a_diagnosis_leads_to_its_case(client: TestClient) -> None:
    response = client.get("/questions/scaling/flat-line")
    assert (response.status_code, response.headers["location"]) == (303, f"{CASE}#diagnosis")


def test_a_case_draws_its_symptom_with_the_numbers_beside_it(see: Callable[..., Html]) -> None:
    page = see(f"{CASE}/symptom")
    drawing = page.one("svg", class_="plot")
    assert drawing.attrs["aria-label"] == (
        "Training loss. training: from 1 to 1, lowest 1 at epoch 1. "
        "validation: from 1 to 2, lowest 1 at epoch 1, 1 not finite (last finite at epoch 6)."
    )
    assert "not finite" in page.all("table")[0].text
    assert page.one("pre", class_="log").text == "epoch 1  loss ⟨U+202E⟩1.0"


def test_a_probe_is_bought_once_and_stays(post: Callable[..., Html], see: Callable[..., Html], ws: Workspace) -> None:
    assert see(CASE).all("table", class_="bar-table") == []
    page = post(f"{CASE}/probe", probe="step-size")
    assert "bought for 7" in page.text
    assert page.one("table", class_="bar-table").text.split() == ["size", "first0", "second0.5"]
    assert "cat" in page.one("table", class_="matrix").text
    assert "Probes −7" in " ".join(page.one(class_="score-card").text.split())
    post(f"{CASE}/probe", probe="step-size")
    assert len(ws.store.code.disclosures()) == 1


def test_a_case_is_found_and_fixed(post: Callable[..., Html], client: TestClient, see: Callable[..., Html]) -> None:
    assert "Found 0" in " ".join(see(CASE).one(class_="score-card").text.split())
    form = {"text": "The loop variable is never used.", "attempt_id": "a1", "writer": "w"}
    assert client.post("/questions/scaling/flat-line/answer", data=form).headers["location"] == "/attempts/a1"
    back = [a.attrs["href"] for a in see("/attempts/a1").all("a", class_="primary")]
    assert CASE in back
    page = post(f"{CASE}/submit", FIXED)
    assert headline(page) == "Solved: all 2 tests pass"
    assert "Fixed 45" in " ".join(page.one(class_="score-card").text.split())
    assert "The loss did not depend on the epoch." in page.text
    assert "1.0 / (epoch + 1)" in page.one("section", id="solution").text


def test_an_empty_submission_is_answered(post: Callable[..., Html]) -> None:
    page = post(f"{DOUBLE}/submit", "")
    assert page.one("li", id="test-example_two_numbers").text.split()[:2] == ["Not", "found"]


def test_a_submission_that_is_far_too_long_is_told_so(post: Callable[..., Html]) -> None:
    page = post(f"{DOUBLE}/submit", "#" * 300_000)
    assert "the code has 300,000 bytes; at most 262,144 are taken" in page.text


def test_a_diagnosis_that_was_begun_is_found_again(client: TestClient, see: Callable[..., Html]) -> None:
    form = {"text": "The loop", "writer": "page-1"}
    saved = client.post("/questions/scaling/flat-line/draft", data=form, follow_redirects=True)
    assert saved.url.path == CASE
    assert parse(saved.text).one("textarea", id="answer-main").text == "The loop"
    assert "Unfinished answer" in see(CASE).text


def test_a_diagnosis_in_the_history_has_the_cases_title(client: TestClient, see: Callable[..., Html]) -> None:
    form = {"text": "The loop variable is never used.", "attempt_id": "a1", "writer": "w"}
    client.post("/questions/scaling/flat-line/answer", data=form)
    assert "The loss is a flat line (diagnosis)" in see("/history").text
