"""Predictions: what can be chosen, what came, and how they are scored."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.services.lab_support import ITEM, a_fake, a_pack, a_result, a_workspace, record
from tests.services.support import Clock
from vivavoce.domain.errors import BadInputError, UnknownItemError
from vivavoce.domain.ids import ItemId
from vivavoce.domain.lab import (
    Comparison,
    Direction,
    Effect,
    Lab,
    LabClaim,
    LabResult,
    Measure,
    Measurement,
    Outcome,
    Ruled,
    RunState,
)
from vivavoce.domain.lab_run import SURENESS, Prediction, Way
from vivavoce.engines.lab_runner.fake import FakeLabRunner
from vivavoce.services.predict import Compared, SureBin, calibration, compare, predict, results_seen, see_results, ways
from vivavoce.services.workspace import Workspace

MEASURES = {
    "accuracy": Measure("accuracy", "accuracy", "%", better="higher"),
    "loss": Measure("loss", "loss", better="lower"),
    "ratio": Measure("ratio", "ratio", log=True),
    "learned": Measure("learned", "it learns", yes_no=True),
}


def a_lab(measure: str, against: str | float, margin: float) -> Lab:
    test = Comparison(measure, "a", Direction.ABOVE, against, margin, "as written")
    claim = LabClaim("c", "A beats B.", test)
    return Lab(ItemId("x", "y"), "?", "", {"a": "A", "b": "B"}, MEASURES, {"c": claim})


def a_prediction(way: Way = Way.ABOVE, size: int = 1, sure: float = 0.7) -> Prediction:
    return Prediction("p", ItemId("x", "y"), "c", "", way, size, sure, Clock()())


def came(lab: Lab, estimate: float, low: float, high: float, prediction: Prediction | None = None) -> Compared:
    effect = Effect("", Outcome.SUPPORTED, estimate, low, high, 8, 8, 0)
    values = {"": {"a": {lab.claims["c"].test.measure: 1.0}, "b": {lab.claims["c"].test.measure: 4.0}}}
    result = LabResult(
        RunState.FINISHED,
        (Measurement(0, values, 1.0),),
        {"c": Ruled("c", Outcome.SUPPORTED, (effect,))},
        0.95,
    )
    found = compare(lab, prediction or a_prediction(), result)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("measure", "against", "margin", "words", "sizes"),
    [
        (
            "accuracy",
            "b",
            2.0,
            ("more than 2 points above b", "within 2 points of b", "more than 2 points below b"),
            ("by up to 6 points", "by 6 to 20 points", "by more than 20 points"),
        ),
        (
            "accuracy",
            95.0,
            0.0,
            ("above 95 %", "no telling it from 95 %", "below 95 %"),
            ("by up to 5 points", "by 5 to 20 points", "by more than 20 points"),
        ),
        (
            "accuracy",
            "b",
            10.0,
            ("more than 10 points above b", "within 10 points of b", "more than 10 points below b"),
            ("by up to 40 points", "by 40 to 70 points", "by more than 70 points"),
        ),
        (
            "loss",
            "b",
            0.0,
            ("above b", "no telling it from b", "below b"),
            ("by up to a tenth of b", "by a tenth to a half of b", "by more than that"),
        ),
        (
            "ratio",
            "b",
            10.0,
            ("more than a factor of 10 above b", "within a factor of 10 of b", "more than a factor of 10 below b"),
            ("by up to 100 times", "by 100 to 1000 times", "by more than 1000 times"),
        ),
        (
            "learned",
            "b",
            0.2,
            ("more than 20 points above b", "within 20 points of b", "more than 20 points below b"),
            ("by up to 45 points", "by 45 to 75 points", "by more than 75 points"),
        ),
    ],
)
def test_three_ways_and_three_sizes_are_offered_in_the_unit_of_the_measure(
    measure: str, against: str | float, margin: float, words: tuple[str, ...], sizes: tuple[str, ...]
) -> None:
    form = ways(a_lab(measure, against, margin), "c")
    assert tuple(said for _, said in form.ways) == words
    assert tuple(way for way, _ in form.ways) == (Way.ABOVE, Way.EQUAL, Way.BELOW)
    assert form.sizes == sizes
    assert tuple(sure for sure, _ in form.sureness) == SURENESS
    assert "a come out against" in form.asks


@pytest.mark.parametrize(
    ("lab", "numbers", "way", "size"),
    [
        (a_lab("accuracy", "b", 2.0), (12.0, 6.0, 18.0), Way.ABOVE, 1),
        (a_lab("accuracy", "b", 2.0), (3.0, 1.0, 5.0), Way.ABOVE, 0),
        (a_lab("accuracy", "b", 2.0), (-40.0, -50.0, -30.0), Way.BELOW, 2),
        (a_lab("accuracy", "b", 2.0), (1.9, 0.0, 4.0), Way.EQUAL, None),
        (a_lab("accuracy", 95.0, 0.0), (25.4, 19.7, 31.1), Way.BELOW, 2),
        (a_lab("accuracy", 95.0, 0.0), (94.0, 92.0, 96.0), Way.EQUAL, None),
        (a_lab("accuracy", 95.0, 0.0), (98.0, 97.0, 99.0), Way.ABOVE, 0),
        (a_lab("loss", "b", 0.0), (-1.0, -1.5, -0.5), Way.BELOW, 1),
        (a_lab("loss", "b", 0.0), (0.1, 0.05, 0.2), Way.ABOVE, 0),
        (a_lab("ratio", "b", 10.0), (500.0, 300.0, 800.0), Way.ABOVE, 1),
        (a_lab("ratio", "b", 10.0), (1e-5, 1e-6, 1e-4), Way.BELOW, 2),
        (a_lab("ratio", "b", 10.0), (5.0, 1.0, 20.0), Way.EQUAL, None),
        (a_lab("ratio", 2.0, 1.0), (30.0, 20.0, 40.0), Way.ABOVE, 2),
        (a_lab("learned", "b", 0.2), (0.7, 0.5, 0.9), Way.ABOVE, 1),
    ],
)
def test_way_and_size_that_came_out_follow_from_the_effect(
    lab: Lab, numbers: tuple[float, float, float], way: Way, size: int | None
) -> None:
    found = came(lab, *numbers)
    assert (found.way, found.size) == (way, size)


def test_a_prediction_is_right_by_its_way_and_scored_by_its_sureness() -> None:
    lab = a_lab("accuracy", "b", 2.0)
    right = came(lab, 12.0, 6.0, 18.0, a_prediction(Way.ABOVE, 1, 0.85))
    assert (right.hit, right.size_hit, right.brier) == (True, True, pytest.approx(0.0225))
    assert right.said == "more than 2 points above b, by 6 to 20 points (quite sure, 85%)"
    assert right.came == "more than 2 points above b: 12.0 points more [6.0, 18.0]"
    large = came(lab, 12.0, 6.0, 18.0, a_prediction(Way.ABOVE, 2, 0.85))
    assert (large.hit, large.size_hit) == (True, False)
    wrong = came(lab, 12.0, 6.0, 18.0, a_prediction(Way.EQUAL, 0, 0.95))
    assert (wrong.hit, wrong.size_hit, wrong.brier) == (False, False, pytest.approx(0.9025))
    assert wrong.said == "within 2 points of b (nearly certain, 95%)"


def test_where_an_arm_diverged_the_way_is_that_of_most_seeds() -> None:
    lab = a_lab("accuracy", "b", 2.0)
    effect = Effect("", Outcome.REFUTED, 0.1, 0.0, 0.4, 3, 0, 3, {"a": 3}, counted=True)
    values = {"": {"a": {"accuracy": float("nan")}, "b": {"accuracy": 90.0}}}
    found = compare(
        lab,
        a_prediction(Way.BELOW),
        LabResult(
            RunState.FINISHED,
            tuple(Measurement(n, values, 1.0) for n in range(3)),
            {"c": Ruled("c", Outcome.REFUTED, (effect,))},
            0.95,
        ),
    )
    assert found is not None
    assert (found.way, found.size, found.hit) == (Way.BELOW, 2, True)


def test_nothing_is_compared_before_a_result_says_something() -> None:
    lab = a_lab("accuracy", "b", 2.0)
    assert compare(lab, a_prediction(), LabResult(RunState.RUNNING, (), {}, 0.95)) is None
    few = Ruled("c", Outcome.INCONCLUSIVE, (Effect("", Outcome.INCONCLUSIVE, None, None, None, 1, 0, 0),))
    assert compare(lab, a_prediction(), LabResult(RunState.RUNNING, (), {"c": few}, 0.95)) is None
    gone = replace(a_prediction(), claim="gone")
    assert compare(lab, gone, LabResult(RunState.RUNNING, (), {"gone": few}, 0.95)) is None


# with a store
@pytest.fixture
def fake() -> FakeLabRunner:
    return a_fake()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def ws(tmp_path: Path, fake: FakeLabRunner, clock: Clock) -> Iterator[Workspace]:
    lab = a_pack(tmp_path / "pack")
    fake.results += [a_result(lab)] * 3
    record(lab, a_result(lab))
    (tmp_path / "data").mkdir()
    with a_workspace(tmp_path / "data", tmp_path / "pack", lambda: fake, clock) as space:
        yield space


def run(ws: Workspace) -> None:
    assert ws.labs.wait(ws.labs.start(ITEM, {})).state is RunState.FINISHED


def test_a_prediction_is_kept_as_it_was_made(ws: Workspace) -> None:
    made = predict(ws, ITEM, "larger", "above", 2, 0.95)
    assert ws.store.labs.predictions() == (made,)
    assert (made.way, made.size, made.sure, made.condition) == (Way.ABOVE, 2, 0.95, "")


@pytest.mark.parametrize(
    ("claim", "way", "size", "sure", "error", "said"),
    [
        ("bigger", "above", 0, 0.7, UnknownItemError, 'no claim of sums/doubling "bigger". Did you mean "larger"'),
        ("larger", "up", 0, 0.7, BadInputError, "'up' is no way; it is one of above, equal, below"),
        ("larger", "above", 3, 0.7, BadInputError, "there is no size 3; sizes are 0 to 2"),
        ("larger", "above", -1, 0.7, BadInputError, "there is no size -1"),
        ("larger", "above", 0, 0.5, BadInputError, "0.5 is no degree of sureness; it is one of 0.4, 0.55"),
        ("larger", "above", 0, float("nan"), BadInputError, "nan is no degree"),
    ],
)
def test_a_prediction_of_what_cannot_be_chosen_is_refused(
    ws: Workspace, claim: str, way: str, size: int, sure: float, error: type[Exception], said: str
) -> None:
    with pytest.raises(error, match=said):
        predict(ws, ITEM, claim, way, size, sure)
    assert ws.store.labs.predictions() == ()


def test_predictions_are_scored_by_area_and_degree(ws: Workspace, clock: Clock) -> None:
    assert calibration(ws) == ()
    predict(ws, ITEM, "larger", "above", 2, 0.95)
    predict(ws, ITEM, "smaller", "below", 0, 0.7)
    clock.move(minutes=1)
    run(ws)
    (area,) = calibration(ws)
    assert (area.area, area.predictions, area.hits) == ("foundations", 2, 1)
    assert area.brier == pytest.approx((0.05**2 + 0.7**2) / 2)
    assert area.bins == (SureBin(0.7, 1, 0), SureBin(0.95, 1, 1))


def test_only_the_first_prediction_of_a_claim_counts(ws: Workspace, clock: Clock) -> None:
    predict(ws, ITEM, "larger", "below", 0, 0.95)
    clock.move(minutes=1)
    predict(ws, ITEM, "larger", "above", 0, 0.95)
    clock.move(minutes=1)
    run(ws)
    (area,) = calibration(ws)
    assert (area.predictions, area.hits) == (1, 0)


def test_a_prediction_after_the_result_was_seen_does_not_count(ws: Workspace, clock: Clock) -> None:
    run(ws)
    clock.move(minutes=1)
    predict(ws, ITEM, "larger", "above", 0, 0.95)
    run(ws)
    assert calibration(ws) == ()


def test_a_prediction_of_who_never_ran_the_lab_is_held_to_the_recorded_result(ws: Workspace) -> None:
    predict(ws, ITEM, "larger", "above", 2, 0.85)
    (area,) = calibration(ws)
    assert (area.predictions, area.hits, area.brier) == (1, 1, pytest.approx(0.0225))


def test_a_prediction_after_looking_without_one_does_not_count(ws: Workspace, clock: Clock) -> None:
    predict(ws, ITEM, "larger", "above", 1, 0.7)
    clock.move(minutes=1)
    see_results(ws, ITEM)
    looked = results_seen(ws, ItemId.parse(ITEM))
    clock.move(minutes=1)
    see_results(ws, ITEM)
    assert results_seen(ws, ItemId.parse(ITEM)) == looked
    predict(ws, ITEM, "smaller", "above", 1, 0.7)
    assert sum(area.predictions for area in calibration(ws)) == 1
