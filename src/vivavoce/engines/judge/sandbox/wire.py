"""Frames between the judge and a child: typed values under caps, never pickle.

A frame is a 12-byte header (length of a JSON tree, length of raw buffers), the tree and the buffers. The tree knows
`null`, `true`, `false`, strings, and lists whose first element is a tag; every other value is one of those:

    ["i", "-0x1f"] int      ["f", "0x1.8p+0"] float   ["c", re, im] complex   ["l"|"t"|"s", [...]] list, tuple, set
    ["d", [[key, node], ...]] dict    ["a"|"n", dtype, shape, strides] array, NumPy scalar
    ["T", dtype, requires_grad, dtype, shape, strides] tensor     ["h", number, type name] an object of the child
    ["F", number] a function of the judge

Arrays take their bytes from the buffers in the order of the tree. What is decoded is exactly of the types that were
asked for; a frame with anything else, or with a byte too many, raises `WireError` and nothing but `WireError`.
"""

from __future__ import annotations

import json
import math
import struct
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

HEADER = struct.Struct("<IQ")
MAX_TREE = 4 << 20
MAX_BUFFERS = 64 << 20
MAX_DEPTH = 24
MAX_NODES = 200_000
MAX_KEYED = 4096
"""Elements of all sets and dicts: keys can be made to collide, and building them is then quadratic."""
MAX_DIMENSIONS = 32
MAX_INT = 4096
"""Characters of an integer in base 16."""

DTYPES = {
    name: np.dtype(name)
    for name in ("|b1", "|i1", "<i2", "<i4", "<i8", "|u1", "<u2", "<u4", "<u8", "<f2", "<f4", "<f8", "<c8", "<c16")
}
"""By their portable spelling; nothing that holds a reference."""

Array = npt.NDArray[Any]
Node = Any


class WireError(ValueError):
    """A frame is not what the protocol allows."""


class UnsupportedError(TypeError):
    """A value cannot cross; the message says what it is."""


class Encoder:
    """Builds one frame. A subclass says in `other` what it does with types beyond the plain ones."""

    def __init__(self, *, layouts: bool) -> None:
        self.layouts = layouts
        self._buffers: list[bytes] = []
        self._bytes = 0
        self._nodes = 0
        self._keyed = 0

    def frame(self, message: Sequence[Any]) -> bytes:
        """Header, tree and buffers of a message. Raises `UnsupportedError` for what cannot cross."""
        tree = json.dumps(self.node(list(message)), separators=(",", ":"), check_circular=False).encode()
        if len(tree) > MAX_TREE:
            raise UnsupportedError(
                f"{len(tree):,} bytes of values outside arrays; at most {MAX_TREE:,} can be returned"
            )
        return b"".join((HEADER.pack(len(tree), self._bytes), tree, *self._buffers))

    def node(self, value: Any, depth: int = 0) -> Node:
        self._nodes += 1
        if self._nodes > MAX_NODES:
            raise UnsupportedError(f"more than {MAX_NODES:,} separate values; use an array")
        if depth > MAX_DEPTH:
            raise UnsupportedError(f"values nested deeper than {MAX_DEPTH} levels")
        kind = type(value)
        if value is None or kind is bool:
            return value
        if kind is str:
            return _text(value)
        if kind is int:
            return ["i", _int(value)]
        if kind is float:
            return ["f", float.hex(value)]
        if kind is complex:
            return ["c", value.real.hex(), value.imag.hex()]
        if kind is np.ndarray:
            return ["a", *self.array(value)]
        if kind in (list, tuple):
            return ["l" if kind is list else "t", [self.node(v, depth + 1) for v in value]]
        if kind is dict:
            return ["d", [[self.key(k), self.node(v, depth + 1)] for k, v in self._few(value).items()]]
        if kind in (set, frozenset):
            return ["s", [self.node(v, depth + 1) for v in self._few(value)]]
        if kind is np.str_:
            return _text(str(value))
        if isinstance(value, np.generic):
            return ["n", *self.array(np.asarray(value))]
        return self.other(value, depth)

    def other(self, value: Any, depth: int) -> Node:
        """The node of a value of any further type; `depth` is for values inside it."""
        raise UnsupportedError(describe(value))

    def _few(self, value: Any) -> Any:
        self._keyed += len(value)
        if self._keyed > MAX_KEYED:
            raise UnsupportedError(f"sets and dicts of more than {MAX_KEYED:,} elements")
        return value

    def key(self, key: Any) -> Node:
        if type(key) is str:
            return _text(key)
        if type(key) is np.str_:
            return _text(str(key))
        if type(key) is int or isinstance(key, np.integer):
            return ["i", _int(int(key))]
        raise UnsupportedError(f"a dict with a key of type {type_name(key)}; only str and int keys can be returned")

    def array(self, array: Array) -> list[Any]:
        """dtype, shape and strides; the bytes are put aside in C order."""
        dtype = array.dtype.newbyteorder("<")
        if dtype.str not in DTYPES:
            raise UnsupportedError(f"an array of dtype {array.dtype}")
        if array.ndim > MAX_DIMENSIONS:
            raise UnsupportedError(f"an array of {array.ndim} dimensions")
        if array.nbytes + self._bytes > MAX_BUFFERS:  # before it is copied: a broadcast array is small until then
            raise UnsupportedError(f"arrays of more than {MAX_BUFFERS >> 20} MiB")
        self._buffers.append(array.astype(dtype, copy=False).tobytes())
        self._bytes += array.nbytes
        return [dtype.str, list(array.shape), _steps(array) if self.layouts else None]


