"""Lives and deaths: of a child, a zygote, the judge; and what one submission can do to another."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from tests.security.escapes import PRELUDE
from tests.security.support import CONFINED_LEVELS, LEVELS, LIMITS, SECRET, SOFTMAX, WALL_S, judge, stopped
from vivavoce.domain.exercise import Confinement, Framework, Limits, Outcome
from vivavoce.engines.judge.base import Request, Sandbox
from vivavoce.engines.judge.sandbox import linux
from vivavoce.engines.judge.sandbox.client import ChildClient, Process
from vivavoce.engines.judge.sandbox.linux import LinuxSandbox

confined = pytest.mark.parametrize("sandbox", CONFINED_LEVELS, indirect=True, ids=str)
every_level = pytest.mark.parametrize("sandbox", LEVELS, indirect=True, ids=str)
levels = pytest.mark.parametrize("level", CONFINED_LEVELS, ids=str)

SPIN = "def spin():\n    while True: pass\n"
RESIDUE = """
import numpy as np, builtins, sys, random, os
np.exp = np.sum = lambda *a, **k: 0
builtins.len = lambda x: 0
sys.modules["math"] = None
sys.path.insert(0, "/nowhere")
os.environ["LEFT"] = "behind"
def softmax(x): return x
"""
SIBLING = (
    PRELUDE
    + """
def softmax(x):
    seen = []
    try: names = [int(n) for n in os.listdir('/proc') if n.isdigit()]
    except OSError: names = range(2, 10000)
    for name in names:
        if name == os.getpid(): continue
        for act in (lambda: open(f'/proc/{name}/environ', 'rb').read(), lambda: open(f'/proc/{name}/mem', 'rb'),
                    lambda: os.listdir(f'/proc/{name}/fd'), lambda: os.kill(name, 9)):
            try: act()
            except OSError: continue
            seen.append(name)
    return seen
"""
)


def gone(pid: int, within_s: float = 5.0) -> bool:
    """Whether a process ends in time; one that waits to be collected has ended."""
    deadline = time.monotonic() + within_s
    while time.monotonic() < deadline:
        try:
            if Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z":
                return True
        except OSError:
            return True
        time.sleep(0.02)
    return False


def own(level: Confinement, **options: object) -> LinuxSandbox:
    """A sandbox that a test may break."""
    return LinuxSandbox(level, wall_s=lambda _: WALL_S, **options)  # type: ignore[arg-type]


def process_of(child: object) -> Process:
    assert isinstance(child, ChildClient)
    return child._process


@every_level
def test_nothing_of_one_run_is_left_in_the_next(sandbox: Sandbox) -> None:
    judge(sandbox, RESIDUE)
    clean = "import math, os\nassert 'LEFT' not in os.environ\nassert len('ab') == 2\n" + SOFTMAX
    assert judge(sandbox, clean).outcome is Outcome.PASSED


@every_level
def test_no_two_children_draw_the_same_numbers(sandbox: Sandbox) -> None:
    draws = set()
    for _ in range(3):
        with sandbox.child(Framework.NUMPY, LIMITS) as child:
            child.load("import numpy as np, random\ndef draw(): return [float(np.random.rand()), random.random()]")
            draws |= set(child.ask(Request("call", "draw")).value)
    assert len(draws) == 6


@confined
def test_a_sibling_is_neither_seen_nor_killed(sandbox: Sandbox) -> None:
    with sandbox.child(Framework.NUMPY, Limits(cpu_s=2)) as victim:
        victim.load(f"secret = {SECRET!r}\n" + SOFTMAX)
        with sandbox.child(Framework.NUMPY, Limits(cpu_s=2)) as attacker:
            attacker.load(SIBLING)
            assert attacker.ask(Request("call", "softmax", (1.0,))).value == []
        assert victim.ask(Request("get", "secret")).value == SECRET


@confined
def test_a_package_that_an_exercise_does_not_allow_cannot_be_read(sandbox: Sandbox) -> None:
    seen = judge(sandbox, "import torch\n" + SOFTMAX)
    assert seen.outcome is Outcome.LOAD_ERROR
    assert seen.message.endswith("this exercise allows the standard library, NumPy")
    site = Path(np.__file__).parents[1]
    by_path = (
        f"import sys\nsys.path.insert(0, {str(site)!r})\n"
        "sys.meta_path[:] = [m for m in sys.meta_path if 'Path' in str(m)]\n"
    )
    assert judge(sandbox, by_path + "import torch\n" + SOFTMAX).outcome is Outcome.LOAD_ERROR
    assert judge(sandbox, by_path + "import numpy.polynomial.legendre\n" + SOFTMAX).outcome is Outcome.PASSED


@levels
def test_a_killed_zygote_is_our_fault_and_is_replaced(level: Confinement) -> None:
    sandbox = own(level, spares=False)
    try:
        with sandbox.child(Framework.NUMPY, Limits(cpu_s=5)) as child:
            child.load(SPIN)
            first = sandbox.zygote_pid(Framework.NUMPY)
            assert first is not None
            threading.Timer(0.2, os.kill, (first, signal.SIGKILL)).start()
            error = stopped(child, lambda: child.ask(Request("call", "spin")))
            assert error.outcome is Outcome.SANDBOX_ERROR
            assert "does not count" in error.message
        assert judge(sandbox, SOFTMAX).outcome is Outcome.PASSED
        assert sandbox.zygote_pid(Framework.NUMPY) not in (None, first)
    finally:
        sandbox.close()


@levels
def test_a_zygote_that_is_worn_is_replaced_and_its_last_child_finishes(
    level: Confinement, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(linux, "_RECYCLE", 2)
    sandbox = own(level, spares=False)
    try:
        with sandbox.child(Framework.NUMPY, LIMITS) as old:
            first = sandbox.zygote_pid(Framework.NUMPY)
            old.load(SOFTMAX)
            for _ in range(3):
                assert judge(sandbox, SOFTMAX).outcome is Outcome.PASSED
            assert sandbox.zygote_pid(Framework.NUMPY) != first
            assert old.ask(Request("get", "np.pi")).value > 3
        assert first is not None
        assert gone(first)
    finally:
        sandbox.close()


@levels
def test_the_same_zygote_serves_after_every_kind_of_end(level: Confinement) -> None:
    sandbox = own(level)
    try:
        judge(sandbox, SOFTMAX)
        first = sandbox.zygote_pid(Framework.NUMPY)
        for code in (SPIN + "spin()", "import os; os._exit(3)", "import ctypes; ctypes.string_at(0)", "x = '\0'"):
            assert judge(sandbox, code).outcome is not Outcome.PASSED
        assert judge(sandbox, SOFTMAX).outcome is Outcome.PASSED
        assert sandbox.zygote_pid(Framework.NUMPY) == first
    finally:
        sandbox.close()


@levels
def test_words_that_are_no_request_do_not_end_a_zygote(level: Confinement) -> None:
    sandbox = own(level, spares=False)
    try:
        judge(sandbox, SOFTMAX)
        zygote = sandbox._zygotes[Framework.NUMPY]
        for junk in (b"F", b"R", b"?" * 64, b"F" + bytes(40), b"R" + b"\xff" * 4):
            zygote._control.send(junk)
            assert zygote._control.recv(2048)[:1] == b"E"
        assert judge(sandbox, SOFTMAX).outcome is Outcome.PASSED
    finally:
        sandbox.close()


@levels
def test_closing_leaves_no_process(level: Confinement) -> None:
    sandbox = own(level)
    with sandbox.child(Framework.NUMPY, LIMITS) as child:
        pids = [process_of(child).pid, sandbox.zygote_pid(Framework.NUMPY)]
    sandbox.close()
    assert all(pid is not None and gone(pid) for pid in pids)
    with pytest.raises(Exception, match="closed"), sandbox.child(Framework.NUMPY, LIMITS):
        pass


JUDGE = """
import sys, threading
from vivavoce.domain.exercise import Confinement, Framework, Limits
from vivavoce.engines.judge.base import Request
from vivavoce.engines.judge.sandbox.linux import LinuxSandbox
from vivavoce.engines.judge.sandbox.limited import LimitedSandbox
level = Confinement(sys.argv[1])
confined = level is not Confinement.LIMITED
sandbox = LinuxSandbox(level, spares=False) if confined else LimitedSandbox()
with sandbox.child(Framework.NUMPY, Limits(cpu_s=60)) as child:
    child.load("def spin():\\n    while True: pass")
    print(child._process.pid, sandbox.zygote_pid(Framework.NUMPY) if confined else "", flush=True)
    child.ask(Request("call", "spin"))
