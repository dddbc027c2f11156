"""Processor time and resident memory of another process, seen from outside, on each system."""

from __future__ import annotations

import contextlib
import ctypes
import os
import sys
import time
from typing import Any, Protocol

from vivavoce.engines.judge.sandbox.windows import WindowsMeter


class Meter(Protocol):
    """Both answer with what was seen last when the process is gone."""

    def cpu_s(self) -> float: ...
    def rss(self) -> int: ...


class LinuxMeter:
    """By the process's own CPU clock and `/proc`."""

    def __init__(self, pid: int) -> None:
        self._clock = (~pid << 3) | 2  # clock of a whole process, as the C library builds its id
        self._statm = f"/proc/{pid}/statm"
        self._page = os.sysconf("SC_PAGE_SIZE")
        self._cpu = 0.0
        self._rss = 0

    def cpu_s(self) -> float:
        with contextlib.suppress(OSError):
            self._cpu = max(self._cpu, time.clock_gettime(self._clock))
        return self._cpu

    def rss(self) -> int:
        with contextlib.suppress(OSError, IndexError), open(self._statm, "rb") as file:
            self._rss = int(file.read().split()[1]) * self._page
        return self._rss


class MacMeter:
    """By `proc_pid_rusage`, whose times are in ticks of the machine's clock."""

    def __init__(self, pid: int) -> None:
        self._pid = pid
        self._library: Any = ctypes.CDLL(None)
        base = (ctypes.c_uint32 * 2)()
        self._library.mach_timebase_info(ctypes.byref(base))
        self._tick_s = base[0] / base[1] / 1e9
        self._usage = (ctypes.c_uint64 * 64)()

    def cpu_s(self) -> float:
        self._look()
        return float(self._usage[2] + self._usage[3]) * self._tick_s  # after the 16 bytes of its uuid: user, system

    def rss(self) -> int:
        self._look()
        return int(self._usage[8])

    def _look(self) -> None:
        self._library.proc_pid_rusage(self._pid, 0, ctypes.byref(self._usage))  # leaves it as it was on failure


def meter(pid: int, handle: int | None = None) -> Meter:
    """The meter of this system. `handle` is the process handle on Windows."""
    if sys.platform == "win32":
        return WindowsMeter(handle or 0)
    return MacMeter(pid) if sys.platform == "darwin" else LinuxMeter(pid)
