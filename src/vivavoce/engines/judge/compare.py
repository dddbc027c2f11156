"""Is a returned value right? Type, shape, dtype, finiteness and values, in the order in which a person wants to know.

Tolerances come from the precision of the data: relative error up to `eps ** (2/3)` of a float type (4e-11 for float64,
2e-5 for float32, 1e-2 for float16), measured against the value and against the largest expected value.
"""

from __future__ import annotations

import numbers
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from vivavoce.domain.exercise import Failure, Outcome
from vivavoce.engines.judge.show import brief, kind_of, printed
from vivavoce.engines.judge.values import Returned

Array = npt.NDArray[Any]


class CheckError(Exception):
    """A test's finding: what is wrong with what the submission returned or did."""

    def __init__(self, outcome: Outcome, failure: Failure) -> None:
        super().__init__(failure.message)
        self.outcome = outcome
        self.failure = failure


@dataclass(frozen=True, slots=True)
class Tolerance:
    """`|got - want| <= rtol * (|want| + scale)`; `scale` is the largest finite expected value, 1 if all are 0."""

    rtol: float
    precision: np.dtype[Any]
    """Of the data: a result in less is reported as such."""
    scale: float | None = None

    @classmethod
    def of(cls, precision: np.dtype[Any], rtol: float | None = None, scale: float | None = None) -> Tolerance:
        """The default for a float type, or a wider one that a test asks for."""
        derived = default_rtol(precision)
        return cls(max(derived, rtol) if rtol is not None else derived, precision, scale)


def default_rtol(precision: np.dtype[Any]) -> float:
    """eps to the power of two thirds."""
    eps = float(np.finfo(precision).eps)
    return float(eps ** (2 / 3))


def compare(got: Any, want: Any, tolerance: Tolerance, *, exact: bool, tensors: bool, what: str = "") -> None:
    """Raise `CheckError` unless `got` is `want`.

    `exact` asks for the same kind of number (integers for integers, booleans for booleans) and equality of all that
    is not a float. `tensors`: arrays are expected as tensors.
    """
    _Comparison(tolerance, exact, tensors, what).value(got, want, ())


