"""What `viva content new` makes."""

from __future__ import annotations

from pathlib import Path, PurePosixPath

import pytest

from vivavoce.content.bank import load_bank
from vivavoce.content.diagnostic import Severity
from vivavoce.content.lint import LintContext, check
from vivavoce.content.template import make, new_concept, new_pack, new_question, write_files
from vivavoce.domain.drawn import as_asked
from vivavoce.domain.errors import BadInputError, InvalidIdError
from vivavoce.domain.estimate import draw
from vivavoce.domain.ids import ItemId
from vivavoce.domain.question import Status
from vivavoce.engines.grader.numeric import NumericGrader

ITEM = ItemId("my-idea", "what-is-it")


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    for files in (new_pack("my-pack"), new_concept("my-idea", 'An "idea" \\ of mine'), new_question(ITEM)):
        write_files(tmp_path, files)
    return tmp_path


def test_what_is_made_loads_without_any_problem(pack: Path) -> None:
    loaded = load_bank([pack])
    assert loaded.diagnostics == ()
    assert loaded.bank.question(ITEM).status is Status.DRAFT
    assert loaded.bank.concept("my-idea").title == 'An "idea" \\ of mine'
    assert loaded.bank.packs["my-pack"].title == "My pack"


def test_lint_tells_what_is_left_to_fill_in_as_warnings(pack: Path) -> None:
    found = check(LintContext(load_bank([pack])))
    assert {d.severity for d in found} == {Severity.WARNING}
    assert {(d.path.name, d.code) for d in found} == {
        ("concept.md", "C006"),
        ("concept.md", "C008"),
        ("concept.md", "C011"),
        ("concept.md", "Q111"),
        ("what-is-it.yaml", "C005"),
        ("what-is-it.yaml", "Q102"),
        ("what-is-it.yaml", "Q104"),
        ("what-is-it.yaml", "Q107"),
        ("what-is-it.yaml", "Q111"),
        ("what-is-it.yaml", "Q112"),
    }


def test_the_same_findings_are_errors_once_the_question_is_ready(pack: Path) -> None:
    path = pack / "concepts/my-idea/questions/what-is-it.yaml"
    text = path.read_text().replace("status: draft", "status: ready")
    path.write_text(text)
    found = check(LintContext(load_bank([pack])))
    assert {d.severity for d in found if d.code == "Q111"} == {Severity.ERROR}


def test_a_new_question_names_the_schema_that_its_editor_finds(pack: Path) -> None:
    path = pack / "concepts/my-idea/questions/what-is-it.yaml"
    first = path.read_text().splitlines()[0]
    assert first.startswith("# yaml-language-server: $schema=")
    assert (path.parent / first.partition("=")[2]).resolve() == (pack / "schema/question.json").resolve()
    assert (pack / "schema/question.json").is_file()


def test_a_new_estimate_is_a_draft_that_can_be_asked_and_draws_its_numbers(pack: Path) -> None:
    write_files(pack, new_question(ItemId("my-idea", "how-many"), estimate=True))
    loaded = load_bank([pack])
    assert loaded.diagnostics == ()
    question = loaded.bank.question("my-idea/how-many")
    assert question.status is Status.DRAFT
    assert question.estimate is not None
    asked = as_asked(question, draw(question.estimate, "my-idea/how-many", 0))
    assert "[[" not in asked.prompt + asked.model_answer
    found = {d.code for d in check(LintContext(loaded, number_grader=NumericGrader())) if "how-many" in d.path.name}
    assert found == {"C005", "Q104", "Q111", "Q112"}


def test_a_concept_is_no_estimate(tmp_path: Path) -> None:
    with pytest.raises(BadInputError, match="an estimate is named concept/item"):
        make(tmp_path, "my-idea", estimate=True)


def test_existing_files_are_never_overwritten_and_nothing_is_half_written(tmp_path: Path) -> None:
    (tmp_path / "b.txt").write_text("mine")
    with pytest.raises(BadInputError, match=r"b\.txt is already there; choose another name"):
        write_files(tmp_path, {PurePosixPath("a.txt"): "new", PurePosixPath("b.txt"): "new"})
    assert (tmp_path / "b.txt").read_text() == "mine"
    assert not (tmp_path / "a.txt").exists()


@pytest.mark.parametrize("name", ["My Idea", "", "../x", "a--b", "-a"])
def test_a_name_that_cannot_be_an_id_is_refused(name: str) -> None:
    with pytest.raises(InvalidIdError, match="cannot be the id of a concept"):
        new_concept(name)
    with pytest.raises(InvalidIdError, match="cannot be the id of a pack"):
        new_pack(name)


def test_a_question_brings_the_concept_and_the_pack_that_it_needs(tmp_path: Path) -> None:
    folder = tmp_path / "My Pack_2"
    made = make(folder, "dropout/why-scale")
    assert {path.relative_to(folder).as_posix() for path in made} == {
        "pack.yaml",
        "concepts/.gitkeep",
        "schema/pack.json",
        "schema/concept.json",
        "schema/question.json",
        "schema/estimate.json",
        "schema/figure.json",
        "schema/exercise.json",
        "schema/mistakes.json",
        "schema/case.json",
        "schema/disputed.json",
        "concepts/dropout/concept.md",
        "concepts/dropout/questions/why-scale.yaml",
    }
    assert list(load_bank([folder]).bank.packs) == ["my-pack-2"]


def test_making_leaves_what_is_there_as_it_is(tmp_path: Path) -> None:
    make(tmp_path, "dropout")
    (tmp_path / "concepts/dropout/concept.md").write_text("mine")
    made = make(tmp_path, "dropout/why-scale")
    assert [path.name for path in made] == ["why-scale.yaml"]
    assert (tmp_path / "concepts/dropout/concept.md").read_text() == "mine"
    for name in ("dropout", "dropout/why-scale"):
        with pytest.raises(BadInputError, match="is already there"):
            make(tmp_path, name)
