"""Labs and claims in the browser: predict, run, see, change, run again; without packages; with bad input."""

from __future__ import annotations

import itertools
import json
import random
import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from starlette.testclient import TestClient

from tests.services.support import Clock, SayingGrader
from tests.surfaces.web.support import Html, parse
from vivavoce.domain.exhibit import Curves, Log
from vivavoce.domain.lab import Lab, LabResult, Measurement, Ruled, RunState
from vivavoce.engines.lab_runner.base import Request
from vivavoce.engines.lab_runner.decide import rule_all
from vivavoce.engines.lab_runner.fake import FakeLabRunner
from vivavoce.plugins import PackFolder, make_scheduler
from vivavoce.services.library import Library
from vivavoce.services.workspace import Workspace
from vivavoce.settings import load_settings
from vivavoce.storage.store import open_store

LAB = "/lab/dropout/noise"
See = Callable[..., Html]


def rule(request: Request, measurements: tuple[Measurement, ...]) -> Mapping[str, Ruled]:
    return rule_all(request.lab, measurements, request.plan.confidence)


def made(lab: Lab, gap: float, seeds: int = 8, state: RunState = RunState.FINISHED, error: str = "") -> LabResult:
    """What a run gives in which noise is `gap` better."""
    chance = random.Random(3)
    measurements = tuple(
        Measurement(n, {"": {a: {"accuracy": 80 + gap * (a == "noisy") + chance.gauss(0, 0.3)} for a in lab.arms}}, 0.1)
        for n in range(seeds)
    )
    return LabResult(state, measurements, rule_all(lab, measurements, 0.983), 0.983, 2.0, error)


class Bench:
    """The fake runner; `gate` holds it before a seed."""

    def __init__(self) -> None:
        self.gate = threading.Event()
        self.gate.set()
        self.held_before = -1
        self.runner = FakeLabRunner([], self._before, rule)

    def _before(self, seed: int) -> None:
        if seed == self.held_before:
            assert self.gate.wait(20)


@pytest.fixture
def bench() -> Bench:
    return Bench()


@pytest.fixture
def ws(tmp_path: Path, clock: Clock, grader: SayingGrader, bench: Bench) -> Iterator[Workspace]:
    settings = load_settings({}, data_dir=tmp_path)
    numbers = itertools.count(1)
    workspace = Workspace(
        settings=settings,
        library=Library([PackFolder("tiny", Path(__file__).parent / "lab_bank")]),
        grader=grader,
        scheduler=make_scheduler(settings.retention),
        store=open_store(settings.database),
        clock=clock,
        new_id=lambda: f"id{next(numbers)}",
        make_runner=lambda: bench.runner,
    )
    with workspace:
        yield workspace


@pytest.fixture
def lab(ws: Workspace) -> Lab:
    return ws.library.bank.lab("dropout/noise")


@pytest.fixture
def run(client: TestClient, ws: Workspace) -> Callable[..., str]:
    """Press the button; gives the address of the run."""

    def start(**fields: str) -> str:
        response = client.post(f"{LAB}/run", data=fields)
        assert response.status_code == 303, response.text
        return str(response.headers["location"])

    return start


@pytest.fixture
def finished(run: Callable[..., str], ws: Workspace) -> Callable[..., str]:
    """The same, once it is over."""

    def start(**fields: str) -> str:
        address = run(**fields)
        ws.labs.wait(address.rsplit("/", 1)[1])
        return address

    return start


def pictures(page: Html) -> list[str]:
    """Where the page fetches its pictures."""
    return [n.attrs["hx-get"] for n in page.all("div", class_="lab-picture") if "hx-get" in n.attrs]


def predict(client: TestClient, claim: str = "noise-helps", **fields: str) -> str:
    sent = {"claim": claim, "way": "above", "size": "0", "sure": "0.7"} | fields
    response = client.post(f"{LAB}/predict", data=sent)
    assert response.status_code == 303, response.text
    return str(response.headers["location"])


def test_the_list_gives_no_outcome_away_before_a_prediction(see: See, client: TestClient) -> None:
    assert see("/labs").all(class_="verdict") == []
    assert "2 claims to predict" in see("/labs").text
    predict(client)
    assert {n.text.strip() for n in see("/labs").all(class_="verdict")} == {"Supported", "Refuted"}