"""


@pytest.mark.parametrize("level", LEVELS, ids=str)
def test_when_the_judge_is_killed_nothing_goes_on(level: Confinement) -> None:
    with subprocess.Popen([sys.executable, "-c", JUDGE, level.value], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        pids = [int(pid) for pid in process.stdout.readline().split()]
        assert len(pids) == (1 if level is Confinement.LIMITED else 2)
        time.sleep(0.1)
        process.kill()
    assert all(gone(pid) for pid in pids)


@confined
def test_eight_at_once_of_which_one_is_hostile(sandbox: Sandbox) -> None:
    hostile = "def softmax(x):\n    keep = []\n    while True: keep.append(bytearray(1 << 20)); print('x' * 999)"
    codes = [SOFTMAX] * 3 + [hostile] + [SOFTMAX] * 4
    with ThreadPoolExecutor(8) as pool:
        seen = list(pool.map(lambda code: judge(sandbox, code), codes))
    outcomes = [s.outcome for s in seen]
    assert outcomes.pop(3) in {Outcome.MEMORY_LIMIT, Outcome.RAISED, Outcome.OUTPUT_LIMIT, Outcome.CPU_LIMIT}
    assert outcomes == [Outcome.PASSED] * 7


@every_level
def test_a_thread_that_works_between_questions_is_on_the_clock(sandbox: Sandbox) -> None:
    with sandbox.child(Framework.NUMPY, Limits(cpu_s=5)) as child:
        child.load(
            "import threading\ndef work():\n    while True: pass\n"
            "threading.Thread(target=work, daemon=True).start()\ndef nothing(): pass\n"
        )
        child.ask(Request("call", "nothing"))
        before = process_of(child).cpu_s()
        while process_of(child).cpu_s() < before + 0.15:
            time.sleep(0.02)
        assert child.ask(Request("call", "nothing")).cpu_s > 0.1


@every_level
def test_each_question_has_the_whole_of_the_limit(sandbox: Sandbox) -> None:
    with sandbox.child(Framework.NUMPY, LIMITS) as child:
        child.load(
            "import time\ndef some():\n    end = time.process_time() + 0.3\n    while time.process_time() < end: pass"
        )
        for _ in range(3):
            assert 0.28 < child.ask(Request("call", "some")).cpu_s < 0.5


@pytest.mark.slow
@confined
def test_an_honest_submission_passes_on_a_machine_with_too_much_to_do(sandbox: Sandbox) -> None:
    loads = [subprocess.Popen([sys.executable, "-c", "while True: pass"]) for _ in range(8)]
    try:
        assert [judge(sandbox, SOFTMAX).outcome for _ in range(5)] == [Outcome.PASSED] * 5
    finally:
        for load in loads:
            load.kill()
            load.wait()
