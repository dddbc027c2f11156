"""What the rules that execute labs share."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from vivavoce.content.diagnostic import Diagnostic
from vivavoce.content.lint.base import LintContext, Rule


class LabExecutedRule(Rule):
    """A rule that reports one fault that an audit of a lab can find. Silent when no audit is handed in."""

    fault: ClassVar[str]
    remedy: ClassVar[str]

    def check(self, context: LintContext) -> Iterator[Diagnostic]:
        if context.audit_lab is None:
            return
        for lab, file in context.each_lab():
            for found in context.audit_lab(lab):
                if found.fault == self.fault:
                    yield Diagnostic(file.path, 0, self.code, _short(found.detail), self.remedy, self.severity)


def _short(detail: str) -> str:
    """The last line of a traceback says what happened."""
    lines = [line for line in detail.strip().splitlines() if line.strip()]
    text = " ".join((lines[-1] if "Traceback" in detail else " ".join(lines)).split())
    return text if len(text) <= 300 else text[:299] + "…"
