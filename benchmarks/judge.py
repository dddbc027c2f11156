"""What judging costs: processor time, waiting time and memory of one submission, against a fresh interpreter.

    python benchmarks/judge.py [--runs N] [--quick]

Figures of both kinds are taken in turn in one run, because a busy machine slows both. Processor time is that of the
child, its zygote and the judge together; ratios say more than milliseconds.
"""

from __future__ import annotations

import argparse
import os
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from vivavoce.domain.exercise import Confinement, Framework, Limits, Outcome
from vivavoce.engines.judge.base import Child, Request, StoppedError
from vivavoce.engines.judge.sandbox import packages
from vivavoce.engines.judge.sandbox.linux import LinuxSandbox
from vivavoce.engines.judge.sandbox.meters import LinuxMeter
from vivavoce.engines.judge.sandbox.process import LinuxProcess
from vivavoce.engines.judge.sandbox.select import choose

SOFTMAX = """
import numpy as np

def work(x):
    e = np.exp(x - x.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)
"""
TRAINING_STEP = """
import torch

def work(x):
    torch.manual_seed(0)
    net = torch.nn.Linear(5, 1)
    optimizer = torch.optim.Adam(net.parameters())
    loss = net(x.float()).pow(2).mean()
    loss.backward()
    optimizer.step()
    return net.weight
"""
FRESH = """
x = np.random.default_rng(0).normal(size=(4, 5))
for _ in range(3):
    work({argument})
"""
HOSTILE = "def work(x):\n    keep = []\n    while True:\n        keep.append(bytearray(1 << 20)); print('x' * 999)\n"
CODE = {Framework.NUMPY: SOFTMAX, Framework.TORCH: TRAINING_STEP}
TARGETS = {Framework.NUMPY: (10.0, 10), Framework.TORCH: (45.0, 40)}
"""Milliseconds of processor time once warm, and how many times cheaper than a fresh interpreter."""


@dataclass
class Costs:
    """Of each run, in milliseconds; memory in MiB."""

    cpu: list[float] = field(default_factory=list)
    wall: list[float] = field(default_factory=list)
    dirty: list[float] = field(default_factory=list)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=30, help="submissions for each figure")
    parser.add_argument("--quick", action="store_true", help="a few runs, NumPy only: whether the benchmark works")
    options = parser.parse_args()
    runs = 3 if options.quick else options.runs
    choice = choose()
    choice.sandbox.close()
    level = choice.sandbox.confinement
    print(choice.describe())
    if level is Confinement.LIMITED:
        sys.exit("These figures are for a confined level; this machine offers limits only.")
    print(f"{os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}, {runs} runs, median (least)\n")
    for framework in (Framework.NUMPY, Framework.TORCH):
        if framework is Framework.TORCH and (options.quick or not packages.installed(framework)):
            print(f"{framework.value}: left out\n")
            continue
        compare(framework, level, runs)
    throughput(level, 1.0 if options.quick else 5.0)
    crowd(level)


def compare(framework: Framework, level: Confinement, runs: int) -> None:
    """One framework: cold, warm, with a spare child, and a fresh interpreter each time."""
    began = time.perf_counter()
    sandbox = LinuxSandbox(level, spares=False)
    submit(sandbox, framework)
    cold = time.perf_counter() - began
    eager = LinuxSandbox(level)
    submit(eager, framework)
    zygote = sandbox.zygote_pid(framework)
    assert zygote is not None
    clock = LinuxMeter(zygote)
    warm, fresh, waited = Costs(), Costs(), Costs()
    for _ in range(runs):
        measure_warm(sandbox, framework, clock, warm)
        measure_fresh(framework, fresh)
        time.sleep(0.1)  # the spare is made ready meanwhile
        waited.wall.append(timed(lambda: submit(eager, framework)))
        time.sleep(0.1)  # the next one must not be on the clock of what follows
    zygote_mib = clock.rss() / 2**20
    sandbox.close()
    eager.close()
    most, least_ratio = TARGETS[framework]
    ratio = statistics.median(fresh.cpu) / statistics.median(warm.cpu)
    print(f"{framework.value}: three questions ({'training step' if framework is Framework.TORCH else 'softmax'})")
    print(f"  {'':30}{'CPU ms':>18}{'wall ms':>18}")
    print(f"  {'warm':30}{shown(warm.cpu):>18}{shown(warm.wall):>18}")
    print(f"  {'warm, with a spare child':30}{'':18}{shown(waited.wall):>18}")
    print(f"  {'fresh interpreter':30}{shown(fresh.cpu):>18}{shown(fresh.wall):>18}")
    print(f"  first submission after start: {cold:.2f} s; zygote {zygote_mib:.0f} MiB")
    if warm.dirty:
        print(f"  memory of one child that is its own (Private_Dirty): {statistics.median(warm.dirty):.1f} MiB")
    verdicts = ["met" if statistics.median(warm.cpu) <= most else "missed", "met" if ratio >= least_ratio else "missed"]
    print(
        f"  target: at most {most:g} ms CPU: {verdicts[0]}; at least {least_ratio} times cheaper: {ratio:.0f} times, ",
        end="",
    )
    print(f"{verdicts[1]}\n")


