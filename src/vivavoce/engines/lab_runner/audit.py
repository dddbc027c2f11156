"""Does a lab hold what it promises? A few seeds, twice: it runs, inside its budget, the same numbers for the same seed,
and its claims come out as recorded as far as a few seeds can say.

The full proof at all seeds is `viva lab verify`.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from vivavoce.domain.lab import Lab, LabResult, Outcome, Recorded, RunState
from vivavoce.engines.lab_runner.base import LabRunner, Plan, Request

SEEDS = 3
"""Of a lab that trains one seed at a time; otherwise its batch."""
_CORES = 2
_LIMIT_S = 240.0
_FAR = 2.0
"""A few seeds' mean may lie this many times the recorded seeds' range away from that range."""


class LabFault(StrEnum):
    """What can be wrong."""

    FAILS = "fails"
    OVER_BUDGET = "over-budget"
    NOT_DETERMINISTIC = "not-deterministic"
    OUTCOME_CHANGED = "outcome-changed"


@dataclass(frozen=True, slots=True)
class LabFinding:
    """One thing that is wrong with a lab."""

    fault: LabFault
    detail: str


def audit(lab: Lab, recorded: Recorded | None, runner: LabRunner, workers: int = _CORES) -> tuple[LabFinding, ...]:
    """Everything that a short run can find."""
    seeds = max(SEEDS, lab.batch)
    result = _run(lab, runner, Plan((seeds,), _LIMIT_S, workers), illustrate=True)
    if result.state is not RunState.FINISHED:
        return (LabFinding(LabFault.FAILS, result.error or str(result.state)),)
    findings = [*_budget(lab, result)]
    again = _run(lab, runner, Plan((max(1, lab.batch),), _LIMIT_S, 1), illustrate=False)
    findings += _deterministic(lab, result, again)
    if recorded is not None:
        findings += _as_recorded(lab, result, recorded.result)
    return tuple(findings)


def _run(lab: Lab, runner: LabRunner, plan: Plan, *, illustrate: bool) -> LabResult:
    return runner.run(Request(lab, lab.defaults(), plan, illustrate=illustrate))


def _budget(lab: Lab, result: LabResult) -> list[LabFinding]:
    """Processor time, which other programs of the machine do not lengthen much, stands for the time on quiet cores."""
    each = sum(m.seconds for m in result.measurements) / len(result.measurements)
    expected = each * lab.seeds / _CORES
    if expected <= lab.budget_s:
        return []
    detail = f"{lab.seeds} seeds take about {expected:.0f} s on {_CORES} cores; its budget is {lab.budget_s:g} s"
    return [LabFinding(LabFault.OVER_BUDGET, detail)]


def _deterministic(lab: Lab, first: LabResult, second: LabResult) -> list[LabFinding]:
    known = {m.seed: _flat(m.values) for m in first.measurements}
    for measurement in second.measurements:
        for key, value in _flat(measurement.values).items():
            before = known[measurement.seed][key]
            if lab.measures[key[2]].timing:
                continue
            if value != before and not (math.isnan(value) and math.isnan(before)):
                detail = f"seed {measurement.seed} gave two different values for {'/'.join(filter(None, key))}"
                return [LabFinding(LabFault.NOT_DETERMINISTIC, detail)]
    return []


def _as_recorded(lab: Lab, result: LabResult, recorded: LabResult) -> list[LabFinding]:
    """Decided the other way, or far from all that was recorded."""
    opposite = {Outcome.SUPPORTED: Outcome.REFUTED, Outcome.REFUTED: Outcome.SUPPORTED}
    findings = []
    for name, ruled in result.ruled.items():
        before = recorded.ruled.get(name)
        pairs = zip(ruled.effects, before.effects if before else (), strict=False)
        for effect, was in pairs:
            contradicted = opposite.get(was.outcome) is effect.outcome and not effect.counted
            if contradicted and effect.seeds > 2 and _far(lab, name, effect.estimate, was.low, was.high):
                place = f" at {effect.condition}" if effect.condition else ""
                detail = f"claim {name!r}{place} was {was.outcome} and is {effect.outcome} with {effect.seeds} seeds"
                findings.append(LabFinding(LabFault.OUTCOME_CHANGED, detail))
    return findings


def _far(lab: Lab, claim: str, now: float | None, low: float | None, high: float | None) -> bool:
    """Whether an estimate lies outside the recorded interval by more than twice its width."""
    if now is None or low is None or high is None:
        return True
    if lab.measures[lab.claims[claim].test.measure].log:
        now, low, high = (math.log(max(v, 1e-300)) for v in (now, low, high))
    reach = _FAR * (high - low)
    return not low - reach <= now <= high + reach


def _flat(values: Mapping[str, Mapping[str, Mapping[str, float]]]) -> dict[tuple[str, str, str], float]:
    return {
        (condition, arm, name): value
        for condition, arms in values.items()
        for arm, taken in arms.items()
        for name, value in taken.items()
    }