@dataclass(frozen=True, slots=True)
class _Comparison:
    tolerance: Tolerance
    exact: bool
    tensors: bool
    what: str

    def value(self, got: Any, want: Any, path: tuple[Any, ...]) -> None:
        if isinstance(want, np.ndarray) and want.ndim > 0:
            self.array(got, want, path)
        elif isinstance(want, list | tuple):
            self.sequence(got, want, path)
        elif isinstance(want, Mapping):
            self.mapping(got, want, path)
        elif want is None or isinstance(want, str | set | frozenset):
            self.plain(got, want, path)
        elif isinstance(want, bool | np.bool_):
            self.boolean(got, bool(want), path)
        else:
            self.number(got, want, path)

    def fail(self, outcome: Outcome, message: str, got: Any, want: Any, path: tuple[Any, ...], **more: Any) -> None:
        where = self.what + "".join(f"[{step!r}]" for step in path)
        text = f"{where}: {message}" if where else message[:1].upper() + message[1:]
        raise CheckError(outcome, Failure(text, returned=printed(got), expected=printed(want), **more))

    def plain(self, got: Any, want: Any, path: tuple[Any, ...]) -> None:
        if isinstance(got, set | frozenset) != isinstance(want, set | frozenset) or (
            not isinstance(got, set | frozenset) and type(got) is not type(want)
        ):
            self.fail(Outcome.WRONG_TYPE, f"returned {kind_of(got)}; wanted {kind_of(want)}", got, want, path)
        if got != want:
            self.fail(Outcome.WRONG_VALUE, "the value differs", got, want, path)

    def boolean(self, got: Any, want: bool, path: tuple[Any, ...]) -> None:
        value = _scalar(got)
        if not isinstance(value, bool | np.bool_):
            self.fail(Outcome.WRONG_TYPE, f"returned {kind_of(got)}; wanted True or False", got, want, path)
        if bool(value) != want:
            self.fail(Outcome.WRONG_VALUE, f"returned {bool(value)}; wanted {want}", got, want, path)

    def number(self, got: Any, want: Any, path: tuple[Any, ...]) -> None:
        value = _scalar(got)
        if value is None or isinstance(value, bool | np.bool_) or not isinstance(value, numbers.Number | np.generic):
            self.fail(Outcome.WRONG_TYPE, f"returned {kind_of(got)}; wanted a number", got, want, path)
        want_whole = isinstance(_scalar(want), int | np.integer)
        if want_whole and self.exact and not isinstance(value, int | np.integer):
            self.fail(Outcome.WRONG_TYPE, f"returned {kind_of(got)}; wanted a whole number", got, want, path)
        self.numeric(np.asarray(value), np.asarray(_scalar(want)), got, want, path)

    def array(self, got: Any, want: Array, path: tuple[Any, ...]) -> None:
        wanted = f"{'a tensor' if self.tensors else 'an array'} of shape {want.shape}"
        is_tensor = isinstance(got, Returned) and got.tensor
        if not isinstance(got, np.ndarray) or is_tensor != self.tensors:
            self.fail(Outcome.WRONG_TYPE, f"returned {kind_of(got)}; wanted {wanted}", got, want, path)
        if got.shape != want.shape:
            message = f"the shape is {got.shape}; wanted {want.shape}"
            self.fail(Outcome.WRONG_SHAPE, message, got, want, path)
        kind, need = got.dtype.kind, want.dtype.kind
        same = (
            kind == need
            or (kind in "iu" and need in "iu")
            or (not self.exact and kind in "iuf" and need in "iuf")
            or (kind in "fiu" and need == "c")
        )
        if not same:
            self.fail(Outcome.WRONG_DTYPE, f"the dtype is {got.dtype}; wanted {_family(want)}", got, want, path)
        self.numeric(np.asarray(got), want, got, want, path)

    def numeric(self, got: Array, want: Array, shown: Any, wanted: Any, path: tuple[Any, ...]) -> None:
        if want.dtype.kind in "biu" and got.dtype.kind in "biu":
            wrong = got != want
            if wrong.any():
                self.differs(Outcome.WRONG_VALUE, "the value differs", wrong, got, want, shown, wanted, path)
            return
        wide = np.complex128 if "c" in (got.dtype.kind, want.dtype.kind) else np.float64
        a, b = got.astype(wide), want.astype(wide)
        bad = ~np.isfinite(a) & np.isfinite(b)
        if bad.any():
            found = "NaN" if np.isnan(a[bad]).any() else "infinity"
            self.differs(Outcome.NOT_FINITE, f"the result has {found} in it", bad, got, want, shown, wanted, path)
        wrong = ~self.near(a, b, self.tolerance.rtol)
        if not wrong.any():
            return
        lower = got.dtype.kind == "f" and got.dtype.itemsize < self.tolerance.precision.itemsize
        if lower and self.near(a, b, default_rtol(got.dtype)).all():
            message = (
                f"the result is {got.dtype} although the data are {self.tolerance.precision}: "
                "it is right only to that precision"
            )
            self.differs(Outcome.WRONG_DTYPE, message, wrong, got, want, shown, wanted, path)
        self.differs(Outcome.WRONG_VALUE, "the value differs", wrong, got, want, shown, wanted, path)

    def near(self, a: Array, b: Array, rtol: float) -> Array:
        finite = np.isfinite(b)
        magnitudes = np.abs(b[finite])
        largest = float(magnitudes.max()) if magnitudes.size else 0.0
        scale = self.tolerance.scale if self.tolerance.scale is not None else largest or 1.0
        with np.errstate(all="ignore"):
            close = np.abs(a - b) <= rtol * (np.abs(b) + scale)  # False for NaN
        same = (a == b) | (np.isnan(a) & np.isnan(b))
        return np.asarray(np.where(finite, close, same))

    def differs(
        self,
        outcome: Outcome,
        message: str,
        wrong: Array,
        got: Array,
        want: Array,
        shown: Any,
        wanted: Any,
        path: tuple[Any, ...],
    ) -> None:
        index = tuple(int(i) for i in np.argwhere(wrong)[0]) if got.ndim else ()
        with np.errstate(all="ignore"):
            wide = np.complex128 if "c" in (got.dtype.kind, want.dtype.kind) else np.float64
            errors = np.abs(got.astype(wide) - want.astype(wide))
        finite = errors[np.isfinite(errors)]
        if got.ndim:
            place = f"[{', '.join(map(str, index))}]"
            message += f": first at {place}, {brief(got[index])} instead of {brief(want[index])}"
            message += f" ({int(wrong.sum())} of {wrong.size} differ)"
        else:
            message += f": {brief(got[()])} instead of {brief(want[()])}"
        worst = float(finite.max()) if finite.size else None
        self.fail(outcome, message, shown, wanted, path, differs_at=(index or None), worst=worst)

    def sequence(self, got: Any, want: list[Any] | tuple[Any, ...], path: tuple[Any, ...]) -> None:
        if isinstance(got, np.ndarray) and got.ndim and all(_scalar(w) is not None for w in want):
            got = [got[i] for i in range(len(got))]
        if not isinstance(got, list | tuple):
            message = f"returned {kind_of(got)}; wanted {kind_of(want)}"
            self.fail(Outcome.WRONG_TYPE, message, got, want, path)
        if len(got) != len(want):
            message = f"returned {len(got)} {_things(len(got))}; wanted {len(want)}"
            self.fail(Outcome.WRONG_SHAPE, message, got, want, path)
        for n, (a, b) in enumerate(zip(got, want, strict=True)):
            self.value(a, b, (*path, n))

    def mapping(self, got: Any, want: Mapping[Any, Any], path: tuple[Any, ...]) -> None:
        if not isinstance(got, dict):
            self.fail(Outcome.WRONG_TYPE, f"returned {kind_of(got)}; wanted {kind_of(want)}", got, want, path)
        if set(got) != set(want):
            message = f"the keys are {sorted(map(str, got))}; wanted {sorted(map(str, want))}"
            self.fail(Outcome.WRONG_SHAPE, message, got, want, path)
        for key in want:
            self.value(got[key], want[key], (*path, key))


def _scalar(value: Any) -> Any:
    """The number in a number, a NumPy scalar or an array without dimensions; else None."""
    if isinstance(value, np.ndarray):
        return np.asarray(value)[()] if value.ndim == 0 else None
    if isinstance(value, bool | int | float | complex | np.generic):
        return value
    return None


def _family(want: Array) -> str:
    return {
        "b": "bool",
        "i": "an integer type",
        "u": "an integer type",
        "f": "a float type",
        "c": "a complex type",
    }.get(want.dtype.kind, str(want.dtype))


def _things(count: int) -> str:
    return "value" if count == 1 else "values"
