"""Questions whose numbers are drawn anew for each attempt: the numbers, the steps to the result, the usual slips.

Nothing here is random: which numbers come is a function of the question and of how often it was answered, so that a
reload shows the same ones. What was drawn is kept with the attempt, so a later change of the lists rewrites no history.
"""

from __future__ import annotations

import hashlib
import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice, product

from vivavoce.domain.errors import BadInputError, ExpressionError
from vivavoce.domain.expression import evaluate, names_in
from vivavoce.domain.quantity import Number, amount_text, number_text

Numbers = Mapping[str, Number]
"""What was drawn: name to number."""

MARK = re.compile(r"\[\[([^\[\]]+)\]\]")
"""A place in a text where a number is put in: the name of a number or step, or an expression of them."""
MOST_DRAWS = 20_000
"""Combinations of the listed numbers that are looked at: more variety than anybody practises."""
ONLY = ".number"
"""`[[result.number]]` leaves the unit out."""


@dataclass(frozen=True, slots=True)
class Step:
    """One number on the way; the last is the result."""

    id: str
    says: str
    value: str
    """An expression of the drawn numbers and of earlier steps."""
    unit: str
    points: int
    within: float
    """Relative distance that still counts; 0 for numbers that are right or wrong."""

    @property
    def name(self) -> str:
        """As it is called in expressions and texts."""
        return self.id.replace("-", "_")


@dataclass(frozen=True, slots=True)
class Slip:
    """A number that people get instead of the result, and what they overlooked."""

    id: str
    value: str
    says: str
    instead: str


@dataclass(frozen=True, slots=True)
class Estimate:
    """What makes a question one of numbers."""

    numbers: Mapping[str, tuple[Number, ...]]
    """Name to what it can be."""
    only_when: str
    """An expression of the numbers; a combination for which it is not above 0 is never drawn. Empty: all are."""
    steps: tuple[Step, ...]
    slips: tuple[Slip, ...]
    texts: Mapping[str, str]
    """Place to text with marks: `prompt`, `model_answer`, `deeper-1.ask`."""

    @property
    def result(self) -> Step:
        return self.steps[-1]

    def allows(self, numbers: Numbers) -> bool:
        """Whether these can have been drawn."""
        listed = numbers.keys() == self.numbers.keys() and all(numbers[name] in self.numbers[name] for name in numbers)
        return listed and (not self.only_when or evaluate(self.only_when, numbers) > 0)

    def values(self, numbers: Numbers) -> dict[str, Number]:
        """The drawn numbers and every step by its name. Raises `ExpressionError`."""
        known: dict[str, Number] = dict(numbers)
        for step in self.steps:
            known[step.name] = evaluate(step.value, known)
        return known

    def fill(self, text: str, values: Mapping[str, Number]) -> str:
        """`text` with its marks replaced. Steps bring their unit, unless the mark says `.number`.

        Raises `ExpressionError`.
        """
        units = {step.name: step.unit for step in self.steps}
        return MARK.sub(lambda mark: _written(mark[1].strip(), values, units), text)


def symbolic(text: str) -> str:
    """`text` as it is shown in lists, before anything was drawn: the names, in italics, stand for the numbers."""
    return MARK.sub(lambda mark: f"*{mark[1].strip().removesuffix(ONLY).replace('*', '·')}*", text)


def marked_names(text: str) -> frozenset[str]:
    """The names that the marks of a text need. Raises `ExpressionError`."""
    found: frozenset[str] = frozenset()
    for mark in MARK.finditer(text):
        found |= names_in(mark[1].strip().removesuffix(ONLY))
    return found


def all_draws(estimate: Estimate) -> Iterator[dict[str, Number]]:
    """Every combination that can be drawn, among the first `MOST_DRAWS` combinations. Raises `ExpressionError`."""
    for chosen in islice(product(*estimate.numbers.values()), MOST_DRAWS):
        numbers = dict(zip(estimate.numbers, chosen, strict=True))
        if not estimate.only_when or evaluate(estimate.only_when, numbers) > 0:
            yield numbers


def draw(estimate: Estimate, name: str, turn: int) -> dict[str, Number]:
    """The numbers of the attempt `turn`, counted from 0, at the question `name`.

    Every combination comes once before any comes again. Raises `BadInputError` where nothing can be drawn.
    """
    drawn = _drawn(tuple(estimate.numbers.items()), estimate.only_when)
    if not drawn:
        raise BadInputError(f"the question {name} has no numbers to draw; `viva content check` says why")
    round_, place = divmod(turn, len(drawn))
    return dict(zip(estimate.numbers, drawn[_order(name, round_, len(drawn))[place]], strict=True))


def numbers_text(numbers: Numbers) -> str:
    """`c_in=64,k=3`: for a form or an address. `read_numbers` reads it."""
    return ",".join(f"{name}={numbers[name]!r}" for name in sorted(numbers))


def read_numbers(text: str) -> dict[str, Number]:
    """Raises `BadInputError`."""
    found: dict[str, Number] = {}
    for part in text.split(","):
        name, _, value = part.partition("=")
        try:
            found[name] = int(value) if value.lstrip("-").isdecimal() else float(value)
        except ValueError:
            raise BadInputError(f"{text[:60]!r} are no drawn numbers; such as k=3,c_in=64 is expected") from None
        if not math.isfinite(found[name]):
            raise BadInputError(f"{text[:60]!r} holds a number that is not finite")
    return found


def _written(mark: str, values: Mapping[str, Number], units: Mapping[str, str]) -> str:
    name = mark.removesuffix(ONLY)
    if name in units and not mark.endswith(ONLY):
        return amount_text(values[name], units[name])
    return number_text(values[name] if name in values else evaluate(name, values))


@lru_cache(maxsize=64)
def _order(name: str, round_: int, count: int) -> tuple[int, ...]:
    """A shuffled deck: by a hash, which gives the same on every machine and in every version of Python."""
    return tuple(sorted(range(count), key=lambda n: hashlib.sha256(f"{name} {round_} {n}".encode()).digest()))


@lru_cache(maxsize=64)
def _drawn(lists: tuple[tuple[str, tuple[Number, ...]], ...], only_when: str) -> tuple[tuple[Number, ...], ...]:
    bare = Estimate(dict(lists), only_when, (), (), {})
    try:
        return tuple(tuple(numbers.values()) for numbers in all_draws(bare))
    except ExpressionError:
        return ()
