"""Q102."""

from __future__ import annotations

from collections.abc import Iterator

from vivavoce.content.diagnostic import Diagnostic
from vivavoce.content.lint.base import LintContext, Rule

EITHER_WAY = 4
"""Eight labelled answers per criterion buy most of what labels buy (see the grading notes in the documentation)."""


class Undecided(Rule):
    """Fewer than 4 samples meet a criterion, or fewer than 4 miss it.

    *Why:* samples are the rubric's test cases. A criterion that everybody or nobody meets decides nothing, and neither
    an author nor the grader can see where its border lies.

    *Example:* `remedy` is met by every sample. Add answers that name a remedy without saying what it does.
    """

    code = "Q102"
    title = "too few samples meet or miss a criterion"

    def check(self, context: LintContext) -> Iterator[Diagnostic]:
        for question, file in context.each_written():
            for criterion in question.criteria:
                met = sum(criterion.id in s.meets for s in question.samples)
                missed = sum(criterion.id not in (*s.meets, *s.partly) for s in question.samples)
                for count, done, do, effect in (
                    (met, "met", "meet", "what earns it"),
                    (missed, "missed", "miss", "what is not enough"),
                ):
                    if count >= EITHER_WAY:
                        continue
                    answers = f"{count or 'no'} sample answer{'' if count <= 1 else 's'}"
                    shown = "nothing shows" if not count else "little shows"
                    message = f'criterion "{criterion.id}" is {done} by {answers}, so {shown} {effect}'
                    remedy = f"Add answers until at least {EITHER_WAY} {do} it, or remove the criterion."
                    yield self.found(file, ["rubric", criterion.id], message, remedy)
