"""What each outcome of the judge means to a learner, and what to do about it: the same words on every surface."""

from __future__ import annotations

from dataclasses import dataclass

from vivavoce.domain.exercise import Exercise, Framework, JudgeReport, Outcome


@dataclass(frozen=True, slots=True)
class Words:
    """A heading and advice."""

    title: str
    advice: str = ""


WORDS: dict[Outcome, Words] = {
    Outcome.PASSED: Words(
        "Passed",
        "",
    ),
    Outcome.WRONG_VALUE: Words(
        "Wrong value",
        "It ran, and the numbers are not right. Work the input through by hand up to the first difference.",
    ),
    Outcome.WRONG_SHAPE: Words(
        "Wrong shape",
        "The numbers were not even looked at. Check the axes of sums, and keepdims.",
    ),
    Outcome.WRONG_DTYPE: Words(
        "Wrong dtype",
        "Look for integers where floats are needed, and for the dtype of arrays that you create.",
    ),
    Outcome.WRONG_TYPE: Words(
        "Wrong type",
        "Return what the statement names: an array, a number, a pair, and nothing around it.",
    ),
    Outcome.NOT_FINITE: Words(
        "NaN or infinity",
        "Something overflowed, divided by zero, or took the logarithm of zero.",
    ),
    Outcome.CHANGED_INPUT: Words(
        "Input changed",
        "The caller's array must be as it was before. Look for +=, -=, out= and slice assignments, and copy first.",
    ),
    Outcome.MIXED_CONVENTIONS: Words(
        "Mixed definitions",
        "Several definitions are accepted here, but it must be the same one in every test.",
    ),
    Outcome.RAISED: Words(
        "Exception",
        "The traceback shows the lines of your code that led to it.",
    ),
    Outcome.TOO_SLOW: Words(
        "Too slow",
        "The result is right. Replace the innermost Python loop by one array operation.",
    ),
    Outcome.LOAD_ERROR: Words(
        "Does not load",
        "Nothing could be tested, because running the file itself failed.",
    ),
    Outcome.MISSING: Words(
        "Not found",
        "The tests call functions and methods by the names in the statement. Keep those names, and their parameters.",
    ),
    Outcome.RULE_BROKEN: Words(
        "Not allowed here",
        "Nothing was run. The exercise is about doing this part yourself.",
    ),
    Outcome.TIME_LIMIT: Words(
        "Time limit",
        "It was stopped. Look for a loop that does not end, or for sleeping and waiting.",
    ),
    Outcome.CPU_LIMIT: Words(
        "Time limit",
        "Its processor time was used up. Look for a loop that does not end, or for work that grows far too fast.",
    ),
    Outcome.MEMORY_LIMIT: Words(
        "Memory limit",
        "It was stopped. Look for an array that broadcasts to far more elements than the result has.",
    ),
    Outcome.OUTPUT_LIMIT: Words(
        "Printed too much",
        "It was stopped. Take the print out of the inner loop.",
    ),
    Outcome.EXITED_EARLY: Words(
        "Ended early",
        "The program ended instead of returning. Remove exit(), quit() and sys.exit().",
    ),
    Outcome.CRASHED: Words(
        "Crashed",
        "The interpreter itself died, as it does after very deep recursion or a fault in native code.",
    ),
    Outcome.PROTOCOL_ERROR: Words(
        "No valid answer",
        "What came back could not be read as a value. Return plain arrays and numbers.",
    ),
    Outcome.SANDBOX_ERROR: Words(
        "Our fault",
        "This is a fault of Vivavoce or of this machine, not of your code. It does not count; your code is kept.",
    ),
    Outcome.NOT_RUN: Words(
        "Not run",
        "The code was stopped too often before, so this was left out. Mend the first failure.",
    ),
}


def summary(report: JudgeReport) -> str:
    """One line: how many tests passed, or why none could be run."""
    if not report.tests:
        return WORDS[report.outcome].title
    passed = sum(test.outcome is Outcome.PASSED for test in report.tests)
    return f"{passed} of {len(report.tests)} tests passed"


def nearest_says(exercise: Exercise, report: JudgeReport) -> str:
    """The sentence of the planted mistake that a submission behaves like, or nothing."""
    variant = exercise.variants.get(report.framework)
    if variant is None or report.nearest is None:
        return ""
    return next((m.says for m in variant.mistakes if m.id == report.nearest), "")


def conventions_say(exercise: Exercise, report: JudgeReport) -> tuple[str, ...]:
    """Which of several standard definitions a submission used, and who uses it."""
    said = []
    for name, picked in report.conventions.items():
        choice = exercise.conventions.get(name, {}).get(picked)
        if choice is not None:
            said.append(f"{name.replace('-', ' ')}: {choice.says.rstrip('.')} (used by {choice.used_by.rstrip('.')})")
    return tuple(said)


def rules_say(exercise: Exercise, framework: Framework) -> tuple[str, ...]:
    """What is not allowed, in sentences."""
    found = []
    if framework is Framework.NUMPY:
        found.append("NumPy and the standard library only; nothing else can be read from inside.")
    found += [f"{ban.name} is not allowed: {ban.because}" for ban in exercise.bans]
    free = ", ".join(f"`{name}`" for name in exercise.may_change)
    found.append(f"Only {free} may be changed in place." if free else "The inputs must not be changed in place.")
    return tuple(found)
