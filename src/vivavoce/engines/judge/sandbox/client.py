"""The trusted half of a child: it asks, waits under limits, and decodes.

Nothing that the child says is believed beyond the values in a well-formed answer: clocks, memory, and the reason for an
end are observed from outside.
"""

from __future__ import annotations

import io
import secrets
import signal
import time
import tokenize
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np

from vivavoce.domain.exercise import MAX_CODE_BYTES, Limits, Outcome
from vivavoce.engines.judge.base import Handle, Reply, Request, Scalar, StoppedError, Tensor
from vivavoce.engines.judge.sandbox import wire
from vivavoce.engines.judge.sandbox.text import visible

TICK_S = 0.01
"""How often limits are looked at while waiting."""
_GRACE_S = 1.0
_MAX_CALLBACKS = 100_000
_MAX_MESSAGE, _MAX_TRACEBACK = 2000, 6000
_FLOOD = 64
"""Printed output may be this many times what is kept."""
_CRASHES = {"SIGSEGV", "SIGBUS", "SIGFPE", "SIGILL", "SIGABRT"}
_HINTS = {
    "EOFError": "There is no keyboard: the judge calls your code with its arguments, so `input()` finds nothing.",
    "PermissionError": "The sandbox has no files to write, no network and no other processes.",
    "MemoryError": "It asked for more memory than the exercise allows.",
    "_ArrayMemoryError": "It asked for more memory than the exercise allows.",
}


class SandboxStartError(RuntimeError):
    """A process could not be started or confined; the message says which layer or import failed."""


@dataclass(frozen=True, slots=True)
class Exit:
    """How a process ended, as its parent saw it."""

    signal: int | None
    cpu_s: float
    max_rss: int


class Process(Protocol):
    """A confined process: bytes to it and from it, and what can be seen from outside.

    `tick` is called at least every `TICK_S` while waiting and may raise.
    """

    def send(self, data: bytes, tick: Callable[[], None]) -> None:
        """Raises `EOFError` when the process no longer reads."""
        ...

    def receive(self, count: int, tick: Callable[[], None]) -> bytes:
        """Exactly `count` bytes; raises `EOFError` when there will not be so many."""
        ...

    def unread(self) -> bool:
        """Whether it has sent something that was not asked for."""
        ...

    def output(self) -> bytes:
        """What it has printed since the last time."""
        ...

    def cpu_s(self) -> float: ...
    def rss(self) -> int: ...

    def kill(self) -> None: ...

    def wait(self, timeout_s: float) -> bool:
        """Whether it ends within the time, without being killed."""
        ...

    def ended(self) -> Exit | None:
        """Waits for the end; None when nobody can tell how it ended."""
        ...


