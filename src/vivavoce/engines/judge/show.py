"""Values as a person reads them: whole when small, by shape and dtype otherwise."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from vivavoce.engines.judge.base import Handle

SMALL = 36
"""Arrays of up to this many elements are printed whole."""
LONGEST = 1200
"""Characters of one printed value."""


def kind_of(value: Any) -> str:
    """`an array of shape (3, 4), float32`."""
    if value is None:
        return "None"
    if isinstance(value, np.ndarray):
        tensor = getattr(value, "tensor", False)
        return f"{'a tensor' if tensor else 'an array'} of shape {value.shape}, {value.dtype}"
    if isinstance(value, Handle):
        return f"an object of type {value.type_name}"
    if isinstance(value, bool):
        return f"{value}"
    if isinstance(value, list | tuple):
        return f"a {type(value).__name__} of {len(value)}"
    if isinstance(value, Mapping):
        return f"a dictionary with {len(value)} keys"
    if callable(value):
        return "a function"
    name = type(value).__name__
    return f"{'an' if name[0] in 'aeiou' else 'a'} {name}"


def brief(number: Any) -> str:
    """A number in up to nine digits."""
    if isinstance(number, bool | np.bool_):
        return str(bool(number))
    if isinstance(number, float | np.floating):
        return f"{float(number):.9g}"
    return str(number)


def printed(value: Any) -> str:
    """Shape, dtype and, when small, the values."""
    return _cut(_printed(value))


def _printed(value: Any) -> str:
    if isinstance(value, np.ndarray):
        array = np.asarray(value)
        head = f"{array.dtype}{list(array.shape)}"
        if array.size > SMALL:
            return head + _summary(array)
        digits = np.array2string(array, precision=8, separator=", ", max_line_width=72)
        return f"{head}\n{digits}" if array.ndim > 1 else f"{head} {digits}"
    if isinstance(value, list | tuple) and any(isinstance(v, np.ndarray | list | tuple | Mapping) for v in value):
        opening, closing = "[]" if isinstance(value, list) else "()"
        return opening + ",\n ".join(_printed(v) for v in value) + closing
    if isinstance(value, Mapping):
        return "{" + ",\n ".join(f"{k!r}: {_printed(v)}" for k, v in value.items()) + "}"
    if isinstance(value, np.generic):
        return f"{brief(value)} ({value.dtype})"
    if callable(value) or isinstance(value, Handle):
        return kind_of(value)
    return repr(value)


def _summary(array: Any) -> str:
    if array.dtype.kind not in "fiu":
        return ""
    finite = array[np.isfinite(array)]
    odd = array.size - finite.size
    text = f", from {brief(finite.min())} to {brief(finite.max())}" if finite.size else ""
    return text + (f", {odd} not finite" if odd else "")


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"