def submit(sandbox: LinuxSandbox, framework: Framework, code: str | None = None) -> Outcome:
    """One submission, three questions."""
    try:
        with sandbox.child(framework, Limits()) as child:
            ask(child, code or CODE[framework])
    except StoppedError as error:
        return error.outcome
    return Outcome.PASSED


def ask(child: Child, code: str) -> None:
    rng = np.random.default_rng()
    child.load(code)
    for _ in range(3):
        child.ask(Request("call", "work", (rng.normal(size=(4, 5)),)))


def measure_warm(sandbox: LinuxSandbox, framework: Framework, clock: LinuxMeter, costs: Costs) -> None:
    own, zygote, began = time.process_time(), clock.cpu_s(), time.perf_counter()
    with sandbox.child(framework, Limits()) as child:
        ask(child, CODE[framework])
        answered = time.perf_counter() - began
        process = getattr(child, "_process")  # noqa: B009 - of a protocol that has none
        assert isinstance(process, LinuxProcess)
        dirty = private_dirty(process.pid)
    ended = process.ended()
    assert ended is not None
    cpu = ended.cpu_s + (clock.cpu_s() - zygote) + (time.process_time() - own)
    costs.cpu.append(cpu * 1000)
    costs.wall.append(answered * 1000)
    costs.dirty += dirty


def measure_fresh(framework: Framework, costs: Costs) -> None:
    argument = "torch.from_numpy(x)" if framework is Framework.TORCH else "x"
    program = "import numpy as np\n" + CODE[framework] + FRESH.format(argument=argument)
    threads = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    subprocess.run([sys.executable, "-c", program], check=True, env=os.environ | threads)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    costs.wall.append((time.perf_counter() - began) * 1000)
    spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    costs.cpu.append(spent * 1000)


def private_dirty(pid: int) -> list[float]:
    """Empty where the kernel does not tell: a confined process can be looked into by root only."""
    try:
        text = Path(f"/proc/{pid}/smaps_rollup").read_text()
    except OSError:
        return []
    return [int(line.split()[1]) / 1024 for line in text.splitlines() if line.startswith("Private_Dirty:")]


def throughput(level: Confinement, seconds: float) -> None:
    """Submissions a second with as many judges as processors."""
    workers = os.cpu_count() or 1
    sandbox = LinuxSandbox(level)
    submit(sandbox, Framework.NUMPY)
    deadline = time.perf_counter() + seconds

    def work(_: int) -> int:
        done = 0
        while time.perf_counter() < deadline:
            assert submit(sandbox, Framework.NUMPY) is Outcome.PASSED
            done += 1
        return done

    with ThreadPoolExecutor(workers) as pool:
        total = sum(pool.map(work, range(workers)))
    sandbox.close()
    print(f"throughput: {total / seconds:.0f} NumPy submissions a second on {workers} processors")


def crowd(level: Confinement) -> None:
    """Eight at once, one of which takes memory and prints for ever."""
    sandbox = LinuxSandbox(level)
    submit(sandbox, Framework.NUMPY)
    codes = [SOFTMAX] * 3 + [HOSTILE] + [SOFTMAX] * 4

    def one(code: str) -> tuple[Outcome, float]:
        began = time.perf_counter()
        return submit(sandbox, Framework.NUMPY, code), time.perf_counter() - began

    with ThreadPoolExecutor(8) as pool:
        results = list(pool.map(one, codes))
    sandbox.close()
    hostile = results.pop(3)
    passed = sum(outcome is Outcome.PASSED for outcome, _ in results)
    slowest = max(wall for _, wall in results) * 1000
    print(f"eight at once: {passed} of 7 honest ones pass, the slowest after {slowest:.0f} ms; ", end="")
    print(f"the hostile one: {hostile[0]} after {hostile[1] * 1000:.0f} ms")


def timed(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return (time.perf_counter() - began) * 1000


def shown(values: list[float]) -> str:
    return f"{statistics.median(values):.1f} ({min(values):.1f})"


if __name__ == "__main__":
    main()
