"""Amounts with units: which units there are, what converts into what, and how an amount is written for a reader."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

Number = int | float


class Dimension(StrEnum):
    """What can be converted into one another. A number of one kind is never taken for one of another."""

    COUNT = "a count"
    WORK = "arithmetic"
    DATA = "memory"
    INFORMATION = "information"
    TIME = "time"


@dataclass(frozen=True, slots=True)
class Unit:
    """What an amount is counted in."""

    name: str
    """In the plural, as written behind a number; empty for a pure number."""
    dimension: Dimension
    factor: float = 1.0
    """How many of the dimension's smallest unit it is."""
    symbol: str = ""
    """Written with prefixes (9.437 MB); a unit without one is written out in full."""


_COUNTED = ("parameters", "weights", "values", "units", "pixels", "positions", "tokens", "iterations", "examples")
UNITS: Mapping[str, Unit] = {
    unit.name: unit
    for unit in (
        Unit("", Dimension.COUNT),
        *(Unit(name, Dimension.COUNT) for name in _COUNTED),
        Unit("FLOPs", Dimension.WORK, 1.0, "FLOPs"),
        # One multiply-add is two operations, a multiplication and an addition.
        Unit("multiply-adds", Dimension.WORK, 2.0, " multiply-adds"),
        Unit("bits", Dimension.DATA),
        Unit("bytes", Dimension.DATA, 8.0, "B"),
        Unit("nats", Dimension.INFORMATION),
        Unit("seconds", Dimension.TIME),
    )
}
"""By the name that content files use. Those of counted things mean the same; the word is for the reader."""

PREFIXES: Mapping[str, float] = {"k": 1e3, "M": 1e6, "G": 1e9, "T": 1e12, "P": 1e15}

_EXACT_BELOW = 10_000
"""Amounts in a unit with a symbol are written out below this, with a prefix above."""
_COUNT_BELOW = 10**12
_DIGITS = 4


def number_text(value: Number) -> str:
    """`1,204,224`, `0.05893`, `2.5`, `1.2 × 10^13`: whole numbers exactly, others with four significant digits."""
    if value == int(value) and abs(value) < _COUNT_BELOW:
        return f"{int(value):,}"
    rounded = float(f"{value:.{_DIGITS - 1}e}")
    if rounded != 0 and not 1e-4 <= abs(rounded) < _COUNT_BELOW:
        mantissa, _, exponent = f"{rounded:.{_DIGITS - 1}e}".partition("e")
        return f"{mantissa.rstrip('0').rstrip('.')} × 10^{int(exponent)}"
    places = max(0, _DIGITS - 1 - math.floor(math.log10(abs(rounded)))) if rounded else 0
    return f"{rounded:,.{places}f}".rstrip("0").rstrip(".") if places else f"{round(rounded):,}"


def amount_text(value: Number, unit: str) -> str:
    """`73,856 parameters`, `9.437 MB`, `115.6 M multiply-adds`, `1 byte`."""
    known = UNITS[unit]
    if known.symbol and abs(value) >= _EXACT_BELOW:
        name, factor = max(((n, f) for n, f in PREFIXES.items() if f <= abs(value)), key=lambda pair: pair[1])
        return f"{number_text(float(f'{value / factor:.{_DIGITS - 1}e}'))} {name}{known.symbol}"
    word = known.name.removesuffix("s") if value == 1 else known.name
    return f"{number_text(value)} {word}".strip()
