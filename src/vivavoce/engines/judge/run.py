"""The judge: load a submission into a child, put every test to it, and say what came of it.

Inputs, expected values, seeds, clocks and the verdict stay on this side. An exit code, a printed "PASSED" or a closed
pipe is never evidence of success: success is that every question was answered, and rightly.
"""

from __future__ import annotations

import hashlib
import secrets
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace

import numpy as np

from vivavoce.domain.exercise import (
    MAX_CODE_BYTES,
    Exercise,
    Failure,
    Framework,
    JudgeReport,
    Outcome,
    TestResult,
    Variant,
)
from vivavoce.domain.exhibit import Exhibit
from vivavoce.engines.judge.base import Child, Sandbox, StoppedError
from vivavoce.engines.judge.compare import CheckError
from vivavoce.engines.judge.nearest import Behaviour, behaves_like
from vivavoce.engines.judge.rules import broken_rule
from vivavoce.engines.judge.signature import parameters
from vivavoce.engines.judge.suite import Test, load_suite
from vivavoce.engines.judge.trial import Trial

JUDGE = "judge-1"
"""Stored with every report; raised when a rule of judging changes."""
MAX_DEATHS = 2
"""After so many children of one submission were lost, its other tests are not run."""

NEAREST_S = 6.0
"""Wall seconds after which no further planted mistake is compared."""

OnResult = Callable[[TestResult], None]


@dataclass(slots=True)
class _Run:
    """What one pass over tests gave."""

    results: list[TestResult] = field(default_factory=list)
    behaviour: Behaviour = field(default_factory=dict)
    conventions: dict[str, str] = field(default_factory=dict)
    stopped: StoppedError | None = None
    """Why the submission could not even be loaded."""
    printed: str = ""


@dataclass(frozen=True, slots=True)
class Judge:
    """Judges submissions in the children of a sandbox."""

    sandbox: Sandbox
    new_seed: Callable[[], int] = lambda: secrets.randbits(63)
    clock: Callable[[], float] = time.monotonic

    def judge(
        self,
        exercise: Exercise,
        framework: Framework,
        code: str,
        *,
        examples_only: bool = False,
        seed: int | None = None,
        on_result: OnResult = lambda result: None,
        nearest: bool = True,
    ) -> JudgeReport:
        """The report of one submission. `on_result` is told of each test as it is done.

        Raises `KeyError` when the exercise has no variant for `framework`; never raises for anything in `code`.
        """
        variant = exercise.variants[framework]
        suite = load_suite(exercise.tests)
        tests = [t for t in suite.tests if t.example or not examples_only]
        seed = self.new_seed() if seed is None else seed
        refused = _refused(exercise, code)
        if refused is not None:
            outcome, message, line = refused
            return self._report(exercise, framework, outcome, message=message, line=line)
        run = self._run(exercise, variant, code, tests, seed, on_result)
        if run.stopped is not None:
            message = _with_place(run.stopped)
            report = self._report(exercise, framework, run.stopped.outcome, message=message, line=run.stopped.line)
            return replace(report, printed=run.printed)
        first = _overall(run.results)
        report = self._report(exercise, framework, first)
        report = replace(report, tests=tuple(run.results), conventions=dict(run.conventions), printed=run.printed)
        if nearest and first not in (Outcome.PASSED, Outcome.SANDBOX_ERROR):
            near = self._nearest(exercise, variant, tests, seed, run.behaviour)
            if len(near) == 1 or (near and not examples_only):  # few examples tell few mistakes apart
                report = replace(report, nearest=near[0])
        return report

    def exhibits(
        self, exercise: Exercise, framework: Framework, code: str, *, probe: str | None = None, seed: int = 0
    ) -> tuple[Exhibit, ...]:
        """What a case's script shows: its symptom, or the result of one probe. Raises `StoppedError`, `CheckError`."""
        suite = load_suite(exercise.tests)
        wanted = [t for t in (suite.probes if probe else suite.symptoms) if probe in (None, t.name.partition("_")[2])]
        shown: list[Exhibit] = []
        with self._loaded(exercise, exercise.variants[framework], code) as (child, trials):
            for test in wanted:
                trial = trials(child, test, seed, {})
                test.check(trial)
                shown += trial.exhibits
        return tuple(shown)

    def symptoms(self, exercise: Exercise, framework: Framework, code: str, seed: int = 0) -> tuple[TestResult, ...]:
        """How a case's symptom functions come out for a script: passed means that it shows the symptom."""
        suite = load_suite(exercise.tests)
        run = self._run(exercise, exercise.variants[framework], code, list(suite.symptoms), seed)
        if run.stopped is not None:
            raise run.stopped
        return tuple(run.results)

    def _report(
        self, exercise: Exercise, framework: Framework, outcome: Outcome, *, message: str = "", line: int | None = None
    ) -> JudgeReport:
        return JudgeReport(
            exercise.id, framework, outcome, (), self.sandbox.confinement, JUDGE, message=message, line=line
        )

    @contextmanager
    def _loaded(
        self, exercise: Exercise, variant: Variant, code: str
    ) -> Iterator[tuple[Child, Callable[[Child, Test, int, dict[str, str]], Trial]]]:
        names = parameters(variant.reference)
        with ExitStack() as stack:
            rivals: list[Child] = []

            def rival() -> Child:
                if not rivals:
                    child = stack.enter_context(self.sandbox.child(variant.framework, exercise.limits))
                    child.load(variant.reference)
                    rivals.append(child)
                return rivals[0]

            def trial(child: Child, test: Test, seed: int, chosen: dict[str, str]) -> Trial:
                return Trial(
                    child=child,
                    rng=np.random.default_rng(_seed(seed, test.name)),
                    framework=variant.framework,
                    parameters=names,
                    may_change=frozenset(exercise.may_change),
                    chosen=chosen,
                    reference=rival,
                )

            child = stack.enter_context(self.sandbox.child(variant.framework, exercise.limits))
            child.load(code)
            yield child, trial

    def _run(
        self,
        exercise: Exercise,
        variant: Variant,
        code: str,
        tests: list[Test],
        seed: int,
        on_result: OnResult = lambda result: None,
        go_on: Callable[[Test, _Run], bool] = lambda test, run: True,
    ) -> _Run:
        run = _Run()
        waiting, deaths = list(tests), 0
        while waiting and run.stopped is None:
            if deaths >= MAX_DEATHS:
                for test in waiting:
                    self._done(run, test, _not_run(test), on_result)
                break
            try:
                with self._loaded(exercise, variant, code) as (child, trials):
                    printed = child.take_output()
                    run.printed = run.printed or printed
                    while waiting and child.alive:
                        test = waiting.pop(0)
                        result = self._one(trials(child, test, seed, run.conventions), test, run)
                        self._done(run, test, result, on_result)
                        if not go_on(test, run):
                            return run
            except StoppedError as stopped:  # of loading
                if not run.results:
                    run.stopped = stopped
                    continue
                for test in waiting:
                    failure = Failure(f"the code no longer loads: {stopped.message}", traceback=stopped.traceback)
                    result = TestResult(test.name, test.title, stopped.outcome, test.example, failure)
                    self._done(run, test, result, on_result)
                break
            waited = run.results[-1].outcome is Outcome.TIME_LIMIT
            deaths += MAX_DEATHS if waited else 1  # what waits for ever once will do so again
        return run

    @staticmethod
    def _one(trial: Trial, test: Test, run: _Run) -> TestResult:
        outcome, failure = Outcome.PASSED, None
        try:
            test.check(trial)
        except CheckError as error:
            outcome, failure = error.outcome, error.failure
        except StoppedError as stopped:
            outcome = stopped.outcome
            failure = Failure(stopped.message, inputs=trial.inputs(), traceback=stopped.traceback, line=stopped.line)
        except Exception as error:  # a value of a kind that the test did not expect
            last = trial.trace[-1] if trial.trace else None
            message = f"the test could not use what was returned ({type(error).__name__}: {error})"
            outcome = Outcome.WRONG_TYPE
            failure = Failure(message, inputs=trial.inputs(), returned=_printed(last))
        run.behaviour[test.name] = (outcome, failure.message if failure else "", tuple(trial.trace))
        printed = trial.child.take_output()
        return TestResult(test.name, test.title, outcome, test.example, failure, trial.cpu_s, trial.wall_s, printed)

    @staticmethod
    def _done(run: _Run, test: Test, result: TestResult, on_result: OnResult) -> None:
        run.results.append(result)
        on_result(result)

    def _nearest(
        self, exercise: Exercise, variant: Variant, tests: list[Test], seed: int, behaviour: Behaviour
    ) -> list[str]:
        """The planted mistakes that fail the same tests with the same values, as far as the time reaches."""
        found, started = [], self.clock()
        for mistake in variant.mistakes:
            if self.clock() - started > NEAREST_S:
                break

            def same_so_far(test: Test, run: _Run) -> bool:
                return run.behaviour[test.name][0] is behaviour[test.name][0]

            run = self._run(exercise, variant, mistake.code, tests, seed, go_on=same_so_far)
            if run.stopped is None and behaves_like(run.behaviour, behaviour):
                found.append(mistake.id)
        return found


