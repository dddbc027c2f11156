"""Looking things up in the bank, and packs beside one another."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from vivavoce.content.bank import load_bank
from vivavoce.domain.errors import InvalidIdError, UnknownItemError
from vivavoce.domain.ids import ItemId
from vivavoce.domain.question import Kind, Level

Writer = Callable[..., Path]
Text = Callable[..., str]


def test_concepts_come_after_their_prerequisites_and_questions_by_level(small_pack: Path) -> None:
    bank = load_bank([small_pack]).bank
    assert list(bank.concepts) == ["gradient-descent", "dropout", "attention"]
    assert [str(item) for item in bank.questions] == [
        "gradient-descent/what-is-it",
        "dropout/how-it-works",
        "dropout/why-scale",
        "dropout/at-test-time",
    ]
    assert [c.id for c in bank.follows("gradient-descent")] == ["dropout"]
    assert bank.follows("attention") == ()


def test_a_question_is_found_by_text_and_by_id(small_pack: Path) -> None:
    bank = load_bank([small_pack]).bank
    item = ItemId("dropout", "why-scale")
    assert bank.question("dropout/why-scale") is bank.question(item) is bank.questions[item]


def test_an_unknown_id_suggests_the_nearest(small_pack: Path) -> None:
    bank = load_bank([small_pack]).bank
    with pytest.raises(
        UnknownItemError, match=r'no item "dropout/why-scal"\. Did you mean "dropout/why-scale"'
    ) as error:
        bank.question("dropout/why-scal")
    assert error.value.suggestions[0] == "dropout/why-scale"
    with pytest.raises(UnknownItemError, match=r'no concept "drop-out"\. Did you mean "dropout"'):
        bank.concept("drop-out")
    with pytest.raises(UnknownItemError, match=r'no concept "zzzz"\.$'):
        bank.concept("zzzz")
    with pytest.raises(InvalidIdError, match="no item id"):
        bank.question("dropout")


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ({}, 4),
        ({"concept": "dropout"}, 3),
        ({"area": "training"}, 1),
        ({"level": "advanced"}, 1),
        ({"level": Level.ADVANCED, "kind": Kind.DEBUG}, 1),
        ({"concept": "dropout", "level": "basic", "kind": "explain"}, 1),
        ({"kind": "design"}, 0),
        ({"concept": "nowhere"}, 0),
    ],
)
def test_filters_join(small_pack: Path, wanted: dict[str, str], found: int) -> None:
    assert len(load_bank([small_pack]).bank.filter(**wanted)) == found


def test_the_first_of_two_packs_with_one_id_wins_and_says_so(
    write_pack: Writer, small_pack: Path, concept: Text, question: Text
) -> None:
    second = write_pack(
        {
            "concepts/dropout/concept.md": concept(title="Other"),
            "concepts/dropout/questions/other.yaml": question(),
            "concepts/gan/concept.md": concept(title="GAN", prerequisites=["dropout"]),
        },
        name="second",
    )
    loaded = load_bank([small_pack, second])
    assert loaded.bank.concept("dropout").title == "Dropout"
    assert loaded.bank.concept("gan").pack == "second"
    assert list(loaded.bank.packs) == ["pack", "second"]
    assert [(d.code, d.path) for d in loaded.diagnostics] == [("C002", second / "concepts/dropout/concept.md")]
    assert load_bank([second, small_pack]).bank.concept("dropout").title == "Other"


def test_moved_ids_lead_to_the_item_through_a_chain(write_pack: Writer, concept: Text, question: Text) -> None:
    folder = write_pack(
        {
            "concepts/dropout/concept.md": concept(),
            "concepts/dropout/questions/now.yaml": question(),
            "moved.yaml": "dropout/first: dropout/second\ndropout/second: dropout/now\n"
            "loop/a: loop/b\nloop/b: loop/a\n",
        }
    )
    bank = load_bank([folder]).bank
    assert bank.question("dropout/first") is bank.question("dropout/second") is bank.question("dropout/now")
    with pytest.raises(UnknownItemError, match="loop/a"):
        bank.question("loop/a")


def test_a_circle_of_prerequisites_is_reported_and_the_concepts_load(write_pack: Writer, concept: Text) -> None:
    folder = write_pack(
        {
            "concepts/a/concept.md": concept(title="A", prerequisites=["b"]),
            "concepts/b/concept.md": concept(title="B", prerequisites=["a"]),
        }
    )
    loaded = load_bank([folder])
    assert list(loaded.bank.concepts) == ["a", "b"]
    assert [d.code for d in loaded.diagnostics] == ["C003"]


def test_the_bank_cannot_be_changed(small_pack: Path) -> None:
    bank = load_bank([small_pack]).bank
    with pytest.raises(TypeError, match="item assignment"):
        bank.questions[ItemId("a", "b")] = None  # type: ignore[index]
    with pytest.raises(AttributeError, match="assign"):
        bank.stamp = "x"  # type: ignore[misc]


def _touch(path: Path) -> None:
    later = time.time() + 10
    os.utime(path, (later, later))


CHANGES: dict[str, Callable[[Path], object]] = {
    "a question is edited": lambda root: (root / "concepts/dropout/questions/why-scale.yaml").write_text("kind: x\n"),
    "a question is touched": lambda root: _touch(root / "concepts/dropout/questions/why-scale.yaml"),
    "a question is added": lambda root: (root / "concepts/dropout/questions/new.yaml").write_text("kind: x\n"),
    "a question is removed": lambda root: (root / "concepts/dropout/questions/why-scale.yaml").unlink(),
    "a first question is added": lambda root: (root / "concepts/attention/questions").mkdir(),
    "a concept is edited": lambda root: (root / "concepts/dropout/concept.md").write_text("x"),
    "a concept is added": lambda root: (root / "concepts/new").mkdir(),
    "moved.yaml is added": lambda root: (root / "moved.yaml").write_text("a/b: c/d\n"),
    "pack.yaml is removed": lambda root: (root / "pack.yaml").unlink(),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_change_of_any_file_is_noticed(small_pack: Path, change: Callable[[Path], object]) -> None:
    bank = load_bank([small_pack]).bank
    assert not bank.needs_reload()
    change(small_pack)
    assert bank.needs_reload()
    again = load_bank([small_pack]).bank
    assert again.stamp != bank.stamp
    assert not again.needs_reload()


def test_loading_twice_gives_the_same_bank(small_pack: Path) -> None:
    assert load_bank([small_pack]) == load_bank([small_pack])
