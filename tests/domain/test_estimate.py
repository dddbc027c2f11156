"""Numbers are drawn, put into texts, and lead to steps."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vivavoce.domain.drawn import as_asked
from vivavoce.domain.errors import BadInputError, ExpressionError
from vivavoce.domain.estimate import (
    Estimate,
    Slip,
    Step,
    all_draws,
    draw,
    marked_names,
    numbers_text,
    read_numbers,
    symbolic,
)
from vivavoce.domain.ids import ItemId
from vivavoce.domain.question import ALL_MET, Criterion, FollowUp, Kind, Level, Misconception, Question, Status

ESTIMATE = Estimate(
    numbers={"k": (3, 5, 7), "rate": (0.1, 0.25), "c_in": (16, 32)},
    only_when="k - 3 + c_in - 16",
    steps=(
        Step("one-filter", "weights: [[k]]·[[k]]·[[c_in]]", "k*k*c_in", "weights", 1, 0),
        Step("result", "with a share of [[rate]]", "one_filter*(1 - rate)", "parameters", 2, 0.01),
    ),
    slips=(Slip("no-share", "one_filter", "All [[c_in]].", "It is [[result]]."),),
    texts={
        "prompt": "A [[k]] by [[k]] filter, [[c_in]] channels, [[rate]] dropped?",
        "why": "Because.",
        "model_answer": "It has [[one_filter.number]], so [[result]]; [[k*k]] each.",
        "short_answer": "[[result]].",
        "one-filter.says": "weights: [[k]]·[[k]]·[[c_in]]",
        "result.says": "with a share of [[rate]]",
        "no-share.slip": "All [[c_in]].",
        "no-share.instead": "It is [[result]].",
        "one-filter-1.ask": "One filter of [[k]]?",
        "one-filter-1.answer": "[[one_filter]]",
        "all-met-1.ask": "Deeper?",
        "all-met-1.answer": "Yes.",
        "all-met-1.criterion": "Says [[k]].",
        "all-met-1.paraphrase-0": "It is [[k]].",
    },
)
QUESTION = Question(
    id=ItemId("cnn", "count"),
    kind=Kind.ESTIMATE,
    level=Level.BASIC,
    minutes=2,
    prompt=symbolic(ESTIMATE.texts["prompt"]),
    why="Because.",
    criteria=(Criterion("one-filter", "w", 1, False, "?"), Criterion("result", "r", 2, True, "?")),
    misconceptions=(Misconception("no-share", "s", "i", ("result",)),),
    model_answer="",
    short_answer="",
    follow_ups=(
        FollowUp("one-filter-1", "one-filter", "", ""),
        FollowUp("all-met-1", ALL_MET, "", "", Criterion(ALL_MET, "", 1, True, "", ("",))),
    ),
    likelihood={},
    sources=(),
    samples=(),
    status=Status.READY,
    graded_hash="h",
    estimate=ESTIMATE,
)
DRAWN = {"k": 5, "rate": 0.25, "c_in": 32}


def test_every_combination_comes_once_before_any_comes_again() -> None:
    possible = [tuple(d.values()) for d in all_draws(ESTIMATE)]
    assert len(possible) == 10  # of twelve, two are left out
    for round_ in range(3):
        turns = range(round_ * 10, round_ * 10 + 10)
        drawn = [tuple(draw(ESTIMATE, "cnn/count", turn).values()) for turn in turns]
        assert sorted(drawn) == sorted(possible)


def test_the_same_turn_draws_the_same_and_other_questions_draw_in_another_order() -> None:
    mine = [draw(ESTIMATE, "cnn/count", turn) for turn in range(10)]
    assert mine == [draw(ESTIMATE, "cnn/count", turn) for turn in range(10)]
    assert mine != [draw(ESTIMATE, "cnn/other", turn) for turn in range(10)]


def test_what_can_be_drawn_is_allowed_and_nothing_else() -> None:
    assert all(ESTIMATE.allows(numbers) for numbers in all_draws(ESTIMATE))
    assert not ESTIMATE.allows({"k": 3, "rate": 0.1, "c_in": 16})
    assert not ESTIMATE.allows({**DRAWN, "k": 4})
    assert not ESTIMATE.allows({"k": 5})
    assert not ESTIMATE.allows({**DRAWN, "more": 1})


def test_a_question_without_a_draw_says_so() -> None:
    with pytest.raises(BadInputError, match="cnn/count has no numbers to draw"):
        draw(replace(ESTIMATE, only_when="0 - k"), "cnn/count", 0)
    with pytest.raises(BadInputError, match="has no numbers to draw"):
        draw(replace(ESTIMATE, only_when="unknown"), "cnn/count", 0)


def test_numbers_are_put_into_every_text_and_criterion() -> None:
    asked = as_asked(QUESTION, DRAWN)
    assert asked.prompt == "A 5 by 5 filter, 32 channels, 0.25 dropped?"
    assert asked.model_answer == "It has 800, so 600 parameters; 25 each."
    assert asked.criteria[0].statement == "weights: 5·5·32 = 800 weights"
    assert [c.expected.value for c in asked.criteria if c.expected] == [800, 600]
    assert asked.misconceptions[0].statement == "All 32."
    assert asked.misconceptions[0].correction == "It is 600 parameters."
    assert asked.misconceptions[0].expected is not None
    assert asked.misconceptions[0].expected.value == 800
    assert [(f.ask, f.answer) for f in asked.follow_ups] == [("One filter of 5?", "800 weights"), ("Deeper?", "Yes.")]
    assert asked.follow_ups[1].criterion is not None
    assert asked.follow_ups[1].criterion.statement == "Says 5."
    assert asked.follow_ups[1].criterion.paraphrases == ("It is 5.",)
    assert asked.numbers == DRAWN
    assert asked.graded_hash == QUESTION.graded_hash


def test_a_question_of_words_is_asked_as_it_is() -> None:
    plain = replace(QUESTION, estimate=None)
    assert as_asked(plain, DRAWN) is plain
    assert as_asked(QUESTION, None) is QUESTION


def test_numbers_that_fit_no_more_leave_the_names() -> None:
    assert as_asked(QUESTION, {"k": 5}).prompt == "A *k* by *k* filter, *c_in* channels, *rate* dropped?"
    broken = replace(QUESTION, estimate=replace(ESTIMATE, steps=(Step("result", "", "k/(k - 5)", "", 1, 0),)))
    assert as_asked(broken, DRAWN) is broken


def test_numbers_from_before_a_change_of_the_lists_are_shown_as_they_were() -> None:
    narrowed = replace(QUESTION, estimate=replace(ESTIMATE, numbers={"k": (3,), "rate": (0.1,), "c_in": (64,)}))
    assert as_asked(narrowed, DRAWN).prompt.startswith("A 5 by 5 filter, 32 channels")


def test_names_in_marks_are_known_before_anything_is_drawn() -> None:
    assert marked_names("[[k]] and [[one_filter.number]], [[k*c_in]]") == {"k", "one_filter", "c_in"}
    with pytest.raises(ExpressionError, match="is no expression"):
        marked_names("[[import os]]")


@given(
    st.dictionaries(
        st.from_regex(r"[a-z][a-z0-9]{0,6}", fullmatch=True),
        st.one_of(st.integers(1, 10**15), st.floats(1e-9, 1e15, allow_nan=False)),
        min_size=1,
        max_size=6,
    )
)
def test_numbers_survive_a_form(numbers: dict[str, float]) -> None:
    again = read_numbers(numbers_text(numbers))
    assert again == numbers
    assert {name: type(value) for name, value in again.items()} == {n: type(v) for n, v in numbers.items()}


@pytest.mark.parametrize("text", ["", "k", "k=", "k=three", "k=3;c=4", "k=nan", "k=1e999", "=", "k=3,,"])
def test_a_form_that_holds_no_numbers_is_refused(text: str) -> None:
    with pytest.raises(BadInputError, match=r"no drawn numbers|not finite"):
        read_numbers(text)
