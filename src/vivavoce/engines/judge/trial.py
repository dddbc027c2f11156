"""What a trusted test is given: `t`, through which it asks the submission and says what would be right.

A test is a function of `tests.py` in the exercise's folder. It runs outside the sandbox; values cross, nothing else.

    def test_large_logits_stay_finite(t):
        \"\"\"Logits of 1,000 do not overflow.\"\"\"
        logits = 1000 * t.rng.normal(size=(4, 3))
        t.close(t.call("softmax", logits), expected(logits))
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from statistics import median
from typing import Any, NoReturn

import numpy as np
import numpy.typing as npt

from vivavoce.domain.exercise import Failure, Framework, Outcome
from vivavoce.domain.exhibit import Bars, Curves, Exhibit, Log, Matrix
from vivavoce.engines.judge.base import Child, Handle, Reply, Request, StoppedError
from vivavoce.engines.judge.compare import CheckError, Tolerance, compare
from vivavoce.engines.judge.show import kind_of, printed
from vivavoce.engines.judge.values import leaves, precision, received

Array = npt.NDArray[Any]
ECHO_BYTES = 1 << 20
"""Arguments up to this size are sent back after each call and compared with what was sent."""
_LIVE = "array_of_the_loop"
SPEED_FLOOR_S = 2e-3
"""A reference that takes less is taken to take this long: below it, one measures the call, not the work."""


@dataclass(slots=True)
class Trial:
    """One test of one submission. Nothing here is seen by the submission but the arguments of calls."""

    child: Child
    rng: np.random.Generator
    """Seeded anew for each run and test: inputs cannot be known in advance, and no test depends on another's draws."""
    framework: Framework
    parameters: Mapping[str, tuple[str, ...]]
    may_change: frozenset[str] = frozenset()
    chosen: dict[str, str] = field(default_factory=dict)
    """Convention to the choice the submission has shown so far, in this and earlier tests."""
    reference: Callable[[], Child] | None = None
    exhibits: list[Exhibit] = field(default_factory=list)
    trace: list[Any] = field(default_factory=list)
    """Every value that came back."""
    cpu_s: float = 0.0
    wall_s: float = 0.0
    _inputs: dict[str, Any] = field(default_factory=dict)
    _objects: dict[int, str] = field(default_factory=dict)

    # asking

    def call(self, name: str, /, *args: Any, **kwargs: Any) -> Any:
        """What the submission's function returns. Arrays arrive as tensors in a variant of a framework that has them.

        A function among the arguments is called on this side. Changing an input in place ends the test.
        """
        return self._ask(Request("call", name, args, kwargs), name, args, kwargs)

    def new(self, name: str, /, *args: Any, **kwargs: Any) -> Remote:
        """An object of the submission's class."""
        got = self._ask(Request("new", name, args, kwargs), name, args, kwargs)
        if not isinstance(got, Handle):
            self.fail(f"{name}(...) gave {kind_of(got)}; wanted an object", Outcome.WRONG_TYPE)
        self._objects[got.number] = name
        return Remote(self, got, name)

    def gradients(
        self, name: str, /, *args: Any, wrt: Sequence[int | tuple[int, str]] = (0,), cotangent: Array | None = None
    ) -> Any:
        """For tensors: what autograd gives through the submission's function for sum(cotangent * result)."""
        request = Request("vjp", name, args, {}, wrt=tuple(wrt), cotangent=cotangent)
        return self._ask(request, name, args, {}, echo=False)

    def raises(self, name: str, /, *args: Any, error: str = "ValueError", **kwargs: Any) -> None:
        """The submission's function must refuse these arguments with an exception of that name."""
        self._require_refused(lambda: self.call(name, *args, **kwargs), error)

    def new_raises(self, name: str, /, *args: Any, error: str = "ValueError", **kwargs: Any) -> None:
        """The submission's class must refuse these arguments with an exception of that name."""
        self._require_refused(lambda: self.new(name, *args, **kwargs), error)

    def live_array(self, shape: tuple[int, ...]) -> Remote:
        """An array (a tensor) that stays with the submission, as a training loop's does: `.call("fill", value)`, for a
        tensor `"fill_"`, changes it there between two calls that it is an argument of."""
        self._ask(Request("set", _LIVE), "", (np.zeros(1),), {}, echo=False)
        return self.new(f"{_LIVE}.__class__", *((shape,) if self.framework is Framework.NUMPY else shape))

    def _require_refused(self, ask: Callable[[], Any], error: str) -> None:
        try:
            got = ask()
        except StoppedError as stopped:
            if stopped.outcome is not Outcome.RAISED or not stopped.message.startswith(error):
                raise
            return
        self.fail(f"returned {kind_of(got)} for an input that it should refuse with a {error}", returned=got)

    # judging

    def close(
        self, got: Any, want: Any, *, rtol: float | None = None, scale: float | None = None, what: str = ""
    ) -> None:
        """`got` is `want` to within the precision of the last call's data (see `compare.Tolerance`)."""
        tolerance = Tolerance.of(precision(list(self._inputs.values())), rtol, scale)
        self._compare(got, want, tolerance, exact=False, what=what)

    def equal(self, got: Any, want: Any, what: str = "") -> None:
        """`got` is `want`, whole numbers and booleans by kind too; floats as `close` does."""
        self._compare(got, want, Tolerance.of(precision(list(self._inputs.values()))), exact=True, what=what)

    def either(
        self,
        got: Any,
        convention: str,
        wanted: Mapping[str, Any],
        *,
        rtol: float | None = None,
        scale: float | None = None,
        what: str = "",
    ) -> str:
        """`got` is one of several standard definitions, the same one in every test. Returns the first that fits."""
        fitting, first = [], None
        for choice, want in wanted.items():
            try:
                self.close(got, want, rtol=rtol, scale=scale, what=what)
                fitting.append(choice)
            except CheckError as error:
                first = first or error
        if not fitting:
            assert first is not None
            names = ", ".join(wanted)
            raise CheckError(
                first.outcome,
                replace(first.failure, message=f"{first.failure.message} (none of the definitions fits: {names})"),
            )
        before = self.chosen.get(convention)
        if before is not None and before not in fitting:
            message = f"this follows the definition {fitting[0]!r}, an earlier result {before!r}: use one of them"
            raise CheckError(Outcome.MIXED_CONVENTIONS, Failure(message, inputs=self.inputs(), returned=printed(got)))
        if len(fitting) == 1:
            self.chosen[convention] = fitting[0]
        return before or fitting[0]

    def check(self, condition: Any, message: str, *, got: Any = None, want: Any = None) -> None:
        """A property holds; `message` says what is wrong when it does not."""
        if not bool(condition):
            self.fail(message, returned=got, expected=want)

    def fail(
        self, message: str, outcome: Outcome = Outcome.WRONG_VALUE, *, returned: Any = None, expected: Any = None
    ) -> NoReturn:
        """This test has failed."""
        shown = "" if returned is None else printed(returned)
        wanted = "" if expected is None else printed(expected)
        raise CheckError(outcome, Failure(message, inputs=self.inputs(), returned=shown, expected=wanted))

    def numeric_gradient(self, f: Callable[[Array], float], x: Array, step: float = 1e-5) -> Array:
        """Central differences of a scalar function of the trusted side, in float64: accurate to about 1e-8."""
        x = np.array(x, dtype=np.float64)
        gradient = np.zeros_like(x)
        for index in np.ndindex(x.shape):
            kept = x[index]
            x[index] = kept + step
            above = f(x)
            x[index] = kept - step
            below = f(x)
            x[index] = kept
            gradient[index] = (above - below) / (2 * step)
        return gradient

    def layouts(self, x: Array) -> dict[str, Array]:
        """The same values in other memory layouts: Fortran order, every second element, reversed."""
        wide = np.zeros((*x.shape[:-1], 2 * x.shape[-1]), x.dtype)
        wide[..., ::2] = x
        return {"Fortran order": np.asfortranarray(x), "strided": wide[..., ::2], "reversed": x[::-1].copy()[::-1]}

    def speed(self, name: str, make: Callable[[], tuple[Any, ...]], *, at_most: float = 10.0, calls: int = 5) -> None:
        """The submission takes at most `at_most` times the reference's processor time, on fresh inputs in each call."""
        assert self.reference is not None, "speed needs the reference"
        rival = self.reference()
        ours, theirs = [], []
        for n in range(calls + 1):
            args = make()
            got = self._reply(Request("call", name, args), name, args, {})
            want = rival.ask(Request("call", name, args))
            self.close(received(got.value), _plain(received(want.value)), rtol=1e-6)
            if n:  # the first call pays for what is loaded lazily
                ours.append(got.cpu_s)
                theirs.append(want.cpu_s)
        ratio = median(ours) / max(median(theirs), SPEED_FLOOR_S)
        if ratio > at_most:
            message = (
                f"takes {ratio:.0f} times the reference's processor time on this size; at most {at_most:g} times "
                "is asked: look for a loop that an array operation can do"
            )
            raise CheckError(Outcome.TOO_SLOW, Failure(message, inputs=self.inputs()))

    # showing (cases)

    def curves(
        self,
        title: str,
        lines: Mapping[str, Sequence[float]],
        *,
        x: Sequence[float] | None = None,
        x_label: str = "epoch",
        y_label: str = "loss",
        log_y: bool = False,
    ) -> None:
        """Show lines, such as losses over epochs."""
        points = tuple(range(1, max(map(len, lines.values())) + 1)) if x is None else tuple(map(float, x))
        drawn = {name: tuple(map(_finite, values)) for name, values in lines.items()}
        self.exhibits.append(Curves(title, x_label, y_label, points, drawn, log_y))

    def bars(self, title: str, values: Mapping[str, float], *, y_label: str = "", log_y: bool = False) -> None:
        """Show a value for each name."""
        self.exhibits.append(Bars(title, y_label, {k: _finite(v) for k, v in values.items()}, log_y))

    def matrix(
        self,
        title: str,
        values: Any,
        *,
        rows: Sequence[str] | None = None,
        columns: Sequence[str] | None = None,
        row_label: str = "",
        column_label: str = "",
    ) -> None:
        """Show a table of numbers."""
        table = np.asarray(values, dtype=np.float64)
        names = tuple(map(str, rows if rows is not None else range(table.shape[0])))
        heads = tuple(map(str, columns if columns is not None else range(table.shape[1])))
        numbers = tuple(tuple(float(v) for v in row) for row in table)
        self.exhibits.append(Matrix(title, row_label, column_label, names, heads, numbers))

    def log(self, title: str, text: str) -> None:
        """Show a text."""
        self.exhibits.append(Log(title, text))

    # inside

    def inputs(self) -> dict[str, str]:
        """The last call's arguments, printed."""
        return {name: printed(value) for name, value in self._inputs.items()}

    def _compare(self, got: Any, want: Any, tolerance: Tolerance, *, exact: bool, what: str) -> None:
        try:
            compare(got, want, tolerance, exact=exact, tensors=self.framework is not Framework.NUMPY, what=what)
        except CheckError as error:
            raise CheckError(error.outcome, replace(error.failure, inputs=self.inputs())) from None

    def _ask(
        self,
        request: Request,
        path: str,
        args: tuple[Any, ...],
        kwargs: dict[str, Any],
        *,
        echo: bool = True,
    ) -> Any:
        reply = self._reply(request, path, args, kwargs, echo=echo)
        value = received(reply.value)
        self.trace.append(value)
        return value

    def _reply(
        self, request: Request, path: str, args: tuple[Any, ...], kwargs: Mapping[str, Any], *, echo: bool = True
    ) -> Reply:
        names = self.parameters.get(path, ())
        by_name = {names[n] if n < len(names) else f"argument {n + 1}": value for n, value in enumerate(args)}
        self._inputs = {**by_name, **kwargs}
        size = sum(v.nbytes for v in leaves(list(self._inputs.values())) if isinstance(v, np.ndarray))
        echo = echo and size <= ECHO_BYTES and not self.may_change.issuperset(self._inputs)
        plain = replace(request, args=_sent(args), kwargs=_sent(dict(kwargs)), echo=echo)
        try:
            reply = self.child.ask(plain)
        except StoppedError as stopped:
            self.cpu_s += stopped.cpu_s
            raise
        self.cpu_s += reply.cpu_s
        self.wall_s += reply.wall_s
        if echo and reply.echoed is not None:
            self._require_kept(reply.echoed, list(by_name), args, kwargs)
        return reply

    def _require_kept(
        self, echoed: tuple[Any, Any], names: list[str], args: tuple[Any, ...], kwargs: Mapping[str, Any]
    ) -> None:
        after = {**dict(zip(names, echoed[0], strict=False)), **echoed[1]}
        for name, before in {**dict(zip(names, args, strict=True)), **kwargs}.items():
            if name not in self.may_change and name in after and not _same(before, received(after[name])):
                message = f"the input `{name}` was changed in place: work on a copy"
                now = printed(received(after[name]))
                raise CheckError(Outcome.CHANGED_INPUT, Failure(message, inputs=self.inputs(), returned=now))


