"""Submissions, their reports and disclosures to plain records and back."""

from __future__ import annotations

from typing import Any

from vivavoce.domain.errors import ExportFormatError
from vivavoce.domain.exercise import Confinement, Failure, Framework, JudgeReport, Outcome, TestResult
from vivavoce.domain.submission import CodeSubmission, Disclosure, DisclosureKind
from vivavoce.storage.fields import Fields, made_storable, moment_text

Record = dict[str, Any]


def submission_record(submission: CodeSubmission) -> Record:
    """The fields of a submission."""
    return {
        "id": submission.id,
        "item": str(submission.item),
        "judged_hash": submission.judged_hash,
        "framework": submission.framework.value,
        "outcome": submission.report.outcome.value,
        "code": submission.code,
        "report": _report(submission.report),
        "submitted_at": moment_text(submission.submitted_at),
        "seconds": float(submission.seconds) + 0.0,
        "hints": submission.hints,
    }


def read_submission(fields: Fields) -> CodeSubmission:
    """The submission of a record. Raises `ExportFormatError`."""
    item, framework = fields.item("item"), fields.choice("framework", Framework)
    report = fields.inner("report")
    outcome = fields.choice("outcome", Outcome)
    tests = tuple(_read_test(test) for test in report.objects("tests"))
    if outcome is Outcome.PASSED and (not tests or any(t.outcome is not Outcome.PASSED for t in tests)):
        raise ExportFormatError(f'a submission to {item} has the outcome "passed", and a test that did not pass')
    return CodeSubmission(
        id=fields.text("id"),
        item=item,
        judged_hash=fields.text("judged_hash"),
        framework=framework,
        code=fields.text("code"),
        report=JudgeReport(
            item=item,
            framework=framework,
            outcome=outcome,
            tests=tests,
            confinement=report.choice("confinement", Confinement),
            judge=report.text("judge"),
            conventions=report.texts("conventions"),
            nearest=report.optional_text("nearest"),
            message=report.text("message"),
            line=report.optional_whole("line"),
            printed=report.text("printed"),
        ),
        submitted_at=fields.moment("submitted_at"),
        seconds=fields.number("seconds"),
        hints=fields.whole("hints"),
    )


def disclosure_record(disclosure: Disclosure) -> Record:
    """The fields of a disclosure."""
    return {
        "id": disclosure.id,
        "item": str(disclosure.item),
        "kind": disclosure.kind.value,
        "detail": disclosure.detail,
        "at": moment_text(disclosure.at),
    }


def read_disclosure(fields: Fields) -> Disclosure:
    """The disclosure of a record. Raises `ExportFormatError`."""
    return Disclosure(
        id=fields.text("id"),
        item=fields.item("item"),
        kind=fields.choice("kind", DisclosureKind),
        detail=fields.text("detail"),
        at=fields.moment("at"),
    )


def _report(report: JudgeReport) -> Record:
    return {
        "tests": [_test(test) for test in report.tests],
        "confinement": report.confinement.value,
        "judge": report.judge,
        "conventions": dict(report.conventions),
        "nearest": report.nearest,
        "message": made_storable(report.message),
        "line": report.line,
        "printed": made_storable(report.printed),
    }


def _test(test: TestResult) -> Record:
    return {
        "name": test.name,
        "title": test.title,
        "outcome": test.outcome.value,
        "example": test.example,
        "failure": None if test.failure is None else _failure(test.failure),
        "cpu_s": float(test.cpu_s) + 0.0,
        "wall_s": float(test.wall_s) + 0.0,
        "printed": made_storable(test.printed),
    }


def _read_test(fields: Fields) -> TestResult:
    failure = fields.optional_inner("failure")
    return TestResult(
        name=fields.text("name"),
        title=fields.text("title"),
        outcome=fields.choice("outcome", Outcome),
        example=fields.boolean("example"),
        failure=None if failure is None else _read_failure(failure),
        cpu_s=fields.number("cpu_s"),
        wall_s=fields.number("wall_s"),
        printed=fields.text("printed"),
    )


def _failure(failure: Failure) -> Record:
    return {
        "message": made_storable(failure.message),
        "inputs": {made_storable(name): made_storable(text) for name, text in failure.inputs.items()},
        "returned": made_storable(failure.returned),
        "expected": made_storable(failure.expected),
        "differs_at": None if failure.differs_at is None else list(failure.differs_at),
        "worst": None if failure.worst is None else float(failure.worst) + 0.0,
        "traceback": made_storable(failure.traceback),
        "line": failure.line,
    }


def _read_failure(fields: Fields) -> Failure:
    return Failure(
        message=fields.text("message"),
        inputs=fields.texts("inputs"),
        returned=fields.text("returned"),
        expected=fields.text("expected"),
        differs_at=fields.optional_wholes("differs_at"),
        worst=fields.optional_number("worst"),
        traceback=fields.text("traceback"),
        line=fields.optional_whole("line"),
    )
