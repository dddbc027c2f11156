"""A coding exercise, and what a judge says of one submission."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from vivavoce.domain.ids import ItemId
from vivavoce.domain.question import Level, Status

MAX_CODE_BYTES = 256 * 1024
"""Longer than any solution; what is beyond is refused before anything runs."""


class Framework(StrEnum):
    """What a submission may import besides the standard library."""

    NUMPY = "numpy"
    TORCH = "torch"
    JAX = "jax"


class Outcome(StrEnum):
    """How one test, or a whole submission, came out."""

    PASSED = "passed"
    WRONG_VALUE = "wrong_value"
    WRONG_SHAPE = "wrong_shape"
    WRONG_DTYPE = "wrong_dtype"
    WRONG_TYPE = "wrong_type"
    NOT_FINITE = "not_finite"
    CHANGED_INPUT = "changed_input"
    MIXED_CONVENTIONS = "mixed_conventions"
    RAISED = "raised"
    TOO_SLOW = "too_slow"
    LOAD_ERROR = "load_error"
    MISSING = "missing"
    RULE_BROKEN = "rule_broken"
    TIME_LIMIT = "time_limit"
    CPU_LIMIT = "cpu_limit"
    MEMORY_LIMIT = "memory_limit"
    OUTPUT_LIMIT = "output_limit"
    EXITED_EARLY = "exited_early"
    CRASHED = "crashed"
    PROTOCOL_ERROR = "protocol_error"
    SANDBOX_ERROR = "sandbox_error"
    """Ours, never the candidate's: it does not count."""
    NOT_RUN = "not_run"


class Confinement(StrEnum):
    """How well the machine can contain a submission."""

    CONTAINED = "L2"
    """Linux: bubblewrap's namespaces, Landlock, seccomp and limits."""
    CONFINED = "L1"
    """Linux: Landlock, seccomp and limits."""
    LIMITED = "L0"
    """Limits only: for the user's own code."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one submission may use. A submitter can change none of it."""

    cpu_s: float = 4.0
    """Processor seconds for one test."""
    memory_mib: int = 512
    """Above what the interpreter and the framework take."""
    output_kib: int = 64
    """Printed text that is kept; 64 times as much ends the submission."""

    @property
    def wall_s(self) -> float:
        """At least five times the processor time: a busy machine is not the candidate's fault."""
        return max(10.0, 5 * self.cpu_s)


@dataclass(frozen=True, slots=True)
class Mistake:
    """A planted wrong implementation, made from the reference by exact replacements."""

    id: str
    says: str
    """What it does wrong, said to a person whose code does the same."""
    code: str


@dataclass(frozen=True, slots=True)
class Valid:
    """A correct implementation in another style or convention."""

    id: str
    says: str
    code: str


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several standard definitions, and who uses it."""

    says: str
    used_by: str


@dataclass(frozen=True, slots=True)
class Ban:
    """A call that an exercise does not allow, and why."""

    name: str
    """Dotted, such as `torch.nn.functional.conv2d` or `numpy.convolve`."""
    because: str


@dataclass(frozen=True, slots=True)
class Variant:
    """An exercise in one framework."""

    framework: Framework
    reference: str
    starter: str
    mistakes: tuple[Mistake, ...] = ()
    valid: tuple[Valid, ...] = ()


@dataclass(frozen=True, slots=True)
class Exercise:
    """One exercise of the bank."""

    id: ItemId
    title: str
    level: Level
    minutes: float
    statement: str
    """Markdown with `$maths$`."""
    why: str
    hints: tuple[str, ...]
    """From a nudge to nearly everything; the answer is not among them."""
    explanation: str
    """Shown after a pass or on giving up."""
    variants: Mapping[Framework, Variant]
    tests: str
    """Path of `tests.py`, trusted code of the pack."""
    limits: Limits
    conventions: Mapping[str, Mapping[str, Choice]] = field(default_factory=dict)
    bans: tuple[Ban, ...] = ()
    may_change: tuple[str, ...] = ()
    """Parameters that may be changed in place; all others must not be."""
    sources: tuple[str, ...] = ()
    status: Status = Status.READY
    judged_hash: str = ""
    """Hash of what judging depends on; stored with every attempt."""
    pack: str = ""


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a test did not pass, in the words and values that a person needs."""

    message: str
    inputs: Mapping[str, str] = field(default_factory=dict)
    """Argument to its printed form: shape, dtype, and the values when small."""
    returned: str = ""
    expected: str = ""
    differs_at: tuple[int, ...] | None = None
    """First index at which the two differ."""
    worst: float | None = None
    """Largest absolute difference."""
    traceback: str = ""
    """Lines of the submission only."""
    line: int | None = None


@dataclass(frozen=True, slots=True)
class TestResult:
    """How one test came out."""

    __test__ = False  # not a test of pytest's

    name: str
    title: str
    outcome: Outcome
    example: bool
    """Shown to everybody and run by *Run*; the others are hidden and run by *Submit*."""
    failure: Failure | None = None
    cpu_s: float = 0.0
    wall_s: float = 0.0
    printed: str = ""
    """What the submission printed during this test."""


@dataclass(frozen=True, slots=True)
class JudgeReport:
    """Everything a judge says of one submission."""

    item: ItemId
    framework: Framework
    outcome: Outcome
    """`passed` only if every test passed; else of the first that did not."""
    tests: tuple[TestResult, ...]
    confinement: Confinement
    judge: str = ""
    """Name and version of what judged."""
    conventions: Mapping[str, str] = field(default_factory=dict)
    """Convention to the choice that the submission made."""
    nearest: str | None = None
    """Id of the planted mistake that this submission behaves like."""
    message: str = ""
    """For an outcome that concerns the whole submission: what was found and what would be right."""
    line: int | None = None
    printed: str = ""
    """What the submission printed while it was loaded."""

    @property
    def passed(self) -> bool:
        return self.outcome is Outcome.PASSED
