"""Attacks that every confined level must stop, run at start on the sandbox that is about to be used.

`SOURCE` is given to a child as a submission. Each function tries one way out and answers `through`, or how it was
refused; a function that kills its process was refused too. Anything else means that the test itself did not work.
"""

from __future__ import annotations

import contextlib
import os
import socket
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from vivavoce.domain.exercise import Framework, Limits, Outcome
from vivavoce.engines.judge.base import Request, Sandbox, StoppedError

SOURCE = """
import ctypes, os, socket

LIBC = ctypes.CDLL(None, use_errno=True)

def refused(error):
    return f"refused: {error}"

def connect(port):
    try:
        socket.create_connection(("127.0.0.1", port), timeout=2).close()
    except OSError as error:
        return refused(error)
    return "through"

def read(path):
    try:
        open(path).read()
    except OSError as error:
        return refused(error)
    return "through"

def write(path):
    try:
        open(path, "w").write("x")
    except OSError as error:
        return refused(error)
    return "through"

def fork():
    try:
        pid = os.fork()
    except OSError as error:
        return refused(error)
    if pid == 0:
        os._exit(0)
    return "through"

def execute(path):
    try:
        os.posix_spawn(path, [path, "-c", ""], {})
    except OSError as error:
        return refused(error)
    return "through"

def system_call(number, *arguments):
    result = LIBC.syscall(number, *arguments)
    return refused(os.strerror(ctypes.get_errno())) if result < 0 else "through"

def descriptors():
    found = []
    for number in range(3, 64):
        try:
            os.fstat(number)
        except OSError:
            continue
        found.append(number)
    return "refused: none inherited" if len(found) == 1 else "through"
"""


@dataclass(frozen=True, slots=True)
class Attack:
    """One call of a function of `SOURCE`."""

    name: str
    function: str
    args: tuple[object, ...] = ()


def failures(sandbox: Sandbox) -> list[str]:
    """Names of the attacks that got through, or could not be tried. Raises `StoppedError` when there is no child."""
    with _surroundings() as attacks:
        found = []
        for attack in attacks:
            answer = _try(sandbox, attack)
            if not answer.startswith("refused"):
                found.append(f"{attack.name} ({answer})")
        return found


def _try(sandbox: Sandbox, attack: Attack) -> str:
    with sandbox.child(Framework.NUMPY, Limits(cpu_s=2.0)) as child:
        child.load(SOURCE)
        try:
            return str(child.ask(Request("call", attack.function, attack.args)).value)
        except StoppedError as error:
            if error.outcome is Outcome.SANDBOX_ERROR:
                raise
            return f"refused: {error.message}" if error.outcome is Outcome.CRASHED else error.message


@contextlib.contextmanager
def _surroundings() -> Iterator[list[Attack]]:
    """A listener, a secret file and an open folder: without a sandbox, all of them are within reach."""
    with tempfile.TemporaryDirectory() as folder, socket.create_server(("127.0.0.1", 0)) as listener:
        os.chmod(folder, 0o777)  # noqa: S103 - so that only the sandbox can be what refuses
        secret = Path(folder, "secret")
        secret.write_text("a line that no submission may read")
        secret.chmod(0o644)
        machine = os.uname().machine
        ptrace = 101 if machine == "x86_64" else 117
        yield [
            Attack("open a TCP connection", "connect", (listener.getsockname()[1],)),
            Attack("read a file", "read", (str(secret),)),
            Attack("write a file", "write", (str(Path(folder, "new")),)),
            Attack("fork", "fork"),
            Attack("execute a program", "execute", ("/bin/sh",)),
            Attack("trace a process", "system_call", (ptrace, 0, 0, 0, 0)),
            Attack("use io_uring", "system_call", (425, 1, 0)),
            Attack("find inherited descriptors", "descriptors"),
        ]
