"""The judge's loop: outcomes, order, conventions, the nearest mistake, and that nothing passes by accident."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.engines.judge.small import REFERENCE, exercise, judged
from vivavoce.domain.exercise import Confinement, Framework, Outcome, TestResult
from vivavoce.engines.judge.audit import Fault, audit
from vivavoce.engines.judge.base import Reply, Request, StoppedError
from vivavoce.engines.judge.fake import UnsafeSandbox
from vivavoce.engines.judge.run import MAX_DEATHS, Judge


def test_the_reference_passes_and_says_which_convention_it_used(tmp_path: Path) -> None:
    report = judged(exercise(tmp_path), REFERENCE)
    assert report.passed
    assert report.conventions == {"divisor": "n"}
    assert [t.outcome for t in report.tests] == [Outcome.PASSED] * 3


def test_another_convention_passes_too(tmp_path: Path) -> None:
    made = exercise(tmp_path)
    report = judged(made, made.variants[Framework.NUMPY].valid[0].code)
    assert report.passed
    assert report.conventions == {"divisor": "n-1"}


def test_conventions_must_not_be_mixed(tmp_path: Path) -> None:
    code = (
        "def spread(x, shift=0.0):\n"
        "    s = ((x - x.mean()) ** 2).sum()\n"
        "    return s / (len(x) - (len(x) == 2)) + shift\n"
    )
    report = judged(exercise(tmp_path), code)
    assert [t.outcome for t in report.tests] == [
        Outcome.PASSED,
        Outcome.MIXED_CONVENTIONS,
        Outcome.MIXED_CONVENTIONS,
    ]
    assert not report.passed


def test_a_planted_mistake_is_named(tmp_path: Path) -> None:
    code = "def spread(x, shift=1.0):\n    m = sum(x) / len(x)\n    return sum((v - m) ** 2 for v in x) / len(x)\n"
    report = judged(exercise(tmp_path), code)
    assert report.outcome is Outcome.WRONG_VALUE
    assert report.nearest == "no-shift"


def test_a_mistake_of_ones_own_is_not_named(tmp_path: Path) -> None:
    assert judged(exercise(tmp_path), "def spread(x, shift=0.0):\n    return 7.0\n").nearest is None


def test_run_takes_the_examples_only(tmp_path: Path) -> None:
    report = judged(exercise(tmp_path), REFERENCE, examples_only=True)
    assert [t.name for t in report.tests] == ["example_two"]


def test_results_are_told_one_by_one(tmp_path: Path) -> None:
    told: list[TestResult] = []
    report = judged(exercise(tmp_path), REFERENCE, on_result=told.append)
    assert tuple(told) == report.tests


@pytest.mark.parametrize(
    ("code", "expected", "message"),
    [
        ("", Outcome.MISSING, "spread"),
        ("def sprea(x): pass", Outcome.MISSING, "spread"),
        ("def spread(x:\n", Outcome.LOAD_ERROR, "SyntaxError"),
        ("1 / 0", Outcome.LOAD_ERROR, "ZeroDivisionError"),
        ("x = '\0'", Outcome.LOAD_ERROR, "line 1 holds a NUL"),
        ("#" + "x" * 300_000, Outcome.LOAD_ERROR, "262,144"),
        ("x = '\ud800'", Outcome.LOAD_ERROR, "lone surrogate"),
        ("import numpy as np\ndef spread(x, shift=0): return np.var(x)", Outcome.RULE_BROKEN, "line 2 uses numpy.var"),
        ("def spread(x): return 1.0", Outcome.WRONG_VALUE, ""),
        ("def spread(x, shift=0): return None", Outcome.WRONG_TYPE, "None"),
        ("def spread(x, shift=0): raise KeyError('k')", Outcome.RAISED, "KeyError"),
        ("def spread(x, shift=0): x -= x.mean(); return (x * x).mean() + shift", Outcome.CHANGED_INPUT, "`x`"),
        ("def spread(x, shift=0): return float('nan')", Outcome.NOT_FINITE, "NaN"),
    ],
)
def test_each_fault_has_its_outcome_and_a_message(tmp_path: Path, code: str, expected: Outcome, message: str) -> None:
    report = judged(exercise(tmp_path), code)
    assert report.outcome is expected
    said = report.message + "".join(t.failure.message for t in report.tests if t.failure)
    assert message in said


def test_an_exercise_without_tests_passes_nobody(tmp_path: Path) -> None:
    assert judged(exercise(tmp_path, tests=""), REFERENCE).outcome is Outcome.NOT_RUN


def test_a_value_that_the_test_cannot_use_is_the_submissions_fault(tmp_path: Path) -> None:
    tests = 'def test_sum(t):\n    """Adds."""\n    t.check(t.call("spread", 1.0) + 1 > 0, "no")\n'
    report = judged(exercise(tmp_path, tests=tests), "def spread(x): return 'text'")
    assert report.outcome is Outcome.WRONG_TYPE


def test_inputs_differ_between_runs_and_not_within_one_seed(tmp_path: Path) -> None:
    tests = 'def test_seen(t):\n    """Fails."""\n    t.call("spread", t.rng.normal(size=3))\n    t.fail("x")\n'
    made = exercise(tmp_path, tests=tests)
    judge = Judge(UnsafeSandbox())

    def seen(seed: int | None) -> Any:
        return judge.judge(made, Framework.NUMPY, REFERENCE, seed=seed).tests[0].failure

    assert seen(1) == seen(1)
    assert len({seen(None).inputs["x"] for _ in range(3)}) == 3


class Dying:
    """A sandbox whose children die at every question."""

    confinement = Confinement.LIMITED
    opened = 0

    @contextmanager
    def child(self, framework: Framework, limits: Any) -> Any:
        self.opened += 1
        yield self.Child()

    class Child:
        alive = True

        def load(self, code: str) -> None:
            """Loads."""

        def ask(self, request: Request) -> Reply:
            self.alive = False
            raise StoppedError(Outcome.CPU_LIMIT, "too long", cpu_s=4.0)

        def take_output(self) -> str:
            return ""

    def warm(self, framework: Framework) -> None:
        """Nothing to warm."""

    def close(self) -> None:
        """Nothing to close."""


def test_each_lost_child_is_replaced_until_it_is_enough(tmp_path: Path) -> None:
    tests = "".join(
        f'def test_{n}(t):\n    """Asks."""\n    t.call("spread", 1.0)\n\n\n' for n in range(MAX_DEATHS + 2)
    )
    sandbox = Dying()
    report = Judge(sandbox).judge(exercise(tmp_path, tests=tests), Framework.NUMPY, REFERENCE, nearest=False)
    assert [t.outcome for t in report.tests] == [Outcome.CPU_LIMIT] * MAX_DEATHS + [Outcome.NOT_RUN] * 2
    assert report.outcome is Outcome.CPU_LIMIT
    assert sandbox.opened == MAX_DEATHS


def test_an_audit_finds_nothing_in_a_sound_exercise(tmp_path: Path) -> None:
    found = audit(exercise(tmp_path), Judge(UnsafeSandbox()), naming=True)
    assert found.findings == ()
    assert (found.rejected, found.mistakes, found.told) == (2, 2, 2)


def test_an_audit_finds_a_test_that_pins_a_convention(tmp_path: Path) -> None:
    body = 'x = t.rng.normal(size=4)\n    t.close(t.call("spread", x), x.var())\n'
    tests = f'def example_var(t):\n    """Divides by n."""\n    {body}'
    faults = {f.fault for f in audit(exercise(tmp_path, tests=tests), Judge(UnsafeSandbox())).findings}
    assert faults == {Fault.VALID_FAILS, Fault.MISTAKE_PASSES}
