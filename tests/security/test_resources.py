"""Submissions that use too much of something. Each ends with its own verdict, and the next one is unaffected."""

from __future__ import annotations

import pytest

from tests.security.support import CONFINED_LEVELS, LEVELS, SOFTMAX, judge
from vivavoce.domain.exercise import Limits, Outcome
from vivavoce.engines.judge.base import Sandbox

CALL = "def softmax(x):\n"
LIMIT = {Outcome.CPU_LIMIT}
MEMORY = {Outcome.MEMORY_LIMIT, Outcome.RAISED}

RESOURCES: dict[str, tuple[str, set[Outcome]]] = {
    "busy loop": (CALL + "    while True: pass", LIMIT),
    "busy loop in native code": (
        "import numpy as np\n" + CALL + "    a = np.ones((900, 900))\n    while 1: a = a @ a * 0",
        LIMIT,
    ),
    "all signals ignored": (
        "import signal\nfor s in range(1, 65):\n    try: signal.signal(s, signal.SIG_IGN)\n"
        "    except (OSError, ValueError): pass\n" + CALL + "    while True: pass",
        LIMIT,
    ),
    "SIGXCPU caught": (
        "import signal\nsignal.signal(signal.SIGXCPU, lambda *a: None)\n" + CALL + "    while True: pass",
        LIMIT,
    ),
    "loop at load": ("while True: pass", LIMIT),
    "memory in NumPy": ("import numpy as np\n" + CALL + "    return np.ones(10**8).reshape(10**4, -1)[:4, :5]", MEMORY),
    "memory in Python": (CALL + "    keep = []\n    while True: keep.append(bytearray(1 << 20))", MEMORY),
    "memory, again and again": (
        CALL + "    keep = []\n    while True:\n        try: keep.append(bytearray(1 << 24))\n"
        "        except MemoryError: pass",
        {Outcome.MEMORY_LIMIT, Outcome.CPU_LIMIT},
    ),
    "lazy zeros": ("import numpy as np\n" + CALL + "    return np.zeros(1 << 38)", MEMORY),
    "broadcast to a huge array": (
        "import numpy as np\n" + CALL + "    return np.broadcast_to(x[0, 0], (1 << 20, 1 << 20))",
        {Outcome.WRONG_TYPE},
    ),
    "returns 256 MiB": ("import numpy as np\n" + CALL + "    return np.zeros(1 << 25)", {Outcome.WRONG_TYPE, *MEMORY}),
    "list of a million": (CALL + "    return [0.0] * 10**6", {Outcome.WRONG_TYPE, Outcome.CPU_LIMIT}),
    "flood of stdout": (CALL + "    while True: print('x' * 1000)", {Outcome.OUTPUT_LIMIT}),
    "flood of stderr": ("import sys\n" + CALL + "    while True: sys.stderr.write('x' * 1000)", {Outcome.OUTPUT_LIMIT}),
    "thread left spinning": (
        SOFTMAX
        + "import threading\ndef spin():\n    while True: pass\nthreading.Thread(target=spin, daemon=True).start()",
        {Outcome.PASSED, Outcome.CPU_LIMIT, Outcome.LOAD_ERROR},
    ),
    "infinite recursion": (CALL + "    return softmax(x)", {Outcome.RAISED}),
    "recursion through the stack": (
        "import sys\nsys.setrecursionlimit(10**9)\n"
        "class A:\n    def __getattr__(self, n): return getattr(self, n + 'x')\n" + CALL + "    return A().a",
        {Outcome.CRASHED, Outcome.CPU_LIMIT, *MEMORY},
    ),
    "exception of 100 MB": (CALL + "    raise ValueError('y' * 10**8)", {Outcome.RAISED, Outcome.MEMORY_LIMIT}),
    "exception without text": (
        "class E(Exception):\n    def __str__(self): raise self\n" + CALL + "    raise E()",
        {Outcome.RAISED},
    ),
    "exception whose text takes for ever": (
        "class E(Exception):\n    def __str__(self):\n        while True: pass\n" + CALL + "    raise E()",
        LIMIT,
    ),
    "segmentation fault": ("import ctypes\n" + CALL + "    ctypes.string_at(0)", {Outcome.CRASHED}),
    "catastrophic pattern": ("import re\n" + CALL + "    re.match(r'(a+)+$', 'a' * 40 + 'b')", LIMIT),
    "integer of 5000 digits": (CALL + "    return 10**5000", {Outcome.WRONG_TYPE}),
    "many small warnings": (
        "import warnings\nwarnings.simplefilter('always')\n" + CALL + "    while True: warnings.warn('w' * 100)",
        {Outcome.OUTPUT_LIMIT, Outcome.CPU_LIMIT},
    ),
}
WAITS = {
    "sleep": "import time\n" + CALL + "    time.sleep(60)",
    "stops itself": "import os, signal\n" + CALL + "    os.kill(os.getpid(), signal.SIGSTOP); return x",
    "waits for a lock": "import threading\n" + CALL + "    lock = threading.Lock()\n    lock.acquire(); lock.acquire()",
}
FORK = "def softmax(x):\n    import os, ctypes\n    "
CONFINED_ONLY: dict[str, tuple[str, set[Outcome]]] = {
    "memory file": (FORK + "os.write(os.memfd_create('m'), b'x')", {Outcome.RAISED}),
    "pipes": (FORK + "\n    keep = [os.pipe() for _ in range(10**4)]", {Outcome.RAISED}),
    "flood of the connection": (
        FORK + "\n    while True:\n        for n in (3, 4):\n            try: os.write(n, bytes(1 << 16))\n"
        "            except OSError: pass",
        {Outcome.PROTOCOL_ERROR},
    ),
    "fork bomb": (FORK + "\n    while True: os.fork()", {Outcome.RAISED}),
    "fork bomb of libc": (
        FORK + "\n    for _ in range(100):\n        if ctypes.CDLL(None).fork() >= 0: print('BREACH')\n    return x",
        {Outcome.WRONG_VALUE},
    ),
    "5000 threads": (
        "import threading, time\ndef softmax(x):\n"
        "    for _ in range(5000): threading.Thread(target=time.sleep, args=(9,), daemon=True).start()",
        {Outcome.RAISED, Outcome.MEMORY_LIMIT, Outcome.CPU_LIMIT},
    ),
    "all descriptors": (FORK + "\n    while True: os.dup(1)", {Outcome.RAISED}),
    "own limits raised": (
        "import resource\ndef softmax(x):\n    resource.setrlimit(resource.RLIMIT_DATA, (-1, -1))",
        {Outcome.RAISED},
    ),
    "a file of any size": (FORK + "open('/dev/shm/viva-full', 'w').write('x')", {Outcome.RAISED}),
}
"""Not run at L0, where they would burden the machine of whoever runs the tests."""


