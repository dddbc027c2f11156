"""Does an exercise hold what it promises? Everything that can be executed of it is executed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from vivavoce.domain.exercise import Exercise, Framework, JudgeReport, Outcome, TestResult, Variant
from vivavoce.engines.judge.base import StoppedError
from vivavoce.engines.judge.run import Judge

SEEDS = (11, 12)
"""Of the two runs that must agree."""
MARGIN = 3.0
"""How far a reference stays below the limits."""


class Fault(StrEnum):
    """What can be wrong."""

    REFERENCE_FAILS = "reference-fails"
    STARTER_PASSES = "starter-passes"
    MISTAKE_PASSES = "mistake-passes"
    MISTAKE_BROKEN = "mistake-broken"
    VALID_FAILS = "valid-fails"
    SEEDS_DISAGREE = "seeds-disagree"
    LIMIT_NEAR = "limit-near"
    SYMPTOM_ABSENT = "symptom-absent"
    SYMPTOM_STAYS = "symptom-stays"
    PROBE_FAILS = "probe-fails"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong with one variant."""

    fault: Fault
    framework: Framework
    subject: str
    """The file or mistake that it concerns."""
    detail: str


@dataclass(frozen=True, slots=True)
class Audit:
    """What an audit found, and what it can say in favour."""

    findings: tuple[Finding, ...]
    rejected: int
    """Planted mistakes that were rejected."""
    mistakes: int
    told: int
    """Of those, how many the judge named when it rejected them; only when it was asked to."""


def audit(
    exercise: Exercise,
    judge: Judge,
    frameworks: frozenset[Framework] | None = None,
    progress: Callable[[str], None] = lambda step: None,
    *,
    naming: bool = False,
) -> Audit:
    """Run reference, starter, valid alternatives and mistakes of every variant (of `frameworks`).

    `naming` also asks the judge to name each mistake, which compares each with all.
    """
    findings: list[Finding] = []
    rejected = mistakes = told = 0
    for framework, variant in exercise.variants.items():
        if frameworks is not None and framework not in frameworks:
            continue
        progress(f"{exercise.id} {framework}: reference")
        findings += _reference(exercise, judge, variant)
        findings += _starter(exercise, judge, variant)
        for valid in variant.valid:
            progress(f"{exercise.id} {framework}: valid {valid.id}")
            for seed in SEEDS:
                report = judge.judge(exercise, framework, valid.code, seed=seed, nearest=False)
                if not report.passed:
                    findings.append(Finding(Fault.VALID_FAILS, framework, valid.id, said(report)))
                    break
        for mistake in variant.mistakes:
            progress(f"{exercise.id} {framework}: mistake {mistake.id}")
            mistakes += 1
            reports = [
                judge.judge(exercise, framework, mistake.code, seed=seed, nearest=naming and seed == SEEDS[0])
                for seed in SEEDS
            ]
            found = list(_mistake(mistake.id, framework, reports))
            findings += found
            rejected += not any(f.fault is Fault.MISTAKE_PASSES for f in found)
            told += reports[0].nearest == mistake.id
    return Audit(tuple(findings), rejected, mistakes, told)


def audit_case(exercise: Exercise, probes: tuple[str, ...], judge: Judge) -> tuple[Finding, ...]:
    """Beside `audit`: the broken script shows its symptom, the fixed one does not, and every probe works."""
    findings = []
    for framework, variant in exercise.variants.items():
        try:
            shown = judge.symptoms(exercise, framework, variant.starter)
            cured = judge.symptoms(exercise, framework, variant.reference)
            for result in shown:
                if result.outcome is not Outcome.PASSED:
                    findings.append(Finding(Fault.SYMPTOM_ABSENT, framework, result.name, _detail(result)))
            if not shown:
                findings.append(Finding(Fault.SYMPTOM_ABSENT, framework, "tests.py", "there is no symptom function"))
            if shown and all(r.outcome is Outcome.PASSED for r in cured):
                detail = "the fixed script shows every symptom too"
                findings.append(Finding(Fault.SYMPTOM_STAYS, framework, "fixed.py", detail))
        except StoppedError as stopped:
            findings.append(Finding(Fault.SYMPTOM_ABSENT, framework, "tests.py", stopped.message))
        for probe in probes:
            try:
                if not judge.exhibits(exercise, framework, variant.starter, probe=probe.replace("-", "_")):
                    findings.append(Finding(Fault.PROBE_FAILS, framework, probe, "it shows nothing"))
            except Exception as error:
                findings.append(Finding(Fault.PROBE_FAILS, framework, probe, f"{type(error).__name__}: {error}"))
    return tuple(findings)


def _reference(exercise: Exercise, judge: Judge, variant: Variant) -> Iterator[Finding]:
    for seed in SEEDS:
        report = judge.judge(exercise, variant.framework, variant.reference, seed=seed, nearest=False)
        if not report.passed:
            yield Finding(Fault.REFERENCE_FAILS, variant.framework, "reference.py", said(report))
            return
        for result in report.tests:
            if result.cpu_s * MARGIN > exercise.limits.cpu_s:
                detail = f"{result.name} takes more than a third of the {exercise.limits.cpu_s:g} s of `limits`"
                yield Finding(Fault.LIMIT_NEAR, variant.framework, "reference.py", detail)


def _starter(exercise: Exercise, judge: Judge, variant: Variant) -> Iterator[Finding]:
    report = judge.judge(exercise, variant.framework, variant.starter, seed=SEEDS[0], nearest=False)
    passing = [r.name for r in report.tests if r.outcome is Outcome.PASSED]
    if passing and variant.starter != variant.reference and "NotImplementedError" in variant.starter:
        yield Finding(Fault.STARTER_PASSES, variant.framework, "starter.py", f"it passes {', '.join(passing)}")
    elif report.passed:
        yield Finding(Fault.STARTER_PASSES, variant.framework, "starter.py", "it passes every test")


def _mistake(name: str, framework: Framework, reports: list[JudgeReport]) -> Iterator[Finding]:
    if any(r.passed for r in reports):
        yield Finding(Fault.MISTAKE_PASSES, framework, name, "it passes every test")
    elif reports[0].outcome in (Outcome.LOAD_ERROR, Outcome.MISSING, Outcome.SANDBOX_ERROR):
        yield Finding(Fault.MISTAKE_BROKEN, framework, name, said(reports[0]))
    elif {r.name for r in reports[0].tests if r.outcome is not Outcome.PASSED} != {
        r.name for r in reports[1].tests if r.outcome is not Outcome.PASSED
    }:
        detail = "two seeds fail different tests"
        yield Finding(Fault.SEEDS_DISAGREE, framework, name, detail)


def said(report: JudgeReport) -> str:
    """The first thing that a report has to say against a submission."""
    for result in report.tests:
        if result.outcome is not Outcome.PASSED:
            return f"{result.name}: {_detail(result)}"
    return f"{report.outcome}: {report.message}"


def _detail(result: TestResult) -> str:
    if result.failure is None:
        return result.outcome.value
    return f"{result.outcome}: {result.failure.message}\n{result.failure.traceback}".strip()