def test_the_list_shows_every_lab_with_its_outcomes_and_what_it_needs(see: See) -> None:
    see(f"{LAB}?show=1")
    page = see("/labs")
    assert "Does noise help a small network?" in page.text
    assert "needs package_that_nobody_has" in page.text
    assert {n.text.strip() for n in page.all(class_="verdict")} == {"Supported", "Refuted"}


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("q=noise+helps", 0),
        ("q=noise+buys", 1),
        ("outcome=refuted", 1),
        ("needs=more", 1),
        ("concept=none", 0),
        ("", 2),
    ],
)
def test_the_list_is_filtered(see: See, query: str, count: int) -> None:
    assert len(see(f"/labs?{query}").all("a", class_="title")) == count


def test_the_result_is_hidden_until_it_was_predicted(see: See, client: TestClient) -> None:
    before = see(LAB)
    assert not before.all(class_="verdict")
    assert pictures(before) == []
    assert len(before.all("form", class_="predict")) == 2
    assert predict(client) == f"{LAB}#claim-noise-helps"
    after = see(LAB)
    assert pictures(after) == [f"{LAB}/picture/noise-helps"]
    assert len(after.all("form", class_="predict")) == 1
    assert "You said:" in after.text
    assert "recorded" in after.text


def test_a_prediction_is_three_clicks_without_a_script(see: See) -> None:
    page = see(LAB)
    assert len(page.all("input", name="way")) == 6
    assert len(page.all("button", name="sure")) == 10


def test_one_may_look_without_predicting(see: See) -> None:
    page = see(f"{LAB}?show=1")
    assert not page.all("form", class_="predict")
    assert pictures(page) == [f"{LAB}/picture/noise-helps", f"{LAB}/picture/noise-hurts"]
    assert page.all("a", href=f"{LAB}/recorded.png")


def test_about_equal_needs_no_size_and_more_does(client: TestClient) -> None:
    assert predict(client, way="equal", size="")
    refused = client.post(f"{LAB}/predict", data={"claim": "noise-hurts", "way": "above", "sure": "0.7"})
    assert refused.status_code == 400
    assert "Choose how large the difference is, too." in refused.text


@pytest.mark.parametrize(
    "sent", [{"way": "sideways"}, {"sure": "many"}, {"sure": "0.123"}, {"size": "99"}, {"size": "x"}, {"sure": ""}]
)
def test_a_prediction_that_is_none_is_refused_on_the_page(client: TestClient, sent: dict[str, str]) -> None:
    whole = {"claim": "noise-helps", "way": "above", "size": "0", "sure": "0.7"} | sent
    response = client.post(f"{LAB}/predict", data=whole)
    assert response.status_code == 400
    assert 'role="alert"' in response.text


def test_a_run_goes_from_prediction_to_verdict(
    see: See, client: TestClient, bench: Bench, lab: Lab, finished: Callable[..., str]
) -> None:
    predict(client)
    bench.runner.results.append(made(lab, 5.0))
    page = see(finished())
    assert "8 seeds" in page.text
    assert [n.text.strip() for n in page.all(class_="lab-verdict")] == ["Supported", "Refuted"]
    assert "You said:" in page.text
    assert "Right" in page.text
    assert len(pictures(page)) == 2
    assert not page.all(hx_trigger="every")
    assert "your run" in see(f"{LAB}?show=1").text


def test_sliders_change_the_next_run(see: See, bench: Bench, lab: Lab, finished: Callable[..., str]) -> None:
    bench.runner.results += [made(lab, 5.0), made(lab, -5.0)]
    first = see(finished())
    assert first.by_name("set-level") == "2"
    address = finished(**{"set-level": "4", "set-rate": "0.5", "seeds": "8"})
    page = see(address)
    assert bench.runner.requests[1].settings == {"level": 4, "rate": 0.5}
    assert page.by_name("set-level") == "4"
    assert "level 4, rate 0.5" in page.text
    history = see(LAB).one("table", class_="runs").text
    assert "level 4, rate 0.5" in history
    assert "defaults" in history


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("set-level", "9", "evel = 9 is out of range"),
        ("set-level", "nan", "is no number"),
        ("set-level", "1.5", "is not whole"),
        ("set-levl", "2", "did you mean"),
        ("seeds", "0", "0 seeds are too few"),
        ("seeds", "-3", "-3 seeds are too few"),
        ("seeds", "abc", "is no whole number"),
    ],
)
def test_bad_input_is_explained_on_the_page(client: TestClient, field: str, value: str, says: str) -> None:
    response = client.post(f"{LAB}/run", data={field: value})
    assert response.status_code == 400
    assert says in response.text.replace("&#34;", '"')
    assert 'id="run-form"' in response.text


