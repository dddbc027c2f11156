from __future__ import annotations

import pytest

from vivavoce.domain.question import Binding
from vivavoce.engines.grader.bindings import Fired, fire

L1 = Binding(("l1", "lasso"), ("exact zeros", "sparse"), ("never exactly zero", "shrinks proportionally"))
L2 = Binding(("l2", "ridge"), ("shrinks proportionally", "never exactly zero"), ("exact zeros", "sparse"))
BOTH = (L1, L2)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("L1 gives you exact zeros", Fired(1, 0)),
        ("lasso yields sparse weights while ridge shrinks them proportionally", Fired(2, 0)),
        ("L2 gives exact zeros", Fired(0, 1)),
        ("l1 is not sparse", Fired(0, 1)),
        ("L2 doesn't give exact zeros", Fired(1, 0)),
        ("weights become sparse", Fired(0, 0)),
        ("both penalties keep the weights small", Fired(0, 0)),
    ],
)
def test_predicates_count_for_the_entity_they_are_said_of(text: str, expected: Fired) -> None:
    assert fire(BOTH, text) == expected


def test_roles_exchanged_in_one_sentence_fire_twice_as_wrong() -> None:
    assert fire(BOTH, "L2 makes things sparse whereas L1 is never exactly zero") == Fired(0, 2)


def test_an_entity_far_away_owns_nothing() -> None:
    far = "l2 " + "and then some more words " * 5 + "sparse"
    assert fire(BOTH, far) == Fired(0, 0)


def test_no_bindings_are_silent() -> None:
    assert fire((), "L2 gives exact zeros") == Fired(0, 0)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("unlike L2, L1 gives exact zeros", Fired(1, 0)),
        ("L1 gives sparse weights rather than L2", Fired(1, 0)),
        ("I would take L1 instead of L2 because it is sparse", Fired(1, 0)),
        ("you get exact zeros; L2 adds a square", Fired(0, 0)),
        ("L1 is not sparse but small", Fired(0, 0)),
    ],
    ids=["unlike", "rather than", "instead of", "another clause", "correction"],
)
def test_what_is_only_compared_with_or_put_right_owns_nothing(text: str, expected: Fired) -> None:
    assert fire(BOTH, text) == expected


def test_of_a_longer_name_only_the_whole_is_named() -> None:
    plain = Binding(("relu",), (), ("negative slope",))
    leaky = Binding(("leaky relu",), ("negative slope",))
    assert fire([plain, leaky], "leaky ReLU keeps a small negative slope") == Fired(1, 0)
    assert fire([plain, leaky], "ReLU has a negative slope") == Fired(0, 1)


def test_a_denial_inside_a_phrase_is_not_the_phrase() -> None:
    size = Binding(("size",), (), ("must change",))
    assert fire([size], "the size must change") == Fired(0, 1)
    assert fire([size], "the size must not change") == Fired(0, 0)