class ChildClient:
    """A `Child`. `baseline` is the resident memory of the process before it had any code."""

    def __init__(self, process: Process, limits: Limits, *, wall_s: float | None = None) -> None:
        self._process, self._limits = process, limits
        self._wall_s = limits.wall_s if wall_s is None else wall_s
        self._baseline = process.rss()
        self._kept = bytearray()
        self._printed = 0
        self._alive = True
        self._functions: list[Callable[..., Any]] = []
        self._nonce = ""
        self._cpu_from = self._cpu_until = process.cpu_s()
        self._wall_from = 0.0
        self._away = 0.0

    @property
    def alive(self) -> bool:
        return self._alive

    def load(self, code: str) -> None:
        code = code.removeprefix("\ufeff")
        _check_source(code)
        kind, *parts = self._exchange("load", code)
        if kind == "loaded" and not parts:
            return
        if kind == "raised":
            raise self._raised(parts, Outcome.LOAD_ERROR)
        raise self._common(kind, parts)

    def ask(self, request: Request) -> Reply:
        question = {
            "op": request.op,
            "name": request.name,
            "args": list(request.args),
            "kwargs": dict(request.kwargs),
            "handle": request.handle,
            "echo": request.echo,
            "wrt": list(request.wrt),
            "cotangent": request.cotangent,
        }
        kind, *parts = self._exchange("ask", question)
        if kind == "value" and len(parts) == 2:
            return Reply(parts[0], self._echo(parts[1], request), self._cpu(), self._wall())
        raise self._common(kind, parts)

    def take_output(self) -> str:
        if self._alive:
            self._collect()
        limit = self._limits.output_kib * 1024
        text = bytes(self._kept).decode("utf-8", "replace")
        cut = self._printed - len(self._kept)
        self._kept.clear()
        self._printed = 0
        return visible(text, limit) + (f"\n[cut: {cut:,} more bytes]" if cut > 0 else "")

    def close(self) -> None:
        """Kill it, whatever it is doing. A verdict given before stands."""
        if self._alive:
            self._alive = False
            self._process.kill()
            self._process.ended()

    def _exchange(self, kind: str, *parts: Any) -> list[Any]:
        """Send a question, serve its calls back, and give its answer, under the limits of one question."""
        if not self._alive:
            raise StoppedError(Outcome.SANDBOX_ERROR, "The submission's process has already ended.")
        self._functions, self._away = [], 0.0
        self._nonce = secrets.token_hex(8)
        frame = self._frame([kind, self._nonce, *parts])
        self._cpu_from, self._wall_from = self._cpu_until, time.monotonic()  # what ran in between counts too
        if self._process.unread():
            raise self._stop(Outcome.PROTOCOL_ERROR, "It sent something before it was asked.")
        try:
            self._process.send(frame, self._tick)
            for _ in range(_MAX_CALLBACKS):
                answer = self._receive()
                if answer[0] != "call":
                    self._cpu_until = self._process.cpu_s()
                    self._tick(final=True)
                    return [answer[0], *answer[2:]]
                self._call(answer)
                self._tick()
            raise self._stop(Outcome.PROTOCOL_ERROR, f"It called back more than {_MAX_CALLBACKS:,} times.")
        except EOFError:
            raise self._ended() from None
        except wire.WireError as error:
            raise self._stop(Outcome.PROTOCOL_ERROR, f"It sent something that is no answer: {error}.") from None

    def _receive(self) -> list[Any]:
        header = self._process.receive(wire.HEADER.size, self._tick)
        tree_size, buffer_size = wire.HEADER.unpack(header)
        if tree_size > wire.MAX_TREE or buffer_size > wire.MAX_BUFFERS:
            raise wire.WireError("it is larger than any answer")
        tree = self._process.receive(tree_size, self._tick)
        buffers = self._process.receive(buffer_size, self._tick)
        message = wire.Decoder(scalar=Scalar, tensor=Tensor, handle=_handle).message(tree, buffers)
        if len(message) < 2 or type(message[1]) is not str or message[1] != self._nonce:
            raise wire.WireError("it answers another question")
        return message

    def _call(self, message: list[Any]) -> None:
        """Serve one call of a function on this side; the time it takes is not the submission's."""
        _, _, number, args, kwargs = message if len(message) == 5 else (None, None, -1, (), {})
        if type(number) is not int or not 0 <= number < len(self._functions):
            raise wire.WireError("it calls a function that it was not given")
        if type(args) is not tuple or type(kwargs) is not dict or not all(type(key) is str for key in kwargs):
            raise wire.WireError("it calls a function without arguments")
        began = time.monotonic()
        try:
            answer = ["return", self._nonce, self._functions[number](*args, **kwargs)]
        except Exception as error:
            answer = ["error", self._nonce, visible(str(error), _MAX_MESSAGE)]
        frame = self._frame(answer)
        took = time.monotonic() - began
        self._wall_from += took
        self._away += took
        if self._away > self._wall_s:
            raise self._stop(Outcome.TIME_LIMIT, "It called the functions that it was given for too long.")
        self._process.send(frame, self._tick)

    def _frame(self, message: list[Any]) -> bytes:
        try:
            return _JudgeEncoder(self._functions).frame(message)
        except wire.UnsupportedError as error:
            raise StoppedError(Outcome.SANDBOX_ERROR, f"A test passes {error}, which cannot be sent.") from None

    def _echo(self, echoed: Any, request: Request) -> tuple[tuple[Any, ...], dict[str, Any]] | None:
        if not request.echo:
            return None
        match echoed:
            case [tuple() as args, dict() as kwargs] if len(args) == len(request.args):
                return args, {str(key): value for key, value in kwargs.items()}
        raise self._stop(Outcome.PROTOCOL_ERROR, "It sent something that is no answer: the arguments are missing.")

    def _common(self, kind: str, parts: list[Any]) -> StoppedError:
        """Every answer that is not a value."""
        if kind == "raised":
            return self._raised(parts, Outcome.RAISED)
        if kind == "exited" and len(parts) == 4:
            self._kill()
            return self._stopped(Outcome.EXITED_EARLY, "It ended the program instead of returning.", parts)
        if kind in ("missing", "unfit") and len(parts) == 1 and type(parts[0]) is str:
            outcome = Outcome.MISSING if kind == "missing" else Outcome.WRONG_TYPE
            return StoppedError(outcome, visible(parts[0], _MAX_MESSAGE), cpu_s=self._cpu())
        return self._stop(Outcome.PROTOCOL_ERROR, "It sent something that is no answer.")

    def _raised(self, parts: list[Any], outcome: Outcome) -> StoppedError:
        match parts:
            case [str() as name, str() as message, str(), (int() | None)]:
                said = visible(f"{name}: {message}" if message else name, _MAX_MESSAGE)
                hint = _HINTS.get(name)
                return self._stopped(outcome, f"{said}\n{hint}" if hint else said, parts)
        return self._stop(Outcome.PROTOCOL_ERROR, "It sent something that is no answer.")

    def _stopped(self, outcome: Outcome, message: str, parts: list[Any]) -> StoppedError:
        text = visible(parts[2], _MAX_TRACEBACK) if type(parts[2]) is str else ""
        line = parts[3] if type(parts[3]) is int and 0 < parts[3] < 1 << 31 else None
        return StoppedError(outcome, message, traceback=text, line=line, cpu_s=self._cpu())

    def _tick(self, *, final: bool = False) -> None:
        """Look at the limits; stop the submission at the first that it exceeds."""
        self._collect()
        limits = self._limits
        if self._printed > limits.output_kib * 1024 * _FLOOD:
            raise self._stop(Outcome.OUTPUT_LIMIT, f"It printed more than {limits.output_kib * _FLOOD // 1024} MiB.")
        if self._cpu() > limits.cpu_s:
            raise self._stop(Outcome.CPU_LIMIT, f"It used more than {limits.cpu_s:g} s of processor time.")
        if final:
            return
        if self._wall() > self._wall_s:
            raise self._stop(Outcome.TIME_LIMIT, f"It gave no answer within {self._wall_s:g} s.")
        if self._process.rss() - self._baseline > limits.memory_mib << 20:
            raise self._stop(Outcome.MEMORY_LIMIT, f"It used more than {limits.memory_mib} MiB of memory.")

    def _collect(self) -> None:
        new = self._process.output()
        self._printed += len(new)
        room = self._limits.output_kib * 1024 - len(self._kept)
        self._kept += new[: max(0, room)]

    def _cpu(self) -> float:
        """Since the last answer, so that a thread that goes on after it is not free."""
        return max(0.0, self._process.cpu_s() - self._cpu_from)

    def _wall(self) -> float:
        return time.monotonic() - self._wall_from

    def _kill(self) -> Exit | None:
        self._process.kill()
        ended = self._process.ended()
        self._alive = False
        self._collect()
        return ended

    def _stop(self, outcome: Outcome, message: str) -> StoppedError:
        """Kill it, for this reason."""
        cpu = self._cpu()
        self._kill()
        return StoppedError(outcome, message, cpu_s=cpu)

    def _ended(self) -> StoppedError:
        """It closed its end or died: say why, from what its parent saw."""
        cpu = self._cpu()
        by_itself = self._process.wait(_GRACE_S)  # its socket closes first: how it ends is the better answer
        ended = self._kill()
        if ended is None:
            return StoppedError(Outcome.SANDBOX_ERROR, "The sandbox stopped. This is our fault and does not count.")
        outcome, message = _reason(ended if by_itself else Exit(None, 0.0, 0), self._limits, self._baseline)
        return StoppedError(outcome, message, cpu_s=cpu)


