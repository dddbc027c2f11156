"""A small exercise to judge: the mean of a vector, with a convention, a ban and two mistakes."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from vivavoce.domain.exercise import Ban, Choice, Exercise, Framework, JudgeReport, Limits, Mistake, Valid, Variant
from vivavoce.domain.ids import ItemId
from vivavoce.domain.question import Level
from vivavoce.engines.judge.fake import UnsafeSandbox
from vivavoce.engines.judge.run import Judge

REFERENCE = "import numpy as np\n\n\ndef spread(x, shift=0.0):\n    return ((x - x.mean()) ** 2).mean() + shift\n"
SQUARED = "((x - x.mean()) ** 2)"
TESTS = '''
import numpy as np


def example_two(t):
    """Two numbers."""
    x = np.array([1.0, 3.0])
    t.either(t.call("spread", x), "divisor", {"n": 1.0, "n-1": 2.0})


def test_random(t):
    """Random numbers."""
    x = t.rng.normal(size=7)
    t.either(t.call("spread", x), "divisor", {"n": x.var(), "n-1": x.var(ddof=1)})


def test_shift(t):
    """A shift is added."""
    x = t.rng.normal(size=5)
    t.either(t.call("spread", x, shift=2.0), "divisor", {"n": x.var() + 2, "n-1": x.var(ddof=1) + 2})
'''


def exercise(tmp_path: Path, tests: str = TESTS, **changes: Any) -> Exercise:
    path = tmp_path / "tests.py"
    path.write_text(tests, "utf-8")
    variant = Variant(
        Framework.NUMPY,
        REFERENCE,
        "def spread(x, shift=0.0):\n    raise NotImplementedError\n",
        (
            Mistake("no-shift", "You forget the shift.", REFERENCE.replace(" + shift", "")),
            Mistake(
                "no-square",
                "You take the absolute deviation.",
                REFERENCE.replace("((x - x.mean()) ** 2)", "abs(x - x.mean())"),
            ),
        ),
        (Valid("n-1", "With n-1.", REFERENCE.replace(".mean() + shift", ".sum() / (len(x) - 1) + shift")),),
    )
    made = Exercise(
        id=ItemId("metrics", "spread"),
        title="Spread",
        level=Level.BASIC,
        minutes=5,
        statement="`spread(x, shift)`",
        why="It is short.",
        hints=("a", "b"),
        explanation="c",
        variants={Framework.NUMPY: variant},
        tests=str(path),
        limits=Limits(),
        conventions={"divisor": {"n": Choice("By n.", "NumPy"), "n-1": Choice("By n-1.", "R")}},
        bans=(Ban("numpy.var", "it is the exercise"),),
        judged_hash="h",
    )
    return replace(made, **changes)


def judged(exercise: Exercise, code: str, **options: Any) -> JudgeReport:
    return Judge(UnsafeSandbox()).judge(exercise, Framework.NUMPY, code, seed=5, **options)
