"""The hash of the graded part changes when grading may, and only then."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from vivavoce.content.bank import load_bank

Writer = Callable[..., Path]
Text = Callable[..., str]

SCALE = {"points": 2, "criterion": "The mean is kept.", "missing": "And the size?", "must_have": True}
RATE = {"points": 1, "criterion": "The rate is fixed.", "missing": "And the rate?"}
HELD = {"statement": "Not needed.", "correction": "It is.", "samples": ["skip it"]}
BASE: dict[str, Any] = {"prompt": "Why?", "rubric": {"scale": SCALE, "rate": RATE}, "misconceptions": {"no-need": HELD}}


@pytest.fixture
def hashed(write_pack: Writer, concept: Text, question: Text) -> Callable[..., str]:
    def compute(**changes: Any) -> str:
        text = question(**{**BASE, **changes})
        folder = write_pack({"concepts/a/concept.md": concept(), "concepts/a/questions/b.yaml": text})
        return load_bank([folder]).bank.question("a/b").graded_hash

    return compute


GRADED: dict[str, dict[str, Any]] = {
    "prompt": {"prompt": "Why not?"},
    "statement": {"rubric": {"scale": {**SCALE, "criterion": "The mean stays."}, "rate": RATE}},
    "points": {"rubric": {"scale": {**SCALE, "points": 3}, "rate": RATE}},
    "must_have": {"rubric": {"scale": {**SCALE, "must_have": False}, "rate": RATE}},
    "paraphrases": {"rubric": {"scale": {**SCALE, "paraphrases": ["same mean"]}, "rate": RATE}},
    "parts": {"rubric": {"scale": {**SCALE, "parts": {"x": "y"}}, "rate": RATE}},
    "bindings": {"rubric": {"scale": {**SCALE, "bindings": [{"about": ["kept"], "right": ["scaled"]}]}, "rate": RATE}},
    "forms": {"rubric": {"scale": {**SCALE, "forms": ["1/p"]}, "rate": RATE}},
    "criterion id": {"rubric": {"scaled": SCALE, "rate": RATE}},
    "criterion removed": {"rubric": {"scale": SCALE}},
    "misconception": {"misconceptions": {"no-need": {**HELD, "statement": "Optional."}}},
    "misconception sample": {"misconceptions": {"no-need": {**HELD, "samples": ["leave it"]}}},
}
NOT_GRADED: dict[str, dict[str, Any]] = {
    "order of criteria": {"rubric": {"rate": RATE, "scale": SCALE}},
    "missing": {"rubric": {"scale": {**SCALE, "missing": "Hm?"}, "rate": RATE}},
    "correction": {"misconceptions": {"no-need": {**HELD, "correction": "It is needed."}}},
    "model answer": {"model_answer": "Another."},
    "level": {"level": "advanced"},
    "samples": {"samples": [{"voice": "plain", "answer": "x"}]},
    "status": {"status": "retired"},
}


@pytest.mark.parametrize("change", GRADED.values(), ids=GRADED)
def test_the_hash_changes_with_what_is_graded(hashed: Callable[..., str], change: dict[str, Any]) -> None:
    assert hashed(**change) != hashed()


@pytest.mark.parametrize("change", NOT_GRADED.values(), ids=NOT_GRADED)
def test_the_hash_stays_when_something_else_changes(hashed: Callable[..., str], change: dict[str, Any]) -> None:
    assert hashed(**change) == hashed()


def test_the_hash_of_a_question_is_the_same_for_ever(hashed: Callable[..., str]) -> None:
    # Attempts in learners' databases hold this value: changing how it is computed makes every rubric look changed.
    assert hashed() == "1c2d6acc6777f974"
