"""Confined children on Linux: with bubblewrap around each zygote (L2), or without it (L1)."""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from vivavoce.domain.exercise import Confinement, Framework, Limits, Outcome
from vivavoce.engines.judge.base import Child, StoppedError
from vivavoce.engines.judge.sandbox import packages
from vivavoce.engines.judge.sandbox.client import ChildClient, SandboxStartError
from vivavoce.engines.judge.sandbox.host import Zygote
from vivavoce.engines.judge.sandbox.process import LinuxProcess

_RECYCLE = 500
"""Children of one zygote: its memory fragments, and its hash seed should not live for ever."""
_BACK_OFF_S = 2.0
"""After a zygote that did not start: trying takes seconds of processor time."""


@dataclass(frozen=True, slots=True)
class _Held:
    """A confined process and the zygote that it belongs to."""

    zygote: Zygote
    process: LinuxProcess


class LinuxSandbox:
    """A `Sandbox` at L2 or L1. `wall_s` replaces the wall limit that follows from an exercise's processor time.

    After a child was used, the next one of its framework and memory is made ready in the background: forked, confined,
    and without a byte of code.
    """

    def __init__(
        self, confinement: Confinement, *, wall_s: Callable[[Limits], float] | None = None, spares: bool = True
    ) -> None:
        self._confinement = confinement
        self._wall_s = wall_s or (lambda limits: limits.wall_s)
        self._keep_spares = spares
        self._lock = threading.Lock()
        self._starting = {framework: threading.Lock() for framework in Framework}
        self._zygotes: dict[Framework, Zygote] = {}
        self._spares: dict[tuple[Framework, int], _Held] = {}
        self._failed: dict[Framework, tuple[float, str]] = {}
        self._closed = False

    @property
    def confinement(self) -> Confinement:
        return self._confinement

    def warm(self, framework: Framework) -> None:
        self._in_background(lambda: self._refill(framework, Limits().memory_mib))

    @contextlib.contextmanager
    def child(self, framework: Framework, limits: Limits) -> Iterator[Child]:
        held = self._take(framework, limits.memory_mib) or self._fresh(framework, limits.memory_mib)
        client = ChildClient(held.process, limits, wall_s=self._wall_s(limits))
        try:
            yield client
        finally:
            client.close()
            self._release(held)
            if self._keep_spares:
                self._in_background(lambda: self._refill(framework, limits.memory_mib))

    def close(self) -> None:
        with self._lock:
            self._closed = True
            spares, self._spares = list(self._spares.values()), {}
            zygotes, self._zygotes = list(self._zygotes.values()), {}
        for held in spares:
            held.process.end()
        for zygote in zygotes:
            zygote.close()

    def zygote_pid(self, framework: Framework) -> int | None:
        """The zygote's process, as long as there is one."""
        zygote = self._zygotes.get(framework)
        return zygote.pid if zygote is not None else None

    def _take(self, framework: Framework, memory_mib: int) -> _Held | None:
        """The spare, if it is there and alive."""
        with self._lock:
            held = self._spares.pop((framework, memory_mib), None)
        if held is not None and held.process.wait(0):
            self._release(held)
            return None
        return held

    def _refill(self, framework: Framework, memory_mib: int) -> None:
        """Make a spare ready, unless there is one."""
        key = (framework, memory_mib)
        with self._lock:
            if self._closed or key in self._spares:
                return
        with contextlib.suppress(StoppedError):
            held = self._fresh(framework, memory_mib)
            with self._lock:
                kept = not self._closed and self._keep_spares and key not in self._spares
                if kept:
                    surplus = [k for k in self._spares if k[0] is framework]  # of another size: nobody may want it
                    dropped = [self._spares.pop(k) for k in surplus]
                    self._spares[key] = held
            for other in dropped if kept else [held]:
                self._release(other)

    def _fresh(self, framework: Framework, memory_mib: int) -> _Held:
        """A child that has said that it is confined. Raises `StoppedError` with `sandbox_error`."""
        said = ""
        for _ in range(2):  # a zygote that was killed is replaced once
            zygote = self._zygote(framework)
            process = None
            try:
                process = zygote.fork(memory_mib << 20)
                process.confined()
            except SandboxStartError as error:
                said = str(error)
                if process is not None:
                    process.end()
                self._let_go(zygote)
                continue
            return _Held(zygote, process)
        raise StoppedError(Outcome.SANDBOX_ERROR, f"The sandbox could not start a process: {said}")

    def _zygote(self, framework: Framework) -> Zygote:
        """One that works, counted as used by one child more."""
        with self._starting[framework]:
            with self._lock:
                zygote = self._zygotes.get(framework)
                if zygote is not None and zygote.alive and zygote.children < _RECYCLE:
                    zygote.users += 1
                    return zygote
                retired = self._zygotes.pop(framework, None)
                idle = retired is not None and retired.users == 0
                if self._closed:
                    raise StoppedError(Outcome.SANDBOX_ERROR, "The sandbox is closed.")
            if retired is not None and idle:
                retired.close()
            if not packages.installed(framework):
                raise StoppedError(Outcome.SANDBOX_ERROR, f"{framework.value} is not installed.")
            failed_at, said = self._failed.get(framework, (-_BACK_OFF_S, ""))
            if time.monotonic() - failed_at < _BACK_OFF_S:
                raise StoppedError(Outcome.SANDBOX_ERROR, f"The sandbox did not start: {said}")
            try:
                zygote = Zygote(framework, self._confinement)
            except (SandboxStartError, OSError) as error:
                self._failed[framework] = time.monotonic(), str(error)
                raise StoppedError(Outcome.SANDBOX_ERROR, f"The sandbox did not start: {error}") from None
            with self._lock:
                zygote.users += 1
                if not self._closed:
                    self._zygotes[framework] = zygote
            return zygote

    def _release(self, held: _Held) -> None:
        held.process.end()
        self._let_go(held.zygote)

    def _let_go(self, zygote: Zygote) -> None:
        """One child less; a zygote that was retired, or is dead, goes with its last."""
        with self._lock:
            zygote.users -= 1
            current = zygote in self._zygotes.values()
            if current and not zygote.alive:
                self._zygotes = {f: z for f, z in self._zygotes.items() if z is not zygote}
                current = False
            last = zygote.users == 0 and not current
        if last:
            zygote.close()

    def _in_background(self, work: Callable[[], None]) -> None:
        if not self._closed:
            threading.Thread(target=work, name="sandbox", daemon=True).start()
