"""Judge code: the examples on *Run*, everything on *Submit*, which is kept with its report."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from vivavoce.domain.exercise import Exercise, Framework, JudgeReport, Outcome, TestResult
from vivavoce.domain.submission import CodeSubmission, DisclosureKind
from vivavoce.engines.judge.base import StoppedError
from vivavoce.engines.judge.run import JUDGE
from vivavoce.engines.judge.suite import load_suite
from vivavoce.services.code_drafts import save_code_draft, storable
from vivavoce.services.exercises import chosen_framework
from vivavoce.services.judge_host import advice
from vivavoce.services.text import require_id
from vivavoce.services.workspace import Workspace

OnResult = Callable[[TestResult], None]


@dataclass(frozen=True, slots=True)
class CodeAnswer:
    """What a surface hands in."""

    item: str
    framework: str
    code: str
    submission_id: str
    """Chosen by the surface; a repeated submit with it is the same submission."""
    writer: str
    seconds: float = 0.0


def _ignore(result: TestResult) -> None:
    """Nobody is told."""


def planned_tests(ws: Workspace, item: str, *, examples_only: bool = False) -> tuple[tuple[str, str], ...]:
    """Name and title of each test that will run, in order."""
    suite = load_suite(ws.library.bank.exercise(item).tests)
    return tuple((t.name, t.title) for t in suite.tests if t.example or not examples_only)


def run_examples(ws: Workspace, item: str, framework: str, code: str, on_result: OnResult = _ignore) -> JudgeReport:
    """The examples alone, kept nowhere. Blocks; `on_result` is called as each test is done.

    Raises `UnknownItemError`, and `BadInputError` for a framework that the exercise lacks.
    """
    exercise = ws.library.bank.exercise(item)
    return _judged(ws, exercise, chosen_framework(exercise, framework), code, on_result, examples_only=True)


def submit_code(ws: Workspace, answer: CodeAnswer, on_result: OnResult = _ignore) -> CodeSubmission:
    """Judge by every test and keep code and report.

    The code is a draft until the report is kept, so a crash in between loses nothing. Raises as `run_examples`, and
    the kinds of `StorageError`.
    """
    exercise = ws.library.bank.exercise(answer.item)
    framework = chosen_framework(exercise, answer.framework)
    require_id("submission", answer.submission_id)
    done = ws.store.code.submission(answer.submission_id)
    if done is not None:
        return done
    now = ws.clock()
    save_code_draft(ws, answer.item, framework, answer.writer, answer.code)
    report = _judged(ws, exercise, framework, answer.code, on_result)
    shown = {d.detail for d in ws.store.code.disclosures(exercise.id) if d.kind is DisclosureKind.HINT}
    submission = CodeSubmission(
        id=answer.submission_id,
        item=exercise.id,
        judged_hash=exercise.judged_hash,
        framework=framework,
        code=storable(answer.code),
        report=report,
        submitted_at=now,
        seconds=max(0.0, min(answer.seconds, 86_400.0)),
        hints=len(shown),
    )
    ws.store.code.record(submission)
    return ws.store.code.submission(submission.id) or submission


def _judged(
    ws: Workspace,
    exercise: Exercise,
    framework: Framework,
    code: str,
    on_result: OnResult,
    *,
    examples_only: bool = False,
) -> JudgeReport:
    missing = advice(framework)
    if missing:
        level = ws.judging.confinement
        return JudgeReport(exercise.id, framework, Outcome.SANDBOX_ERROR, (), level, JUDGE, message=missing)
    try:
        with ws.judging.judge() as judge:
            return judge.judge(exercise, framework, code, examples_only=examples_only, on_result=on_result)
    except StoppedError as stopped:
        level = ws.judging.confinement
        return JudgeReport(exercise.id, framework, stopped.outcome, (), level, JUDGE, message=stopped.message)
