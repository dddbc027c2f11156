"""What may come back, and what submissions do to it: lies about types, aliases, caches, laziness, odd numbers."""

from __future__ import annotations

import numpy as np
import pytest

from tests.security.support import LEVELS, LIMITS, SOFTMAX, judge, stopped
from vivavoce.domain.exercise import Framework, Outcome
from vivavoce.engines.judge.base import Handle, Request, Sandbox, Scalar

every_level = pytest.mark.parametrize("sandbox", LEVELS, indirect=True, ids=str)

CACHE = """
import numpy as np
C = {}
def softmax(x):
    e = np.exp(x)
    return C.setdefault(KEY, e / e.sum(-1, keepdims=True))
"""
NOT_PASSED = set(Outcome) - {Outcome.PASSED, Outcome.SANDBOX_ERROR}
CHEATS = {
    "cache by id": (CACHE.replace("KEY", "id(x) % 1"), {Outcome.WRONG_VALUE}),
    "cache by shape": (CACHE.replace("KEY", "x.shape"), {Outcome.WRONG_VALUE}),
    "work for the first call only": (
        SOFTMAX + "right, calls = softmax, []\n"
        "def softmax(x):\n    calls.append(1)\n    return right(x) if len(calls) == 1 else x",
        {Outcome.WRONG_VALUE},
    ),
    "input changed in place": (SOFTMAX.replace("    e = ", "    x -= 1.0\n    e = "), {Outcome.CHANGED_INPUT}),
    "float32": (SOFTMAX + "right = softmax\ndef softmax(x): return right(x).astype('f4')", {Outcome.WRONG_DTYPE}),
    "a generator": ("def softmax(x): return (row for row in x)", {Outcome.WRONG_TYPE}),
    "an iterator": ("def softmax(x): return map(abs, x)", {Outcome.WRONG_TYPE}),
    "a list": (SOFTMAX + "right = softmax\ndef softmax(x): return right(x).tolist()", {Outcome.WRONG_TYPE}),
    "a lazy object": ("class Lazy:\n    x = 1\ndef softmax(x): return Lazy()", {Outcome.WRONG_TYPE}),
    "a matrix": ("import numpy as np\ndef softmax(x): return np.matrix(x)", {Outcome.WRONG_TYPE}),
    "a masked array": ("import numpy as np\ndef softmax(x): return np.ma.masked_array(x, x > 0)", {Outcome.WRONG_TYPE}),
    "a class": ("class softmax:\n    def __init__(self, x): pass", {Outcome.WRONG_TYPE}),
    "a number": ("softmax = 3", {Outcome.WRONG_TYPE}),
    "nothing": ("def softmax(x): pass", {Outcome.WRONG_TYPE}),
    "empty code": ("", {Outcome.MISSING}),
    "two arguments": ("def softmax(x, axis): return x", {Outcome.RAISED}),
    "the harness's own code changed": (
        "import ctypes, sys\nframe = sys._getframe()\n"
        "while frame:\n"
        "    code = frame.f_code\n"
        "    raw = (ctypes.c_char * 16).from_address(id(code) + 200)\n"
        "    raw[:] = bytes(16)\n    frame = frame.f_back\n"
        "def softmax(x): return x",
        NOT_PASSED,
    ),
}  # fmt: skip
HARMLESS = {
    "byte order mark": "\ufeff" + SOFTMAX,
    "UTF-8 cookie": "# -*- coding: utf-8 -*-\n" + SOFTMAX,
    "Windows line ends": SOFTMAX.replace("\n", "\r\n"),
    "block for running as a program": SOFTMAX + "if __name__ == '__main__':\n    raise SystemExit('ran')\n",
    "trace function": "import sys\nsys.settrace(lambda *a: None)\n" + SOFTMAX,
    "profile function": "import sys\nsys.setprofile(lambda *a: None)\n" + SOFTMAX,
    "audit hook": "import sys\nsys.addaudithook(lambda *a: None)\n" + SOFTMAX,
    "module named like ours": "import sys, types\nsys.modules['wire'] = types.ModuleType('x')\n" + SOFTMAX,
    "fault handler": "import faulthandler\nfaulthandler.enable()\nfaulthandler.dump_traceback()\n" + SOFTMAX,
    "standard output replaced": "import sys, io\nsys.stdout = io.StringIO()\nprint('lost')\n" + SOFTMAX,
    "dataclass": "from dataclasses import dataclass\n@dataclass\nclass P:\n    a: int = 1\nP()\n" + SOFTMAX,
    "own source read": "import inspect\n" + SOFTMAX + "assert 'np.exp' in inspect.getsource(softmax)\n",
    "late imports": SOFTMAX + "import statistics, csv, html, json, fractions, decimal, textwrap, numpy.polynomial\n",
    "legacy random numbers": SOFTMAX + "np.random.seed(0); np.random.rand(3)\n",
}  # fmt: skip


@every_level
@pytest.mark.parametrize("name", CHEATS)
def test_a_wrong_kind_of_answer_does_not_pass(sandbox: Sandbox, name: str) -> None:
    code, accepted = CHEATS[name]
    seen = judge(sandbox, code)
    assert seen.outcome in accepted, seen


@every_level
@pytest.mark.parametrize("name", HARMLESS)
def test_what_honest_code_may_contain_passes(sandbox: Sandbox, name: str) -> None:
    seen = judge(sandbox, HARMLESS[name])
    assert seen.outcome is Outcome.PASSED, seen


