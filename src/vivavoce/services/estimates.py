"""The words for a number beside the right one: how far off it is, and what that distance is known for."""

from __future__ import annotations

from dataclasses import dataclass

from vivavoce.domain.attempt import Attempt, Verdict, VerdictKind
from vivavoce.domain.quantity import UNITS, Dimension, amount_text, number_text
from vivavoce.domain.question import Criterion, Expected, Question
from vivavoce.engines.grader.numbers import Reading, read_numbers
from vivavoce.engines.grader.numeric import Compared, Match, compare

_SAME = 0.01


@dataclass(frozen=True, slots=True)
class Beside:
    """The number that an answer came to beside the right one."""

    yours: str
    """As it was written; empty when none was stated."""
    right: str
    words: str
    """What lies between them, as a sentence."""


def beside(question: Question, attempt: Attempt) -> Beside | None:
    """For a question as it was asked; None where no number was the result."""
    graded = {v.criterion: v for v in attempt.grade.verdicts}
    last = question.criteria[-1] if question.criteria else None
    if last is None or last.expected is None or last.id not in graded or attempt.follow_up is not None:
        return None
    verdict = graded[last.id]
    yours = verdict.spans[0].of(attempt.text) if verdict.spans else ""
    return Beside(yours, right_text(last.expected), _result_words(last.expected, verdict, attempt.text))


def says(criterion: Criterion, verdict: Verdict, text: str, *, is_result: bool) -> str:
    """What is said of one criterion that numbers decide; empty for one that was met."""
    if criterion.expected is None or verdict.kind is VerdictKind.MET:
        return ""
    return _result_words(criterion.expected, verdict, text) if is_result else criterion.missing


def right_text(expected: Expected) -> str:
    """`9.437 MB (9,437,184 bytes)`: as one says it, and exactly where that is shorter than the exact number."""
    said, exact = amount_text(expected.value, expected.unit), number_text(expected.value)
    if UNITS[expected.unit].symbol and exact not in said and expected.value == int(expected.value) < 10**12:
        return f"{said} ({exact} {expected.unit})"
    return said


def _result_words(expected: Expected, verdict: Verdict, text: str) -> str:
    right = right_text(expected)
    if not verdict.spans:
        return f"Your answer states no result. It is {right}."
    reading = next((r for r in read_numbers(text) if r.span == verdict.spans[0]), None)
    if reading is None:
        return f"It is {right}."
    compared = compare(reading, expected, text)
    yours = reading.span.of(text).strip()
    if verdict.kind is VerdictKind.UNSURE:
        return f"The right number is there, beside others that contradict it. Say one result: {right}."
    if compared.match is Match.RIGHT:
        exactly = abs(compared.value - expected.value) <= 1e-9 * abs(expected.value)
        return f"{yours} is right." if exactly else f"{yours} is right: {right}."
    if compared.match is Match.NO_UNIT:
        return f"The digits are right, but {yours} of what? Say the unit: it is {right}."
    if compared.match is Match.COARSE:
        return f"{yours} is right as far as it goes. Say it with three digits: it is {right}."
    if compared.match is Match.WRONG_UNIT:
        return f"The number is right, its unit is not: it is {right}, not {compared.unit_word}."
    if _other_unit(reading, expected):
        return f"{yours} is {_dimension(reading)}, where {UNITS[expected.unit].dimension} is asked for. It is {right}."
    return f"You came to {yours}: {distance_words(compared, expected)}. It is {right}."


def distance_words(compared: Compared, expected: Expected) -> str:
    """`4 times too high`, `0.17 % too low`, with a guess at what a well-known factor comes from."""
    if compared.value <= 0 or expected.value <= 0:
        return "that cannot be"
    ratio = compared.value / expected.value
    way, factor = ("too high", ratio) if ratio > 1 else ("too low", 1 / ratio)
    if factor < 2 - _SAME:
        share = abs(ratio - 1) * 100
        return f"{share:.2g} % {way}" if share < 10 else f"{share:.0f} % {way}"
    times = round(factor) if abs(factor / round(factor) - 1) < 5e-4 else float(f"{factor:.2g}")
    hint = _hint(factor, UNITS[expected.unit].dimension)
    return f"{number_text(times)} times {way}{f' ({hint})' if hint else ''}"


def _hint(factor: float, dimension: Dimension) -> str:
    known = [(1000.0**n, "a prefix") for n in range(1, 5)] + [(1024.0**n, "a prefix") for n in range(1, 5)]
    if dimension is Dimension.DATA:
        known += [(8.0, "bits and bytes"), (2.0, "bytes per number"), (4.0, "bytes per number")]
    if dimension is Dimension.WORK:
        known.append((2.0, "a multiply-add is two operations"))
    found = next((why for size, why in known if abs(factor / size - 1) < _SAME), "")
    return f"{found}?" if found else ""


def _other_unit(reading: Reading, expected: Expected) -> bool:
    wanted = UNITS[expected.unit].dimension
    return all(m.dimension not in (None, wanted) for m in reading.meanings)


def _dimension(reading: Reading) -> str:
    return next(str(m.dimension) for m in reading.meanings if m.dimension is not None)