def _reason(ended: Exit, limits: Limits, baseline: int) -> tuple[Outcome, str]:
    if ended.signal is None:
        return Outcome.EXITED_EARLY, "It ended the program, or closed its connection, instead of returning."
    name = signal.Signals(ended.signal).name if ended.signal in set(signal.Signals) else f"signal {ended.signal}"
    if name == "SIGXCPU":
        return Outcome.CPU_LIMIT, "It used more processor time than any exercise allows."
    if ended.max_rss - baseline > 0.9 * (limits.memory_mib << 20):
        return Outcome.MEMORY_LIMIT, f"It used more than {limits.memory_mib} MiB of memory."
    if name == "SIGSYS":
        return Outcome.CRASHED, "It made a system call that serves only to break out of a sandbox, and was stopped."
    if name in _CRASHES:
        return Outcome.CRASHED, f"The interpreter crashed ({name}): deep recursion or a fault in native code."
    return Outcome.CRASHED, f"It was ended by {name}."


def _check_source(code: str) -> None:
    """Refuse, with the reason, what no interpreter should be given."""
    try:
        data = code.encode()
    except UnicodeEncodeError as error:
        line = code.count("\n", 0, error.start) + 1
        raise StoppedError(Outcome.LOAD_ERROR, "The code is not valid Unicode.", line=line) from None
    if len(data) > MAX_CODE_BYTES:
        size = f"{len(data):,} bytes of code; at most {MAX_CODE_BYTES:,} are read."
        raise StoppedError(Outcome.LOAD_ERROR, size)
    if "\0" in code:
        line = code.count("\n", 0, code.index("\0")) + 1
        raise StoppedError(Outcome.LOAD_ERROR, "The code holds a NUL byte.", line=line)
    try:
        encoding, _ = tokenize.detect_encoding(io.BytesIO(data).readline)
    except SyntaxError as error:
        raise StoppedError(Outcome.LOAD_ERROR, f"The encoding line is wrong: {error}.", line=1) from None
    if encoding not in ("utf-8", "ascii"):
        raise StoppedError(Outcome.LOAD_ERROR, f"Code is read as UTF-8; remove the line that says {encoding}.", line=1)


def _handle(number: int, type_name: str) -> Handle:
    return Handle(number, visible(type_name, 100))


class _JudgeEncoder(wire.Encoder):
    def __init__(self, functions: list[Callable[..., Any]]) -> None:
        super().__init__(layouts=True)
        self._functions = functions

    def other(self, value: Any, depth: int) -> wire.Node:
        if type(value) is Scalar:
            return ["n", *self.array(np.asarray(value.array))]
        if type(value) is Tensor:
            return ["T", value.dtype, value.requires_grad, *self.array(value.array)]
        if type(value) is Handle:
            return ["h", value.number, value.type_name]
        if callable(value):
            self._functions.append(value)
            return ["F", len(self._functions) - 1]
        return super().other(value, depth)
