"""Three-way outcomes: what interval decides, and that not significant is never refuted."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import pytest
from scipy import stats

from vivavoce.content.lab_test import parse_test
from vivavoce.domain.ids import ItemId
from vivavoce.domain.lab import LOOKS, Effect, Lab, LabClaim, Measure, Measurement, Outcome
from vivavoce.engines.lab_runner.decide import decided, effect, rule, rule_all

MEASURES = {
    "accuracy": Measure("accuracy", "accuracy", "%", better="higher"),
    "ratio": Measure("ratio", "ratio", log=True),
    "solved": Measure("solved", "solved", yes_no=True),
}
ARMS = {"a": "one", "b": "other"}


def measured(a: Sequence[float], b: Sequence[float], name: str = "accuracy") -> tuple[Measurement, ...]:
    pairs = enumerate(zip(a, b, strict=True))
    return tuple(Measurement(n, {"": {"a": {name: x}, "b": {name: y}}}, 0.0) for n, (x, y) in pairs)


def outcome(test: str, measurements: Sequence[Measurement], confidence: float = 0.95) -> Effect:
    comparison = parse_test(test, MEASURES, ARMS)
    return effect(comparison, MEASURES[comparison.measure], "", measurements, confidence)


STEADY = measured([10, 11, 10, 11, 10, 11, 10, 11], [5, 5, 6, 6, 5, 5, 6, 6])
NOISY = measured([0, 30, -20, 8, 40, -30, 12, -4], [0] * 8)


@pytest.mark.parametrize(
    ("test", "measurements", "wanted"),
    [
        ("accuracy: a > b + 2", STEADY, Outcome.SUPPORTED),
        ("accuracy: a > b + 20", STEADY, Outcome.REFUTED),
        ("accuracy: a > b + 5", STEADY, Outcome.INCONCLUSIVE),
        ("accuracy: b < a - 2", STEADY, Outcome.SUPPORTED),
        ("accuracy: a < b - 2", STEADY, Outcome.REFUTED),
        ("accuracy: a == b +- 2", STEADY, Outcome.REFUTED),
        ("accuracy: a == b +- 9", STEADY, Outcome.SUPPORTED),
        ("accuracy: a == b +- 5", STEADY, Outcome.INCONCLUSIVE),
        ("accuracy: a > b + 2", NOISY, Outcome.INCONCLUSIVE),
        ("accuracy: a == b +- 2", NOISY, Outcome.INCONCLUSIVE),
        ("accuracy: a > 9", STEADY, Outcome.SUPPORTED),
        ("accuracy: a > 12", STEADY, Outcome.REFUTED),
        ("accuracy: a < 12", STEADY, Outcome.SUPPORTED),
    ],
)
def test_the_interval_decides(test: str, measurements: Sequence[Measurement], wanted: Outcome) -> None:
    assert outcome(test, measurements).outcome is wanted


def test_an_effect_says_estimate_interval_and_seeds() -> None:
    found = outcome("accuracy: a > b + 5", STEADY)
    gaps = [5, 6, 4, 5, 5, 6, 4, 5]
    low, high = stats.t.interval(0.95, 7, np.mean(gaps), stats.sem(gaps))
    assert found.estimate == pytest.approx(5.0)
    assert (found.low, found.high) == pytest.approx((low, high))
    assert (found.seeds, found.seeds_for, found.seeds_against) == (8, 2, 6)


def test_an_arm_held_to_a_number_shows_its_own_mean() -> None:
    assert outcome("accuracy: a > 9", STEADY).estimate == pytest.approx(10.5)


def test_a_ratio_is_compared_on_the_logarithm() -> None:
    found = outcome("ratio: a > b * 10", measured([200, 500, 400, 300], [1, 2, 4, 2], "ratio"))
    assert found.outcome is Outcome.SUPPORTED
    assert found.estimate == pytest.approx(math.exp(np.mean(np.log([200, 250, 100, 150]))))


def test_shares_use_exact_binomial_intervals() -> None:
    every = measured([1] * 8, [0] * 8, "solved")
    assert outcome("solved: a > 0.9", every).outcome is Outcome.INCONCLUSIVE  # eight of eight prove no 90 %
    assert outcome("solved: a > 0.5", every).outcome is Outcome.SUPPORTED
    assert outcome("solved: a > b", every).outcome is Outcome.SUPPORTED
    assert outcome("solved: a > b", measured([1] * 8, [1] * 8, "solved")).outcome is Outcome.INCONCLUSIVE


def test_a_diverged_arm_is_counted_and_named() -> None:
    nan = float("nan")
    found = outcome("accuracy: a > b + 2", measured([90] * 8, [nan] * 7 + [50]))
    assert found.outcome is Outcome.SUPPORTED
    assert found.counted
    assert found.diverged == {"b": 7}
    assert (found.seeds_for, found.seeds_against) == (8, 0)


def test_divergence_of_the_better_arm_speaks_against_the_claim() -> None:
    found = outcome("accuracy: a > b + 2", measured([float("nan")] * 8, [50] * 8))
    assert found.outcome is Outcome.REFUTED


def test_where_no_value_is_good_divergence_decides_nothing() -> None:
    found = outcome("ratio: a > b * 2", measured([float("nan")] * 8, [50] * 8, "ratio"))
    assert (found.seeds_for, found.seeds_against) == (0, 0)


def test_an_underflow_to_zero_counts_as_infinitely_small() -> None:
    found = outcome("ratio: a < b / 1e6", measured([0.0] * 8, [1.0] * 8, "ratio"))
    assert found.outcome is Outcome.SUPPORTED


def lab(check: str | None = None) -> Lab:
    claim = LabClaim("wins", "a wins", parse_test("accuracy: a > b + 2", MEASURES, ARMS))
    if check:
        claim = LabClaim("wins", "a wins", claim.test, parse_test(check, MEASURES, ARMS))
    return Lab(ItemId("c", "l"), "Does a win?", "", ARMS, MEASURES, {"wins": claim}, ("low", "high"), "rate")


def in_conditions(low: float, high: float) -> tuple[Measurement, ...]:
    def arms(gap: float, n: int) -> dict[str, dict[str, float]]:
        return {"a": {"accuracy": 50 + gap + n % 2}, "b": {"accuracy": 50.0}}

    return tuple(Measurement(n, {"low": arms(low, n), "high": arms(high, n)}, 0.0) for n in range(8))


def test_conditions_that_disagree_make_it_depend_and_say_on_what() -> None:
    ruled = rule(lab(), lab().claims["wins"], in_conditions(10, -10), 0.95)
    assert ruled.outcome is Outcome.DEPENDS
    assert ruled.because == "Supported at low; refuted at high."


def test_conditions_that_agree_make_one_outcome() -> None:
    assert rule(lab(), lab().claims["wins"], in_conditions(10, 8), 0.95).outcome is Outcome.SUPPORTED
    assert rule(lab(), lab().claims["wins"], in_conditions(-10, -8), 0.95).outcome is Outcome.REFUTED


def test_a_failed_manipulation_check_makes_it_inconclusive() -> None:
    checked = lab("accuracy: b > 60")
    ruled = rule(checked, checked.claims["wins"], in_conditions(10, 8), 0.95)
    assert ruled.outcome is Outcome.INCONCLUSIVE
    assert ruled.because == "The manipulation check failed."


def test_one_undecided_condition_keeps_a_claim_open() -> None:
    ruled = rule(lab(), lab().claims["wins"], in_conditions(10, 1.5), 0.95)
    assert ruled.outcome is Outcome.INCONCLUSIVE
    assert not decided({"wins": ruled})


def test_fewer_than_two_seeds_rule_nothing() -> None:
    assert rule_all(lab(), in_conditions(1, 1)[:1], 0.95) == {}
    assert not decided({})


def test_three_looks_together_support_a_claim_at_its_margin_in_at_most_five_percent() -> None:
    """The effect is exactly the margin, so that any 'supported' is an error."""
    rng = np.random.default_rng(7)
    runs, wrong = 1500, 0
    comparison = parse_test("accuracy: a > b + 2", MEASURES, ARMS)
    for gaps in rng.normal(2.0, 3.0, size=(runs, LOOKS[-1])):
        for look in LOOKS:
            found = effect(comparison, MEASURES["accuracy"], "", measured(gaps[:look], [0.0] * look), 1 - 0.05 / 3)
            if found.outcome is not Outcome.INCONCLUSIVE:
                wrong += found.outcome is Outcome.SUPPORTED
                break
    assert 0 < wrong / runs <= 0.05
