"""Submissions that try to be judged right without being right. At no level may one pass."""

from __future__ import annotations

import pytest

from tests.security.support import LEVELS, LIMITS, SOFTMAX, judge
from vivavoce.domain.exercise import Framework, Outcome
from vivavoce.engines.judge.base import Request, Sandbox

FORGE = """
import json, os, struct
def find():
    import stat
    for n in range(3, 64):
        try:
            if stat.S_ISSOCK(os.fstat(n).st_mode) or stat.S_ISFIFO(os.fstat(n).st_mode): yield n
        except OSError: pass
def send(tree, buffers=b"", sizes=None):
    tree = tree if isinstance(tree, bytes) else json.dumps(tree).encode()
    head = struct.pack("<IQ", *(sizes or (len(tree), len(buffers))))
    for n in find():
        try: os.write(n, head + tree + buffers)
        except OSError: pass
"""
RIGHT = ["l", ["value", "0" * 16, ["a", "<f8", [0], None], None]]
WRONG = "\ndef softmax(x): return x\n"

SPOOFS: dict[str, tuple[str, set[Outcome]]] = {
    "always-equal object": (
        """
class Same:
    dtype = float; shape = (4, 5)
    def __eq__(self, other): return True
    __le__ = __lt__ = __ge__ = __sub__ = __rsub__ = __abs__ = __array_ufunc__ = lambda self, *a, **k: self
    def __bool__(self): return True
def softmax(x): return Same()
""",
        {Outcome.WRONG_TYPE},
    ),
    "array subclass": (
        """
import numpy as np
class Liar(np.ndarray):
    def __array_ufunc__(self, *a, **k): return np.array(True)
    def __eq__(self, other): return np.array(True)
def softmax(x): return x.view(Liar)
""",
        {Outcome.WRONG_TYPE},
    ),
    "__array__ protocol": (
        "class A:\n    def __array__(self, *a, **k): 1/0\ndef softmax(x): return A()",
        {Outcome.WRONG_TYPE},
    ),
    "patched comparisons": (
        """
import numpy as np, builtins
np.allclose = np.array_equal = lambda *a, **k: True
np.testing.assert_allclose = lambda *a, **k: None
np.abs = np.absolute = lambda x: 0.0
builtins.max = builtins.all = lambda *a, **k: True
"""
        + WRONG,
        {Outcome.WRONG_VALUE},
    ),
    "replaced modules": (
        """
import sys, types
for name in [n for n in sys.modules if n.startswith("vivavoce")] + ["numpy", "json", "struct"]:
    sys.modules[name] = types.ModuleType(name)
"""
        + WRONG,
        {Outcome.WRONG_VALUE},
    ),
    "patched encoder": (
        """
import sys
for name, module in list(sys.modules.items()):
    if name.startswith("vivavoce"):
        for k, v in list(vars(module).items()):
            if k.endswith("Encoder"):
                v.node = lambda self, value, depth=0: ["l", ["passed", "x", True]]
"""
        + WRONG,
        {Outcome.PROTOCOL_ERROR},
    ),
    "verdict keys in the answer": (
        "def softmax(x): return {'outcome': 'passed', 'passed': True, 'verdict': 'met'}",
        {Outcome.WRONG_TYPE},
    ),
    "os._exit(0) at load": ("import os\nos._exit(0)", {Outcome.EXITED_EARLY}),
    "os._exit(0) in the call": ("import os\ndef softmax(x): os._exit(0)", {Outcome.EXITED_EARLY}),
    "sys.exit at load": ("import sys\nsys.exit(0)", {Outcome.EXITED_EARLY}),
    "sys.exit in the call": ("import sys\ndef softmax(x): sys.exit(0)", {Outcome.EXITED_EARLY}),
    "search for the reference": (
        """
import gc, sys, numpy as np
def softmax(x):
    frame = sys._getframe()
    while frame:
        for name, value in {**frame.f_globals, **frame.f_locals}.items():
            if name in ("ref", "reference", "expected") and callable(value): return value(x)
        frame = frame.f_back
    found = [o for o in gc.get_objects() if isinstance(o, np.ndarray) and o.shape == (4, 5) and o is not x]
    rows = [o for o in found if np.allclose(o.sum(-1), 1)]
    return rows[0] if rows else x
""",
        {Outcome.WRONG_VALUE},
    ),
    "frame before the question": (FORGE + f"send({RIGHT!r})" + WRONG, {Outcome.PROTOCOL_ERROR}),
    "frame in the call, nonce guessed": (
        FORGE + f"def softmax(x): send({RIGHT!r}); return x",
        {Outcome.PROTOCOL_ERROR},
    ),
    "stolen nonce, wrong answer": (
        FORGE
        + """
import sys, os
def softmax(x):
    frame = sys._getframe()
    while "self" not in frame.f_locals or not hasattr(frame.f_locals["self"], "_nonce"): frame = frame.f_back
    nonce = frame.f_locals["self"]._nonce
    server = frame.f_locals["self"]
    tree = json.dumps(["l", ["value", nonce, ["a", "<f8", [4, 5], None],
        ["l", [["t", [["a", "<f8", [4, 5], None]]], ["d", []]]]]]).encode()
    os.write(server._write_fd, struct.pack("<IQ", len(tree), 320) + tree + bytes(160) + x.tobytes())
    os._exit(0)
""",
        {Outcome.WRONG_VALUE},
    ),
    "garbage": (FORGE + "def softmax(x): send(b'\\x00\\xff garbage'); return x", {Outcome.PROTOCOL_ERROR}),
    "length of 2**62": (FORGE + "def softmax(x): send(b'', sizes=(5, 2**62)); return x", {Outcome.PROTOCOL_ERROR}),
    "deep tree": (FORGE + "def softmax(x): send(b'[' * 2_000_000); return x", {Outcome.PROTOCOL_ERROR}),
    "pickle": (
        FORGE
        + "import pickle\nclass E:\n    def __reduce__(self): return (print, ('BREACH',))\n"
        + "def softmax(x): send(pickle.dumps(E())); return x",
        {Outcome.PROTOCOL_ERROR},
    ),
    "not a number": ("import numpy as np\ndef softmax(x): return np.full_like(x, np.nan)", {Outcome.NOT_FINITE}),
    "broadcastable shape": ("import numpy as np\ndef softmax(x): return np.array([[0.2]])", {Outcome.WRONG_SHAPE}),
    "objects in an array": ("def softmax(x): return x.astype(object)", {Outcome.WRONG_TYPE}),
    "PASSED on both streams": (
        "import sys\nprint('PASSED'); print('{\"outcome\": \"passed\"}', file=sys.stderr)" + WRONG,
        {Outcome.WRONG_VALUE},
    ),
    "writes at exit": (
        FORGE
        + f"import atexit\natexit.register(send, {RIGHT!r})\n"
        + f"class D:\n    def __del__(self, send=send): send({RIGHT!r})\nkeep = D()\nimport sys\n"
        + "def softmax(x): sys.exit(0)",
        {Outcome.EXITED_EARLY},
    ),
    "closed connection": ("import os\ndef softmax(x):\n    os.closerange(3, 64)\n    return x", {Outcome.EXITED_EARLY}),
    "replaced connection": (
        "import os\ndef softmax(x):\n    for n in range(3, 10):\n        os.dup2(1, n)\n    return x",
        {Outcome.EXITED_EARLY, Outcome.TIME_LIMIT},
    ),
}
"""Name to code and the verdicts that are right; the twenty-seventh is the honest answer under patched clocks."""


