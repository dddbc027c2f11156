from __future__ import annotations

import pytest

from vivavoce.engines.grader.text import Speller, content_stems, has_relation, numbers, stem, words


@pytest.mark.parametrize(
    "forms",
    [
        "multiply multiplies multiplied multiplication",
        "regularise regularize regularisation regularizer regularising",
        "optimiser optimizers optimisation optimise",
        "shrink shrinks shrinking shrank",
        "drop drops dropped dropping",
        "saturate saturates saturated saturation",
        "average averages averaged averaging",
        "bias biases",
        "minimum minima",
        "colour color",
        "behaviour behavior behaviors",
    ],
)
def test_forms_of_one_word_have_one_stem(forms: str) -> None:
    assert len({stem(f) for f in forms.split()}) == 1


@pytest.mark.parametrize("pair", ["loss less", "train test", "weight wait", "mean median", "class clause", "L1 L2"])
def test_different_words_keep_different_stems(pair: str) -> None:
    one, other = pair.lower().split()
    assert stem(one) != stem(other)


def test_words_know_their_places_in_the_text_as_typed() -> None:
    text = "Don’t drop 0.25 of W2!"
    assert [(w.text, text[w.start : w.end]) for w in words(text)] == [
        ("don't", "Don’t"),
        ("drop", "drop"),
        ("0.25", "0.25"),
        ("of", "of"),
        ("w2", "W2"),
    ]


def test_only_words_that_carry_the_subject_are_content() -> None:
    assert content_stems("um, so the gradients are basically multiplied at each of the layers") == [
        "gradient",
        "multipli",
        "lay",
    ]


@pytest.mark.parametrize(
    "text", ["s <= 1/4", "L1 → zeros", "y = f(x)", "x + F(x)", "batch vs full", "slope ≤ 0.25", "2 * n"]
)
def test_symbols_that_state_something_are_relations(text: str) -> None:
    assert has_relation(text)


@pytest.mark.parametrize(
    "text", ["relu, dropout, adam", "well-known skip-connections", "I like it.", "batch norm (2015)"]
)
def test_plain_lists_and_prose_have_no_relation(text: str) -> None:
    assert not has_relation(text)


def test_numbers_have_one_spelling() -> None:
    assert numbers("0,25 and 1 / 4 and 25 % of 12") == {"0.25", "1/4", "25%", "12"}


@pytest.fixture
def speller() -> Speller:
    return Speller({"gradient", "saturates", "layer", "activations"}, frozenset({"graduate", "player", "lawyer"}))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("gradeint", "gradient"),
        ("saturtaes", "saturates"),
        ("beacuse", "because"),
        ("teh", "the"),
        ("activatoins", "activations"),
    ],
)
def test_slips_are_put_right(speller: Speller, typed: str, meant: str) -> None:
    assert speller.fix(typed) == meant


@pytest.mark.parametrize("typed", ["relu", "graduate", "player", "softmax", "gradients", "w2", "0.25", "saturated"])
def test_words_that_may_be_meant_are_left_alone(speller: Speller, typed: str) -> None:
    assert speller.fix(typed) == typed


def test_only_the_slips_of_a_text_change(speller: Speller) -> None:
    assert speller.fix_text("Teh gradeint, at LAYER 2,  saturtaes!") == "the gradient, at LAYER 2,  saturates!"
