"""The judge of a program: its sandbox is opened when first needed, and as many submissions run at once as cores."""

from __future__ import annotations

import importlib.util
import os
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from vivavoce.domain.exercise import Confinement, Framework
from vivavoce.engines.judge.base import Sandbox
from vivavoce.engines.judge.run import Judge
from vivavoce.plugins import make_sandbox

NOTES = {
    Confinement.CONTAINED: "Submissions run contained: own namespaces, no files, no network, no other processes.",
    Confinement.CONFINED: "Submissions run confined: no files, no network, no other processes.",
    Confinement.LIMITED: (
        "Submissions run with limits of time and memory only; this machine offers no more. "
        "That is for your own code: do not run anybody else's."
    ),
}


@dataclass(slots=True)
class JudgeHost:
    """Hands out the judge. Safe to use from several threads."""

    make: Callable[[], Sandbox] = make_sandbox
    slots: threading.Semaphore = field(default_factory=lambda: threading.Semaphore(os.cpu_count() or 1))
    _judge: Judge | None = None
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @contextmanager
    def judge(self) -> Iterator[Judge]:
        """The judge, for one submission; waits while every core has one."""
        judge = self._opened()
        with self.slots:
            yield judge

    @property
    def confinement(self) -> Confinement:
        """How well this machine contains a submission. Opens the sandbox, which tests itself."""
        return self._opened().sandbox.confinement

    def describe(self) -> str:
        """The level and what it means."""
        level = self.confinement
        return f"{level}: {NOTES[level]}"

    def warm(self, framework: Framework) -> None:
        """Start in the background what makes the first submission slow."""
        self._opened().sandbox.warm(framework)

    def close(self) -> None:
        with self._lock:
            if self._judge is not None:
                self._judge.sandbox.close()
                self._judge = None

    def _opened(self) -> Judge:
        with self._lock:
            if self._judge is None:
                self._judge = Judge(self.make())
            return self._judge


def available(framework: Framework) -> bool:
    """Whether the framework is installed. Does not import it."""
    return importlib.util.find_spec(framework.value) is not None


def advice(framework: Framework) -> str:
    """What to do about a framework that is not installed; empty when it is."""
    if available(framework):
        return ""
    how = f'{sys.executable} -m pip install "{framework.value}"'
    if framework is Framework.TORCH and sys.platform == "linux":
        how += " (without a GPU, take the CPU build, a tenth of the size: PyTorch's installation page gives the line)"
    return f"{framework.value} is not installed. To add it: {how}"
