"""What every lab runner promises."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from vivavoce.domain.lab import LOOKS, Lab, LabResult, Measurement, Settings

OVERTIME = 6.0
"""A run may take this many times its lab's budget: all three looks (4 times the seeds), and a slower machine."""

WHOLE_ERROR = 0.05
"""Chance of a wrong decision that a claim's looks share among them."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How many seeds to run and when to look."""

    looks: tuple[int, ...]
    """Numbers of seeds, rising. The run ends at the first look at which every claim is decided."""
    limit_s: float
    """Wall seconds after which it ends with what it has."""
    workers: int = 2

    @property
    def confidence(self) -> float:
        """Of each interval, so that all looks together keep 95 % (Bonferroni)."""
        return 1 - WHOLE_ERROR / len(self.looks)


@dataclass(frozen=True, slots=True)
class Progress:
    """One step of a run."""

    measurements: tuple[Measurement, ...]
    """Those that are new."""
    done: int
    """Seeds so far."""
    planned: int
    """Seeds until the next look."""
    seconds_left: float | None
    """Estimate until the next look; None before anything is known."""


@dataclass(frozen=True, slots=True)
class Request:
    """One run."""

    lab: Lab
    settings: Settings
    plan: Plan
    known: Mapping[int, Measurement] = field(default_factory=dict)
    """Seed to what it gave in an earlier run of the same code, settings and versions."""
    illustrate: bool = True


class LabRunner(Protocol):
    """Runs labs. Never raises for what a lab does: a lab that fails gives a result that says so."""

    def run(
        self,
        request: Request,
        report: Callable[[Progress], None] = lambda progress: None,
        cancelled: Callable[[], bool] = lambda: False,
    ) -> LabResult:
        """Run until decided, out of seeds, out of time or cancelled. `report` is called on the caller's thread."""
        ...

    def provisional(self, request: Request, measurements: tuple[Measurement, ...]) -> LabResult:
        """What measurements so far say, as a result that is still running."""
        ...


def plan_for(lab: Lab, seeds: int | None = None, workers: int = 2) -> Plan:
    """The plan of three looks, or a single look at `seeds`."""
    factor = 1.0 if seeds is None else max(1.0, seeds / (4 * lab.seeds))
    looks = tuple(lab.seeds * look // LOOKS[0] for look in LOOKS) if seeds is None else (seeds,)
    return Plan(looks, lab.budget_s * OVERTIME * factor, workers)
