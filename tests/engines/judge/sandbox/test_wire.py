"""Frames: what goes in comes out, and nothing that comes in can do more than be refused."""

from __future__ import annotations

import json
import math
import random
import struct
import time
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from vivavoce.engines.judge.sandbox import wire
from vivavoce.engines.judge.sandbox.wire import Decoder, Encoder, UnsupportedError, WireError


def decode(frame: bytes, *, layouts: bool = False) -> list[Any]:
    tree_size, buffer_size = wire.HEADER.unpack(frame[:12])
    assert len(frame) == 12 + tree_size + buffer_size
    return Decoder(layouts=layouts).message(frame[12 : 12 + tree_size], frame[12 + tree_size :])


def there_and_back(value: Any, *, layouts: bool = False) -> Any:
    return decode(Encoder(layouts=layouts).frame(["x", value]), layouts=layouts)[1]


def same(a: Any, b: Any) -> bool:
    """Equal in type, sign and payload, all the way down."""
    if type(a) is not type(b):
        return False
    if isinstance(a, np.ndarray):
        return (a.dtype, a.shape, a.tobytes()) == (b.dtype, b.shape, b.tobytes())
    if isinstance(a, float):
        return struct.pack("d", a) == struct.pack("d", b) or (math.isnan(a) and math.isnan(b))
    if isinstance(a, complex):
        return same(a.real, b.real) and same(a.imag, b.imag)
    if isinstance(a, (list, tuple)):
        return len(a) == len(b) and all(map(same, a, b))
    if isinstance(a, dict):
        return a.keys() == b.keys() and all(same(a[k], b[k]) for k in a)
    return bool(a == b)


keys = st.text() | st.integers(-(2**70), 2**70)
arrays = hnp.arrays(st.sampled_from(list(wire.DTYPES.values())), hnp.array_shapes(min_dims=0, min_side=0, max_dims=4))
plain = st.none() | st.booleans() | st.integers(-(2**200), 2**200) | st.floats() | st.complex_numbers() | st.text()
values = st.recursive(
    plain | arrays,
    lambda inner: st.lists(inner) | st.lists(inner).map(tuple) | st.dictionaries(keys, inner) | st.sets(keys),
    max_leaves=12,
)


@settings(deadline=None, max_examples=200)
@given(values)
def test_every_value_comes_back_as_it_was(value: Any) -> None:
    assert same(there_and_back(value), value)


@settings(deadline=None, max_examples=200)
@given(arrays, st.randoms(use_true_random=False))
def test_layouts_come_back_where_they_are_asked_for(array: np.ndarray, rng: random.Random) -> None:
    view = array.transpose(rng.sample(range(array.ndim), array.ndim))
    view = np.asarray(view[tuple(slice(None, None, rng.choice([1, 2, -1, -2])) for _ in range(view.ndim))])
    back = there_and_back(view, layouts=True)
    assert (back.shape, back.dtype) == (view.shape, view.dtype)
    assert back.tobytes() == view.tobytes()
    if view.size:
        assert [s for s, n in zip(back.strides, back.shape, strict=True) if n > 1] == [
            s for s, n in zip(view.strides, view.shape, strict=True) if n > 1
        ]
    assert back.flags.writeable
    assert same(there_and_back(view), np.array(view, order="C"))


