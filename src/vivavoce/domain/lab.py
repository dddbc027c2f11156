"""A lab: a small experiment that tests claims, and what came of it.

A lab measures each of its *arms* once per *seed*, in one or several *conditions*. Arms share their seeds, so that
differences between arms are paired. A *claim* names a test of one measure; its outcome has three values per condition
(supported, refuted, inconclusive) and a fourth, *depends*, where conditions disagree.
"""

from __future__ import annotations

import ast
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache

from vivavoce.domain.exhibit import Curves, Log, Matrix
from vivavoce.domain.ids import ItemId
from vivavoce.domain.question import Status

PLAIN = ""
"""The name of the one condition of a lab that states none."""

LOOKS = (8, 16, 32)
"""Seeds after which claims are looked at; a run stops at the first look at which every claim is decided."""

Values = Mapping[str, Mapping[str, Mapping[str, float]]]
"""Condition to arm to measure to value. Not a number and infinity are kept: an arm that diverged."""

Settings = Mapping[str, float | str]
"""Parameter to value."""


_NOT_MEASURING = frozenset({"MEASURES", "CLAIMS", "SOURCES", "STATUS", "BUDGET_S", "SEEDS", "AXIS"})
"""Constants of a lab that its measurements do not depend on."""


@lru_cache(maxsize=1024)
def measured_hash(code: str) -> str:
    """Hash of what the measurements of a lab depend on. Worked out when it is asked for: loading has many labs."""
    kept = []
    for node in ast.parse(code).body:
        is_text = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
        is_word = isinstance(node, ast.Assign) and any(
            isinstance(name, ast.Name) and name.id in _NOT_MEASURING for name in node.targets
        )
        if not is_text and not is_word:
            kept.append(ast.dump(node))
    return hashlib.sha256("\n".join(kept).encode()).hexdigest()[:16]


class Outcome(StrEnum):
    """What a run says of a claim."""

    SUPPORTED = "supported"
    REFUTED = "refuted"
    INCONCLUSIVE = "inconclusive"
    DEPENDS = "depends"


class Direction(StrEnum):
    """What a claim says of a measure of one arm against another arm or a number."""

    ABOVE = "above"
    BELOW = "below"
    EQUAL = "equal"


@dataclass(frozen=True, slots=True)
class Parameter:
    """Something of a lab that its reader may change."""

    name: str
    says: str
    default: float | str
    low: float | None = None
    high: float | None = None
    unit: str = ""
    whole: bool = False
    """Whether only whole numbers are meant."""
    choices: tuple[str, ...] = ()
    """For a parameter that is a word; then it has no range."""

    def exact(self, value: float | str) -> float | str:
        """A value as the lab's code expects it: whole numbers as `int`, whatever JSON made of them."""
        return int(value) if self.whole and not isinstance(value, str) else value


@dataclass(frozen=True, slots=True)
class Measure:
    """One number that is taken of each arm."""

    name: str
    says: str
    unit: str = ""
    log: bool = False
    """Whether it is compared by ratio (on the logarithm) instead of by difference."""
    yes_no: bool = False
    """Whether each seed gives 1 or 0 (it happened or not): then shares are compared, by exact binomial intervals."""
    timing: bool = False
    """Whether it is a time or a ratio of times, which differs between runs of one seed."""
    better: str = ""
    """`higher`, `lower`, or nothing where neither is good: only colours words, never a verdict."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """One test: `measure` of `arm` is above, below or equal to that of `against`, by a margin that matters in practice.

    On a measure with `log` the margin is a factor above 1, otherwise a difference of at least 0.
    """

    measure: str
    arm: str
    direction: Direction
    against: str | float
    margin: float
    text: str
    """As it was written."""


@dataclass(frozen=True, slots=True)
class LabClaim:
    """One falsifiable sentence with its test."""

    id: str
    says: str
    test: Comparison
    check: Comparison | None = None
    """What must hold for the test to mean anything: that the mechanism which the claim names was really changed."""
    conditions: tuple[str, ...] = ()
    """Where it is tested; empty is everywhere."""


@dataclass(frozen=True, slots=True)
class Lab:
    """One experiment as its author wrote it."""

    id: ItemId
    question: str
    """The first line of the file: what one would ask."""
    method: str
    """What is done, and what would change the outcome. Markdown."""
    arms: Mapping[str, str]
    """Arm to what it is, in the order in which to draw them."""
    measures: Mapping[str, Measure]
    claims: Mapping[str, LabClaim]
    conditions: tuple[str, ...] = (PLAIN,)
    axis: str = ""
    """What differs between conditions, with its unit."""
    parameters: Mapping[str, Parameter] = field(default_factory=dict)
    needs: tuple[str, ...] = ()
    """Packages that it imports and that are no dependency of ours: torch, sklearn."""
    seeds: int = LOOKS[0]
    """How many seeds the first look has."""
    batch: int = 1
    """How many seeds it trains together; above 1 its function is `measure_batch`."""
    budget_s: float = 20.0
    """Wall seconds that the first look may take on two processor cores."""
    sources: tuple[str, ...] = ()
    """Keys of its concept's sources."""
    path: str = ""
    code: str = ""
    pack: str = ""
    status: Status = Status.READY

    @property
    def hash(self) -> str:
        """Of the code that measures: without its first docstring, comments, what is said of measures, and claims."""
        return measured_hash(self.code)

    def conditions_of(self, claim: LabClaim) -> tuple[str, ...]:
        """Where a claim is tested."""
        return claim.conditions or self.conditions

    def defaults(self) -> dict[str, float | str]:
        """Every parameter at its default."""
        return {name: p.exact(p.default) for name, p in self.parameters.items()}


