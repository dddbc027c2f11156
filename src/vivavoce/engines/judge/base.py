"""What a sandbox promises to the judge: a child runs one submission and answers questions with plain values.

    judge (trusted) ── Request ──▶ Child (the submission's process) ── Reply ──▶ judge

A reply holds values that were decoded under caps and are exactly of the types listed at `Value`; it never holds a
verdict, a clock or an object with behaviour. Everything else that can happen is a `StoppedError`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import Any, Protocol

import numpy.typing as npt

from vivavoce.domain.exercise import Confinement, Framework, Limits, Outcome

Value = Any
"""None, bool, int, float, complex, str, list, tuple, set, dict with str or int keys, `numpy.ndarray`, `Scalar`,
`Tensor` or `Handle`, nested; on the way to a child also a callable, which stays on this side (see `Child`)."""


@dataclass(frozen=True, slots=True, eq=False)
class Scalar:
    """A NumPy scalar such as `numpy.float32(1)`; `array` has no dimensions."""

    array: npt.NDArray[Any]


@dataclass(frozen=True, slots=True, eq=False)
class Tensor:
    """A tensor of the child's framework, by its values (bfloat16 arrives as float32 with `dtype` saying so)."""

    array: npt.NDArray[Any]
    dtype: str
    requires_grad: bool = False


@dataclass(frozen=True, slots=True)
class Handle:
    """An object that stays in the child."""

    number: int
    type_name: str


@dataclass(frozen=True, slots=True)
class Request:
    """One question. Arrays among the arguments become tensors in a child whose framework has them."""

    op: str
    """`call` a function, `new` an object of a class, `method` of a handle, `get` an attribute, `set` an attribute
    (one argument), `vjp`: call and differentiate."""
    name: str
    args: Sequence[Value] = ()
    kwargs: Mapping[str, Value] = field(default_factory=dict)
    handle: Handle | None = None
    echo: bool = False
    """Send the arguments back as the call left them."""
    wrt: tuple[int | tuple[int, str], ...] = ()
    """For `vjp`: positions in `args` of the arrays to differentiate by; a pair names a key of a dictionary there."""
    cotangent: npt.NDArray[Any] | None = None
    """For `vjp`: the reply's value is the tuple of gradients of sum(cotangent * result) (of sum(result) if None)."""


@dataclass(frozen=True, slots=True)
class Reply:
    """The answer. Clocks are the judge's."""

    value: Value
    echoed: tuple[tuple[Value, ...], dict[str, Value]] | None
    """Positional and keyword arguments after the call, when asked for."""
    cpu_s: float
    wall_s: float


class StoppedError(Exception):
    """Why there is no reply. `outcome` says what it means; after `raised`, `wrong_type` and `missing` the child lives.

    `traceback` holds lines of the submission only.
    """

    def __init__(
        self, outcome: Outcome, message: str, *, traceback: str = "", line: int | None = None, cpu_s: float = 0.0
    ) -> None:
        super().__init__(message)
        self.outcome = outcome
        self.message = message
        self.traceback = traceback
        self.line = line
        self.cpu_s = cpu_s


class Child(Protocol):
    """A process for one submission, confined before it sees a byte of it.

    Methods raise `StoppedError`. A callable among the arguments is called on the trusted side whenever the submission
    calls its stand-in: its arguments arrive decoded (tensors as `Tensor`), what it returns is sent back (arrays become
    tensors where the framework has them), and what it raises is raised again in the submission as a `ValueError`.
    """

    def load(self, code: str) -> None:
        """Run the submission's module. Outcomes: `load_error` (syntax, NUL bytes, an exception; with its line) and
        everything that running code can do."""
        ...

    def ask(self, request: Request) -> Reply:
        """One question to the loaded submission. Limits are per question. `missing` when the name is not there."""
        ...

    def take_output(self) -> str:
        """What was printed since the last time, cut to the limit, control characters made visible."""
        ...

    @property
    def alive(self) -> bool: ...


class Sandbox(Protocol):
    """Where children come from."""

    @property
    def confinement(self) -> Confinement: ...

    def child(self, framework: Framework, limits: Limits) -> AbstractContextManager[Child]:
        """A fresh child, killed on leaving. Raises `StoppedError` with `sandbox_error` when there can be none."""
        ...

    def warm(self, framework: Framework) -> None:
        """Start in the background what makes the first child slow."""
        ...

    def close(self) -> None: ...