REFUSED: dict[str, tuple[Any, str]] = {
    "object array": (np.array([object()]), "an array of dtype object"),
    "text array": (np.array(["a"]), "an array of dtype <U1"),
    "long double": (np.zeros(1, np.longdouble), f"an array of dtype {np.dtype(np.longdouble)}"),
    "structured array": (np.zeros(1, [("a", "f8")]), r"an array of dtype \[\('a', '<f8'\)\]"),
    "subclass": (np.zeros(1).view(np.recarray), "a recarray .a kind of array.; return a plain numpy.ndarray"),
    "generator": ((i for i in ()), "a generator"),
    "float key": ({1.5: 1}, "a dict with a key of type float; only str and int keys can be returned"),
    "surrogate": ("\ud800", "a str that is not valid Unicode"),
    "large int": (1 << 20_000, "an int of 20,001 bits"),
    "deep list": (json.loads("[" * 40 + "]" * 40), "values nested deeper than 24 levels"),
    "large list": ([None] * 300_000, "more than 200,000 separate values; use an array"),
    "many sets": ([set(range(100))] * 50, "sets and dicts of more than 4,096 elements"),
    "large set": (set(range(5000)), "sets and dicts of more than 4,096 elements"),
    "large array": (np.broadcast_to(0.0, (1 << 20, 1 << 20)), "arrays of more than 64 MiB"),
    "long text": ("x" * (5 << 20), "5,242,894 bytes of values outside arrays; at most 4,194,304 can be returned"),
    "class": (int, "a type"),
    "bytes": (b"", "a bytes"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_cross_is_named(name: str) -> None:
    value, message = REFUSED[name]
    with pytest.raises(UnsupportedError, match=f"^{message}"):
        there_and_back(value)


MALFORMED = {
    "no list": b'"x"',
    "empty": b'["l",[]]',
    "kind that is no text": b'["l",[null]]',
    "number": b'["l",["x",1]]',
    "float": b'["l",["x",1.5]]',
    "NaN": b'["l",["x",NaN]]',
    "object": b'["l",["x",{}]]',
    "unknown tag": b'["l",["x",["z",1]]]',
    "tensor where none is expected": b'["l",["x",["T","float32",false,"<f8",[0],null]]]',
    "handle where none is expected": b'["l",["x",["h",0,"a"]]]',
    "function where none is expected": b'["l",["x",["F",0]]]',
    "decimal int": b'["l",["x",["i","12"]]]',
    "two parts of an int": b'["l",["x",["i","0x1","0x2"]]]',
    "unhashable in a set": b'["l",["x",["s",[["l",[]]]]]]',
    "key twice": b'["l",["x",["d",[["a",null],["a",null]]]]]',
    "float key": b'["l",["x",["d",[[["f","0x0p+0"],null]]]]]',
    "object dtype": b'["l",["x",["a","|O",[0],null]]]',
    "dtype of Python": b'["l",["x",["a","O",[0],null]]]',
    "negative shape": b'["l",["x",["a","<f8",[-1],null]]]',
    "boolean shape": b'["l",["x",["a","<f8",[true],null]]]',
    "more than there is": b'["l",["x",["a","<f8",[2],null]]]',
    "huge": b'["l",["x",["a","<f8",[4611686018427387904,4],null]]]',
    "huge but empty": b'["l",["x",["a","<f8",[0,99999999999],null]]]',
    "33 dimensions": b'["l",["x",["a","<f8",[' + b"1," * 32 + b"1],null]]]",
    "strides where none are expected": b'["l",["x",["a","<f8",[0],[1]]]]',
    "deep": b"[" * 2_000_000,
    "not ASCII": '["l",["é"]]'.encode(),
    "lone surrogate": b'["l",["\\ud800"]]',
    "many sets": b'["l",["x"' + (b',["s",[' + b",".join(b'"%d"' % i for i in range(3000)) + b"]]") * 2 + b"]]",
    "dtype with a control character": b'["l",["x",["T","a\\u001b",false,"<f8",[0],null]]]',
    "long number": b'["l",["x",["h",' + b"9" * 5000 + b"]]]",
    "overflow": b'["l",["x",["f","0x1p+99999"]]]',
    "trailing": b'["l",["x"]] ["l",["x"]]',
}


@pytest.mark.parametrize("name", MALFORMED)
def test_a_malformed_frame_is_refused(name: str) -> None:
    with pytest.raises(WireError):
        Decoder().message(MALFORMED[name], b"")


def test_keys_that_collide_cost_little() -> None:
    """Integers that all hash alike, as many as are let through: the judge may not spend seconds on them."""
    colliding = {i * (2**61 - 1) for i in range(1, wire.MAX_KEYED - 1)}
    frame = Encoder(layouts=False).frame(["x", colliding])
    began = time.process_time()
    assert decode(frame)[1] == colliding
    assert time.process_time() - began < 5


def test_bytes_that_belong_to_no_array_are_refused() -> None:
    with pytest.raises(WireError, match="bytes that belong to no array"):
        Decoder().message(b'["l",["x"]]', b"\0")


def test_a_bool_is_true_or_false_whatever_its_byte() -> None:
    message = Decoder().message(b'["l",["x",["a","|b1",[3],null]]]', b"\x00\x02\xff")
    assert message[1].tobytes() == b"\x00\x01\x01"


@pytest.mark.parametrize("strides", [[0, 1], [1, 1], [1 << 40, 1], [True, 1], [1], ["1", 1]], ids=str)
def test_strides_that_overlap_or_reach_far_are_refused(strides: list[Any]) -> None:
    tree = json.dumps(["l", ["x", ["a", "<f8", [2, 3], strides]]]).encode()
    with pytest.raises(WireError):
        Decoder(layouts=True).message(tree, bytes(48))


SEEDS: list[Any] = [
    ["value", "0" * 16, np.arange(6.0).reshape(2, 3).T, None],
    ["raised", "n", "ValueError", "text", "Traceback", 3],
    ["call", "n", 0, (1, 2.5, np.ones(2, np.float32)), {"k": [1j, {"a": {1, 2}}, True, None]}],
    ["value", "n", [np.zeros((0, 3), bool), "é\U0001f600", -(1 << 70)], [(np.int8(3),), {}]],
]
WORDS = [
    b"null",
    b"true",
    b'"',
    b"[",
    b"]",
    b",",
    b"{",
    b"1e999",
    b"-1",
    b"99999999999999999999",
    b'"a"',
    b'"T"',
    b'"h"',
]
WORDS += [b'"F"', b'"<f8"', b'"|O"', b'"\\ud800"', b"\xff", b"\x00", b'["i","0x1"]', b'["l",[]]', b"[[[[[[[[", b"NaN"]


def _mutate(rng: random.Random, data: bytearray) -> None:
    for _ in range(rng.randrange(1, 5)):
        at = rng.randrange(len(data) + 1)
        match rng.randrange(5):
            case 0:
                data[at : at + rng.randrange(1, 9)] = b""
            case 1:
                data[at:at] = rng.choice(WORDS)
            case 2 if at < len(data):
                data[at] = rng.randrange(256)
            case 3:
                data[at:at] = data[rng.randrange(len(data) + 1) :][: rng.randrange(1, 30)]
            case _:
                data[at : at + rng.randrange(1, 6)] = rng.choice(WORDS)


def _nodes(tree: Any) -> list[tuple[list[Any], int]]:
    """Every place in a tree that could hold something else."""
    found, todo = [], [tree]
    while todo:
        node = todo.pop()
        found += [(node, i) for i in range(len(node))]
        todo += [child for child in node if isinstance(child, list)]
    return found


def _regrown(rng: random.Random, tree: bytes) -> bytes:
    """The tree with a few of its parts replaced by others, doubled or dropped: JSON still, and mostly well-formed."""
    grown = json.loads(tree)
    for _ in range(rng.randrange(1, 3)):
        places = _nodes(grown)
        holder, at = rng.choice(places)
        other, other_at = rng.choice(places)
        match rng.randrange(4):
            case 0:
                holder[at] = json.loads(json.dumps(other[other_at]))
            case 1:
                holder.insert(at, json.loads(json.dumps(other[other_at])))
            case 2 if len(holder) > 1:
                del holder[at]
            case _:
                holder[at] = rng.choice([None, True, -1, 0, 1 << 40, "", "<f8", "|b1", "0x1", "-0x", "nan", [], [[]]])
    return json.dumps(grown).encode()


def test_of_sixty_thousand_broken_frames_none_does_more_than_be_refused() -> None:
    """Mutations of good frames; the count of those that survive shows that the mutations are not all hopeless."""
    rng = random.Random(20260101)
    frames = [Encoder(layouts=True).frame(seed) for seed in SEEDS]
    refused = accepted = 0
    for number in range(60_000):
        frame = frames[number % len(frames)]
        tree_size, _ = wire.HEADER.unpack(frame[:12])
        tree, buffers = bytearray(frame[12 : 12 + tree_size]), bytearray(frame[12 + tree_size :])
        if number % 3:
            tree = bytearray(_regrown(rng, bytes(tree)))
        else:
            _mutate(rng, tree if rng.random() < 0.8 else buffers)
        decoder = Decoder(
            layouts=number % 2 == 0,
            scalar=lambda a: a[()],
            tensor=lambda a, dtype, grad: (a, dtype, grad),
            handle=lambda n, name: (n, name),
        )
        try:
            decoder.message(bytes(tree), buffers)
        except WireError:
            refused += 1
        else:
            accepted += 1
    assert refused + accepted == 60_000
    assert 5_000 < accepted < 30_000


def test_numpy_texts_and_keys_arrive_as_plain_ones() -> None:
    assert there_and_back({np.int64(3): np.str_("a")}) == {3: "a"}
    assert [type(v) for v in there_and_back(list(np.array(["a", "b"])))] == [str, str]
