"""Labs as files: the language of tests, what is read without running, hashes and recorded results."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.engines.lab_runner.small import DOUBLING, HEAD, load
from vivavoce.content.bank import load_bank
from vivavoce.content.lab_test import parse_test
from vivavoce.content.recorded_file import recorded_path, recorded_text
from vivavoce.domain.errors import ExportFormatError, InvalidIdError
from vivavoce.domain.ids import ItemId, LabRef
from vivavoce.domain.lab import (
    Comparison,
    Direction,
    Effect,
    LabResult,
    Measure,
    Measurement,
    Origin,
    Outcome,
    Points,
    Recorded,
    Ruled,
    RunState,
)
from vivavoce.domain.lab_record import read_illustration, read_recorded, recorded_record

MEASURES = {"accuracy": Measure("accuracy", "accuracy", "%"), "ratio": Measure("ratio", "ratio", log=True)}
ARMS = {"dropout": "with", "none": "without", "top-5": "five"}


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("accuracy: dropout > none + 1", ("accuracy", "dropout", Direction.ABOVE, "none", 1.0)),
        ("accuracy:dropout<none", ("accuracy", "dropout", Direction.BELOW, "none", 0.0)),
        ("accuracy: dropout < none - 0.5", ("accuracy", "dropout", Direction.BELOW, "none", 0.5)),
        ("accuracy: dropout == none +- 2", ("accuracy", "dropout", Direction.EQUAL, "none", 2.0)),
        ("accuracy: dropout > 95", ("accuracy", "dropout", Direction.ABOVE, 95.0, 0.0)),
        ("accuracy: dropout > -1.5e2", ("accuracy", "dropout", Direction.ABOVE, -150.0, 0.0)),
        ("ratio: dropout > none * 10", ("ratio", "dropout", Direction.ABOVE, "none", 10.0)),
        ("ratio: dropout < none / 1e6", ("ratio", "dropout", Direction.BELOW, "none", 1e6)),
        ("ratio: dropout == none */ 2", ("ratio", "dropout", Direction.EQUAL, "none", 2.0)),
        ("accuracy: top-5 > none", ("accuracy", "top-5", Direction.ABOVE, "none", 0.0)),
    ],
)
def test_a_test_is_read_as_it_is_written(text: str, wanted: tuple[str, str, Direction, str | float, float]) -> None:
    assert parse_test(text, MEASURES, ARMS) == Comparison(*wanted, text=text)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("dropout > none", "write it as"),
        ("acuracy: dropout > none", '"acuracy" is no measure'),
        ("accuracy: drop > none", '"drop" is no arm'),
        ("accuracy: dropout > non", '"non" is no arm'),
        ("accuracy: dropout == none", "not within what margin"),
        ("accuracy: dropout > none * 2", "compared by difference"),
        ("accuracy: dropout > none - 2", r"after > the margin is written `\+ margin`"),
        ("ratio: dropout > none + 2", "compared by ratio"),
        ("ratio: dropout > none * 0.5", "a factor of at least 1"),
        ("ratio: dropout > 0", "has no logarithm"),
        ("accuracy: dropout >= none", "write it as"),
    ],
)
def test_a_test_that_cannot_be_read_says_what_would_be_right(text: str, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        parse_test(text, MEASURES, ARMS)


def test_a_lab_is_read_without_running_it(tmp_path: Path) -> None:
    lab = load(tmp_path, DOUBLING + '\n\nraise SystemExit("run")\n')
    assert lab.id == ItemId("sums", "doubling")
    assert lab.question == "Does doubling make a number larger?"
    assert lab.method.endswith("negative numbers.")
    assert lab.needs == ()
    assert lab.parameters["low"].whole
    assert lab.defaults() == {"low": 1}


def test_what_a_lab_needs_is_what_it_imports_beyond_our_dependencies(tmp_path: Path) -> None:
    imports = "import math\nfrom sklearn.datasets import load_iris\nimport torch.nn\nimport numpy"
    code = DOUBLING.replace("import numpy", imports)
    assert load(tmp_path, code).needs == ("sklearn", "torch")


def test_the_hash_follows_what_is_measured_and_not_the_words(tmp_path: Path) -> None:
    before = load(tmp_path).hash
    assert load(tmp_path, DOUBLING.replace("Does doubling", "Would doubling") + "# a remark\n").hash == before
    assert load(tmp_path, DOUBLING.replace("plain + 0.1", "plain + 0.2")).hash == before
    assert load(tmp_path, DOUBLING.replace("2 * number", "3 * number")).hash != before


def test_a_parameter_must_have_its_default_in_its_range(tmp_path: Path) -> None:
    load(tmp_path)
    path = tmp_path / "concepts" / "sums" / "labs" / "doubling.py"
    path.write_text(DOUBLING.replace('"default": 1', '"default": 9'))
    found = load_bank([tmp_path]).diagnostics
    assert [d.code for d in found] == ["C001"]
    assert "low <= default <= high" in found[0].message


def test_a_docstring_without_a_method_is_refused(tmp_path: Path) -> None:
    load(tmp_path)
    path = tmp_path / "concepts" / "sums" / "labs" / "doubling.py"
    path.write_text(DOUBLING.replace(HEAD, '"""Does doubling make a number larger?"""\n\nimport numpy as np\n\n'))
    assert [d.message for d in load_bank([tmp_path]).diagnostics] == ["method is empty"]


NAN, INF = float("nan"), float("inf")
RECORDED = Recorded(
    Origin("0123456789abcdef", "2026-01-02T03:04:05+00:00", {"numpy": "2.4"}, "a processor", {"low": 1.0, "kind": "x"}),
    LabResult(
        RunState.FINISHED,
        (Measurement(0, {"": {"plain": {"size": 1.25}, "double": {"size": INF}}}, 0.5),),
        {
            "larger": Ruled(
                "larger",
                Outcome.DEPENDS,
                (Effect("", Outcome.SUPPORTED, 1.0, 0.5, INF, 8, 7, 1, {"double": 1}, True),),
                (Effect("", Outcome.REFUTED, None, None, None, 1, 0, 1),),
                "Because.",
            )
        },
        0.983,
        12.5,
        "",
        (Points("P", "x", "y", {"data": ((0.0, 1.0),)}),),
    ),
)


def test_a_recorded_result_survives_its_file(tmp_path: Path) -> None:
    lab = load(tmp_path)
    recorded_path(lab).write_text(recorded_text(RECORDED), encoding="utf-8")
    assert load_bank([tmp_path]).bank.recorded[lab.id] == RECORDED


def test_values_that_are_not_finite_survive_the_record() -> None:
    measured = Measurement(3, {"": {"plain": {"size": NAN}, "double": {"size": -INF}}}, 0.0)
    result = LabResult(RunState.FAILED, (measured,), {}, 0.95)
    record = json.loads(json.dumps(recorded_record(Recorded(RECORDED.origin, result))))
    back = read_recorded(record).result.measurements[0].values[""]
    assert back["plain"]["size"] != back["plain"]["size"]
    assert back["double"]["size"] == -INF


@pytest.mark.parametrize(
    ("record", "said"),
    [
        ({"kind": "film"}, "the kind 'film'"),
        ({"kind": "curves", "title": "T", "x": [1], "lines": {"a": [1, 2]}}, "has 2 values and x has 1"),
        ({"kind": "matrix", "title": "T", "values": [[1], [1, 2]]}, "differ in length"),
        ({"kind": "matrix", "title": "T", "values": [[1, 2]], "columns": ["a"]}, "1 names for them"),
        ({"kind": "text"}, "KeyError 'title'"),
    ],
)
def test_an_illustration_that_cannot_be_read_says_why(record: dict[str, object], said: str) -> None:
    with pytest.raises(ExportFormatError, match=said):
        read_illustration(record)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("depth_sweep", "cnn/depth-sweep#own"),
        ("depth-sweep#other", "cnn/depth-sweep#other"),
        ("rnn/lags", "rnn/lags#own"),
        ("rnn/lags#x", "rnn/lags#x"),
    ],
)
def test_a_lab_is_named_from_a_claim(text: str, wanted: str) -> None:
    assert str(LabRef.parse(text, "cnn", "own")) == wanted


def test_what_names_no_lab_is_refused() -> None:
    with pytest.raises(InvalidIdError, match="names no lab"):
        LabRef.parse("Depth Sweep", "cnn", "own")
