"""L302."""

from __future__ import annotations

from collections.abc import Iterator

from vivavoce.content.diagnostic import Diagnostic
from vivavoce.content.lint.base import LintContext
from vivavoce.content.lint.lab_executed import LabExecutedRule


class LabRuns(LabExecutedRule):
    """A lab fails, gives a value that it does not state, or takes longer than its budget. Executed.

    *Why:* a reader who is told "20 seconds" waits 20 seconds. Time is counted in processor seconds over two cores, so
    that a busy machine does not fail a lab.

    *Example:* `BUDGET_S = 10` on a lab whose eight seeds take 40 s.
    """

    code = "L302"
    title = "lab fails or is over its budget"
    fault = "fails"
    remedy = "Correct the lab; `viva lab run` shows the whole error."

    def check(self, context: LintContext) -> Iterator[Diagnostic]:
        yield from super().check(context)
        yield from _OverBudget().check(context)


class _OverBudget(LabExecutedRule):
    code = LabRuns.code
    title = LabRuns.title
    fault = "over-budget"
    remedy = "Make it smaller, or raise BUDGET_S (at most 90)."
