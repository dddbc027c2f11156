"""The map of concepts and what to learn next."""

from __future__ import annotations

import pytest

from tests.services.support import ITEM, SayingGrader
from vivavoce.domain.attempt import VerdictKind
from vivavoce.domain.concept import Concept
from vivavoce.domain.ids import ItemId
from vivavoce.domain.question import Kind, Level, Question, Status
from vivavoce.domain.review import Rating
from vivavoce.services.answer import Answer, submit
from vivavoce.services.browse import Row, Standing
from vivavoce.services.map import concept_map, mapped
from vivavoce.services.rate import override
from vivavoce.services.workspace import Workspace

NEEDS = {
    "neuron": (),
    "loss": (),
    "descent": ("loss", "neuron"),
    "backprop": ("descent", "gone"),
    "deep": ("backprop", "loss"),
}


def concept(name: str) -> Concept:
    return Concept(name, name.capitalize(), "training", "basic", "", NEEDS[name], "")


def row(name: str, standing: Standing, status: Status = Status.READY) -> Row:
    item = ItemId(name, f"q-{standing}")
    question = Question(
        item, Kind.EXPLAIN, Level.BASIC, 2, "?", "", (), (), "", "", (), {}, (), (), status, "hash"
    )  # fmt: skip
    return Row(question, concept(name), standing, None, None, 0)


def placed(standings: dict[str, list[Standing]]) -> list[Row]:
    return [row(name, standing) for name, found in standings.items() for standing in found]


ALL_NEW = {name: [Standing.NEW, Standing.NEW] for name in NEEDS}
CONCEPTS = tuple(concept(name) for name in NEEDS)


def test_a_concept_lies_one_layer_behind_the_deepest_that_it_needs() -> None:
    drawn = mapped(CONCEPTS, placed(ALL_NEW))
    assert {name: place.layer for name, place in drawn.places.items()} == {
        "neuron": 0,
        "loss": 0,
        "descent": 1,
        "backprop": 2,
        "deep": 3,
    }
    assert [[place.concept.id for place in layer] for layer in drawn.layers] == [
        ["neuron", "loss"],
        ["descent"],
        ["backprop"],
        ["deep"],
    ]
    assert drawn.places["backprop"].needs == ("descent",)
    assert [place.concept.id for place in drawn.followers("loss")] == ["descent", "deep"]


@pytest.mark.parametrize(
    ("standings", "word", "known"),
    [
        ([], None, True),
        ([Standing.NEW, Standing.NEW], Standing.NEW, False),
        ([Standing.NEW, Standing.NEW, Standing.LEARNING], Standing.LEARNING, False),
        ([Standing.NEW, Standing.LEARNING], Standing.LEARNING, True),
        ([Standing.STRONG, Standing.LEARNING], Standing.STRONG, True),
        ([Standing.STRONG, Standing.STRONG, Standing.WEAK], Standing.WEAK, False),
        ([Standing.STRONG, Standing.STRONG, Standing.DUE], Standing.DUE, True),
        ([Standing.DUE, Standing.WEAK], Standing.WEAK, False),
    ],
    ids=str,
)
def test_the_word_for_a_concept_says_what_wants_work_first(
    standings: list[Standing], word: Standing | None, known: bool
) -> None:
    place = mapped((concept("loss"),), placed({"loss": standings})).places["loss"]
    assert (place.standing, place.known) == (word, known)


def test_drafts_count_for_nothing() -> None:
    drawn = mapped((concept("loss"),), [row("loss", Standing.WEAK, Status.DRAFT)])
    assert drawn.places["loss"].total == 0


def test_a_beginner_is_led_to_what_needs_nothing() -> None:
    found = [(s.place.concept.id, s.reason) for s in mapped(CONCEPTS, placed(ALL_NEW)).next]
    assert found == [
        ("neuron", "needs nothing before it"),
        ("loss", "needs nothing before it, and 2 concepts build on it"),
    ]


def test_what_comes_next_builds_on_what_is_known_and_what_is_begun_comes_first() -> None:
    standings = ALL_NEW | {
        "neuron": [Standing.STRONG, Standing.DUE],
        "loss": [Standing.LEARNING, Standing.LEARNING],
    }
    found = [(s.place.concept.id, s.reason) for s in mapped(CONCEPTS, placed(standings)).next]
    assert found == [("descent", "builds on Loss and Neuron, which you know")]
    begun = standings | {"descent": [Standing.NEW, Standing.NEW, Standing.LEARNING]}
    assert [s.reason for s in mapped(CONCEPTS, placed(begun)).next] == ["begun: 1 of 3 questions answered"]


def test_a_weak_concept_is_to_be_learned_and_holds_back_what_builds_on_it() -> None:
    standings = ALL_NEW | {"neuron": [Standing.STRONG], "loss": [Standing.STRONG, Standing.WEAK]}
    found = [(s.place.concept.id, s.reason) for s in mapped(CONCEPTS, placed(standings)).next]
    assert found == [("loss", "1 of 2 questions went badly last time")]


def test_who_knows_everything_is_offered_nothing() -> None:
    assert mapped(CONCEPTS, placed({name: [Standing.STRONG] for name in NEEDS})).next == ()


def test_an_empty_bank_has_an_empty_map() -> None:
    drawn = mapped((), ())
    assert (drawn.layers, drawn.next) == ((), ())


def test_the_map_follows_what_is_answered(ws: Workspace, grader: SayingGrader) -> None:
    name = ITEM.partition("/")[0]
    before = concept_map(ws).places[name]
    assert before.standing is Standing.NEW
    grader.says = dict.fromkeys(("product", "small-factor", "remedy"), VerdictKind.MET)
    submit(ws, Answer(ITEM, "an answer", "a1", "tab"))
    override(ws, "a1", Rating.EASY)
    after = concept_map(ws).places[name]
    assert (after.answered, after.total) == (1, before.total)
    assert after.standing in (Standing.LEARNING, Standing.STRONG)
    assert set(concept_map(ws).places) == set(ws.library.bank.concepts)
