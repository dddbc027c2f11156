"""L306."""

from __future__ import annotations

from collections.abc import Iterator

from vivavoce.content.diagnostic import Diagnostic, Severity
from vivavoce.content.lint.base import LintContext, Rule

_MOST = 120
_ALL = 160


class LabLength(Rule):
    """A lab has more than 120 lines (a warning), or more than 160.

    *Why:* a lab is read by somebody who wants to learn from it: the loop, the arms and the measure on two screens.

    *Example:* three data sets, each with its own model and training loop, in one file.
    """

    code = "L306"
    title = "lab too long"

    def check(self, context: LintContext) -> Iterator[Diagnostic]:
        for lab, file in context.each_lab():
            lines = lab.code.count("\n")
            if lines > _MOST:
                severity = Severity.ERROR if lines > _ALL else Severity.WARNING
                remedy = "Leave out an arm, or make two labs of it."
                yield self.found(file, [], f"the lab has {lines} lines", remedy, severity)
