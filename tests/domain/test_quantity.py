"""How amounts are written."""

from __future__ import annotations

import pytest

from vivavoce.domain.quantity import amount_text, number_text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (1_204_224, "1,204,224"),
        (28, "28"),
        (28.0, "28"),
        (2.5, "2.5"),
        (0.0589256, "0.05893"),
        (1638.4, "1,638"),
        (99_999.6, "100,000"),
        (0.99996, "1"),
        (9.0949e-13, "9.095 × 10^-13"),
        (1.2e13, "1.2 × 10^13"),
        (0, "0"),
    ],
)
def test_numbers_are_exact_when_whole_and_have_four_digits_otherwise(value: float, text: str) -> None:
    assert number_text(value) == text


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (73_856, "parameters", "73,856 parameters"),
        (1, "iterations", "1 iteration"),
        (9_437_184, "bytes", "9.437 MB"),
        (4_096, "bytes", "4,096 bytes"),
        (2e9, "bytes", "2 GB"),
        (115_605_504, "multiply-adds", "115.6 M multiply-adds"),
        (1.852e9, "FLOPs", "1.852 GFLOPs"),
        (2.302585, "nats", "2.303 nats"),
        (0.05893, "", "0.05893"),
    ],
)
def test_amounts_have_the_unit_that_one_would_say(value: float, unit: str, text: str) -> None:
    assert amount_text(value, unit) == text
