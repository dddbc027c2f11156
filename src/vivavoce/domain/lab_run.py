"""A reader's runs of labs and predictions of what they will say."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from vivavoce.domain.ids import ItemId
from vivavoce.domain.lab import Illustration, Measurement, Origin, Ruled, RunState

SURENESS = (0.4, 0.55, 0.7, 0.85, 0.95)
"""How sure one can be of one of three ways: from hardly more than a third to nearly certain."""


class Way(StrEnum):
    """Where an arm comes out against the other, or against the number that it is held to."""

    ABOVE = "above"
    EQUAL = "equal"
    """Within the margin that matters."""
    BELOW = "below"


@dataclass(frozen=True, slots=True)
class LabRun:
    """One run that was started."""

    id: str
    item: ItemId
    origin: Origin
    looks: tuple[int, ...]
    started_at: datetime


@dataclass(frozen=True, slots=True)
class KeptMeasurement:
    """What one seed of a run gave, kept as soon as it was there."""

    run: str
    measurement: Measurement
    taken_from: str | None = None
    """The earlier run that measured it; None when this one did."""

    @property
    def id(self) -> str:
        return f"{self.run}:{self.measurement.seed}"


@dataclass(frozen=True, slots=True)
class LabEnd:
    """How a run ended. Its measurements are kept one by one, apart."""

    run: str
    state: RunState
    ended_at: datetime
    seconds: float
    confidence: float
    ruled: dict[str, Ruled] = field(default_factory=dict)
    error: str = ""
    illustrations: tuple[Illustration, ...] = ()


@dataclass(frozen=True, slots=True)
class Prediction:
    """What somebody expected of a claim's test before seeing any result of it."""

    id: str
    item: ItemId
    claim: str
    condition: str
    """Of the lab: the first in which the claim is tested."""
    way: Way
    size: int
    """Which of the sizes offered, from 0; meaningless for EQUAL."""
    sure: float
    """Of `SURENESS`."""
    at: datetime
