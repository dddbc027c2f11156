"""The words of the code pages: what an outcome means to the person whose code it is, and what to do about it."""

from __future__ import annotations

from vivavoce.domain.exercise import Framework, JudgeReport, Outcome
from vivavoce.services.outcome_words import WORDS

OUTCOMES = {outcome: words.title for outcome, words in WORDS.items()}
"""On a small label."""

ADVICE = {outcome: words.advice for outcome, words in WORDS.items()}
"""One or two sentences to the person whose code it is."""

WHOLE = {
    Outcome.LOAD_ERROR: "Your code does not load",
    Outcome.MISSING: "A name that the tests need is missing",
    Outcome.RULE_BROKEN: "This exercise does not allow that",
    Outcome.TIME_LIMIT: "Your code was stopped while it was loaded",
    Outcome.CPU_LIMIT: "Your code was stopped while it was loaded",
    Outcome.MEMORY_LIMIT: "Your code needed too much memory while it was loaded",
    Outcome.OUTPUT_LIMIT: "Your code printed too much while it was loaded",
    Outcome.EXITED_EARLY: "Your code ended itself while it was loaded",
    Outcome.CRASHED: "Your code crashed while it was loaded",
    Outcome.SANDBOX_ERROR: "This could not be judged",
    Outcome.NOT_RUN: "It loads, and there is no example to run",
}
"""Headlines of reports without a single test."""

FRAMEWORKS = {Framework.NUMPY: "NumPy", Framework.TORCH: "PyTorch", Framework.JAX: "JAX"}
STATES = {"new": "new", "tried": "tried", "passed": "solved"}


def headline(report: JudgeReport, *, examples: bool) -> str:
    """What came of it, in one line."""
    if not report.tests:
        return WHOLE.get(report.outcome, "Your code could not be tested")
    passed, of = sum(t.outcome is Outcome.PASSED for t in report.tests), len(report.tests)
    if report.outcome is Outcome.SANDBOX_ERROR:
        return "This could not be judged to the end"
    if examples:
        what = "example" if of == 1 else "examples"
        if report.passed:
            return "The example passes" if of == 1 else f"All {of} examples pass"
        return f"{passed} of {of} {what} pass"
    return f"Solved: all {of} tests pass" if report.passed else f"{passed} of {of} tests pass"


def announcement(report: JudgeReport, *, examples: bool) -> str:
    """For a screen reader, once, when everything has been run."""
    first = next((t for t in report.tests if t.outcome is not Outcome.PASSED), None)
    said = headline(report, examples=examples)
    return f"{said}. First failure: {first.title} {OUTCOMES[first.outcome]}." if first else f"{said}."


def tally(report: JudgeReport) -> str:
    """In a list of attempts: `passed`, `5 of 9`, or the outcome of one without tests."""
    if report.passed:
        return "passed"
    if not report.tests:
        return OUTCOMES[report.outcome].lower()
    return f"{sum(t.outcome is Outcome.PASSED for t in report.tests)} of {len(report.tests)}"


def duration(seconds: float) -> str:
    """`0.4 ms`, `12 ms`, `1.3 s`, `4:05`: how long something took."""
    if seconds < 0.01:
        return f"{1000 * seconds:.1f} ms"
    if seconds < 1:
        return f"{1000 * seconds:.0f} ms"
    if seconds < 60:
        return f"{seconds:.1f} s"
    return f"{int(seconds // 60)}:{int(seconds % 60):02d}"


def index(position: tuple[int, ...]) -> str:
    """`[1, 2]`, or `the value itself` for a number."""
    return f"[{', '.join(map(str, position))}]" if position else "the value itself"
