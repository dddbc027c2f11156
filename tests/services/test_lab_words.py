"""Effects in words: units, points, times, signs, seeds."""

from __future__ import annotations

from dataclasses import replace

import pytest

from vivavoce.domain.ids import ItemId
from vivavoce.domain.lab import Comparison, Direction, Effect, Lab, LabClaim, Measure, Outcome, Ruled
from vivavoce.services.lab_words import (
    check_text,
    comparison_words,
    effect_text,
    number,
    numbers_text,
    seeds_text,
    verdict_sentence,
)

MEASURES = {
    "accuracy": Measure("accuracy", "accuracy", "%"),
    "time": Measure("time", "time to train", "s"),
    "ratio": Measure("ratio", "ratio of norms", log=True),
    "learned": Measure("learned", "it learns", yes_no=True),
}
INF = float("inf")


def a_lab(measure: str, against: str | float, margin: float, direction: Direction = Direction.ABOVE) -> Lab:
    test = Comparison(measure, "a", direction, against, margin, "as written")
    claim = LabClaim("c", "A beats B.", test, check=test)
    return Lab(ItemId("x", "y"), "?", "", {"a": "A", "b": "B"}, MEASURES, {"c": claim}, conditions=("deep", "flat"))


def an_effect(estimate: float | None, low: float | None, high: float | None, condition: str = "") -> Effect:
    return Effect(condition, Outcome.SUPPORTED, estimate, low, high, 8, 7, 1)


@pytest.mark.parametrize(
    ("measure", "against", "numbers", "said"),
    [
        ("accuracy", "b", (12.71985, 5.699757, 19.73994), "12.7 points more [5.7, 19.7]"),
        ("accuracy", "b", (-12.71985, -19.73994, -5.699757), "12.7 points less [5.7, 19.7]"),
        ("accuracy", "b", (0.2, -0.6, 1.0), "0.20 points [−0.60, 1.00]"),
        ("accuracy", 95.0, (25.40829, 19.71516, 31.10142), "25.4 % [19.7, 31.1]"),
        ("accuracy", "b", (0.0, 0.0, 0.0), "0 points [0, 0]"),
        ("accuracy", "b", (-6.9e-18, -7e-17, 8e-17), "0 points [0, 0]"),
        ("ratio", "b", (0.9998, 0.9996, 1.0004), "1.00 times [1.00, 1.00]"),
        ("time", "b", (0.0123, 0.0101, 0.0145), "0.0123 s more [0.0101, 0.0145]"),
        ("time", 3.0, (1234.5, 1000.0, 1500.0), "1234 s [1000, 1500]"),
        ("ratio", "b", (3.2, 2.1, 4.9), "3.20 times [2.10, 4.90]"),
        ("ratio", "b", (817.1, 20.6, 32445.0), "817 times [20.6, 32400]"),
        ("ratio", "b", (1e-12, 1e-14, 1e-9), "1e−12 times [1e−14, 1e−9]"),
        ("ratio", "b", (2.0, 0.5, INF), "2.00 times [0.500, infinity]"),
        ("learned", "b", (0.5, 0.25, 0.75), "50.0 points more [25.0, 75.0]"),
        ("learned", 0.9, (0.875, 0.47, 1.0), "88 % [47, 100]"),
    ],
)
def test_an_effect_is_said_in_the_unit_that_people_use(
    measure: str, against: str | float, numbers: tuple[float, float, float], said: str
) -> None:
    lab = a_lab(measure, against, 1.0)
    assert effect_text(lab, lab.claims["c"], an_effect(*numbers)) == said
    assert check_text(lab, lab.claims["c"], an_effect(*numbers)) == said


def test_where_an_arm_diverged_seeds_are_counted_and_the_arm_is_named() -> None:
    lab = a_lab("accuracy", "b", 1.0)
    effect = replace(an_effect(0.9, 0.5, 1.0), counted=True, diverged={"b": 5})
    assert effect_text(lab, lab.claims["c"], effect) == "7 of 8 seeds; b diverged in 5"
    assert effect_text(lab, lab.claims["c"], an_effect(None, None, None)) == "too few seeds"
    assert seeds_text(effect) == "7 of 8 seeds"


def test_a_claim_without_a_check_has_none_to_say() -> None:
    lab = a_lab("accuracy", "b", 1.0)
    with pytest.raises(ValueError, match="has no check"):
        check_text(lab, replace(lab.claims["c"], check=None), an_effect(1, 0, 2))


def test_a_verdict_says_the_effect_or_where_it_holds() -> None:
    lab = a_lab("accuracy", "b", 1.0)
    one = Ruled("c", Outcome.SUPPORTED, (an_effect(12.7, 5.7, 19.7),))
    assert verdict_sentence(lab, one) == "Supported: 12.7 points more [5.7, 19.7], 7 of 8 seeds for it."
    both = (an_effect(12.7, 5.7, 19.7, "deep"), an_effect(-3.0, -4.0, -2.0, "flat"))
    two = Ruled("c", Outcome.DEPENDS, both, because="Supported at deep; refuted at flat.")
    assert verdict_sentence(lab, two) == "Depends. Supported at deep; refuted at flat."
    assert numbers_text(lab, two) == "deep: 12.7 points more [5.7, 19.7]; flat: 3.00 points less [2.00, 4.00]"
    failed = replace(one, outcome=Outcome.INCONCLUSIVE, because="The manipulation check failed.")
    assert verdict_sentence(lab, failed).endswith("for it. The manipulation check failed.")
    assert numbers_text(lab, replace(one, claim="gone")) == ""


@pytest.mark.parametrize(
    ("measure", "against", "margin", "direction", "said"),
    [
        ("accuracy", "b", 2.0, Direction.ABOVE, "accuracy: a lies more than 2 points above b"),
        ("accuracy", 95.0, 0.0, Direction.ABOVE, "accuracy: a lies above 95 %"),
        ("time", "b", 0.5, Direction.BELOW, "time to train: a lies more than 0.5 s below b"),
        ("ratio", "b", 10.0, Direction.EQUAL, "ratio of norms: a lies within a factor of 10 of b"),
        ("ratio", 2.0, 1.0, Direction.BELOW, "ratio of norms: a lies below 2"),
        ("learned", "b", 0.2, Direction.ABOVE, "it learns: a lies more than 20 points above b"),
    ],
)
def test_a_test_is_said_as_a_sentence(
    measure: str, against: str | float, margin: float, direction: Direction, said: str
) -> None:
    lab = a_lab(measure, against, margin, direction)
    assert comparison_words(lab, lab.claims["c"]) == said


@pytest.mark.parametrize(
    ("value", "said"),
    [(0, "0"), (-0.0, "0"), (2.0, "2"), (1234.5, "1230"), (0.001, "0.001"), (1e5, "1e5"), (-2.5e-7, "−2.5e−7")],
)
def test_a_number_has_three_digits(value: float, said: str) -> None:
    assert number(value) == said