@every_level
def test_every_layout_of_an_answer_arrives_with_its_values(sandbox: Sandbox) -> None:
    base = np.arange(24.0).reshape(4, 6)
    forms = {
        "fortran": np.asfortranarray(base),
        "transposed": base.T,
        "reversed": base[::-1, ::-1],
        "every other": base[::2, 1::2],
        "scalar": np.array(2.5),
        "empty": base[:0],
        "big endian": base.astype(">f8"),
        "read-only": np.broadcast_to(base[0], (3, 6)),
    }
    code = (
        "import numpy as np\nbase = np.arange(24.0).reshape(4, 6)\n"
        "forms = dict(fortran=np.asfortranarray(base), transposed=base.T, reversed=base[::-1, ::-1],\n"
        "    scalar=np.array(2.5), empty=base[:0])\nforms |= {'every other': base[::2, 1::2],\n"
        "    'big endian': base.astype('>f8'),\n"
        "    'read-only': np.broadcast_to(base[0], (3, 6))}\n"
        "def form(name): return forms[name]\n"
    )
    with sandbox.child(Framework.NUMPY, LIMITS) as child:
        child.load(code)
        for name, expected in forms.items():
            got = child.ask(Request("call", "form", (name,))).value
            assert (type(got), got.shape, got.dtype) == (np.ndarray, expected.shape, np.dtype("f8")), name
            assert np.array_equal(got, expected), name


@every_level
def test_arguments_arrive_with_the_layout_that_they_were_given(sandbox: Sandbox) -> None:
    base = np.arange(24.0).reshape(2, 3, 4)
    forms = [base, np.asfortranarray(base), base.transpose(1, 2, 0), base[:, ::-1], base[..., ::2], base[0, 0, 0:1]]
    with sandbox.child(Framework.NUMPY, LIMITS) as child:
        child.load("def look(x): return x.strides, x.flags.c_contiguous, x.flags.writeable, x.copy()")
        for form in forms:
            strides, contiguous, writeable, values = child.ask(Request("call", "look", (form,))).value
            assert (strides, contiguous, writeable) == (form.strides, form.flags.c_contiguous, True)
            assert np.array_equal(values, form)


@every_level
def test_odd_numbers_cross_bit_for_bit(sandbox: Sandbox) -> None:
    values = [-0.0, float("inf"), float("-inf"), 5e-324, 1.7976931348623157e308, complex(-0.0, float("inf")), 1 << 200]
    values += [-(1 << 64), True, None, "a\u2028\u00e9\U0001f600", (1, [2.5, {"k": {3}}])]
    arrays = [
        np.array([-0.0, np.nan, np.inf, 5e-324]),
        np.array([1 + 2j, -0.0j], np.complex64),
        np.array([True, False]),
    ]
    scalars = [Scalar(np.array(7, np.int8)), Scalar(np.array(0.1, np.float32)), Scalar(np.array(True))]
    with sandbox.child(Framework.NUMPY, LIMITS) as child:
        child.load("def back(x): return x")
        for value in values:
            got = child.ask(Request("call", "back", (value,))).value
            assert (type(got), repr(got)) == (type(value), repr(value))
        for array in arrays:
            got = child.ask(Request("call", "back", (array,))).value
            assert (got.dtype, got.tobytes()) == (array.dtype, array.tobytes())
        for scalar in scalars:
            got = child.ask(Request("call", "back", (scalar,))).value
            assert type(got) is Scalar
            assert (got.array.dtype, got.array.tobytes()) == (scalar.array.dtype, scalar.array.tobytes())


@every_level
def test_an_answer_is_a_copy_that_later_calls_cannot_change(sandbox: Sandbox) -> None:
    with sandbox.child(Framework.NUMPY, LIMITS) as child:
        child.load("import numpy as np\nkept = np.zeros(3)\ndef give():\n    kept[:] += 1\n    return kept")
        first = child.ask(Request("call", "give")).value
        child.ask(Request("call", "give"))
    assert first.tolist() == [1.0, 1.0, 1.0]


@every_level
def test_objects_of_the_submission_stay_there_and_are_asked_by_handle(sandbox: Sandbox) -> None:
    code = (
        "class Adam:\n    def __init__(self, lr=1.0): self.lr, self.t = lr, 0\n"
        "    def step(self, g):\n        self.t += 1\n        return -self.lr * g\n"
        "def make(lr): return Adam(lr)\ndef lr_of(o): return o.lr\n"
    )
    with sandbox.child(Framework.NUMPY, LIMITS) as child:
        child.load(code)
        adam = child.ask(Request("new", "Adam", (), {"lr": 0.5})).value
        assert type(adam) is Handle
        assert adam.type_name == "Adam"
        assert child.ask(Request("method", "step", (np.ones(2),), handle=adam)).value.tolist() == [-0.5, -0.5]
        assert child.ask(Request("get", "t", handle=adam)).value == 1
        child.ask(Request("set", "t", (7,), handle=adam))
        assert child.ask(Request("get", "t", handle=adam)).value == 7
        assert child.ask(Request("call", "lr_of", (adam,))).value == 0.5
        assert type(child.ask(Request("call", "make", (2.0,))).value) is Handle
        error = stopped(child, lambda: child.ask(Request("method", "stop", handle=adam)))
        assert (error.outcome, error.message) == (Outcome.MISSING, "`Adam` has no `stop`; did you mean `step`?")
        assert child.alive


@every_level
def test_a_function_of_the_judge_stays_with_the_judge(sandbox: Sandbox) -> None:
    with sandbox.child(Framework.NUMPY, LIMITS) as child:
        child.load(
            "def twice(f, x): return f(f(x))\ndef catch(f):\n    try: f(0)\n    except ValueError as e: return str(e)"
        )
        reply = child.ask(Request("call", "twice", (lambda v: v * 3, np.array([1.0, 2.0]))))
        assert reply.value.tolist() == [9.0, 18.0]

        def refuse(_: object) -> None:
            raise KeyError("no zero")

        assert child.ask(Request("call", "catch", (refuse,))).value == "'no zero'"
