"""Files of questions whose numbers are drawn."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, get_args

import pytest
import yaml

from vivavoce.content.bank import LoadedBank, load_bank
from vivavoce.content.estimate_schema import UnitName
from vivavoce.domain.quantity import UNITS
from vivavoce.domain.question import Kind

Writer = Callable[..., Path]
FILE: dict[str, Any] = {
    "kind": "estimate",
    "level": "basic",
    "minutes": 2,
    "prompt": "A [[k]] by [[k]] filter over [[c]] channels. How many weights?",
    "why": "To see.",
    "numbers": {"k": [3, 5], "c": [16, 32.0]},
    "steps": {
        "plane": {"says": "[[k]] by [[k]]", "value": "k*k", "unit": "weights", "points": 1},
        "result": {"says": "all", "value": "plane*c", "unit": "weights", "points": 2, "within": 0},
    },
    "slips": {"flat": {"value": "plane", "says": "Depth left out.", "instead": "There are [[c]] channels."}},
    "model_answer": "It is [[result]].",
    "short_answer": "[[result]].",
    "follow_ups": [{"when": "plane", "ask": "A [[k]] plane?", "answer": "[[plane]]"}],
}


@pytest.fixture
def loaded(write_pack: Writer, concept: Callable[..., str]) -> Callable[..., LoadedBank]:
    def load(**changes: Any) -> LoadedBank:
        text = yaml.safe_dump({**FILE, **changes}, sort_keys=False)
        return load_bank([write_pack({"concepts/cnn/concept.md": concept(), "concepts/cnn/questions/n.yaml": text})])

    return load


def test_it_is_a_question_of_the_bank_with_names_in_place_of_numbers(loaded: Callable[..., LoadedBank]) -> None:
    found = loaded()
    assert found.diagnostics == ()
    question = found.bank.question("cnn/n")
    assert question.kind is Kind.ESTIMATE
    assert question.prompt == "A *k* by *k* filter over *c* channels. How many weights?"
    assert [(c.id, c.points, c.must_have) for c in question.criteria] == [("plane", 1, False), ("result", 2, True)]
    assert [m.contradicts for m in question.misconceptions] == [("result",)]
    assert [(f.id, f.ask) for f in question.follow_ups] == [("plane-1", "A *k* plane?")]
    assert question.estimate is not None
    assert question.estimate.numbers == {"k": (3, 5), "c": (16, 32.0)}


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"steps": {"r": {**FILE["steps"]["result"], "unit": "byte"}}}, 'steps.r.unit is "byte"'),
        ({"numbers": {"k": [3, 0]}}, "It must be greater than 0"),
        ({"numbers": {"k": []}}, "numbers.k is empty"),
        ({"numbers": {"K in": [1]}}, '"K in" cannot be a key here'),
        ({"steps": {}}, "steps is empty"),
        ({"kind": "explain"}, 'kind is "explain"'),
        ({"rubric": {}}, 'unknown key "rubric"'),
        ({"sampels": []}, 'unknown key "sampels"'),
        ({"steps": {"r": {"says": "x", "value": "k", "points": 1, "within": 2}}}, "steps.r.within is 2"),
        ({"follow_ups": [{"when": "plan", "ask": "a", "answer": "b"}]}, 'names the criterion "plan"'),
    ],
)
def test_what_is_wrong_is_said_with_its_place(
    loaded: Callable[..., LoadedBank], changes: dict[str, Any], message: str
) -> None:
    found = [f"{d.message}. {d.remedy}" for d in loaded(**changes).diagnostics]
    assert any(message in text for text in found), found


def test_a_byte_that_was_meant_is_guessed(loaded: Callable[..., LoadedBank]) -> None:
    found = loaded(steps={"r": {**FILE["steps"]["result"], "unit": "byte"}}).diagnostics
    assert 'Did you mean "bytes"' in found[0].remedy


CHANGED: dict[str, dict[str, Any]] = {
    "prompt": {"prompt": "Another [[k]] [[c]]?"},
    "value": {"steps": {**FILE["steps"], "result": {**FILE["steps"]["result"], "value": "plane*c + 1"}}},
    "unit": {"steps": {**FILE["steps"], "result": {**FILE["steps"]["result"], "unit": "values"}}},
    "points": {"steps": {**FILE["steps"], "result": {**FILE["steps"]["result"], "points": 3}}},
    "tolerance": {"steps": {**FILE["steps"], "result": {**FILE["steps"]["result"], "within": 0.1}}},
    "slip": {"slips": {"flat": {**FILE["slips"]["flat"], "value": "c"}}},
}
KEPT: dict[str, dict[str, Any]] = {
    "numbers": {"numbers": {"k": [3, 5, 7], "c": [16, 32.0]}},
    "says": {"steps": {**FILE["steps"], "result": {**FILE["steps"]["result"], "says": "altogether"}}},
    "instead": {"slips": {"flat": {**FILE["slips"]["flat"], "instead": "Depth!"}}},
    "model answer": {"model_answer": "Altogether [[result]]."},
    "level": {"level": "advanced"},
}


@pytest.mark.parametrize("changes", CHANGED.values(), ids=CHANGED)
def test_the_hash_changes_with_what_is_graded(loaded: Callable[..., LoadedBank], changes: dict[str, Any]) -> None:
    assert loaded(**changes).bank.question("cnn/n").graded_hash != loaded().bank.question("cnn/n").graded_hash


@pytest.mark.parametrize("changes", KEPT.values(), ids=KEPT)
def test_the_hash_stays_where_grading_does(loaded: Callable[..., LoadedBank], changes: dict[str, Any]) -> None:
    assert loaded(**changes).bank.question("cnn/n").graded_hash == loaded().bank.question("cnn/n").graded_hash


def test_an_estimate_with_a_rubric_of_sentences_is_read_as_before(
    write_pack: Writer, concept: Callable[..., str], question: Callable[..., str]
) -> None:
    folder = write_pack(
        {"concepts/cnn/concept.md": concept(), "concepts/cnn/questions/n.yaml": question(kind="estimate")}
    )
    found = load_bank([folder]).bank.question("cnn/n")
    assert found.kind is Kind.ESTIMATE
    assert found.estimate is None


def test_the_units_of_files_are_those_that_are_known() -> None:
    assert set(get_args(UnitName)) == set(UNITS)
