"""Which grader reads an answer: the one of numbers where numbers decide, otherwise the one that reads sentences."""

from __future__ import annotations

from collections.abc import Sequence

from vivavoce.domain.attempt import Grade
from vivavoce.domain.question import Criterion, Misconception
from vivavoce.engines.grader.base import Grader
from vivavoce.engines.grader.numeric import NumericGrader

_NUMBERS = NumericGrader()


def grade_answer(
    grader: Grader, text: str, *, prompt: str, criteria: Sequence[Criterion], misconceptions: Sequence[Misconception]
) -> Grade:
    """The grade of `text`. `grader` is asked for everything that is not decided by numbers."""
    decides = {c.id for c in criteria}
    if criteria and all(c.expected is not None for c in criteria):
        # A follow-up about one step is no place to recognise what goes wrong with the result.
        slips = [m for m in misconceptions if decides.issuperset(m.contradicts)]
        return _NUMBERS.grade(text, prompt=prompt, criteria=criteria, misconceptions=slips)
    said = [m for m in misconceptions if m.expected is None]
    return grader.grade(text, prompt=prompt, criteria=criteria, misconceptions=said)