@pytest.mark.parametrize("sandbox", LEVELS, indirect=True, ids=str)
@pytest.mark.parametrize("name", RESOURCES)
def test_too_much_of_anything_has_its_verdict(sandbox: Sandbox, name: str) -> None:
    code, accepted = RESOURCES[name]
    seen = judge(sandbox, code)
    assert seen.outcome in accepted, seen
    assert len(seen.everything) < 30_000


@pytest.mark.parametrize("impatient", LEVELS, indirect=True, ids=str)
@pytest.mark.parametrize("name", WAITS)
def test_waiting_for_ever_ends_by_the_clock_on_the_wall(impatient: Sandbox, name: str) -> None:
    assert judge(impatient, WAITS[name]).outcome is Outcome.TIME_LIMIT


@pytest.mark.parametrize("sandbox", CONFINED_LEVELS, indirect=True, ids=str)
@pytest.mark.parametrize("name", CONFINED_ONLY)
def test_too_much_of_what_the_system_shares_has_its_verdict(sandbox: Sandbox, name: str) -> None:
    code, accepted = CONFINED_ONLY[name]
    seen = judge(sandbox, code)
    assert seen.outcome in accepted, seen
    assert "BREACH" not in seen.everything


@pytest.mark.parametrize("sandbox", LEVELS, indirect=True, ids=str)
def test_what_is_within_the_limits_passes(sandbox: Sandbox) -> None:
    """The control: memory, output and time that an honest submission may use."""
    generous = SOFTMAX.replace("    e = ", "    keep = np.ones(4 << 20)\n    print('x' * 4000)\n    e = ")
    seen = judge(sandbox, generous, limits=Limits(cpu_s=0.5, memory_mib=128, output_kib=16))
    assert seen.outcome is Outcome.PASSED
    assert seen.printed.count("x" * 4000) == 3


@pytest.mark.parametrize("sandbox", LEVELS, indirect=True, ids=str)
def test_printing_more_than_is_kept_is_cut_and_no_fault(sandbox: Sandbox) -> None:
    seen = judge(sandbox, SOFTMAX.replace("    e = ", "    print('x' * 40_000)\n    e = "), questions=1)
    assert seen.outcome is Outcome.PASSED
    assert seen.printed == "x" * 16384 + "\n[cut: 23,617 more bytes]"
