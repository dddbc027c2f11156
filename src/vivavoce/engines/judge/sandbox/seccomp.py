"""The system-call filter: an allow-list, assembled by hand so that nothing needs to be installed.

What is not listed fails with EPERM, which Python turns into a readable PermissionError; calls that serve only to break
out, and calls by another machine's numbers, kill the process.
"""

from __future__ import annotations

import ctypes
import errno
import os
import platform
import struct

from vivavoce.engines.judge.sandbox.libc import LIBC, check
from vivavoce.engines.judge.sandbox.syscalls import ALLOWED, CHECKED, EXPLOIT

_LOAD, _AND, _JEQ, _JGE, _JSET, _RETURN = 0x20, 0x54, 0x15, 0x35, 0x45, 0x06
_ALLOW = 0x7FFF0000
_KILL = 0x80000000  # the process, not the thread
_EPERM, _ENOSYS = 0x00050000 | errno.EPERM, 0x00050000 | errno.ENOSYS
_NUMBER, _ARCH, _ARGS = 0, 4, 16  # offsets in struct seccomp_data
_CLONE_THREAD, _CLONE_NAMESPACES = 0x00010000, 0x7E020000
_X32 = 0x40000000
_UNKNOWN = 0x7A5C3E19  # stands for a process number in a template; larger than any
_PRCTL_ALLOWED = (15, 16, 3, 0x53564D41)  # set and get a thread's name, get dumpable, name a mapping
_IOCTL_ALLOWED = (0x5401, 0x541B, 0x5450, 0x5451)  # is it a terminal, how much is there, close-on-exec on and off
_FCNTL_ALLOWED = (0, 1, 2, 3, 4, 1030)  # duplicate, flags; no locks, leases or seals: they reach other processes
_PR_SET_NO_NEW_PRIVS, _PR_SET_SECCOMP = 38, 22
MACHINES = {"x86_64": (0, 0xC000003E), "aarch64": (1, 0xC00000B7)}
"""Machine to column of the tables and AUDIT_ARCH value."""


class _Program(ctypes.Structure):
    _fields_ = [("length", ctypes.c_ushort), ("instructions", ctypes.c_char_p)]


def build(pid: int, machine: str | None = None) -> bytes:
    """The filter for the process `pid` (as it sees itself): it may signal itself and nobody else."""
    column, audit = MACHINES[machine or platform.machine()]
    code = [_op(_LOAD, _ARCH), _op(_JEQ, audit, 1, 0), _op(_RETURN, _KILL), _op(_LOAD, _NUMBER)]
    if column == 0:
        code += [_op(_JGE, _X32, 0, 1), _op(_RETURN, _KILL)]
    for numbers in ALLOWED.values():
        code += _answer(numbers[column], _ALLOW)
    for name, numbers in CHECKED.items():
        number = numbers[column]
        if number is not None:
            block = _checked(name, pid)
            code += [_op(_JEQ, number, 0, len(block)), *block]
    for numbers in EXPLOIT.values():
        code += _answer(numbers[column], _KILL)
    return b"".join([*code, _op(_RETURN, _EPERM)])


def template() -> bytes:
    """The filter for a process that does not exist yet; `for_process` completes it."""
    return build(_UNKNOWN)


def for_process(program: bytes, pid: int) -> bytes:
    """A template with the process's number put in."""
    return program.replace(struct.pack("<I", _UNKNOWN), struct.pack("<I", pid))


def install(program: bytes) -> None:
    """Put the filter over this process for good. Call it while there is one thread."""
    check(LIBC.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0), "no_new_privs")
    filter_ = _Program(len(program) // 8, program)
    check(LIBC.prctl(_PR_SET_SECCOMP, 2, ctypes.byref(filter_), 0, 0), "seccomp")


def supported() -> bool:
    """Whether there is a table for this machine."""
    return os.name == "posix" and platform.system() == "Linux" and platform.machine() in MACHINES


def _op(code: int, k: int, yes: int = 0, no: int = 0) -> bytes:
    return struct.pack("<HBBI", code, yes, no, k)


def _answer(number: int | None, action: int) -> list[bytes]:
    return [] if number is None else [_op(_JEQ, number, 0, 1), _op(_RETURN, action)]


def _argument(index: int) -> bytes:
    return _op(_LOAD, _ARGS + 8 * index)  # the lower half: what is compared here is an int for the kernel too


def _one_of(index: int, allowed: tuple[int, ...]) -> list[bytes]:
    block = [_argument(index)]
    for value in allowed:
        block += [_op(_JEQ, value, 0, 1), _op(_RETURN, _ALLOW)]
    return [*block, _op(_RETURN, _EPERM)]


def _checked(name: str, pid: int) -> list[bytes]:
    if name == "clone":  # threads only
        refuse = _op(_RETURN, _EPERM)
        return [
            *(_argument(0), _op(_JSET, _CLONE_NAMESPACES, 0, 1), refuse),
            *(_op(_JSET, _CLONE_THREAD, 0, 1), _op(_RETURN, _ALLOW), refuse),
        ]
    if name in ("clone3", "openat2"):  # their arguments lie in memory; libc falls back to the older call
        return [_op(_RETURN, _ENOSYS)]
    if name in ("kill", "tgkill"):
        return _one_of(0, (pid,))
    if name == "prlimit64":  # reading one's own limits: no new value
        low, high = _ARGS + 16, _ARGS + 20
        refuse = _op(_RETURN, _EPERM)
        return [
            *(_op(_LOAD, low), _op(_JEQ, 0, 1, 0), refuse),
            *(_op(_LOAD, high), _op(_JEQ, 0, 1, 0), refuse),
            _op(_RETURN, _ALLOW),
        ]
    if name == "prctl":
        return _one_of(0, _PRCTL_ALLOWED)
    if name in ("ioctl", "fcntl"):
        return _one_of(1, _IOCTL_ALLOWED if name == "ioctl" else _FCNTL_ALLOWED)
    return [_op(_RETURN, _EPERM)]