class Decoder:
    """Reads one frame. The hooks make the values that are more than plain; without a hook, its tag is refused."""

    def __init__(
        self,
        *,
        layouts: bool = False,
        array: Callable[[Array], Any] | None = None,
        scalar: Callable[[Array], Any] | None = None,
        tensor: Callable[[Array, str, bool], Any] | None = None,
        handle: Callable[[int, str], Any] | None = None,
        function: Callable[[int], Any] | None = None,
    ) -> None:
        self.layouts = layouts
        self._hooks = {"a": array or (lambda a: a), "n": scalar, "T": tensor, "h": handle, "F": function}
        self._buffers = memoryview(b"")
        self._at = 0
        self._nodes = 0
        self._keyed = 0

    def message(self, tree: bytes, buffers: bytes | bytearray) -> list[Any]:
        """The values of a frame whose header was read already. Raises `WireError`."""
        self._buffers, self._at, self._nodes, self._keyed = memoryview(buffers), 0, 0, 0
        try:
            parsed = json.loads(
                tree.decode("ascii"),
                parse_int=_small_int,
                parse_float=_refuse,
                parse_constant=_refuse,
                object_pairs_hook=_refuse,
            )
            message = self.value(parsed)
        except WireError:
            raise
        except (Exception, RecursionError) as error:
            raise WireError(f"malformed frame ({type(error).__name__})") from None
        if self._at != len(self._buffers):
            raise WireError("bytes that belong to no array")
        if type(message) is not list or not message or type(message[0]) is not str:
            raise WireError("a message is a list that begins with its kind")
        return message

    def value(self, node: Node, depth: int = 0) -> Any:
        self._nodes += 1
        if self._nodes > MAX_NODES or depth > MAX_DEPTH + 2:
            raise WireError("too many or too deeply nested values")
        if node is None or type(node) is bool:
            return node
        if type(node) is str:
            return _checked_text(node)
        if type(node) is not list or not node or type(node[0]) is not str:
            raise WireError("not a node")
        tag, rest = node[0], node[1:]
        if tag in _PLAIN:
            return _PLAIN[tag](*rest)
        if tag in ("l", "t", "s"):
            (items,) = rest
            _expect(type(items) is list)
            if tag == "s":
                self._count_keyed(len(items))
            values = [self.value(item, depth + 1) for item in items]
            return values if tag == "l" else tuple(values) if tag == "t" else set(values)
        if tag == "d":
            (pairs,) = rest
            _expect(type(pairs) is list)
            self._count_keyed(len(pairs))
            found = {self._key(key): self.value(item, depth + 1) for key, item in pairs}
            _expect(len(found) == len(pairs))
            return found
        return self._special(tag, rest)

    def _count_keyed(self, count: int) -> None:
        self._keyed += count
        _expect(self._keyed <= MAX_KEYED)

    def _key(self, node: Node) -> str | int:
        key = _checked_text(node) if type(node) is str else self.value(node)
        _expect(type(key) in (str, int))
        return key

    def _special(self, tag: str, rest: list[Any]) -> Any:
        hook: Callable[..., Any] | None = self._hooks.get(tag)
        if hook is None:
            raise WireError("an unknown tag")
        if tag == "a":
            return hook(self._array(*rest))
        if tag == "n":
            array = self._array(*rest)
            _expect(array.ndim == 0)
            return hook(array)
        if tag == "T":
            dtype, requires_grad, *array_node = rest
            _expect(type(dtype) is str and len(dtype) < 32 and dtype.isidentifier() and type(requires_grad) is bool)
            return hook(self._array(*array_node), dtype, requires_grad)
        number = rest[0]
        _expect(type(number) is int and 0 <= number < 1 << 31)
        if tag == "F":
            _expect(len(rest) == 1)
            return hook(number)
        _expect(len(rest) == 2 and type(rest[1]) is str and len(rest[1]) <= 200)
        return hook(number, _checked_text(rest[1]))

    def _array(self, name: Any, shape: Any, strides: Any) -> Array:
        _expect(type(name) is str and name in DTYPES and type(shape) is list and len(shape) <= MAX_DIMENSIONS)
        _expect(all(type(n) is int and n >= 0 for n in shape))
        _expect(math.prod(max(n, 1) for n in shape) <= MAX_BUFFERS)
        dtype = DTYPES[name]
        count = math.prod(shape)
        end = self._at + count * dtype.itemsize
        _expect(end <= len(self._buffers))
        if dtype.kind == "b":  # a byte that is neither 0 nor 1 would be a bool that equals nothing
            flat = np.frombuffer(self._buffers, np.uint8, count, self._at) != 0
        else:
            flat = np.frombuffer(self._buffers, dtype, count, self._at).copy()
        self._at = end
        array: Array = flat.reshape(shape)
        if strides is None:
            return array
        _expect(self.layouts and type(strides) is list and len(strides) == len(shape))
        return _laid_out(array, strides)