def test_progress_is_shown_seed_by_seed_and_can_be_cancelled(
    see: See, client: TestClient, ws: Workspace, bench: Bench, lab: Lab, run: Callable[..., str]
) -> None:
    bench.runner.results += [made(lab, 5.0), made(lab, 5.0)]
    bench.gate.clear()
    bench.held_before = 3
    address = run()
    name = address.rsplit("/", 1)[1]
    for _ in range(400):
        if ws.labs.watch(name).done == 3:
            break
        threading.Event().wait(0.02)
    page = see(address)
    assert "3 of 8 seeds" in page.text
    assert page.one("progress").attrs["value"] == "3"
    assert page.one(hx_select="#lab-run").attrs["hx-trigger"] == "every 2s"
    for _ in range(400):
        if (page := see(address)).all("svg", class_="wide"):
            break
        threading.Event().wait(0.05)
    assert len(page.all("svg", class_="wide")) == 1
    assert run() == address, "the same lab with the same settings is one run"
    waiting = run(**{"set-level": "3"})
    assert "Waiting in line, behind 1 other run." in see(waiting).text
    assert client.post(f"{waiting}/cancel").headers["location"] == waiting
    client.post(f"{address}/cancel")
    bench.gate.set()
    assert ws.labs.wait(name).state is RunState.CANCELLED
    page = see(address)
    assert "Cancelled: a partial result." in page.text
    assert "3 of 8 seeds were measured" in page.text
    assert page.all(class_="lab-verdict")


def test_a_failure_is_readable(see: See, bench: Bench, lab: Lab, finished: Callable[..., str]) -> None:
    trace = "Traceback:\n  <b>x</b>\nValueError: no such shape"
    bench.runner.results.append(replace(made(lab, 5.0, 0, RunState.FAILED, trace), ruled={}))
    page = see(finished())
    assert "Failed. No seed was measured." in page.text
    assert "<b>x</b>" in page.one("pre", data_label="What").text
    assert not page.all("a", href="x.png")


@pytest.mark.parametrize("state", [RunState.OUT_OF_TIME, RunState.INTERRUPTED])
def test_a_partial_result_is_labelled(
    see: See, bench: Bench, lab: Lab, finished: Callable[..., str], state: RunState
) -> None:
    bench.runner.results.append(made(lab, 5.0, 4, state, "not finished after 30 s, its limit"))
    page = see(finished())
    assert "a partial result." in page.text
    assert {n.text for n in page.all("span", class_="tag")} >= {"partial"}


def test_without_the_packages_the_recorded_result_stays_and_the_button_says_why(see: See, client: TestClient) -> None:
    page = see("/lab/dropout/elsewhere?show=1")
    button = page.one("button", data_key="r")
    assert "disabled" in button.attrs
    assert "pip install" in page.one(id=button.attrs["aria-describedby"]).text
    assert "recorded" in page.text
    assert pictures(page)
    refused = client.post("/lab/dropout/elsewhere/run")
    assert refused.status_code == 400
    assert "pip install" in refused.text


def test_a_picture_comes_wide_and_narrow_and_as_an_image_without_a_script(
    client: TestClient, see: See, bench: Bench, lab: Lab, finished: Callable[..., str]
) -> None:
    shown = (Curves("Loss", "step", "loss", (0.0, 1.0), {"a": (1.0, 0.5)}), Log("Sample", "<i>words</i>"))
    bench.runner.results.append(replace(made(lab, 5.0), illustrations=shown))
    page = see(finished())
    assert "<i>words</i>" in page.one("pre", class_="log").text
    addresses = pictures(page)
    assert [a.split("/", 3)[3] for a in addresses] == ["picture/noise-helps", "picture/noise-hurts", "look/0"]
    for address in addresses:
        fragment = parse(client.get(address).text)
        assert fragment.faults == []
        assert [n.attrs["class"] for n in fragment.all("svg")] == ["lab-figure wide", "lab-figure narrow"]
        file = client.get(f"{address}.svg?theme=dark&narrow=1")
        assert file.headers["content-type"].startswith("image/svg+xml")
        assert "style=" not in file.text
        assert any(n.attrs["src"] == f"{address}.svg" and n.attrs["alt"] for n in page.all("img"))


