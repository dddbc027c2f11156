"""Honest submissions: the right one passes, and each way of being wrong gets its own verdict."""

from __future__ import annotations

import pytest

from tests.security.support import LEVELS, SOFTMAX, judge
from vivavoce.domain.exercise import Outcome
from vivavoce.engines.judge.base import Sandbox

pytestmark = pytest.mark.parametrize("sandbox", LEVELS, indirect=True, ids=str)


def test_a_right_submission_passes(sandbox: Sandbox) -> None:
    assert judge(sandbox, SOFTMAX).outcome is Outcome.PASSED


def test_a_wrong_one_is_wrong_by_its_values(sandbox: Sandbox) -> None:
    assert judge(sandbox, SOFTMAX.replace("e / e.sum", "e * e.sum")).outcome is Outcome.WRONG_VALUE


def test_an_exception_shows_lines_of_the_submission_only(sandbox: Sandbox) -> None:
    seen = judge(sandbox, "import numpy as np\ndef softmax(x):\n    return np.linalg.inv(x)\n")
    assert seen.outcome is Outcome.RAISED
    assert seen.message.startswith("LinAlgError: Last 2 dimensions")
    assert seen.traceback.splitlines()[1:3] == [
        '  File "<submission>", line 3, in softmax',
        "    return np.linalg.inv(x)",
    ]
    assert seen.traceback.count("File ") == 1


def test_a_syntax_error_names_its_line(sandbox: Sandbox) -> None:
    seen = judge(sandbox, "def softmax(x):\n    return x +\n")
    assert (seen.outcome, seen.message) == (Outcome.LOAD_ERROR, "SyntaxError: invalid syntax")
    assert "line 2" in seen.traceback


def test_a_missing_function_is_named_with_what_comes_near(sandbox: Sandbox) -> None:
    seen = judge(sandbox, SOFTMAX.replace("softmax", "soft_max"))
    assert seen.outcome is Outcome.MISSING
    assert seen.message == "the submission has no `softmax`; did you mean `soft_max`?"
