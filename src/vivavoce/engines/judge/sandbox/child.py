"""What runs inside a confined process: it loads one submission and answers the judge's questions with values.

Nothing here is trusted by the judge. It is written so that honest code gets honest answers; hostile code can make it
say anything, and still only values cross.
"""

from __future__ import annotations

import contextlib
import difflib
import linecache
import os
import random
import sys
import traceback
import types
from collections.abc import Callable
from typing import Any

import numpy as np

from vivavoce.engines.judge.sandbox import wire
from vivavoce.engines.judge.sandbox.frameworks import Adapter

SOURCE = "<submission>"
_MODULE = "submission"
_MAX_TEXT = 4096


class _Gone(BaseException):
    """The judge has hung up."""


class _AbsentError(Exception):
    """A name is not there."""


class _UnfitError(Exception):
    """A name is there and is not what was asked for."""


class Server:
    """Answers frames from `read` on `write` until the judge hangs up."""

    def __init__(self, read: int, write: int, adapter: Adapter) -> None:
        self._read_fd, self._write_fd, self._adapter = read, write, adapter
        self._module = types.ModuleType(_MODULE)
        self._kept: list[Any] = []
        self._nonce = ""

    def run(self) -> None:
        reseed(self._adapter)
        while True:
            try:
                kind, self._nonce, *rest = self._receive()
                self._load(*rest) if kind == "load" else self._answer(*rest)
            except _Gone:
                return

    def _load(self, code: str) -> None:
        self._module.__dict__["__file__"] = SOURCE
        sys.modules[_MODULE] = self._module
        linecache.cache[SOURCE] = (len(code), None, code.splitlines(keepends=True), SOURCE)
        try:
            exec(compile(code, SOURCE, "exec", dont_inherit=True), self._module.__dict__)  # noqa: S102 - our purpose
        except _Gone:
            raise
        except BaseException as error:
            self._report(error)
        else:
            self._send("loaded")

    def _answer(self, question: dict[str, Any]) -> None:
        args, kwargs = question["args"], question["kwargs"]
        try:
            value = self._evaluate(question, args, kwargs)
            echoed = [tuple(args), dict(kwargs)] if question["echo"] else None
            self._send("value", value, echoed)
        except _Gone:
            raise
        except _AbsentError as error:
            self._send("missing", str(error))
        except _UnfitError as error:
            self._send("unfit", str(error))
        except wire.UnsupportedError as error:
            self._send("unfit", _cut(f"{question['name']} returned {error}"))
        except BaseException as error:
            self._report(error)

    def _evaluate(self, question: dict[str, Any], args: list[Any], kwargs: dict[str, Any]) -> Any:
        op, name, owner = question["op"], question["name"], question["handle"]
        holder = self._module if owner is None else owner
        if op == "set":
            setattr(holder, name, args[0])
            return None
        target = self._find(holder, name)
        if op == "get":
            return target
        _expect_kind(op, name, target)
        if op == "vjp":
            return self._adapter.vjp(target, args, kwargs, question["wrt"], question["cotangent"])
        result = target(*args, **kwargs)
        return _Kept(result) if op == "new" else result

    def _find(self, holder: Any, name: str) -> Any:
        try:
            for part in name.split("."):
                holder = getattr(holder, part)
        except AttributeError:
            names = [n for n in dir(holder) if not n.startswith("_")]
            close = difflib.get_close_matches(name, names, n=3, cutoff=0.5)
            where = "the submission" if holder is self._module else f"`{wire.type_name(holder)}`"
            found = f"; did you mean {' or '.join(f'`{c}`' for c in close)}?" if close else ""
            raise _AbsentError(_cut(f"{where} has no `{name}`{found}")) from None
        return holder

    def _report(self, error: BaseException) -> None:
        """Say what was raised, with the submission's own lines only."""
        name = wire.type_name(error)
        try:
            message = str(error)
        except BaseException:
            message = "(its text could not be made)"
        if isinstance(error, SyntaxError) and error.filename == SOURCE:
            lines, line = traceback.format_exception_only(error), error.lineno
            message = error.msg
        else:
            frames = [f for f in traceback.extract_tb(error.__traceback__) if f.filename == SOURCE]
            line = frames[-1].lineno if frames else None
            lines = ["Traceback:\n", *traceback.format_list(frames)] if frames else []
            lines.append(f"{name}: {_cut(message, 1000)}")
        text = "".join(lines)
        if len(text) > _MAX_TEXT:
            text = f"{text[: _MAX_TEXT // 2]}\n  ...\n{text[-_MAX_TEXT // 2 :]}"
        kind = "exited" if isinstance(error, SystemExit) else "raised"
        self._send(kind, _clean(name), _clean(_cut(message)), _clean(text), line)

    def _call_judge(self, number: int, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        nonce = self._nonce
        self._send("call", number, args, kwargs)
        kind, back, value = self._receive()
        if back != nonce:
            raise _Gone
        if kind == "error":
            raise ValueError(value)
        return value

    def _send(self, kind: str, *parts: Any) -> None:
        frame = _Encoder(self).frame([kind, self._nonce, *parts])
        for stream in (sys.stdout, sys.stderr, sys.__stdout__, sys.__stderr__):
            with contextlib.suppress(BaseException):  # whatever the submission has put there
                stream.flush()  # type: ignore[union-attr]
        view = memoryview(frame)
        while view:
            view = view[os.write(self._write_fd, view) :]

    def _receive(self) -> list[Any]:
        tree_size, buffer_size = wire.HEADER.unpack(self._exactly(wire.HEADER.size))
        tree = self._exactly(tree_size)
        decoder = wire.Decoder(
            layouts=True,
            array=self._adapter.from_array,
            scalar=self._adapter.from_scalar,
            tensor=self._adapter.from_tensor,
            handle=lambda number, _: self._kept[number],
            function=self._stand_in,
        )
        return decoder.message(tree, self._exactly(buffer_size))

    def _exactly(self, count: int) -> bytes:
        parts = []
        while count:
            part = os.read(self._read_fd, min(count, 1 << 20))
            if not part:
                raise _Gone
            parts.append(part)
            count -= len(part)
        return b"".join(parts)

    def _stand_in(self, number: int) -> Callable[..., Any]:
        def function(*args: Any, **kwargs: Any) -> Any:
            return self._call_judge(number, args, kwargs)

        return function

    def keep(self, value: Any) -> wire.Node:
        """The node of an object that stays here."""
        self._kept.append(value)
        return ["h", len(self._kept) - 1, _clean(wire.type_name(value))]

    def may_stay(self, value: Any) -> bool:
        """Whether an object that cannot cross is answered with a handle: functions, and objects of classes that the
        submission or its framework defines."""
        kind = type(value)
        return isinstance(value, _CALLABLE) or kind.__module__ == _MODULE or self._adapter.is_module(value)

    @property
    def adapter(self) -> Adapter:
        return self._adapter


_CALLABLE = (types.FunctionType, types.MethodType, type)


class _Kept:
    """Marks a value that stays whatever it is."""

    def __init__(self, value: Any) -> None:
        self.value = value


class _Encoder(wire.Encoder):
    def __init__(self, server: Server) -> None:
        super().__init__(layouts=False)
        self._server = server

    def other(self, value: Any, depth: int) -> wire.Node:
        if type(value) is _Kept:
            return self._server.keep(value.value)
        tensor = self._server.adapter.to_tensor(value)
        if tensor is not None:
            array, dtype, requires_grad = tensor
            return ["T", dtype, requires_grad, *self.array(array)]
        if isinstance(value, tuple):  # named ones and those of torch: their positions are what counts
            return self.node(tuple(value), depth)
        if isinstance(value, dict) and not isinstance(value, type):
            return self.node(dict(value), depth)
        if isinstance(value, (str, int, float)) and type(value).__module__ != _MODULE:
            return self.node(next(b for b in (str, int, float) if isinstance(value, b))(value), depth)
        if self._server.may_stay(value):
            return self._server.keep(value)
        return super().other(value, depth)


def reseed(adapter: Adapter) -> None:
    """Draws that no other child makes: all are copies of one process."""
    seed = int.from_bytes(os.urandom(4), "little")
    random.seed(seed)
    np.random.seed(seed)
    adapter.seed(seed)


def redirect(output: int) -> None:
    """Standard input at its end, standard output and error to `output`."""
    null = os.open(os.devnull, os.O_RDONLY)
    os.dup2(null, 0)
    os.dup2(output, 1)
    os.dup2(output, 2)
    for descriptor in {null, output} - {0, 1, 2}:
        os.close(descriptor)


def prepare_streams() -> None:
    """Text that any submission can print, line by line: what was printed before an endless loop is of most use."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="backslashreplace", line_buffering=True)  # type: ignore[union-attr]


def _expect_kind(op: str, name: str, target: Any) -> None:
    is_class = isinstance(target, type)
    if op == "new" and not is_class:
        raise _UnfitError(f"`{name}` is {_a(target)}; a class is asked for")
    if op in ("call", "vjp") and (is_class or not callable(target)):
        raise _UnfitError(f"`{name}` is {'a class' if is_class else _a(target)}; a function is asked for")
    if op == "method" and not callable(target):
        raise _UnfitError(f"`{name}` is {_a(target)}; a method is asked for")


def _a(target: Any) -> str:
    return "a function" if isinstance(target, types.FunctionType) else _clean(wire.describe(target))


def _cut(text: str, limit: int = _MAX_TEXT) -> str:
    return text if len(text) <= limit else text[:limit] + "..."


def _clean(text: str) -> str:
    return str(text).encode("utf-8", "backslashreplace").decode()