def describe(value: Any) -> str:
    """A value's type, as a person would say it: `a generator`, `an object of class Foo`."""
    kind = type(value)
    if isinstance(value, np.ndarray):
        return f"a {type_name(value)} (a kind of array); return a plain numpy.ndarray"
    if kind.__module__ == "builtins":
        return f"a {type_name(value)}"
    return f"an object of class {type_name(value)}"


def type_name(value: Any) -> str:
    return str(type.__getattribute__(type(value), "__name__"))[:100]


def _steps(array: Array) -> list[int] | None:
    """Strides in elements when they differ from C order and can be made anew; else None."""
    size = array.itemsize
    if array.flags.c_contiguous or array.size == 0 or any(s % size for s in array.strides):
        return None
    steps = [s // size for s in array.strides]
    return steps if _extent(array.shape, steps) is not None else None


def _extent(shape: Sequence[int], steps: Sequence[int]) -> int | None:
    """Elements from first to last in memory, or None when elements overlap or lie very far apart."""
    reach = 1
    for step, length in sorted((abs(step), length) for step, length in zip(steps, shape, strict=True) if length > 1):
        if step < reach:
            return None
        reach += step * (length - 1)
    return reach if reach <= 16 * math.prod(shape) + 1024 else None


def _laid_out(array: Array, steps: list[Any]) -> Array:
    """The same values in memory of the given strides."""
    _expect(all(type(s) is int for s in steps))
    extent = _extent(array.shape, steps)
    if extent is None:
        raise WireError("strides that overlap")
    used = [s if n > 1 else 0 for s, n in zip(steps, array.shape, strict=True)]
    start = sum(-s * (n - 1) for s, n in zip(used, array.shape, strict=True) if s < 0)
    memory = np.zeros(extent, array.dtype)
    strides = [s * array.itemsize for s in used]
    view: Array = np.lib.stride_tricks.as_strided(memory[start:], array.shape, strides)
    view[...] = array
    return view


def _text(value: str) -> str:
    try:
        value.encode()
    except UnicodeEncodeError:
        raise UnsupportedError("a str that is not valid Unicode (a lone surrogate)") from None
    return value


def _checked_text(value: str) -> str:
    try:
        value.encode()
    except UnicodeEncodeError:
        raise WireError("a lone surrogate") from None
    return value


def _int(value: int) -> str:
    if value.bit_length() > 4 * (MAX_INT - 8):
        raise UnsupportedError(f"an int of {value.bit_length():,} bits")
    return hex(value)


def _expect(condition: bool) -> None:
    if not condition:
        raise WireError("a node of the wrong form")


def _refuse(_: Any) -> Any:
    raise WireError("JSON that the protocol does not use")


def _small_int(text: str) -> int:
    _expect(len(text) <= 20)
    return int(text)


def _decoded_int(text: Any) -> int:
    _expect(type(text) is str and len(text) <= MAX_INT and text.removeprefix("-").startswith("0x"))
    return int(text, 16)


def _decoded_float(text: Any) -> float:
    _expect(type(text) is str and len(text) <= 40)
    return float.fromhex(text)


_PLAIN: dict[str, Callable[..., Any]] = {
    "i": _decoded_int,
    "f": _decoded_float,
    "c": lambda re, im: complex(_decoded_float(re), _decoded_float(im)),
}
