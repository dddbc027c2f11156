"""Values on the trusted side as tests see them: arrays that remember whether they came as tensors."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from vivavoce.engines.judge.base import Scalar, Tensor


class Returned(np.ndarray[Any, Any]):
    """An array that a submission returned. What is computed from it is a plain array."""

    tensor: bool = False
    requires_grad: bool = False
    native: str = ""
    """The dtype as the framework calls it, such as `bfloat16`."""

    def __array_finalize__(self, parent: Any) -> None:
        if isinstance(parent, Returned):
            self.tensor, self.requires_grad, self.native = parent.tensor, parent.requires_grad, parent.native

    def __array_wrap__(self, array: Any, context: Any = None, return_scalar: bool = False) -> Any:
        plain = np.asarray(array)
        return plain[()] if return_scalar else plain


def received(value: Any) -> Any:
    """A reply's value as tests see it: tensors and arrays become `Returned`, scalars NumPy scalars."""
    if isinstance(value, Tensor):
        array = value.array.view(Returned)
        array.tensor, array.requires_grad, array.native = True, value.requires_grad, value.dtype
        return array
    if isinstance(value, Scalar):
        return value.array[()]
    if isinstance(value, np.ndarray):
        return value.view(Returned)
    if isinstance(value, list):
        return [received(v) for v in value]
    if isinstance(value, tuple):
        return tuple(received(v) for v in value)
    if isinstance(value, dict):
        return {k: received(v) for k, v in value.items()}
    return value


def leaves(value: Any) -> Iterator[Any]:
    """Every value in a nest of lists, tuples and dictionaries that is none of these."""
    if isinstance(value, list | tuple):
        for v in value:
            yield from leaves(v)
    elif isinstance(value, dict):
        for v in value.values():
            yield from leaves(v)
    else:
        yield value


def precision(values: Any) -> np.dtype[Any]:
    """The lowest float precision among the arrays in a nest of arguments; float64 when there is none."""
    floats = [v.dtype for v in leaves(values) if isinstance(v, np.ndarray | np.generic) and v.dtype.kind == "f"]
    return min(floats, key=lambda d: d.itemsize, default=np.dtype(np.float64))
