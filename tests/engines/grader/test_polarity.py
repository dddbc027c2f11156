from __future__ import annotations

import pytest

from vivavoce.engines.grader.polarity import OPPOSITES, denials, flips
from vivavoce.engines.grader.text import content_stems, words


def count(text: str) -> int:
    return denials(text, words(text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("the weights reach zero", 0),
        ("the weights never reach zero", 1),
        ("it doesn't shrink", 1),
        ("it isn’t that it never shrinks", 2),
        ("not only the weights shrink", 0),
        ("it no longer shrinks them", 0),
    ],
)
def test_denials_are_counted_and_phrases_that_deny_nothing_are_not(text: str, expected: int) -> None:
    assert count(text) == expected


def stems(text: str) -> frozenset[str]:
    return frozenset(content_stems(text)) | frozenset(w.stem for w in words(text))


def test_an_opposite_direction_is_a_flip() -> None:
    assert flips(stems("the variance decreases with the batch"), stems("the variance increases with the batch")) == 1


def test_the_same_direction_is_no_flip() -> None:
    assert flips(stems("the variance decreases"), stems("it decreases the variance")) == 0


def test_a_comparison_that_names_both_sides_is_no_flip() -> None:
    assert flips(stems("training loss is low"), stems("training loss is low while test loss is high")) == 0


def test_opposites_are_mutual() -> None:
    assert all(word in OPPOSITES[other] for word, others in OPPOSITES.items() for other in others)
