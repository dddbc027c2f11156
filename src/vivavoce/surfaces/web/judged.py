"""A report as its page shows it: what it says as a whole, beside the tests that say it one by one."""

from __future__ import annotations

from dataclasses import dataclass

from vivavoce.domain.exercise import Choice, Exercise, Framework, JudgeReport, Outcome
from vivavoce.surfaces.web.wording_code import ADVICE, WHOLE, announcement, headline


@dataclass(frozen=True, slots=True)
class Shown:
    """One report with the words for it."""

    report: JudgeReport
    headline: str
    tone: str
    """`passed`, `failed`, or `ours` for what does not count."""
    advice: str
    """What to do, for a report without tests; with tests each says it."""
    nearest: str
    """The planted mistake that the code behaves like, in a sentence."""
    conventions: tuple[Choice, ...]
    """The definitions that were used, of those that are accepted."""
    examples: bool
    said: str
    """For a screen reader."""

    @property
    def first(self) -> str:
        """Name of the first test that failed."""
        return next((t.name for t in self.report.tests if t.failure is not None), "")

    @property
    def line(self) -> int | None:
        """The line to point at: of the report, or of the first failure that has one."""
        failures = (t.failure for t in self.report.tests if t.failure is not None)
        return self.report.line or next((f.line for f in failures if f.line is not None), None)


def forbidden(exercise: Exercise, framework: Framework) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Why, and the names that are not allowed for it; without those of a framework that cannot be imported anyway."""
    others = {f.value for f in Framework} - {framework.value, Framework.NUMPY.value}
    by_reason: dict[str, list[str]] = {}
    for ban in exercise.bans:
        if ban.name.split(".")[0] not in others:
            by_reason.setdefault(ban.because.rstrip("."), []).append(ban.name)
    return tuple((because, tuple(names)) for because, names in by_reason.items())


def shown(report: JudgeReport, exercise: Exercise, *, examples: bool) -> Shown:
    """`examples`: only the examples were run."""
    variant = exercise.variants.get(report.framework)
    mistakes = variant.mistakes if variant else ()
    tone = "passed" if report.passed else "ours" if report.outcome is Outcome.SANDBOX_ERROR else "failed"
    if report.outcome is Outcome.NOT_RUN and not report.tests:
        tone = "ours"
    return Shown(
        report=report,
        headline=headline(report, examples=examples),
        tone=tone,
        advice=ADVICE[report.outcome] if not report.tests and report.outcome in WHOLE else "",
        nearest=next((m.says for m in mistakes if m.id == report.nearest), ""),
        conventions=tuple(
            exercise.conventions[name][choice]
            for name, choice in report.conventions.items()
            if choice in exercise.conventions.get(name, {})
        ),
        examples=examples,
        said=announcement(report, examples=examples),
    )
