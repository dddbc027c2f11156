"""The layers over one child, in the order in which they can be put in place."""

from __future__ import annotations

import ctypes
import os
import resource
import signal
import struct

from vivavoce.engines.judge.sandbox import landlock, seccomp
from vivavoce.engines.judge.sandbox.libc import LIBC, ConfinementError, check, prctl

NOBODY = 65534
_PR_SET_PDEATHSIG, _PR_SET_DUMPABLE, _PR_SET_KEEPCAPS, _PR_SET_NO_NEW_PRIVS = 1, 4, 8, 38
_CAP_DAC_READ_SEARCH = 2
_CLOSE_RANGE = 436
_THREADS = 256
"""Beyond what the user already runs: kernels count per user, who may start more programs meanwhile. Memory limits
threads too."""


def leave_root(*, keep_reading: bool) -> None:
    """Become nobody. With `keep_reading` the right to read files of others stays, for an interpreter that lies under a
    folder closed to them; Landlock then still decides which files."""
    check(LIBC.prctl(_PR_SET_KEEPCAPS, 1 if keep_reading else 0, 0, 0, 0), "keeping capabilities")
    os.setgroups([])
    os.setresgid(NOBODY, NOBODY, NOBODY)
    os.setresuid(NOBODY, NOBODY, NOBODY)
    set_capabilities(1 << _CAP_DAC_READ_SEARCH if keep_reading else 0)


def hide(parent: int) -> None:
    """Die with the parent, and keep memory and descriptors from other processes of the same user."""
    prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, "dying with the parent")
    prctl(_PR_SET_DUMPABLE, 0, "dumpable")
    if os.getppid() != parent:  # it died before it could take us along
        os._exit(1)


def limit(memory_bytes: int, processes: int) -> None:
    """Resource limits that the kernel keeps: `memory_bytes` on top of what this process has, nothing written."""
    size, _, _, _, _, data, _ = (int(n) * resource.getpagesize() for n in _statm())
    fixed = {
        resource.RLIMIT_AS: size + memory_bytes + (256 << 20),  # files are mapped into it too
        resource.RLIMIT_DATA: data + memory_bytes,
        resource.RLIMIT_STACK: 8 << 20,
        resource.RLIMIT_NPROC: processes + _THREADS,
        resource.RLIMIT_NOFILE: 32,
        resource.RLIMIT_FSIZE: 0,
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_MEMLOCK: 0,
        resource.RLIMIT_CPU: 600,  # the judge's clock stops a child long before; this is for a judge that is gone
    }
    for what, most in fixed.items():
        hard = resource.getrlimit(what)[1]
        most = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(what, (most, most))


def confine(*, parent: int, memory_bytes: int, processes: int, rules: int, program: bytes) -> None:
    """Every layer, or `ConfinementError`. Call it with one thread and only the descriptors that the child keeps."""
    try:
        os.setsid()
        hide(parent)
        os.nice(2)  # behind the service that waits for it
        limit(memory_bytes, processes)
        check(LIBC.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0), "no_new_privs")
        landlock.restrict(rules)
        os.close(rules)
        seccomp.install(seccomp.for_process(program, os.getpid()))
    except (OSError, ValueError) as error:
        raise ConfinementError(f"confinement: {error}") from None


def close_from(first: int) -> None:
    """Close every descriptor from `first` on."""
    if LIBC.syscall(_CLOSE_RANGE, first, ctypes.c_uint(0xFFFFFFFF), 0) < 0:  # before Linux 5.9
        os.closerange(first, resource.getrlimit(resource.RLIMIT_NOFILE)[1])


def user_processes(uid: int) -> int:
    """Processes and threads of a user, as far as they can be seen."""
    count = 0
    for entry in os.scandir("/proc"):
        if entry.name.isdigit():
            try:
                if entry.stat().st_uid == uid:
                    count += len(os.listdir(f"/proc/{entry.name}/task"))
            except OSError:
                count += 1
    return count


def _statm() -> list[bytes]:
    with open("/proc/self/statm", "rb") as file:
        return file.read().split()


def set_capabilities(mask: int) -> None:
    """These and no others from now on; what could come back by running another program is barred by no_new_privs."""
    header = ctypes.create_string_buffer(struct.pack("<Ii", 0x20080522, 0))
    low = mask & 0xFFFFFFFF
    data = ctypes.create_string_buffer(struct.pack("<6I", low, low, 0, 0, 0, 0))
    check(LIBC.capset(header, data), "capabilities")
