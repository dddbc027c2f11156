"""Windows: a Job Object that takes the process with it, and clocks by process handle."""

from __future__ import annotations

import ctypes
import sys
from typing import Any

_KILL_ON_CLOSE, _ACTIVE_PROCESSES, _DIE_ON_EXCEPTION = 0x2000, 0x8, 0x400
_EXTENDED_LIMITS = 9
_TICKS_PER_S = 1e7


class _Basic(ctypes.Structure):
    _fields_ = [
        ("per_process_time", ctypes.c_int64),
        ("per_job_time", ctypes.c_int64),
        ("flags", ctypes.c_uint32),
        ("minimum_working_set", ctypes.c_size_t),
        ("maximum_working_set", ctypes.c_size_t),
        ("active_processes", ctypes.c_uint32),
        ("affinity", ctypes.c_size_t),
        ("priority", ctypes.c_uint32),
        ("scheduling", ctypes.c_uint32),
    ]


class _Extended(ctypes.Structure):
    _fields_ = [
        ("basic", _Basic),
        ("io", ctypes.c_uint64 * 6),
        ("process_memory", ctypes.c_size_t),
        ("job_memory", ctypes.c_size_t),
        ("peak_process_memory", ctypes.c_size_t),
        ("peak_job_memory", ctypes.c_size_t),
    ]


class _MemoryCounters(ctypes.Structure):
    _fields_ = [
        ("size", ctypes.c_uint32),
        ("faults", ctypes.c_uint32),
        ("peak_working_set", ctypes.c_size_t),
        ("working_set", ctypes.c_size_t),
        ("rest", ctypes.c_size_t * 6),
    ]


def _kernel() -> Any:
    if sys.platform != "win32":
        raise OSError("Job Objects exist on Windows only")
    return ctypes.WinDLL("kernel32", use_last_error=True)


class Job:
    """Holds one process: it can start no other, and dies when the job is closed, even by the judge's own end."""

    def __init__(self, process: int) -> None:
        kernel = _kernel()
        kernel.CreateJobObjectW.restype = ctypes.c_void_p
        self._kernel, self._job = kernel, ctypes.c_void_p(kernel.CreateJobObjectW(None, None))
        limits = _Extended()
        limits.basic.flags = _KILL_ON_CLOSE | _ACTIVE_PROCESSES | _DIE_ON_EXCEPTION
        limits.basic.active_processes = 1
        size = ctypes.sizeof(limits)
        if not kernel.SetInformationJobObject(self._job, _EXTENDED_LIMITS, ctypes.byref(limits), size):
            raise OSError("the limits of a job could not be set")
        if not kernel.AssignProcessToJobObject(self._job, ctypes.c_void_p(process)):
            raise OSError("a process could not be put into a job")

    def close(self) -> None:
        self._kernel.CloseHandle(self._job)


class WindowsMeter:
    """Times and working set of a process."""

    def __init__(self, handle: int) -> None:
        self._kernel, self._handle = _kernel(), ctypes.c_void_p(handle)
        self._cpu, self._rss = 0.0, 0

    def cpu_s(self) -> float:
        times = (ctypes.c_uint64 * 4)()  # creation, exit, kernel, user
        places = [ctypes.byref(times, 8 * i) for i in range(4)]
        if self._kernel.GetProcessTimes(self._handle, *places):
            self._cpu = (times[2] + times[3]) / _TICKS_PER_S
        return self._cpu

    def rss(self) -> int:
        counters = _MemoryCounters(size=ctypes.sizeof(_MemoryCounters))
        if self._kernel.K32GetProcessMemoryInfo(self._handle, ctypes.byref(counters), counters.size):
            self._rss = int(counters.working_set)
        return self._rss