def _overall(results: list[TestResult]) -> Outcome:
    """The first thing that is wrong with a submission; a failure of ours only when there is nothing else."""
    wrong = [r.outcome for r in results if r.outcome is not Outcome.PASSED]
    theirs = [o for o in wrong if o not in (Outcome.SANDBOX_ERROR, Outcome.NOT_RUN)]
    if not results:
        return Outcome.NOT_RUN
    return next(iter(theirs or wrong), Outcome.PASSED)


def _refused(exercise: Exercise, code: str) -> tuple[Outcome, str, int | None] | None:
    """Why code is not run at all."""
    try:
        size = len(code.encode("utf-8"))
    except UnicodeEncodeError:
        return Outcome.LOAD_ERROR, "the code holds half a character (a lone surrogate): save it as UTF-8", None
    if size > MAX_CODE_BYTES:
        message = f"the code has {size:,} bytes; at most {MAX_CODE_BYTES:,} are taken"
        return Outcome.LOAD_ERROR, message, None
    if "\0" in code:
        line = code[: code.index("\0")].count("\n") + 1
        return Outcome.LOAD_ERROR, f"line {line} holds a NUL character, which Python does not take", line
    broken = broken_rule(code, exercise.bans)
    if broken is not None:
        return Outcome.RULE_BROKEN, broken.message, broken.line
    return None


def _with_place(stopped: StoppedError) -> str:
    return f"{stopped.message}\n{stopped.traceback}".strip()


def _printed(value: object) -> str:
    return "" if value is None else repr(value)[:1200]


def _seed(seed: int, name: str) -> int:
    return int.from_bytes(hashlib.blake2b(f"{seed}:{name}".encode(), digest_size=8).digest(), "big")


def _not_run(test: Test) -> TestResult:
    failure = Failure("not run: the submission was stopped in earlier tests, see there")
    return TestResult(test.name, test.title, Outcome.NOT_RUN, test.example, failure)
