"""Numbers as people write them, and what stands around them."""

from __future__ import annotations

import math
import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from vivavoce.domain.quantity import PREFIXES, UNITS, Dimension, amount_text
from vivavoce.domain.question import Expected
from vivavoce.engines.grader.numbers import Meaning, Reading, Role, Weight, read_numbers
from vivavoce.engines.grader.numeric import Match, compare


def one(text: str) -> Reading:
    readings = [r for r in read_numbers(text) if r.role is Role.OUTCOME]
    assert len(readings) == 1, readings
    return readings[0]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1,204,224", 1_204_224),
        ("1 204 224", 1_204_224),
        ("1\u202f204\u202f224", 1_204_224),
        ("1'204'224", 1_204_224),
        ("1_204_224", 1_204_224),
        ("2.4e6", 2.4e6),
        ("2.4E-3", 2.4e-3),
        ("3×10^6", 3e6),
        ("3 x 10^6", 3e6),
        ("3*10**6", 3e6),
        ("3·10⁶", 3e6),
        (r"$3\times 10^{6}$", 3e6),
        ("1.2 × 10⁻³", 1.2e-3),
        ("10^6", 1e6),
        ("2^20", 2**20),
        ("~9.4", 9.4),
        ("≈9.4", 9.4),
        (".5", 0.5),
        ("It is 28.", 28),
        ("- 73,856", 73_856),
        ("112×112", 112),
        ("28 x 28", 28),
    ],
)
def test_the_value_of_a_number(text: str, value: float) -> None:
    assert one(text).value == pytest.approx(value)


@pytest.mark.parametrize(
    ("text", "dimension", "amounts"),
    [
        ("2.36 M params", Dimension.COUNT, {2.36e6}),
        ("2.36M parameters", Dimension.COUNT, {2.36e6}),
        ("2.36 million trainable parameters", Dimension.COUNT, {2.36e6}),
        ("2,36 million weights", Dimension.COUNT, {2.36e6}),
        ("9.4 MB", Dimension.DATA, {9.4e6 * 8, 9.4 * 2**20 * 8}),
        ("9.4MiB", Dimension.DATA, {9.4 * 2**20 * 8}),
        ("9.4 megabytes", Dimension.DATA, {9.4e6 * 8, 9.4 * 2**20 * 8}),
        ("1.2 gigaflops", Dimension.WORK, {1.2e9}),
        ("9.4 mega bytes", Dimension.DATA, {9.4e6 * 8}),
        ("75.5 Mbit", Dimension.DATA, {75.5e6, 75.5 * 2**20}),
        ("4096 bytes", Dimension.DATA, {4096 * 8}),
        ("1.2 GFLOPs", Dimension.WORK, {1.2e9}),
        ("1.2 gflops", Dimension.WORK, {1.2e9}),
        ("0.6 GMACs", Dimension.WORK, {1.2e9}),
        ("115.6 M multiply-adds", Dimension.WORK, {231.2e6}),
        ("1.2e9 floating point operations", Dimension.WORK, {1.2e9}),
        ("2.3 nats", Dimension.INFORMATION, {2.3}),
        ("90 s", Dimension.TIME, {90.0}),
        ("1.5 hours", Dimension.TIME, {5400.0}),
    ],
)
def test_what_a_number_is_counted_in(text: str, dimension: Dimension, amounts: set[float]) -> None:
    reading = one(text)
    found = {reading.value * m.factor for m in reading.meanings if m.dimension is dimension}
    assert sorted(found) == pytest.approx(sorted(amounts))


@pytest.mark.parametrize(
    "text", ["ResNet-50", "fp32", "conv2d", "the 3rd layer", "in 2D", "1. first\n2) second", "GPT-2", "x_1", "no digit"]
)
def test_a_digit_that_is_part_of_a_name_is_no_number(text: str) -> None:
    assert read_numbers(text) == ()


@pytest.mark.parametrize(
    "text", ["3*4*64", "(32 - 5)/1", "577 times", "plus 1", "5 · 5", "32-bit floats", "577 × 128 = "]
)
def test_what_is_reckoned_with_is_no_outcome(text: str) -> None:
    assert {r.role for r in read_numbers(text)} == {Role.OPERAND}


def test_a_fraction_is_one_number_unless_it_goes_on() -> None:
    assert [r.value for r in read_numbers("about 1/4") if r.role is Role.OUTCOME] == [0.25]
    assert [r.value for r in read_numbers("96/32 = 3") if r.role is Role.OUTCOME] == [3]


@pytest.mark.parametrize(
    ("text", "weight"),
    [
        ("The answer is 5", Weight.FINAL),
        ("Altogether 5", Weight.FINAL),
        ("2 + 3 = 5", Weight.CONCLUDED),
        ("That makes 5", Weight.CONCLUDED),
        ("about 5", Weight.CONCLUDED),
        ("There are 5", Weight.STATED),
        ("5", Weight.MENTIONED),
    ],
)
def test_words_before_a_number_say_how_much_of_a_result_it_is(text: str, weight: Weight) -> None:
    assert read_numbers(text)[-1].weight is weight


def test_the_span_holds_number_and_unit() -> None:
    text = "So I get about 2.36 million trainable parameters, which is fine."
    assert one(text).span.of(text) == "2.36 million trainable parameters"


def test_a_plain_whole_number_is_exact_and_a_rounded_one_is_not() -> None:
    assert one("12,800").digits == 5
    assert one("about 12,800").digits == 3
    assert one("12.8 k").digits == 3
    assert one("9.40 MB").digits == 3


@given(st.text(max_size=300))
@example("1" * 5000)
@example("10^" + "9" * 5000)
@example("9" * 400 + "e999")
@example("1/0 2/0.0")
def test_no_text_breaks_the_reader(text: str) -> None:
    end = 0
    for reading in read_numbers(text):
        assert 0 <= reading.span.start < reading.span.end <= len(text)
        assert math.isfinite(reading.value)
        assert reading.meanings
        end = max(end, reading.span.end)


@given(
    st.one_of(
        st.integers(1, 10**11),
        st.floats(1e-6, 1e11, allow_nan=False).map(lambda x: float(f"{x:.6g}")),
    ),
    st.sampled_from(sorted(UNITS)),
)
def test_what_we_write_we_read(value: float, unit: str) -> None:
    text = f"It is {amount_text(value, unit)}."
    readings = [r for r in read_numbers(text) if r.role is Role.OUTCOME]
    assert len(readings) == 1
    assert compare(readings[0], Expected(float(value), unit, 0.01), text).match is Match.RIGHT


@given(st.floats(1, 999).map(lambda x: round(x, 2)), st.sampled_from(sorted(PREFIXES)))
def test_every_prefix_scales_bytes(value: float, prefix: str) -> None:
    reading = one(f"{value} {prefix}B")
    assert Meaning(Dimension.DATA, PREFIXES[prefix] * 8) in reading.meanings


@pytest.mark.parametrize(
    "text",
    [
        "1 " * 10_000,
        "9" * 20_000,
        "1," * 10_000,
        "1.1e9 x 10^3 " * 1500,
        "(" * 19_999 + "1",
        "1 x " * 5000,
        "1/" * 9999,
    ],
)
def test_a_long_text_is_read_at_once(text: str) -> None:
    started = time.process_time()
    read_numbers(text)
    assert time.process_time() - started < 1.5