@dataclass(frozen=True, slots=True)
class Remote:
    """An object of the submission's, by its handle."""

    trial: Trial
    handle: Handle
    class_name: str

    def call(self, method: str, /, *args: Any, **kwargs: Any) -> Any:
        """What its method returns."""
        request = Request("method", method, args, kwargs, handle=self.handle)
        return self.trial._ask(request, f"{self.class_name}.{method}", args, kwargs)

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        return self.call("__call__", *args, **kwargs)

    def raises(self, method: str, /, *args: Any, error: str = "ValueError", **kwargs: Any) -> None:
        """Its method must refuse these arguments with an exception of that name."""
        self.trial._require_refused(lambda: self.call(method, *args, **kwargs), error)

    def get(self, name: str) -> Any:
        """An attribute's value."""
        return self.trial._ask(Request("get", name, handle=self.handle), "", (), {}, echo=False)

    def set(self, name: str, value: Any) -> None:
        """Set an attribute."""
        self.trial._ask(Request("set", name, (value,), handle=self.handle), "", (value,), {}, echo=False)


def _sent(value: Any) -> Any:
    """Arguments as a child takes them: handles for objects, plain arrays for what it returned before."""
    if isinstance(value, Remote):
        return value.handle
    if isinstance(value, np.ndarray):
        return np.asarray(value)
    if isinstance(value, list):
        return [_sent(v) for v in value]
    if isinstance(value, tuple):
        return tuple(_sent(v) for v in value)
    if isinstance(value, dict):
        return {k: _sent(v) for k, v in value.items()}
    if callable(value):
        return _called(value)
    return value


