"""A judge in miniature for the attacks: one honest exercise (softmax), fresh secret inputs, every answer compared."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from vivavoce.domain.exercise import Confinement, Framework, Limits, Outcome
from vivavoce.engines.judge.base import Child, Reply, Request, Sandbox, StoppedError, Tensor

SECRET = "s3cret-" + os.urandom(12).hex()
"""In the judge's environment, in a file, and behind an open descriptor: no child may ever say it."""
LIMITS = Limits(cpu_s=0.5, memory_mib=128, output_kib=16)
WALL_S = 20.0
"""A busy machine must not turn one verdict into another."""
SHORT_WALL_S = 1.0
LEVELS = [Confinement.CONTAINED, Confinement.CONFINED, Confinement.LIMITED]
CONFINED_LEVELS = LEVELS[:2]

SOFTMAX = """
import numpy as np

def softmax(x):
    e = np.exp(x - x.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)
"""


@dataclass(frozen=True)
class Seen:
    """What came of a submission, and every character that it could make the judge hold."""

    outcome: Outcome
    message: str
    traceback: str
    printed: str

    @property
    def everything(self) -> str:
        return "\n".join((self.message, self.traceback, self.printed))


def reference(x: Any) -> Any:
    e = np.exp(x - x.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


def judge(
    sandbox: Sandbox,
    code: str,
    *,
    framework: Framework = Framework.NUMPY,
    limits: Limits = LIMITS,
    name: str = "softmax",
    questions: int = 3,
) -> Seen:
    """The verdict on a submission: passed only if every answer came back in time and is right."""
    rng = np.random.default_rng()
    printed = ""
    with sandbox.child(framework, limits) as child:
        try:
            child.load(code)
            for _ in range(questions):
                x = rng.normal(size=(4, 5))
                wrong = compare(child.ask(Request("call", name, (x.copy(),), echo=True)), x)
                printed += child.take_output()
                if wrong is not None:
                    return Seen(wrong, "", "", printed)
        except StoppedError as error:
            return Seen(error.outcome, error.message, error.traceback, printed + child.take_output())
    return Seen(Outcome.PASSED, "", "", printed)


def compare(reply: Reply, x: Any) -> Outcome | None:
    """None when the answer is softmax of x, bit for bit of the right kind and near enough in value."""
    got = reply.value.array if type(reply.value) is Tensor else reply.value
    expected = reference(x)
    if type(got) is not np.ndarray:
        return Outcome.WRONG_TYPE
    if got.shape != expected.shape:
        return Outcome.WRONG_SHAPE
    if got.dtype != expected.dtype:
        return Outcome.WRONG_DTYPE
    if not np.isfinite(got).all():
        return Outcome.NOT_FINITE
    if not (np.abs(got - expected) <= 1e-9).all():
        return Outcome.WRONG_VALUE
    (echoed,), _ = reply.echoed or ((None,), {})
    after = echoed.array if type(echoed) is Tensor else echoed
    return None if np.array_equal(after, x) else Outcome.CHANGED_INPUT


def stopped(child: Child, act: Callable[[], object]) -> StoppedError:
    """The error that `act` ends with."""
    try:
        act()
    except StoppedError as error:
        return error
    raise AssertionError("nothing stopped it")
