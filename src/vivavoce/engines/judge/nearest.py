"""Does a submission behave like a planted mistake: the same tests failed, with the same wrong values?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from vivavoce.domain.exercise import Outcome

Behaviour = dict[str, tuple[Outcome, str, tuple[Any, ...]]]
"""Test to its outcome, its message, and every value that came back during it."""
RTOL = 1e-6
"""Two programs with one mistake differ in rounding only."""
TELLING = frozenset(
    {
        Outcome.WRONG_VALUE,
        Outcome.WRONG_SHAPE,
        Outcome.WRONG_DTYPE,
        Outcome.WRONG_TYPE,
        Outcome.NOT_FINITE,
        Outcome.CHANGED_INPUT,
        Outcome.RAISED,
        Outcome.TOO_SLOW,
    }
)
"""Outcomes by which a mistake can be recognised."""


def behaves_like(mistake: Behaviour, submission: Behaviour) -> bool:
    """Every test came out the same, and those that failed saw the same values (or the same exception)."""
    failed = [name for name, (outcome, _, _) in submission.items() if outcome is not Outcome.PASSED]
    if not failed or set(mistake) != set(submission):
        return False
    if not any(submission[name][0] in TELLING for name in failed):
        return False
    if any(mistake[name][0] is not submission[name][0] for name in submission):
        return False
    return all(_alike(mistake[name], submission[name]) for name in failed)


def _alike(a: tuple[Outcome, str, tuple[Any, ...]], b: tuple[Outcome, str, tuple[Any, ...]]) -> bool:
    if a[0] is Outcome.RAISED and a[1].partition(":")[0] != b[1].partition(":")[0]:
        return False
    if a[0] is Outcome.NOT_FINITE or a[0] is Outcome.TOO_SLOW:
        return len(a[2]) == len(b[2])
    return _same(a[2], b[2])


def _same(a: Any, b: Any) -> bool:
    if isinstance(a, np.ndarray | np.generic | float | int | complex) and not isinstance(a, bool):
        if isinstance(b, str | list | tuple | Mapping) or b is None:
            return False
        x, y = np.asarray(a), np.asarray(b)
        if x.shape != y.shape or "O" in (x.dtype.kind, y.dtype.kind):
            return False
        if x.dtype.kind in "fc" or y.dtype.kind in "fc":
            return bool(np.allclose(x, y, rtol=RTOL, atol=1e-9, equal_nan=True))
        return bool(np.array_equal(x, y))
    if isinstance(a, list | tuple):
        return isinstance(b, list | tuple) and len(a) == len(b) and all(_same(x, y) for x, y in zip(a, b, strict=True))
    if isinstance(a, dict):
        return isinstance(b, dict) and set(a) == set(b) and all(_same(a[k], b[k]) for k in a)
    if hasattr(a, "type_name"):
        return hasattr(b, "type_name")
    return bool(type(a) is type(b) and a == b)
