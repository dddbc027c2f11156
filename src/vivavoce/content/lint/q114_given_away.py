"""Q114."""

from __future__ import annotations

from collections.abc import Iterator

from vivavoce.content.diagnostic import Diagnostic, Severity
from vivavoce.content.lint.base import LintContext, Rule
from vivavoce.content.stems import stems

SHARE = 0.6
"""Share of a criterion's own words above which its `missing` says it."""


class GivenAway(Rule):
    """`missing` says what was left out. A warning.

    *Why:* it is what an interviewer says to somebody who may try again: it points at the gap and leaves the answer to
    the candidate. Words that the prompt has already said do not count.

    *Example:* `missing: You did not say that the slope is at most 1/4.` Ask: What is it about the sigmoid that makes
    each step shrink the signal?
    """

    code = "Q114"
    title = "`missing` gives the answer away"
    severity = Severity.WARNING

    def check(self, context: LintContext) -> Iterator[Diagnostic]:
        for question, file in context.each_written():
            said = stems(question.prompt)
            for criterion in question.criteria:
                own = stems(criterion.statement) - said
                told = own & stems(criterion.missing)
                if len(own) >= 3 and len(told) / len(own) >= SHARE:
                    message = f'`missing` of "{criterion.id}" holds {len(told)} of the {len(own)} words that make it'
                    remedy = "Point at the gap without filling it."
                    yield self.found(file, ["rubric", criterion.id, "missing"], message, remedy)
