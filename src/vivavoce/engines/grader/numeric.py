"""Grades the answer to an estimate by its numbers: no model, no guessing, the same verdict every time.

What counts is the number that the answer comes to, not one that it happens to mention. A right result carries the steps
to it: an interviewer who hears the right number does not take points off for what was done in the head.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from vivavoce.domain.attempt import (
    MAX_ANSWER_CHARS,
    Flag,
    Flagged,
    Grade,
    MisconceptionFound,
    Span,
    Verdict,
    VerdictKind,
)
from vivavoce.domain.quantity import UNITS, Dimension
from vivavoce.domain.question import Criterion, Expected, Misconception
from vivavoce.engines.grader.guards import guard
from vivavoce.engines.grader.numbers import Meaning, Reading, Role, Weight, read_numbers

NAME = "numeric-1"
MOST_OTHERS = 8
"""Stated numbers that are neither given, nor a step, nor the result. With more, a right one may be there by chance."""
DIGITS = 3
"""A number rounded to so many digits or more is as good as the exact one."""
SURE = {
    VerdictKind.MET: 0.98,
    VerdictKind.PARTLY: 0.5,
    VerdictKind.UNSURE: 0.5,
    VerdictKind.MISSED: 0.02,
    VerdictKind.CONTRADICTED: 0.01,
}
_EXACT = 1e-9
_SCALES = tuple(s for n in range(1, 6) for s in (10.0 ** (3 * n), 2.0 ** (10 * n)))
_OR = re.compile(r"\bor\b", re.IGNORECASE)


class Match(StrEnum):
    """How a number that was said stands to the one that is right."""

    RIGHT = "right"
    NO_UNIT = "no-unit"
    """The digits are right, and no unit or scale says of what."""
    WRONG_UNIT = "wrong-unit"
    """The number is right, and counted in something else."""
    COARSE = "coarse"
    """Right as far as it goes, and too round to tell it from what people get instead."""
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Compared:
    """A number that was said beside the right one."""

    match: Match
    value: float
    """What was said, in the unit of what is right; of several ways to read it, the nearest."""
    unit_word: str
    """What the number was counted in, as written."""


def compare(reading: Reading, expected: Expected, text: str) -> Compared:
    """How `reading` of `text` stands to `expected`."""
    unit = UNITS[expected.unit]
    same, other = _values(reading, expected)
    word = _unit_word(reading, text)
    for value in same:
        if _close(value, reading, value / reading.value if reading.value else 1.0, expected):
            return Compared(Match.RIGHT, value, word)
    if not same:
        wrong_unit = any(_close(v, reading, v / reading.value if reading.value else 1.0, expected) for v in other)
        near = min(other, key=lambda v: _distance(v, expected.value))
        return Compared(Match.WRONG_UNIT if wrong_unit else Match.WRONG, near, word)
    nearest = min(same, key=lambda v: _distance(v, expected.value))
    bare = all(m.dimension is None and m.factor == 1.0 for m in reading.meanings)
    scaled = unit.symbol or expected.value >= 10_000
    if bare and scaled and reading.digits > 1 and expected.within:
        for scale in _SCALES:
            if _close(reading.value * scale, reading, scale, expected):
                return Compared(Match.NO_UNIT, reading.value, word)
    coarse = expected.within and reading.digits < DIGITS and _rounds_to(nearest, reading, expected)
    return Compared(Match.COARSE if coarse else Match.WRONG, nearest, word)


class NumericGrader:
    """Implements `Grader` for criteria that all have a number to expect. The last of them is the result."""

    @property
    def name(self) -> str:
        return NAME

    def warm_up(self) -> None:
        """Nothing is slow to load."""

    def grade(
        self,
        answer: str,
        *,
        prompt: str,
        criteria: Sequence[Criterion],
        misconceptions: Sequence[Misconception] = (),
    ) -> Grade:
        """Grade `answer`; what is beyond `MAX_ANSWER_CHARS` characters is not read."""
        answer = answer[:MAX_ANSWER_CHARS]
        readings = read_numbers(answer)
        wanted = [(c, c.expected) for c in criteria if c.expected is not None]
        if not readings or not wanted:
            missed = tuple(_verdict(c.id, VerdictKind.MISSED) for c in criteria)
            return Grade(missed, (), () if readings else (_why_none(answer, prompt),), NAME)
        given = frozenset(r.value for r in read_numbers(prompt))
        final = final_number(answer, readings, [e for _, e in wanted], given)
        decided, found = _result(answer, readings, final, wanted, misconceptions, given)
        steps = [_step(answer, c.id, e, readings, decided) for c, e in wanted[:-1]]
        return Grade((*steps, decided), found, (), NAME)


def final_number(
    answer: str, readings: Sequence[Reading], expected: Sequence[Expected], given: frozenset[float]
) -> Reading | None:
    """What the answer comes to: the last number that it states as its result.

    Numbers of the question, and of steps on the way, are not taken for it while there are others; neither are those
    in another unit (*… parameters, which is 0.3 MB*). None when nothing is stated.
    """
    right = expected[-1]
    stated = [r for r in readings if r.role is Role.OUTCOME]
    pools = (
        [r for r in stated if _fits(r, right) and not _is_given(r, given) and not _is_step(answer, r, expected)],
        [r for r in stated if _fits(r, right) and not _is_given(r, given)],
        [r for r in stated if _fits(r, right) and r.weight >= Weight.CONCLUDED],
        [r for r in stated if not _is_given(r, given)],
        stated,
    )
    pool: Sequence[Reading] = next((p for p in pools if p), [])
    kept = [
        r
        for r in stated
        if _fits(r, right) and r.weight >= Weight.CONCLUDED and compare(r, right, answer).match is Match.RIGHT
    ]
    pool = sorted({*pool, *kept}, key=lambda r: r.span) if pool else []
    for least in (Weight.FINAL, Weight.STATED, Weight.MENTIONED):
        chosen = [r for r in pool if r.weight >= least]
        if chosen:
            return chosen[-1]
    return None


def _result(
    answer: str,
    readings: Sequence[Reading],
    final: Reading | None,
    wanted: Sequence[tuple[Criterion, Expected]],
    slips: Sequence[Misconception],
    given: frozenset[float],
) -> tuple[Verdict, tuple[MisconceptionFound, ...]]:
    criterion, right = wanted[-1][0].id, wanted[-1][1]
    if final is None:
        return _verdict(criterion, VerdictKind.MISSED), ()
    compared = compare(final, right, answer)
    others = _others(answer, readings, final, wanted, given)
    if compared.match is Match.RIGHT and (len(others) > MOST_OTHERS or _either_or(answer, final, others)):
        return _verdict(criterion, VerdictKind.UNSURE, final.span), ()
    if compared.match is Match.RIGHT:
        return _verdict(criterion, VerdictKind.MET, final.span), ()
    if compared.match in (Match.NO_UNIT, Match.WRONG_UNIT, Match.COARSE):
        return _verdict(criterion, VerdictKind.PARTLY, final.span), ()
    for slip in slips:
        if slip.expected is not None and compare(final, slip.expected, answer).match is Match.RIGHT:
            kind = VerdictKind.CONTRADICTED
            verdict = Verdict(criterion, kind, SURE[kind], (final.span,), (), slip.id)
            return verdict, (MisconceptionFound(slip.id, SURE[VerdictKind.MET], (final.span,)),)
    return _verdict(criterion, VerdictKind.MISSED, final.span), ()


def _step(answer: str, criterion: str, expected: Expected, readings: Sequence[Reading], result: Verdict) -> Verdict:
    shown = [(c, r) for r in readings if (c := compare(r, expected, answer)).match is Match.RIGHT]
    said = min(shown, key=lambda pair: _distance(pair[0].value, expected.value))[1].span if shown else None
    if result.kind is VerdictKind.MET:
        return _verdict(criterion, VerdictKind.MET, said or result.spans[0])
    if said is None:
        return _verdict(criterion, VerdictKind.MISSED)
    return _verdict(criterion, VerdictKind.UNSURE if result.kind is VerdictKind.UNSURE else VerdictKind.MET, said)


def _others(
    answer: str,
    readings: Sequence[Reading],
    final: Reading,
    wanted: Sequence[tuple[Criterion, Expected]],
    given: frozenset[float],
) -> list[Reading]:
    """Stated numbers that nothing explains, each value once."""
    known = [e for _, e in wanted]
    found: dict[float, Reading] = {}
    for reading in readings:
        explained = reading.span == final.span or _is_given(reading, given)
        explained = explained or any(compare(reading, e, answer).match is Match.RIGHT for e in known)
        if reading.role is Role.OUTCOME and not explained:
            found.setdefault(reading.value, reading)
    return list(found.values())


def _either_or(answer: str, final: Reading, others: Sequence[Reading]) -> bool:
    """*73,728 or 73,856*: two results are none."""
    for other in others:
        first, second = sorted((other.span, final.span))
        between = answer[first.end : second.start]
        if len(between) <= 20 and _OR.search(between):
            return True
    return False


def _is_given(reading: Reading, given: frozenset[float]) -> bool:
    return reading.value in given and reading.weight < Weight.CONCLUDED


def _is_step(answer: str, reading: Reading, expected: Sequence[Expected]) -> bool:
    return any(compare(reading, e, answer).match is Match.RIGHT for e in expected[:-1])


def _fits(reading: Reading, expected: Expected) -> bool:
    """Whether it is counted in what is asked for, or in nothing."""
    return bool(_values(reading, expected)[0])


def _values(reading: Reading, expected: Expected) -> tuple[list[float], list[float]]:
    """The number in the expected unit, in every way to read it; and in what is no such unit."""
    unit = UNITS[expected.unit]
    same, other = [], []
    for meaning in reading.meanings:
        if meaning.dimension is None or _counts_anything(meaning, unit.dimension):
            same.append(reading.value * meaning.factor)
        elif meaning.dimension is unit.dimension:
            same.append(reading.value * meaning.factor / unit.factor)
        else:
            other.append(reading.value * meaning.factor)
            other.append(reading.value * meaning.factor / (8.0 if meaning.dimension is Dimension.DATA else 1.0))
    return same, other


def _counts_anything(meaning: Meaning, wanted: Dimension) -> bool:
    # Three million *values* where FLOPs were asked for says another thing; *operations* are read as FLOPs before.
    return meaning.dimension is Dimension.COUNT and wanted is Dimension.COUNT


def _close(value: float, reading: Reading, factor: float, expected: Expected) -> bool:
    right = expected.value
    slack = expected.within * abs(right)
    if expected.within and reading.digits >= DIGITS:
        slack = max(slack, 0.5 * _last_place(reading) * abs(factor))
    return abs(value - right) <= slack + _EXACT * max(abs(right), abs(value))


def _rounds_to(value: float, reading: Reading, expected: Expected) -> bool:
    factor = value / reading.value if reading.value else 1.0
    return abs(value - expected.value) <= 0.5 * _last_place(reading) * abs(factor)


def _last_place(reading: Reading) -> float:
    """What one in the last significant digit is worth, before scale and unit."""
    if not reading.value or reading.digits > 15:
        return 0.0
    exponent = int(f"{abs(reading.value):e}".partition("e")[2])
    return float(10.0 ** (exponent - reading.digits + 1))


def _distance(value: float, right: float) -> float:
    if value <= 0 or right <= 0:
        return float("inf")
    return max(value / right, right / value)


def _unit_word(reading: Reading, text: str) -> str:
    word = reading.span.of(text).lstrip("0123456789.,^*×·{}+-−eE \u00a0\u2009\u202f/⁰¹²³⁴⁵⁶⁷⁸⁹'’_\\")
    return word.strip() if any(m.dimension is not None for m in reading.meanings) else ""


def _why_none(answer: str, prompt: str) -> Flagged:
    flags = {flagged.flag for flagged in guard(answer, prompt).flags}
    return Flagged(next((f for f in (Flag.EMPTY, Flag.DONT_KNOW) if f in flags), Flag.NO_NUMBER))


def _verdict(criterion: str, kind: VerdictKind, *spans: Span) -> Verdict:
    return Verdict(criterion, kind, SURE[kind], spans)
