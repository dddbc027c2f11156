"""Outcomes and effects of labs in words and numbers, the same on every surface."""

from __future__ import annotations

import math
from collections.abc import Sequence

from vivavoce.domain.lab import PLAIN, Comparison, Direction, Effect, Lab, LabClaim, Measure, Outcome, Ruled, RunState

OUTCOME_WORDS = {
    Outcome.SUPPORTED: "supported",
    Outcome.REFUTED: "refuted",
    Outcome.INCONCLUSIVE: "inconclusive",
    Outcome.DEPENDS: "depends",
}

STATE_WORDS = {
    RunState.RUNNING: "under way",
    RunState.FINISHED: "finished",
    RunState.CANCELLED: "cancelled: a partial result",
    RunState.OUT_OF_TIME: "out of time: a partial result",
    RunState.FAILED: "failed",
    RunState.INTERRUPTED: "interrupted: a partial result",
}

_DIGITS = 3
_ROUNDING = 1e-12
"""Differences that are rounding of double-precision numbers."""
_PLAIN_RANGE = (1e-3, 1e5)
"""Sizes that are written out; others as a power of ten."""


def effect_text(lab: Lab, claim: LabClaim, effect: Effect) -> str:
    """`25.4 % [19.7, 31.1]`, `12.7 points more [5.7, 19.7]`, `3.2 times [2.1, 4.9]`, or counts where an arm diverged.

    Brackets hold the interval.
    """
    return _effect_text(lab, claim.test, effect)


def check_text(lab: Lab, claim: LabClaim, effect: Effect) -> str:
    """The manipulation check of a claim, as `effect_text` says effects. Raises `ValueError` for a claim without one."""
    if claim.check is None:
        raise ValueError(f"the claim {claim.id} has no check")
    return _effect_text(lab, claim.check, effect)


def seeds_text(effect: Effect) -> str:
    """How many seeds satisfy the claim on their own: `8 of 8 seeds`."""
    return f"{effect.seeds_for} of {effect.seeds} seeds"


def verdict_sentence(lab: Lab, ruled: Ruled) -> str:
    """The ruling in one sentence, with the effect where there is one condition."""
    claim = lab.claims.get(ruled.claim)
    word = OUTCOME_WORDS[ruled.outcome].capitalize()
    if claim is None or not ruled.effects:
        return f"{word}."
    effect = ruled.effects[0]
    if len(ruled.effects) == 1:
        said = f"{effect_text(lab, claim, effect)}, {seeds_text(effect)} for it"
        return f"{word}: {said}." + (f" {ruled.because}" if ruled.because else "")
    return f"{word}. {ruled.because or 'In every setting: ' + numbers_text(lab, ruled) + '.'}"


def numbers_text(lab: Lab, ruled: Ruled) -> str:
    """The effects of every condition in one line, for tables."""
    claim = lab.claims.get(ruled.claim)
    if claim is None:
        return ""
    return "; ".join(
        (f"{effect.condition}: " if effect.condition != PLAIN else "") + effect_text(lab, claim, effect)
        for effect in ruled.effects
    )


def comparison_words(lab: Lab, claim: LabClaim) -> str:
    """The test as a sentence: what is compared with what, by which margin."""
    test, measure = claim.test, lab.measures[claim.test.measure]
    against = against_text(test, measure)
    by = margin_text(test.margin, measure, isinstance(test.against, str))
    if test.direction is Direction.EQUAL:
        return f"{measure.says}: {test.arm} lies within {by} of {against}"
    side = "above" if test.direction is Direction.ABOVE else "below"
    return f"{measure.says}: {test.arm} lies {f'more than {by} {side}' if by else side} {against}"


def margin_text(margin: float, measure: Measure, arms: bool) -> str:
    """A margin with its unit; empty when there is none. `arms` says that two arms are compared."""
    if measure.log:
        return f"a factor of {number(margin)}" if margin > 1 else ""
    return with_unit(margin, measure, difference=arms or measure.unit == "%") if margin else ""


