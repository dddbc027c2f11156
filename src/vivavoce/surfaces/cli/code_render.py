"""Reports of the judge as a terminal shows them, and as plain data for `--json`."""

from __future__ import annotations

from typing import Any

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from vivavoce.domain.exercise import Exercise, Failure, JudgeReport, Outcome, TestResult
from vivavoce.services.outcome_words import WORDS, conventions_say, nearest_says, summary

FAILURES = 2
"""Failed tests that are shown in full unless all are asked for: the first ones mostly explain the others."""


def test_line(result: TestResult) -> Text:
    """One test in one line."""
    passed = result.outcome is Outcome.PASSED
    line = Text.assemble(("✓ " if passed else "✗ ", "green" if passed else "red"), result.title)
    if not passed:
        line.append(f"  {WORDS[result.outcome].title.lower()}", "bold red")
    line.append(f"  {1000 * result.cpu_s:.0f} ms", "bright_black")
    return line


def report_view(console: Console, exercise: Exercise, report: JudgeReport, *, everything: bool = False) -> None:
    """Why tests failed (the first few, or all), what was printed, and what it comes to."""
    if report.printed:
        _block(console, "printed while loading", report.printed)
    failed = [r for r in report.tests if r.failure is not None]
    shown = failed if everything else failed[:FAILURES]
    for result in report.tests:
        if result.printed and (result in shown or result.example or everything):
            _block(console, f"printed during “{result.title}”", result.printed)
    for result in shown:
        if result.failure is not None:
            console.print()
            console.print(Text(result.title, "bold"))
            _failure(console, result.outcome, result.failure)
    if len(shown) < len(failed):
        console.print(Text(f"\n{len(failed) - len(shown)} more failed; --all shows why.", "bright_black"))
    console.print()
    words = WORDS[report.outcome]
    console.print(Text(summary(report), "bold green" if report.passed else "bold red"))
    if report.message:
        console.print(Text(report.message))
    if not report.passed and words.advice:
        console.print(Text(words.advice, "bright_black"))
    near = nearest_says(exercise, report)
    if near:
        console.print(Text.assemble(("This looks familiar: ", "bold yellow"), near))
    for said in conventions_say(exercise, report):
        console.print(Text(f"You used {said}."))


def plain_report(exercise: Exercise, report: JudgeReport) -> dict[str, Any]:
    """Everything a program would want to know."""
    return {
        "item": str(report.item),
        "framework": report.framework.value,
        "outcome": report.outcome.value,
        "passed": report.passed,
        "message": report.message,
        "line": report.line,
        "tests": [_plain_test(test) for test in report.tests],
        "conventions": dict(report.conventions),
        "nearest_mistake": {"id": report.nearest, "says": nearest_says(exercise, report)} if report.nearest else None,
        "printed": report.printed,
        "confinement": report.confinement.value,
        "judge": report.judge,
    }


def _plain_test(test: TestResult) -> dict[str, Any]:
    failure = test.failure
    return {
        "name": test.name,
        "title": test.title,
        "outcome": test.outcome.value,
        "example": test.example,
        "cpu_s": test.cpu_s,
        "printed": test.printed,
        "failure": None
        if failure is None
        else {
            "message": failure.message,
            "inputs": dict(failure.inputs),
            "returned": failure.returned,
            "expected": failure.expected,
            "differs_at": list(failure.differs_at) if failure.differs_at else None,
            "largest_difference": failure.worst,
            "traceback": failure.traceback,
            "line": failure.line,
        },
    }


def _failure(console: Console, outcome: Outcome, failure: Failure) -> None:
    console.print(Text(f"{WORDS[outcome].title}: {failure.message}", "red"))
    for name, value in failure.inputs.items():
        _field(console, name, value)
    if failure.returned:
        _field(console, "returned", failure.returned)
    if failure.expected:
        _field(console, "expected", failure.expected)
    if failure.worst is not None:
        _field(console, "largest difference", f"{failure.worst:.3g}")
    if failure.traceback:
        console.print(Padding(Text(failure.traceback, "bright_black"), (0, 0, 0, 2)))


def _field(console: Console, name: str, value: str) -> None:
    console.print(Text.assemble((f"  {name} = ", "bold"), value.replace("\n", "\n      ")))


def _block(console: Console, title: str, text: str) -> None:
    console.print(Text(title, "bright_black"))
    console.print(Padding(Text(text.rstrip("\n")), (0, 0, 0, 2)))
