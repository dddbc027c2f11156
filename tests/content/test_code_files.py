"""Exercises and cases from their folders: what loads, what is reported, and what a mistake is made of."""

from __future__ import annotations

import ast
import shutil
from pathlib import Path

import pytest

from vivavoce.content.bank import load_bank
from vivavoce.content.mutate import MismatchError, mutated
from vivavoce.content.starter import starter
from vivavoce.domain.errors import UnknownItemError
from vivavoce.domain.exercise import Framework

FIXTURES = Path(__file__).parent / "lint" / "fixtures"
CODE = "def f(x):\n    for i in x:\n        y = i\n        z = i\n    return y\n"


def test_an_exercise_is_loaded_with_its_mistakes_alternatives_and_starter() -> None:
    loaded = load_bank([FIXTURES / "E203"])
    exercise = loaded.bank.exercise("dropout/double")
    variant = exercise.variants[Framework.NUMPY]
    assert exercise.judged_hash
    assert len(variant.mistakes) == 10
    assert [v.says for v in variant.valid] == ["By addition.", "By a function."]
    assert "raise NotImplementedError" in variant.starter
    assert "return" not in variant.starter


def test_a_case_is_loaded_as_script_and_question_of_one_id() -> None:
    bank = load_bank([FIXTURES / "E210"]).bank
    case = bank.case("dropout/flat-loss")
    assert case.exercise.variants[Framework.NUMPY].starter.startswith("def train")
    assert bank.question("dropout/flat-loss") is case.diagnosis
    assert case.diagnosis.id not in bank.questions
    assert list(case.probes) == ["step"]


def test_what_is_not_there_is_named_with_the_nearest() -> None:
    bank = load_bank([FIXTURES / "E203"]).bank
    with pytest.raises(UnknownItemError, match=r'no exercise "dropout/dubble"\. Did you mean "dropout/double"'):
        bank.exercise("dropout/dubble")


def test_the_hash_follows_tests_and_limits_only(tmp_path: Path) -> None:
    pack = tmp_path / "pack"
    shutil.copytree(FIXTURES / "E203", pack)
    folder = pack / "concepts/dropout/exercises/double"
    first = load_bank([pack]).bank.exercise("dropout/double").judged_hash
    text = (folder / "exercise.yaml").read_text()
    (folder / "exercise.yaml").write_text(text.replace("It is short.", "It is very short."))
    assert load_bank([pack]).bank.exercise("dropout/double").judged_hash == first
    (folder / "tests.py").write_text((folder / "tests.py").read_text() + "\n# changed\n")
    assert load_bank([pack]).bank.exercise("dropout/double").judged_hash != first


def test_a_stray_file_and_a_missing_reference_are_reported(tmp_path: Path) -> None:
    pack = tmp_path / "pack"
    shutil.copytree(FIXTURES / "E203", pack)
    folder = pack / "concepts/dropout/exercises/double"
    (folder / "notes.txt").write_text("x")
    (folder / "numpy/helper.py").write_text("x = 1")
    (folder / "numpy/reference.py").unlink()
    codes = {(d.code, d.path.name) for d in load_bank([pack]).diagnostics}
    assert {("F007", "notes.txt"), ("F003", "reference.py"), ("F003", "double")} <= codes


@pytest.mark.parametrize(
    ("find", "put", "expected"),
    [
        ("return y", "return 2 * y", CODE.replace("return y", "return 2 * y")),
        ("y = i\nz = i\n", "y = 0\n", CODE.replace("        y = i\n        z = i\n", "        y = 0\n")),
    ],
)
def test_a_replacement_may_be_written_without_its_indentation(find: str, put: str, expected: str) -> None:
    assert mutated(CODE, find, put) == expected


@pytest.mark.parametrize(("find", "count"), [("= i", 2), ("return z", 0)])
def test_a_replacement_must_fit_once(find: str, count: int) -> None:
    with pytest.raises(MismatchError, match=f"stands {count} times"):
        mutated(CODE, find, "")


def test_a_starter_keeps_what_a_learner_needs_and_nothing_else() -> None:
    source = (
        'import numpy as np\n\nEPS = 1e-5\n\n\ndef _helper(x):\n    return x\n\n\nclass Layer:\n    """A layer."""\n\n'
        "    def __init__(self, size):\n        self.size = size\n\n    def forward(self, x):\n"
        '        """Forward."""\n        return _helper(x)\n\n    def _inner(self):\n        return 1\n'
    )
    assert starter(ast.parse(source)) == (
        'import numpy as np\nEPS = 1e-05\n\n\nclass Layer:\n    """A layer."""\n\n'
        "    def __init__(self, size):\n        raise NotImplementedError\n\n    def forward(self, x):\n"
        '        """Forward."""\n        raise NotImplementedError\n'
    )