@pytest.mark.parametrize("kind", ["svg", "png", "csv", "json"])
def test_a_run_and_a_recorded_result_are_saved_as_files(
    client: TestClient, bench: Bench, lab: Lab, finished: Callable[..., str], kind: str
) -> None:
    bench.runner.results.append(made(lab, 5.0))
    for base in (finished(), f"{LAB}/recorded"):
        response = client.get(f"{base}.{kind}")
        assert response.status_code == 200
        assert f'filename="dropout-noise.{kind}"' in response.headers["content-disposition"]
        if kind == "svg":
            assert ET.fromstring(response.text).get("role") == "img"
        elif kind == "png":
            assert response.content.startswith(b"\x89PNG")
        elif kind == "csv":
            assert response.text.startswith("lab,seed,condition,arm,measure,value,unit\n")
        else:
            assert json.loads(response.text)["lab"] == "dropout/noise"


@pytest.mark.parametrize(
    "path",
    [
        *("/lab-run/none", "/lab-run/none.svg", "/lab-run/none/picture/x", "/lab/dropout/nose"),
        *(f"{LAB}/recorded.exe", f"{LAB}/picture/nothing", f"{LAB}/look/7", f"{LAB}/look/7.svg"),
    ],
)
def test_what_is_not_there_is_said(see: See, path: str) -> None:
    page = see(path, 404)
    assert "Not found" in page.text
    if path.endswith("nose"):
        assert page.all("a", href=LAB)


def test_the_ledger_holds_disputes_with_what_to_say(see: See) -> None:
    page = see("/claims")
    assert "Noise in training always hurts." in page.text
    assert "It depends on how much data" not in page.text
    assert "it depends on how much data there is" in page.text
    assert page.all("a", href=f"{LAB}#claim-noise-hurts")
    assert "Measured, 1 Feb 2026:" in page.text


@pytest.mark.parametrize(
    ("query", "claims"), [("show=false", 1), ("show=depends", 0), ("show=disputed", 1), ("q=whole", 1), ("", 3)]
)
def test_the_ledger_is_filtered(see: See, query: str, claims: int) -> None:
    page = see(f"/claims?{query}")
    assert page.text.count(f"{claims} claim") == 1


def test_marks_tell_measured_from_cited(see: See) -> None:
    page = see("/concepts/dropout")
    measured, cited = page.one("a", class_="measured"), page.one("a", href="#claim-whole-network")
    assert measured.attrs["href"] == f"{LAB}#claim-noise-helps"
    assert measured.attrs["aria-label"].startswith("Evidence 2, measured here:")
    assert cited.attrs["aria-label"] == "Evidence 1, cited: Srivastava et al. (2014), Dropout, section 4"
    assert page.all("a", href="/claims?concept=dropout#claim-dropout-noise-hurts")


def test_a_model_answer_shows_marks_and_a_misconception_leads_to_its_lab(
    see: See, submit: Callable[..., str], grader: SayingGrader
) -> None:
    grader.holds = ("only-noise",)
    page = see(submit("Noise can only hurt.", "dropout/what-is-it"))
    assert page.all("a", class_="measured")[0].attrs["href"] == f"{LAB}#claim-noise-helps"
    assert page.one("a", href="/concepts/dropout#claim-whole-network").text == "1"
    link = page.one("a", class_="button", href=f"{LAB}#claim-noise-hurts")
    assert link.text == "See for yourself: run this for about 4 s"


def test_progress_shows_how_well_predictions_fit(
    see: See, client: TestClient, bench: Bench, lab: Lab, clock: Clock, finished: Callable[..., str]
) -> None:
    assert "Predict what a lab will show" in see("/progress").text
    predict(client)
    clock.move(minutes=1)
    bench.runner.results.append(made(lab, 5.0))
    finished()
    page = see("/progress")
    assert "Regularization" in page.text
    assert "70 % sure" in page.text
    assert "1 prediction says little yet" in page.text


def test_home_offers_a_lab(see: See) -> None:
    page = see("/")
    assert page.one("p", class_="lab-today").text.startswith("Does ")
