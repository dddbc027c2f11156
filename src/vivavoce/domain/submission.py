"""Code that was submitted, and what was disclosed on the way. Neither is ever edited."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from vivavoce.domain.exercise import Framework, JudgeReport, Outcome
from vivavoce.domain.ids import ItemId


@dataclass(frozen=True, slots=True)
class CodeSubmission:
    """One submission with its report. `id` is chosen by the client so that a repeated submit is one submission."""

    id: str
    item: ItemId
    judged_hash: str
    framework: Framework
    code: str
    report: JudgeReport
    submitted_at: datetime
    """With time zone, UTC."""
    seconds: float
    """Time from opening the exercise to submitting."""
    hints: int
    """Hints that had been shown by then."""

    @property
    def counts(self) -> bool:
        """Whether it says anything about the candidate: a failure of ours does not."""
        return self.report.outcome is not Outcome.SANDBOX_ERROR


class DisclosureKind(StrEnum):
    """What a learner was shown on request."""

    HINT = "hint"
    PROBE = "probe"
    SOLUTION = "solution"
    RESULTS = "results"
    """What a lab found, without predicting it."""


@dataclass(frozen=True, slots=True)
class Disclosure:
    """Something that was shown on request: a hint, a probe, the solution on giving up, or results of a lab."""

    id: str
    item: ItemId
    kind: DisclosureKind
    detail: str
    """The hint's number, the probe's id, or nothing."""
    at: datetime


@dataclass(frozen=True, slots=True)
class CodeDraft:
    """Code that was typed and not yet submitted. One per exercise, framework and writer (a tab, a terminal)."""

    item: ItemId
    framework: Framework
    writer: str
    code: str
    updated_at: datetime
    opened_at: datetime