def _called(function: Callable[..., Any]) -> Callable[..., Any]:
    """A function of a test as the sandbox calls it: with arrays, whatever the framework."""

    def call(*args: Any, **kwargs: Any) -> Any:
        return _sent(function(*map(received, args), **{k: received(v) for k, v in kwargs.items()}))

    return call


def _plain(value: Any) -> Any:
    """Without the memory of having been a tensor."""
    if isinstance(value, np.ndarray):
        return np.asarray(value)
    if isinstance(value, list | tuple):
        return [_plain(v) for v in value]
    return value


def _same(before: Any, after: Any) -> bool:
    if isinstance(before, np.ndarray):
        after = np.asarray(after)
        if before.shape != after.shape:
            return False
        if before.dtype.kind in "fc" and after.dtype.kind in "fc":
            return bool(np.array_equal(before, after, equal_nan=True))
        return bool(np.array_equal(before, after))
    if isinstance(before, list | tuple):
        return (
            isinstance(after, list | tuple)
            and len(before) == len(after)
            and all(_same(a, b) for a, b in zip(before, after, strict=True))
        )
    if isinstance(before, dict):
        return isinstance(after, dict) and set(before) == set(after) and all(_same(before[k], after[k]) for k in before)
    if isinstance(before, float) and isinstance(after, float):
        return before == after or (before != before and after != after)
    if before is None or isinstance(before, bool | int | str):
        return bool(before == after)
    return True  # functions and handles


def _finite(value: float) -> float | None:
    number = float(value)
    return number if np.isfinite(number) else None
