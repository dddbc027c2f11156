"""What tests can ask and say."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from tests.engines.judge.small import exercise, judged
from vivavoce.domain.exercise import Framework, Outcome
from vivavoce.engines.judge.fake import UnsafeSandbox
from vivavoce.engines.judge.run import Judge
from vivavoce.engines.judge.suite import load_suite


def outcome(tmp_path: Path, body: str, code: str, **changes: object) -> Outcome:
    tests = 'import numpy as np\n\n\ndef test_it(t):\n    """A test."""\n' + "".join(
        f"    {line}\n" for line in body.splitlines()
    )
    return judged(exercise(tmp_path, tests=tests, **changes), code).outcome


def test_objects_keep_their_state_between_calls(tmp_path: Path) -> None:
    body = 'c = t.new("Counter", 2)\nc.call("add", 3)\nt.equal(c.call("add", 4), 9)\nt.equal(c.get("total"), 9)'
    code = """
class Counter:
    def __init__(self, start):
        self.total = start

    def add(self, n):
        self.total += n
        return self.total
"""
    assert outcome(tmp_path, body, code) is Outcome.PASSED
    assert outcome(tmp_path, body, code.replace("total += n", "total = n")) is Outcome.WRONG_VALUE
    assert outcome(tmp_path, body, code.replace("def add", "def plus")) is Outcome.MISSING


def test_a_function_argument_runs_on_the_trusted_side(tmp_path: Path) -> None:
    body = """
seen = []
def f(x):
    seen.append(x)
    return x * 2
t.equal(t.call("twice", f, np.arange(3)), np.arange(3) * 4)
t.equal(len(seen), 2)
"""
    assert outcome(tmp_path, body, "def twice(f, x): return f(f(x))") is Outcome.PASSED
    assert outcome(tmp_path, body, "def twice(f, x): return x * 4") is Outcome.WRONG_VALUE


def test_raises_wants_that_error_and_no_answer(tmp_path: Path) -> None:
    body = 't.raises("root", -1.0, error="ValueError")'
    assert outcome(tmp_path, body, "def root(x):\n    if x < 0: raise ValueError('negative')\n") is Outcome.PASSED
    assert outcome(tmp_path, body, "def root(x): return 0.0") is Outcome.WRONG_VALUE
    assert outcome(tmp_path, body, "def root(x): return 1 / 0") is Outcome.RAISED
    body = 't.new("Root").raises("of", -1.0)'
    code = "class Root:\n    def of(self, x): raise ValueError('negative')\n"
    assert outcome(tmp_path, body, code) is Outcome.PASSED
    assert outcome(tmp_path, body, code.replace("raise ValueError('negative')", "return x")) is Outcome.WRONG_VALUE


def test_a_parameter_that_may_be_changed_may_be(tmp_path: Path) -> None:
    body = 't.call("step", np.ones(2), np.ones(2))'
    code = "def step(p, g): p -= g\n"
    tests_path = tmp_path / "a"
    tests_path.mkdir()
    assert outcome(tests_path, body, code) is Outcome.CHANGED_INPUT
    made = exercise(
        tmp_path,
        tests=f'import numpy as np\n\n\ndef test_it(t):\n    """A."""\n    {body}\n',
        may_change=("p", "g", "x", "shift", "argument 1", "argument 2"),
    )
    assert judged(made, code).passed


def test_layouts_have_the_same_values_and_other_memory(tmp_path: Path) -> None:
    body = """
x = t.rng.normal(size=(3, 4))
for name, y in t.layouts(x).items():
    t.check(np.array_equal(x, y) and not y.flags.c_contiguous, name)
    t.close(t.call("same", y), x)
"""
    assert outcome(tmp_path, body, "def same(x): return x + 0") is Outcome.PASSED


def test_the_numeric_gradient_is_that_of_the_function(tmp_path: Path) -> None:
    body = (
        "x = t.rng.normal(size=(2, 3))\nt.close(t.numeric_gradient(lambda v: (v ** 3).sum(), x), 3 * x ** 2, rtol=1e-8)"
    )
    assert outcome(tmp_path, body, "") is Outcome.PASSED


def test_speed_compares_with_the_reference(tmp_path: Path) -> None:
    body = "t.speed('spread', lambda: (t.rng.normal(size=200_000),), at_most=5, calls=3)"
    slow = (
        "def spread(x, shift=0.0):\n    m = sum(x) / len(x)\n    return sum((v - m) ** 2 for v in x) / len(x) + shift\n"
    )
    quick = "def spread(x, shift=0.0):\n    return (x * x).mean() - x.mean() ** 2 + shift\n"
    assert outcome(tmp_path, body, slow) is Outcome.TOO_SLOW
    assert outcome(tmp_path, body, quick) is Outcome.PASSED
    assert outcome(tmp_path, body, "def spread(x, shift=0.0): return 0.5") is Outcome.WRONG_VALUE


def test_exhibits_are_collected(tmp_path: Path) -> None:
    tests = '''
def symptom_flat(t):
    """The loss is flat."""
    t.curves("loss", {"training": [1.0, float("inf")]})
    t.bars("norms", {"a": 1.0})
    t.matrix("batch", [[1.0, 2.0]])
    t.log("printed", "text")


def probe_step(t):
    """The step."""
    t.log("step", "0")
'''
    made = exercise(tmp_path, tests=tests)
    judge = Judge(UnsafeSandbox())
    shown = judge.exhibits(made, Framework.NUMPY, "")
    assert [e.title for e in shown] == ["loss", "norms", "batch", "printed"]
    assert shown[0].lines["training"] == (1.0, None)  # type: ignore[union-attr]
    assert [e.title for e in judge.exhibits(made, Framework.NUMPY, "", probe="step")] == ["step"]


def test_a_suite_holds_the_functions_in_order(tmp_path: Path) -> None:
    path = tmp_path / "tests.py"
    path.write_text("def test_b(t):\n    'B.'\n\ndef example_of(x): pass\n\ndef example_a(t):\n    'A.'\n")
    suite = load_suite(path)
    assert [(t.name, t.title, t.example) for t in suite.tests] == [("test_b", "B.", False), ("example_a", "A.", True)]


@pytest.mark.parametrize("value", [np.float32(2), np.arange(3.0), [1, 2], {"a": 1}, "x", None])
def test_every_kind_of_value_survives_the_way(tmp_path: Path, value: object) -> None:
    tests = 'def test_it(t):\n    """Back."""\n    t.equal(t.call("same", VALUE), VALUE)\n'
    made = exercise(tmp_path, tests=tests)
    for test in load_suite(made.tests).tests:
        test.check.__globals__["VALUE"] = value
    assert judged(made, "def same(x): return x").passed
