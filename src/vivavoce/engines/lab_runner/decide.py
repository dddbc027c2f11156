"""Measurements and a claim to an outcome. "Not significant" is never "refuted".

For a claim "a exceeds b by more than m", with the interval [low, high] of the mean paired difference:
supported when low > m, refuted when high <= m, inconclusive otherwise. For "a equals b within m": supported when the
whole interval lies in [-m, m], refuted when it lies outside, inconclusive otherwise.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from vivavoce.domain.lab import (
    PLAIN,
    Comparison,
    Direction,
    Effect,
    Lab,
    LabClaim,
    Measure,
    Measurement,
    Outcome,
    Ruled,
)
from vivavoce.domain.lab_gap import gap
from vivavoce.engines.lab_runner.intervals import Interval, clopper_pearson, paired_shares, student


def rule_all(lab: Lab, measurements: Sequence[Measurement], confidence: float) -> dict[str, Ruled]:
    """Every claim's ruling; none from fewer than two seeds."""
    if len(measurements) < 2:
        return {}
    return {name: rule(lab, claim, measurements, confidence) for name, claim in lab.claims.items()}


def rule(lab: Lab, claim: LabClaim, measurements: Sequence[Measurement], confidence: float) -> Ruled:
    """The ruling of one claim over all its conditions."""
    conditions = lab.conditions_of(claim)

    def effects(test: Comparison) -> tuple[Effect, ...]:
        return tuple(effect(test, lab.measures[test.measure], c, measurements, confidence) for c in conditions)

    found = effects(claim.test)
    checks = effects(claim.check) if claim.check else ()
    failed = [c.condition for c in checks if c.outcome is not Outcome.SUPPORTED]
    usable = [e for e in found if e.condition not in failed]
    outcomes = {e.outcome for e in usable}
    if failed and not usable:
        return Ruled(claim.id, Outcome.INCONCLUSIVE, found, checks, "The manipulation check failed.")
    note = f"The manipulation check failed at {_listed(failed)}." if failed else ""
    if {Outcome.SUPPORTED, Outcome.REFUTED} <= outcomes:
        split = "; ".join(
            f"{outcome} at {_listed([e.condition for e in usable if e.outcome is outcome])}"
            for outcome in (Outcome.SUPPORTED, Outcome.REFUTED, Outcome.INCONCLUSIVE)
            if outcome in outcomes
        )
        return Ruled(claim.id, Outcome.DEPENDS, found, checks, f"{split[:1].upper()}{split[1:]}. {note}".strip())
    if len(outcomes) == 1 and not failed:
        return Ruled(claim.id, outcomes.pop(), found, checks)
    undecided = [e.condition for e in usable if e.outcome is Outcome.INCONCLUSIVE]
    because = f"Undecided at {_listed(undecided)}. {note}".strip() if undecided and len(found) > 1 else note
    return Ruled(claim.id, Outcome.INCONCLUSIVE, found, checks, because)


def decided(ruled: dict[str, Ruled]) -> bool:
    """Whether more seeds could change nothing: every effect, not just every claim, has an outcome."""
    return bool(ruled) and all(
        e.outcome is not Outcome.INCONCLUSIVE for r in ruled.values() for e in (*r.effects, *r.check)
    )


def effect(
    test: Comparison, measure: Measure, condition: str, measurements: Sequence[Measurement], confidence: float
) -> Effect:
    """What a test comes to in one condition."""
    pairs = [_pair(test, m, condition) for m in measurements]
    diverged = {
        arm: count
        for place, arm in ((0, test.arm), (1, test.against))
        if isinstance(arm, str) and (count := sum(not math.isfinite(p[place]) for p in pairs))
    }
    gaps = [gap(first, second, measure) for first, second in pairs]
    margin = math.log10(test.margin) if measure.log else test.margin
    hits = sum(_satisfied(g, test.direction, margin) for g in gaps)
    misses = sum(not math.isnan(g) for g in gaps) - hits

    def made(outcome: Outcome, interval: Interval | None, counted: bool = False) -> Effect:
        as_shown = interval
        if interval and not counted:
            as_shown = tuple(_shown(v, test.against, measure.log) for v in interval)  # type: ignore[assignment]
        estimate, low, high = as_shown or (None, None, None)
        return Effect(condition, outcome, estimate, low, high, len(pairs), hits, misses, diverged, counted)

    if len(pairs) < 2:
        return made(Outcome.INCONCLUSIVE, None)
    if not all(math.isfinite(g) for g in gaps):
        share = clopper_pearson(hits, len(gaps), confidence)
        outcome = Outcome.SUPPORTED if share[1] > 0.5 else Outcome.REFUTED if share[2] < 0.5 else Outcome.INCONCLUSIVE
        return made(outcome, share, counted=True)
    interval = _shares(test, pairs, confidence) if measure.yes_no else student(gaps, confidence)
    return made(_outcome(interval, test.direction, margin), interval)


def _pair(test: Comparison, measurement: Measurement, condition: str) -> tuple[float, float]:
    arms = measurement.values[condition]
    second = arms[test.against][test.measure] if isinstance(test.against, str) else test.against
    return arms[test.arm][test.measure], second


def _shown(distance: float, against: str | float, log: bool) -> float:
    """A gap as people read it: a difference or ratio of two arms, or one arm's value where it is held to a number."""
    value = (10.0**distance if distance < 300 else math.inf) if log else distance
    if isinstance(against, str):
        return value
    return value * against if log else value + against


def _satisfied(distance: float, direction: Direction, margin: float) -> bool:
    if direction is Direction.EQUAL:
        return abs(distance) <= margin
    return distance > margin if direction is Direction.ABOVE else distance < -margin


def _outcome(interval: Interval, direction: Direction, margin: float) -> Outcome:
    _, low, high = interval
    if direction is Direction.BELOW:
        low, high = -high, -low
    if direction is Direction.EQUAL:
        inside, outside = -margin <= low and high <= margin, low > margin or high < -margin
    else:
        inside, outside = low > margin, high <= margin
    return Outcome.SUPPORTED if inside else Outcome.REFUTED if outside else Outcome.INCONCLUSIVE


def _shares(test: Comparison, pairs: Sequence[tuple[float, float]], confidence: float) -> Interval:
    """Interval of a difference of shares, or of a share minus a number."""
    n = len(pairs)
    if isinstance(test.against, str):
        firsts = sum(a > b for a, b in pairs)
        return paired_shares(firsts, sum(a < b for a, b in pairs), n, confidence)
    share = clopper_pearson(sum(a > 0.5 for a, _ in pairs), n, confidence)
    return tuple(p - test.against for p in share)  # type: ignore[return-value]


def _listed(conditions: Sequence[str]) -> str:
    names = [name if name != PLAIN else "the only setting" for name in conditions]
    return ", ".join(names[:-1]) + f" and {names[-1]}" if len(names) > 1 else "".join(names)
