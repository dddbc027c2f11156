"""Intervals against SciPy's own, which take another way."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from vivavoce.engines.lab_runner.intervals import clopper_pearson, paired_shares, student

CONFIDENCE = st.sampled_from([0.9, 0.95, 1 - 0.05 / 3])


@given(st.lists(st.floats(-1e3, 1e3), min_size=2, max_size=40), CONFIDENCE)
def test_student_agrees_with_scipy_stats(values: list[float], confidence: float) -> None:
    if len(set(values)) < 2 or stats.tstd(values) < 1e-9:
        return
    mean, low, high = student(values, confidence)
    wanted = stats.t.interval(confidence, len(values) - 1, stats.tmean(values), stats.sem(values))
    assert (mean, low, high) == pytest.approx((stats.tmean(values), *wanted), rel=1e-6, abs=1e-6)


def test_equal_values_have_an_interval_of_no_width() -> None:
    assert student([2.0, 2.0, 2.0], 0.95) == (2.0, 2.0, 2.0)


@given(st.integers(1, 40), st.data(), CONFIDENCE)
def test_clopper_pearson_agrees_with_scipy_stats(n: int, data: st.DataObject, confidence: float) -> None:
    hits = data.draw(st.integers(0, n))
    wanted = stats.binomtest(hits, n).proportion_ci(confidence, method="exact")
    assert clopper_pearson(hits, n, confidence) == pytest.approx((hits / n, wanted.low, wanted.high), abs=1e-9)


@given(st.integers(0, 20), st.integers(0, 20), CONFIDENCE)
def test_paired_shares_exclude_zero_exactly_when_mcnemar_rejects(first: int, second: int, confidence: float) -> None:
    n = 45
    difference, low, high = paired_shares(first, second, n, confidence)
    assert difference == pytest.approx((first - second) / n)
    assert low <= difference <= high
    if first + second:
        rejected = stats.binomtest(first, first + second).pvalue < 1 - confidence
        # SciPy's two-sided p-value adds both tails by likelihood; equal tails, as here, at p = 1/2 are the same.
        assert (low > 0 or high < 0) == rejected


def test_without_discordant_pairs_the_interval_is_still_wide() -> None:
    assert paired_shares(0, 0, 8, 0.95) == (0.0, pytest.approx(-0.369, abs=1e-3), pytest.approx(0.369, abs=1e-3))
