"""What counts as right: lenient where a statement leaves things open, strict in value."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vivavoce.domain.exercise import Outcome
from vivavoce.engines.judge.base import Handle, Scalar, Tensor
from vivavoce.engines.judge.compare import CheckError, Tolerance, compare, default_rtol
from vivavoce.engines.judge.values import received

F64, F32 = np.dtype(np.float64), np.dtype(np.float32)
ONES = np.ones((2, 3))


def outcome(
    got: Any, want: Any, *, exact: bool = False, tensors: bool = False, precision: np.dtype[Any] = F64
) -> Outcome:
    try:
        compare(received(got), want, Tolerance.of(precision), exact=exact, tensors=tensors)
    except CheckError as error:
        return error.outcome
    return Outcome.PASSED


@pytest.mark.parametrize(
    ("got", "want"),
    [
        (1.0, 1.0),
        (1, 1.0),
        (Scalar(np.array(1.0, np.float32)), 1.0),
        (np.array(1.0), 1.0),
        (1.0, np.float64(1.0)),
        ([1.0, 2.0], (1.0, 2.0)),
        ((1.0, 2.0), [1.0, 2.0]),
        (np.array([1.0, 2.0]), [1.0, 2.0]),
        (np.array([1, 2]), np.array([1.0, 2.0])),
        (np.array([1.0, 2.0]), np.array([1, 2])),
        ({"a": ONES}, {"a": ONES}),
        ((ONES, 1.0), [ONES, 1.0]),
        (np.zeros((0, 3)), np.zeros((0, 3))),
        (np.array([np.inf, -np.inf, np.nan, 1.0]), np.array([np.inf, -np.inf, np.nan, 1.0])),
        (-0.0, 0.0),
        (True, True),
        (Scalar(np.array(True)), True),
        (None, None),
        ("a", "a"),
        ({1, 2}, {2, 1}),
        (np.array([1 + 1e-12]), np.array([1.0])),
        (np.array([1e6, 1e-9]), np.array([1e6, 0.0])),  # beside a large value, rounding
    ],
)
def test_right_answers_pass_in_every_reasonable_form(got: Any, want: Any) -> None:
    assert outcome(got, want) is Outcome.PASSED


@pytest.mark.parametrize(
    ("got", "want", "expected"),
    [
        (1.0 + 1e-6, 1.0, Outcome.WRONG_VALUE),
        (np.array([1.0, 2.0, 3.1]), np.array([1.0, 2.0, 3.0]), Outcome.WRONG_VALUE),
        (float("nan"), 1.0, Outcome.NOT_FINITE),
        (np.full((2, 3), np.nan), ONES, Outcome.NOT_FINITE),
        (np.full((2, 3), np.inf), ONES, Outcome.NOT_FINITE),
        (np.array([np.inf]), np.array([-np.inf]), Outcome.WRONG_VALUE),
        (np.array([0.0]), np.array([np.nan]), Outcome.WRONG_VALUE),
        (np.array([1.0]), np.array([np.inf]), Outcome.WRONG_VALUE),
        (ONES.T.copy(), ONES, Outcome.WRONG_SHAPE),
        (np.ones((1, 1)), ONES, Outcome.WRONG_SHAPE),  # would broadcast
        (np.ones(1), 1.0, Outcome.WRONG_TYPE),
        (1.0, np.ones(1), Outcome.WRONG_TYPE),
        ([[1.0] * 3] * 2, ONES, Outcome.WRONG_TYPE),
        ([1.0], [1.0, 2.0], Outcome.WRONG_SHAPE),
        (None, 1.0, Outcome.WRONG_TYPE),
        ("1.0", 1.0, Outcome.WRONG_TYPE),
        (True, 1.0, Outcome.WRONG_TYPE),
        (1, True, Outcome.WRONG_TYPE),
        (np.ones((2, 3), bool), ONES, Outcome.WRONG_DTYPE),
        (np.ones((2, 3), complex), ONES, Outcome.WRONG_DTYPE),
        (np.ones((2, 3), np.float32) / 3, ONES / 3, Outcome.WRONG_DTYPE),  # precision lost on the way
        ({"a": 1.0}, {"b": 1.0}, Outcome.WRONG_SHAPE),
        (Handle(0, "Lazy"), 1.0, Outcome.WRONG_TYPE),
        (Tensor(ONES, "float64"), ONES, Outcome.WRONG_TYPE),
        ([1, 2], {1, 2}, Outcome.WRONG_TYPE),
    ],
)
def test_wrong_answers_fail_with_the_outcome_that_names_the_fault(got: Any, want: Any, expected: Outcome) -> None:
    assert outcome(got, want) is expected


def test_tensors_are_asked_for_in_a_tensor_variant() -> None:
    assert outcome(Tensor(ONES, "float64", True), ONES, tensors=True) is Outcome.PASSED
    assert outcome(ONES, ONES, tensors=True) is Outcome.WRONG_TYPE
    assert outcome(1.0, 1.0, tensors=True) is Outcome.PASSED
    assert outcome(Tensor(np.array(1.0), "float64"), 1.0, tensors=True) is Outcome.PASSED


def test_exactness_asks_for_the_kind_of_number() -> None:
    assert outcome(3, 3, exact=True) is Outcome.PASSED
    assert outcome(3.0, 3, exact=True) is Outcome.WRONG_TYPE
    assert outcome(np.array([1.0]), np.array([1]), exact=True) is Outcome.WRONG_DTYPE
    assert outcome(np.array([1], np.int32), np.array([1]), exact=True) is Outcome.PASSED


def test_single_precision_data_are_judged_to_single_precision() -> None:
    got = np.float32(1) / np.float32(3)
    assert outcome(Scalar(np.asarray(got)), 1 / 3, precision=F32) is Outcome.PASSED
    assert outcome(1 / 3 + 1e-3, 1 / 3, precision=F32) is Outcome.WRONG_VALUE


def test_a_failure_says_where_and_how_far() -> None:
    got, want = ONES.copy(), ONES.copy()
    got[1, 2], got[0, 1] = 5.0, 1.5
    with pytest.raises(CheckError, match=r"first at \[0, 1\], 1.5 instead of 1 \(2 of 6 differ\)") as raised:
        compare(received(got), want, Tolerance.of(F64), exact=False, tensors=False)
    assert raised.value.failure.differs_at == (0, 1)
    assert raised.value.failure.worst == 4.0


@given(st.floats(allow_nan=False, allow_infinity=False, width=32), st.floats(1, 1000))
def test_a_relative_error_well_beyond_the_tolerance_is_never_accepted(value: float, factor: float) -> None:
    error = 10 * factor * default_rtol(F64) * max(abs(value), 1.0)
    if value + error != value:
        assert outcome(float(value) + error, float(value)) is Outcome.WRONG_VALUE


def test_tolerances_never_become_tighter_than_the_dtype_allows() -> None:
    assert Tolerance.of(F32, 1e-12).rtol == default_rtol(F32)
    assert Tolerance.of(F64, 1e-3).rtol == 1e-3
