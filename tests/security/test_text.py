"""Code and text that come in or go out: refused with a reason, or shown so that nothing hides in them."""

from __future__ import annotations

import pytest

from tests.security.support import LEVELS, SOFTMAX, judge
from vivavoce.domain.exercise import MAX_CODE_BYTES, Outcome
from vivavoce.engines.judge.base import Sandbox
from vivavoce.engines.judge.sandbox.text import visible

pytestmark = pytest.mark.parametrize("sandbox", LEVELS[1:], indirect=True, ids=str)

SOURCES = {
    "ten megabytes on one line": (
        "x = '" + "a" * 10_000_000 + "'",
        "10,000,006 bytes of code; at most 262,144 are read.",
    ),
    "a NUL byte": ("x = 1\ny = '\0'\n", "The code holds a NUL byte."),
    "a lone surrogate": ("x = '\ud800'\n", "The code is not valid Unicode."),
    "an unknown encoding": ("# coding: klingon\n", "The encoding line is wrong: unknown encoding: klingon."),
    "another encoding": ("# coding: utf-7\n", "Code is read as UTF-8; remove the line that says utf-7."),
    "deep nesting": ("x = " + "(" * 5000 + ")" * 5000, "SyntaxError: too many nested parentheses"),
    "an exception at load": ("x = 1\n1 / 0\n", "ZeroDivisionError: division by zero"),
    "a module that is not allowed": (
        "import sklearn",
        "ModuleNotFoundError: No module named 'sklearn' here: this exercise allows the standard library, NumPy",
    ),
}


@pytest.mark.parametrize("name", SOURCES)
def test_code_that_cannot_be_loaded_says_why(sandbox: Sandbox, name: str) -> None:
    code, message = SOURCES[name]
    if name == "a module that is not allowed" and str(sandbox.confinement) == "L0":
        pytest.skip("L0 does not decide what can be imported")
    seen = judge(sandbox, code)
    assert (seen.outcome, seen.message) == (Outcome.LOAD_ERROR, message)


def test_code_of_the_longest_length_is_read(sandbox: Sandbox) -> None:
    filled = SOFTMAX + "#" * (MAX_CODE_BYTES - len(SOFTMAX))
    assert judge(sandbox, filled).outcome is Outcome.PASSED


def test_input_finds_nothing_and_the_message_says_why(sandbox: Sandbox) -> None:
    seen = judge(sandbox, "def softmax(x): return input('value? ')")
    assert seen.outcome is Outcome.RAISED
    assert seen.message.startswith("EOFError: EOF when reading a line\nThere is no keyboard")
    assert seen.printed == "value? "


def test_the_wrong_number_of_arguments_is_said_in_words(sandbox: Sandbox) -> None:
    seen = judge(sandbox, "def softmax(x, axis): return x")
    assert seen.message == "TypeError: softmax() missing 1 required positional argument: 'axis'"


def test_what_hides_or_moves_the_cursor_is_shown_as_escapes(sandbox: Sandbox) -> None:
    code = "def softmax(x):\n    print('\\x1b[2J<b>\\u202egnp.\\u200bexe\\r\\x00\\x07\\udc80')\n" + (
        "    raise type('E\\u202e\\x1b', (Exception,), {})('\\x1b]0;title\\x07 <script>')\n"
    )
    seen = judge(sandbox, code)
    assert seen.printed == "\\x1b[2J<b>\\u202egnp.\\u200bexe\\x0d\\x00\\x07\\udc80\n"
    assert seen.message == "E\\u202e\\x1b: \\x1b]0;title\\x07 <script>"
    assert "\x1b" not in seen.everything
    assert "\u202e" not in seen.everything


def test_bytes_that_are_no_text_are_replaced(sandbox: Sandbox) -> None:
    seen = judge(sandbox, "import os\nos.write(1, b'a\\xff\\xfeb')\n" + SOFTMAX)
    assert (seen.outcome, seen.printed) == (Outcome.PASSED, "a\ufffd\ufffdb")


def test_a_long_text_is_cut_and_says_so(sandbox: Sandbox) -> None:
    assert visible("é" * 5, 3) == "ééé\n[cut: 2 more characters]"
    seen = judge(sandbox, "def softmax(x): raise ValueError('y' * 10_000)")
    assert len(seen.message) < 2200
    assert "[cut: " in seen.message
    assert len(seen.traceback) < 4500


def test_what_was_printed_before_an_endless_loop_is_kept(sandbox: Sandbox) -> None:
    seen = judge(sandbox, "def softmax(x):\n    print('here')\n    while True: pass")
    assert (seen.outcome, seen.printed) == (Outcome.CPU_LIMIT, "here\n")