@dataclass(frozen=True, slots=True)
class Points:
    """Dots in the plane by group, such as what a generator makes beside the data."""

    title: str
    x_label: str
    y_label: str
    groups: Mapping[str, tuple[tuple[float, float], ...]]


Illustration = Curves | Matrix | Log | Points
"""Something to look at that is no evidence: one seed's curves, a text that a model wrote."""


@dataclass(frozen=True, slots=True)
class Measurement:
    """What one seed gave."""

    seed: int
    values: Values
    seconds: float
    """Processor seconds of the worker for this seed (of a batch: its share)."""


@dataclass(frozen=True, slots=True)
class Effect:
    """What a comparison came to in one condition."""

    condition: str
    outcome: Outcome
    estimate: float | None
    """Mean paired difference arm minus against, or their (geometric mean) ratio for a `log` measure; the arm's own mean
    where it is held to a number; None when it cannot be said."""
    low: float | None
    high: float | None
    """Interval of the estimate at the run's confidence, in the same unit."""
    seeds: int
    seeds_for: int
    """Seeds whose own value satisfies the claim, margin included."""
    seeds_against: int
    """Seeds whose own value contradicts it."""
    diverged: Mapping[str, int] = field(default_factory=dict)
    """Arm to the seeds in which its value was not finite. Then outcomes are counted, not averaged."""
    counted: bool = False
    """Whether the interval is of the share of seeds that satisfy the claim (exact binomial)."""


@dataclass(frozen=True, slots=True)
class Ruled:
    """What a run says of one claim."""

    claim: str
    outcome: Outcome
    effects: tuple[Effect, ...]
    """By condition, in the lab's order."""
    check: tuple[Effect, ...] = ()
    """The manipulation check, by condition."""
    because: str = ""
    """Why, when the effects alone do not say it: a failed check, the conditions that disagree."""


class RunState(StrEnum):
    """How a run ended, or that it did not."""

    RUNNING = "running"
    FINISHED = "finished"
    CANCELLED = "cancelled"
    OUT_OF_TIME = "out-of-time"
    FAILED = "failed"
    INTERRUPTED = "interrupted"


@dataclass(frozen=True, slots=True)
class LabResult:
    """What a run came to; partial unless `state` is finished."""

    state: RunState
    measurements: tuple[Measurement, ...]
    """By seed."""
    ruled: Mapping[str, Ruled]
    """Claim to ruling; empty while there are fewer than two seeds."""
    confidence: float
    """Of every interval: 95 % shared among the looks that were planned."""
    seconds: float = 0.0
    """Wall seconds."""
    error: str = ""
    """What went wrong, for a person."""
    illustrations: tuple[Illustration, ...] = ()


@dataclass(frozen=True, slots=True)
class Origin:
    """Where measurements come from: enough to repeat them."""

    hash: str
    """Of the lab."""
    at: str
    """Date and time, ISO 8601, in UTC."""
    versions: Mapping[str, str]
    machine: str
    """Kind of processor and system, no name."""
    settings: Settings = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Recorded:
    """The result that is shipped with a lab."""

    origin: Origin
    result: LabResult
