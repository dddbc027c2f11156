"""What the rules that execute code share."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import ClassVar

from vivavoce.content.diagnostic import Diagnostic
from vivavoce.content.lint.base import FoundLike, LintContext, Rule
from vivavoce.domain.exercise import Exercise


class ExecutedRule(Rule):
    """A rule that reports some of the faults that an audit can find. Silent when no judge is handed in."""

    faults: ClassVar[frozenset[str]]
    remedy: ClassVar[str]

    def check(self, context: LintContext) -> Iterator[Diagnostic]:
        if context.audit is None:
            return
        for exercise, file in context.each_exercise():
            for found in context.audit(exercise):
                if found.fault in self.faults:
                    path = _place(exercise, found, file.path)
                    message = f"{found.framework}, {found.subject}: {_one_line(found.detail)}"
                    yield Diagnostic(path, 0, self.code, message, self.remedy, self.severity)


def _place(exercise: Exercise, found: FoundLike, default: Path) -> Path:
    """The file that a finding is about, as far as its name says."""
    folder = default.parent
    for candidate in (
        folder / found.framework / found.subject,
        folder / found.subject,
        folder / found.framework / "valid" / f"{found.subject.replace('-', '_')}.py",
        folder / "valid" / f"{found.subject.replace('-', '_')}.py",
    ):
        if candidate.is_file():
            return candidate
    mistakes = [folder / found.framework / "mistakes.yaml", folder / "mistakes.yaml"]
    known = {m.id for v in exercise.variants.values() for m in v.mistakes}
    return next((m for m in mistakes if found.subject in known and m.is_file()), default)


def _one_line(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= 300 else flat[:299] + "…"
