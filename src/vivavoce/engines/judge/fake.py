"""A sandbox that confines nothing and runs in this process: for tests of the judge, never for anybody's code."""

from __future__ import annotations

import contextlib
import copy
import io
import time
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib import import_module
from typing import Any

import numpy as np

from vivavoce.domain.exercise import Confinement, Framework, Limits, Outcome
from vivavoce.engines.judge.base import Handle, Reply, Request, Scalar, StoppedError, Tensor


@dataclass(slots=True)
class UnsafeSandbox:
    """Children that are plain modules of this process."""

    confinement: Confinement = Confinement.LIMITED

    @contextmanager
    def child(self, framework: Framework, limits: Limits) -> Iterator[_Module]:
        yield _Module(framework)

    def warm(self, framework: Framework) -> None:
        """Nothing to do."""

    def close(self) -> None:
        """Nothing to do."""


@dataclass(slots=True)
class _Module:
    framework: Framework
    names: dict[str, Any] = field(default_factory=dict)
    objects: list[Any] = field(default_factory=list)
    output: io.StringIO = field(default_factory=io.StringIO)
    alive: bool = True

    def load(self, code: str) -> None:
        self.names = {"__name__": "submission"}
        try:
            with contextlib.redirect_stdout(self.output):
                exec(compile(code, "<submission>", "exec"), self.names)  # noqa: S102
        except BaseException as error:
            raise StoppedError(Outcome.LOAD_ERROR, _said(error), traceback=_lines(error)) from None

    def ask(self, request: Request) -> Reply:
        args = [self._in(a) for a in request.args]
        kwargs = {k: self._in(v) for k, v in request.kwargs.items()}
        started = time.process_time()
        try:
            with contextlib.redirect_stdout(self.output), np.errstate(all="ignore"):
                value = self._do(request, args, kwargs)
        except StoppedError:
            raise
        except BaseException as error:
            raise StoppedError(Outcome.RAISED, _said(error), traceback=_lines(error)) from None
        echoed = (tuple(map(self._out, args)), {k: self._out(v) for k, v in kwargs.items()}) if request.echo else None
        spent = time.process_time() - started
        return Reply(self._out(value), echoed, spent, spent)

    def take_output(self) -> str:
        text, self.output = self.output.getvalue(), io.StringIO()
        return text

    def _do(self, request: Request, args: list[Any], kwargs: dict[str, Any]) -> Any:
        if request.op == "vjp":
            return self._gradients(request, args)
        if request.handle is not None:
            owner = self.objects[request.handle.number]
            if request.op == "set":
                return setattr(owner, request.name, args[0])
            if not hasattr(owner, request.name):
                raise StoppedError(Outcome.MISSING, f"{type(owner).__name__} has no {request.name!r}")
            found = getattr(owner, request.name)
            return found(*args, **kwargs) if request.op == "method" else found
        if request.name not in self.names:
            raise StoppedError(Outcome.MISSING, f"there is no {request.name!r} in the code")
        value = self.names[request.name](*args, **kwargs)
        if request.op == "new":
            self.objects.append(value)
            return _Kept(Handle(len(self.objects) - 1, type(value).__name__))
        return value

    def _gradients(self, request: Request, args: list[Any]) -> Any:
        torch = import_module("torch")
        leaves = [args[n] if isinstance(n, int) else args[n[0]][n[1]] for n in request.wrt]
        for leaf in leaves:
            leaf.requires_grad_(True)
        out = self.names[request.name](*args)
        weight = torch.ones_like(out) if request.cotangent is None else torch.from_numpy(request.cotangent.copy())
        return torch.autograd.grad((out * weight).sum(), leaves)

    def _in(self, value: Any) -> Any:
        if isinstance(value, Handle):
            return self.objects[value.number]
        if isinstance(value, np.ndarray) and self.framework is Framework.TORCH:
            return import_module("torch").from_numpy(np.array(value, order="C"))
        if isinstance(value, list | tuple):
            return type(value)(self._in(v) for v in value)
        if isinstance(value, dict):
            return {k: self._in(v) for k, v in value.items()}
        if callable(value):
            return lambda *a, **k: self._in(value(*map(self._out, a), **{n: self._out(v) for n, v in k.items()}))
        return value.copy(order="K") if isinstance(value, np.ndarray) else copy.copy(value)

    def _out(self, value: Any) -> Any:
        if isinstance(value, _Kept):
            return value.handle
        kind = f"{type(value).__module__}.{type(value).__qualname__}"
        if kind in ("torch.Tensor", "torch.nn.parameter.Parameter"):
            plain = value.detach()
            name = str(plain.dtype).removeprefix("torch.")
            array = plain.float().numpy() if name == "bfloat16" else plain.numpy()
            return Tensor(np.array(array), name, bool(value.requires_grad))
        if type(value) is np.ndarray:
            if value.dtype.kind not in "biufc":
                raise StoppedError(Outcome.WRONG_TYPE, f"returned an array of dtype {value.dtype}")
            return np.array(value, order="C")
        if isinstance(value, np.generic):
            return Scalar(np.asarray(value))
        if type(value) in (list, set, frozenset):
            return type(value)(self._out(v) for v in value)
        if isinstance(value, tuple):
            return tuple(self._out(v) for v in value)
        if isinstance(value, dict):
            return {k: self._out(v) for k, v in value.items()}
        if value is None or type(value) in (bool, int, float, complex, str):
            return value
        if any(value is o for o in self.objects) or callable(value):
            return Handle(next((n for n, o in enumerate(self.objects) if o is value), -1), type(value).__name__)
        raise StoppedError(Outcome.WRONG_TYPE, f"returned a {type(value).__name__}")


@dataclass(frozen=True, slots=True)
class _Kept:
    handle: Handle


def _said(error: BaseException) -> str:
    return f"{type(error).__name__}: {error}"


def _lines(error: BaseException) -> str:
    frames = [f for f in traceback.extract_tb(error.__traceback__) if f.filename == "<submission>"]
    return "\n".join(f"line {f.lineno}, in {f.name}" for f in frames)