def against_text(test: Comparison, measure: Measure) -> str:
    """What an arm is held against: another arm by name, or a number with its unit."""
    return test.against if isinstance(test.against, str) else with_unit(test.against, measure)


def with_unit(value: float, measure: Measure, *, difference: bool = False) -> str:
    """A value of a measure with its unit; differences of percentages are in points."""
    if measure.yes_no:
        return f"{number(100 * value)} {'points' if difference else '%'}"
    return f"{number(value)} {unit_text(measure, difference=difference)}".rstrip()


def unit_text(measure: Measure, *, difference: bool = False) -> str:
    """The unit in which values or differences of a measure are said."""
    percent = measure.yes_no or measure.unit == "%"
    return ("points" if difference else "%") if percent else measure.unit


def number(value: float, *, zeros: bool = False) -> str:
    """Three significant digits; `zeros` keeps those at the end, as beside the ends of an interval."""
    if not math.isfinite(value):
        return "not a number" if math.isnan(value) else ("" if value > 0 else "−") + "infinity"
    if value == 0:
        return "0"
    value = float(f"{value:.{_DIGITS - 1}e}")
    size = abs(value)
    if not _PLAIN_RANGE[0] <= size < _PLAIN_RANGE[1]:
        mantissa, _, power = f"{value:.{_DIGITS - 2}e}".partition("e")
        return _minus(f"{mantissa.removesuffix('.0')}e{int(power)}")
    decimals = _DIGITS - 1 - math.floor(math.log10(size))
    text = f"{round(value, decimals):.{max(0, decimals)}f}"
    return _minus(text if zeros or "." not in text else text.rstrip("0").rstrip("."))


def _effect_text(lab: Lab, test: Comparison, effect: Effect) -> str:
    measure, two = lab.measures[test.measure], isinstance(test.against, str)
    if effect.counted:
        return f"{seeds_text(effect)}; {_diverged(effect)}" if effect.diverged else seeds_text(effect)
    if effect.estimate is None or effect.low is None or effect.high is None:
        return "too few seeds"
    values = [effect.estimate, effect.low, effect.high]
    if measure.log:
        unit = "times" if two else measure.unit
        estimate, low, high = (number(v, zeros=True) for v in values)
        return " ".join(filter(None, (estimate, unit, f"[{low}, {high}]")))
    if measure.yes_no:
        values = [100 * v for v in values]
    unit = unit_text(measure, difference=two)
    if not two:
        return _with_interval(values, unit, "")
    if effect.low >= 0 < effect.high:
        return _with_interval(values, unit, "more")
    if effect.high <= 0 > effect.low:
        return _with_interval([-values[0], -values[2], -values[1]], unit, "less")
    return _with_interval(values, unit, "")


def _with_interval(values: Sequence[float], unit: str, word: str) -> str:
    estimate, low, high = _alike(values)
    return " ".join(filter(None, (estimate, unit, word, f"[{low}, {high}]")))


def _alike(values: Sequence[float]) -> list[str]:
    """The values with the same number of decimals."""
    largest = max((abs(v) for v in values if math.isfinite(v)), default=0.0)
    if largest < _ROUNDING:
        return ["0"] * len(values)
    if not _PLAIN_RANGE[0] <= largest < _PLAIN_RANGE[1]:
        return [number(v) for v in values]
    places = max(0, _DIGITS - 1 - math.floor(math.log10(largest)))
    return [_minus(f"{v:.{places}f}") if math.isfinite(v) else number(v) for v in values]


def _diverged(effect: Effect) -> str:
    return " and ".join(f"{arm} diverged in {count}" for arm, count in effect.diverged.items())


def _minus(text: str) -> str:
    return text.replace("-", "−") if not set(text) <= set("-0.") else text.removeprefix("-")