@pytest.mark.parametrize("sandbox", LEVELS, indirect=True, ids=str)
@pytest.mark.parametrize("name", SPOOFS)
def test_a_spoof_does_not_pass(sandbox: Sandbox, name: str) -> None:
    code, accepted = SPOOFS[name]
    seen = judge(sandbox, code)
    assert seen.outcome in accepted, seen
    assert "BREACH" not in seen.everything


@pytest.mark.parametrize("sandbox", LEVELS, indirect=True, ids=str)
def test_patched_clocks_change_no_measured_time(sandbox: Sandbox) -> None:
    with sandbox.child(Framework.NUMPY, LIMITS) as child:
        child.load(
            "import time\nreal = time.process_time\n"
            "time.time = time.perf_counter = time.monotonic = time.process_time = lambda: 0.0\n"
            "def spin():\n    began = real()\n    while real() - began < 0.1: pass\n"
        )
        reply = child.ask(Request("call", "spin"))
    assert 0.1 <= reply.cpu_s < 0.4
    assert reply.wall_s >= 0.09


@pytest.mark.parametrize("sandbox", LEVELS, indirect=True, ids=str)
def test_the_table_can_tell_right_from_wrong(sandbox: Sandbox) -> None:
    """The control: the same judge passes the honest answer, with and without each harmless half of an attack."""
    assert judge(sandbox, FORGE + SOFTMAX).outcome is Outcome.PASSED
    assert judge(sandbox, "print('PASSED')" + SOFTMAX).outcome is Outcome.PASSED
