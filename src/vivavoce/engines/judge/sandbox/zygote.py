"""A process per framework that has imported and warmed everything, and forks one confined child per submission.

It reads nothing that a submission wrote: the code goes from the judge to the child through a socket that is only passed
on here. Requests and answers on the control socket, one answer per request:

    F memory_bytes, with (data socket, output pipe)  ->  P pid, with a pidfd     fork a child
    R pid                                            ->  S status cpu max_rss    wait for one that has ended
    either                                           ->  E text                  it could not be done
"""

from __future__ import annotations

import array
import gc
import importlib
import importlib.machinery
import json
import os
import socket
import sys
import tempfile
import traceback
from typing import Any

from vivavoce.engines.judge.sandbox import child, confine, frameworks, landlock, seccomp
from vivavoce.engines.judge.sandbox.libc import ConfinementError, prctl
from vivavoce.engines.judge.sandbox.structs import CONFINED, FORK, FORKED, REAP, REAPED

_DEVICES = ("/dev/null", "/dev/zero", "/dev/urandom", "/dev/random")
_WARM_STDLIB = """
    abc array ast base64 bisect cmath collections collections.abc contextlib copy ctypes dataclasses decimal difflib
    enum fractions functools gc hashlib heapq inspect io itertools json keyword linecache logging math numbers
    operator os pprint queue random re secrets signal statistics string struct textwrap threading time traceback
    types typing uuid warnings weakref zlib
"""
"""What submissions import; `unittest` is not among them, for every megabyte makes each fork dearer."""
_PR_SET_DUMPABLE = 4
_MAX_PERMISSIONS = 1 << 20


def main(configuration: dict[str, Any]) -> None:
    """Get ready, say so on the control socket, and serve until the judge is gone."""
    control = socket.socket(fileno=configuration["control"])
    try:
        zygote = Zygote(control, configuration | json.loads(control.recv(_MAX_PERMISSIONS)))
    except BaseException:
        control.send(b"E" + traceback.format_exc().encode()[-60_000:])
        raise SystemExit(1) from None
    null = os.open(os.devnull, os.O_RDWR)
    os.dup2(null, 2)  # until now it told why it could not start; nobody reads it from here on
    os.close(null)
    control.send(b"Z")
    zygote.serve()


class Zygote:
    """Warmed and reduced to what its children need."""

    def __init__(self, control: socket.socket, configuration: dict[str, Any]) -> None:
        self.control = control
        for name in _WARM_STDLIB.split():
            importlib.import_module(name)
        self.adapter = frameworks.adapter(configuration["framework"])
        with tempfile.TemporaryDirectory() as folder:  # PyTorch makes one of its own for compiled code otherwise
            os.environ["TORCHINDUCTOR_CACHE_DIR"] = folder
            self.adapter.warm()
        del os.environ["TORCHINDUCTOR_CACHE_DIR"]
        sys.path[:] = [p for p in sys.path if p not in configuration["roots"]]
        sys.meta_path.append(Finder(configuration["framework"], configuration["roots"], configuration["names"]))
        sys.dont_write_bytecode = True
        child.prepare_streams()
        self.rules = landlock.ruleset(configuration["readable"], configuration["listable"], _DEVICES)
        self.program = seccomp.template()
        if os.getuid() == 0:
            confine.leave_root(keep_reading=configuration["keep_reading"])
        else:
            confine.set_capabilities(0)
        prctl(_PR_SET_DUMPABLE, 0, "dumpable")
        self.processes = confine.user_processes(os.getuid())
        if threads() != 1:  # a fork copies one thread; what the others held stays locked for ever
            raise ConfinementError(f"{threads()} threads before the first fork")
        gc.collect()
        gc.freeze()  # else the first collection in each child copies every page

    def serve(self) -> None:
        while True:
            message, descriptors, _, _ = socket.recv_fds(self.control, 64, 2)
            if not message:
                return
            try:
                if message[:1] == b"F":
                    self._fork(FORK.unpack(message)[1], descriptors)
                else:
                    self._reap(REAP.unpack(message)[1])
            except Exception as error:
                self.control.send(b"E" + repr(error).encode()[:1000])
            finally:
                for descriptor in descriptors:
                    os.close(descriptor)

    def _fork(self, memory_bytes: int, descriptors: list[int]) -> None:
        parent = os.getpid()
        pid = os.fork()
        if pid == 0:
            try:
                data, output = descriptors
                self._become_child(parent, memory_bytes, data, output)
            finally:
                os._exit(0)
        pidfd = os.pidfd_open(pid)
        try:
            rights = [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", [pidfd]))]
            self.control.sendmsg([FORKED.pack(b"P", pid)], rights)
        finally:
            os.close(pidfd)

    def _become_child(self, parent: int, memory_bytes: int, data: int, output: int) -> None:
        """Never returns into the zygote's loop. The judge sends the code only after the byte that says `confined`."""
        rules, data = _keep_only(self.rules, data, output)
        try:
            confine.confine(
                parent=parent,
                memory_bytes=memory_bytes,
                processes=self.processes,
                rules=rules,
                program=self.program,
            )
        except BaseException as error:
            os.write(data, b"E" + str(error).encode()[:1000])
            return
        os.write(data, CONFINED)
        child.Server(data, data, self.adapter).run()

    def _reap(self, pid: int) -> None:
        _, status, usage = os.wait4(pid, 0)
        cpu = usage.ru_utime + usage.ru_stime
        self.control.send(REAPED.pack(b"S", status, cpu, usage.ru_maxrss * 1024))


class Finder:
    """Imports from the framework's own packages; any other name is missing, and the message says what is allowed."""

    def __init__(self, framework: str, roots: list[str], names: list[str]) -> None:
        self._allowed = {"numpy": "NumPy", "torch": "PyTorch and NumPy", "jax": "JAX and NumPy"}[framework]
        self._roots, self._names = roots, frozenset(names)

    def find_spec(self, name: str, path: Any = None, target: Any = None) -> importlib.machinery.ModuleSpec | None:
        if path is not None:
            return None
        if name in self._names:
            return importlib.machinery.PathFinder.find_spec(name, self._roots)
        raise ModuleNotFoundError(
            f"No module named '{name}' here: this exercise allows the standard library, {self._allowed}", name=name
        )


def threads() -> int:
    with open("/proc/self/status", encoding="ascii", errors="replace") as file:
        return next(int(line.split()[1]) for line in file if line.startswith("Threads:"))


def _keep_only(rules: int, data: int, output: int) -> tuple[int, int]:
    """Close every descriptor but three; rules and data socket lie at 3 and 4 afterwards."""
    high = [os.dup2(descriptor, 100 + i, inheritable=False) for i, descriptor in enumerate((data, rules, output))]
    for place, descriptor in zip((3, 4, 5), high, strict=True):
        os.dup2(descriptor, place, inheritable=False)
    confine.close_from(6)
    child.redirect(5)
    return 4, 3
