"""Estimates from the opening of the page to the history: fresh numbers each time, and each attempt keeps its own."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.services.estimate_pack import ITEM, written_pack
from tests.services.support import Clock, SayingGrader
from vivavoce.domain.attempt import Flag, VerdictKind
from vivavoce.domain.drawn import as_asked
from vivavoce.domain.errors import AnswerRejectedError, BadInputError
from vivavoce.domain.estimate import Numbers, draw
from vivavoce.domain.question import Question
from vivavoce.domain.review import Rating
from vivavoce.plugins import PackFolder, make_scheduler
from vivavoce.services.answer import Answer, resume, submit
from vivavoce.services.browse import rows
from vivavoce.services.drafts import find_drafts, save_draft
from vivavoce.services.drawn import draft_name, given_numbers, next_numbers, numbers_to_open
from vivavoce.services.grade import grade_once
from vivavoce.services.history import history
from vivavoce.services.library import Library
from vivavoce.services.overview import overview
from vivavoce.services.practise import plan
from vivavoce.services.result import result
from vivavoce.services.transfer import export_lines, import_lines
from vivavoce.services.workspace import Workspace
from vivavoce.settings import load_settings
from vivavoce.storage.store import open_store


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    return written_pack(tmp_path / "pack")


def opened(tmp_path: Path, pack: Path, name: str = "data") -> Workspace:
    numbers = itertools.count(1)
    settings = load_settings({}, data_dir=tmp_path / name)
    return Workspace(
        settings=settings,
        library=Library([PackFolder("p", pack)], itertools.count().__next__),
        grader=SayingGrader(),
        scheduler=make_scheduler(settings.retention),
        store=open_store(settings.database),
        clock=Clock(),
        new_id=lambda: f"id{next(numbers)}",
    )


@pytest.fixture
def ws(tmp_path: Path, pack: Path) -> Iterator[Workspace]:
    with opened(tmp_path, pack) as workspace:
        yield workspace


def shown(ws: Workspace, writer: str = "tab") -> tuple[Question, Numbers]:
    """The question as it would be shown now."""
    question = ws.question(ITEM)
    numbers = numbers_to_open(ws, question, writer)
    assert numbers is not None
    return as_asked(question, numbers), numbers


def right(question: Question) -> str:
    expected = question.criteria[-1].expected
    assert expected is not None
    return f"{expected.value:,.0f} parameters"


def answered(ws: Workspace, attempt: str, text: str, numbers: Numbers | None = None) -> None:
    submit(ws, Answer(ITEM, text, attempt, "tab", numbers=numbers))


def test_a_reload_shows_the_same_numbers_and_the_next_attempt_others(ws: Workspace) -> None:
    first = shown(ws)[1]
    assert shown(ws)[1] == first
    save_draft(ws, ITEM, "tab", "half", first)
    assert shown(ws)[1] == first
    answered(ws, "a1", "1 parameter", first)
    second = shown(ws)[1]
    assert second != first
    assert shown(ws)[1] == second


def test_a_right_answer_to_the_numbers_shown_earns_everything(ws: Workspace) -> None:
    question, numbers = shown(ws)
    answered(ws, "a1", right(question), numbers)
    found = result(ws, "a1")
    assert found.score.fraction == 1
    assert found.rated is not None
    assert found.rated.rating is not Rating.AGAIN
    assert found.question.prompt == question.prompt
    assert found.beside is not None
    assert found.beside.words == f"{right(question)} is right."
    assert ws.grader.seen == []  # type: ignore[attr-defined]  # no sentence had to be read


def test_the_next_attempt_leaves_the_first_with_its_numbers(ws: Workspace) -> None:
    question, numbers = shown(ws)
    answered(ws, "a1", right(question), numbers)
    other, others = shown(ws)
    answered(ws, "a2", "The answer is 1 parameter.", others)
    assert result(ws, "a1").title == question.prompt
    assert result(ws, "a2").title == other.prompt
    assert [p.question.prompt for p in history(ws, ITEM) if p.question] == [other.prompt, question.prompt]
    assert [p.record.attempt.numbers for p in history(ws)] == [others, numbers]


def test_a_slip_is_named_with_these_numbers(ws: Workspace) -> None:
    question, numbers = shown(ws)
    slip = question.misconceptions[0]
    assert slip.expected is not None
    answered(ws, "a1", f"It is {slip.expected.value:,.0f}.", numbers)
    found = result(ws, "a1")
    assert [m.misconception.correction for m in found.misconceptions] == [f"There are {numbers['f']} of them."]
    assert found.criteria[-1].kind is VerdictKind.CONTRADICTED
    assert found.beside is not None
    assert "too low" in found.beside.words
    assert found.rated is not None
    assert found.rated.rating is Rating.AGAIN


@pytest.mark.parametrize(
    ("factor", "words"),
    [(4.0, "4 times too high"), (0.25, "4 times too low"), (1000.0, "1,000 times too high (a prefix?)"), (1.2, "20 %")],
)
def test_a_wrong_result_says_how_far_off_it_is(ws: Workspace, factor: float, words: str) -> None:
    question, numbers = shown(ws)
    expected = question.criteria[-1].expected
    assert expected is not None
    answered(ws, "a1", f"The answer is {round(expected.value * factor):,} parameters.", numbers)
    found = result(ws, "a1").beside
    assert found is not None
    assert words in found.words
    assert found.words.endswith(f"It is {found.right}.")


def test_an_answer_without_a_number_is_told_so(ws: Workspace) -> None:
    answered(ws, "a1", "quite a few", shown(ws)[1])
    found = result(ws, "a1")
    assert [f.flag for f in found.flags] == [Flag.NO_NUMBER]
    assert found.beside is not None
    assert found.beside.words.startswith("Your answer states no result.")


def test_two_tabs_never_mix_their_numbers(ws: Workspace) -> None:
    question, numbers = shown(ws, "one")
    save_draft(ws, ITEM, "two", "half of it", numbers)
    answered(ws, "a1", right(question), numbers)
    other, others = shown(ws, "one")
    assert find_drafts(ws, ITEM, "two", others).mine is None
    assert [d.text for d in find_drafts(ws, ITEM, "two", others).elsewhere] == ["half of it"]
    # The second tab submits what it was shown, and is graded by that.
    submit(ws, Answer(ITEM, right(question), "a2", "two", numbers=numbers))
    assert result(ws, "a2").score.fraction == 1
    assert result(ws, "a2").title == question.prompt
    assert shown(ws, "one")[1] != others
    assert other.prompt != question.prompt


def test_a_draft_goes_on_with_the_numbers_it_was_begun_with(ws: Workspace) -> None:
    question, numbers = shown(ws)
    save_draft(ws, ITEM, "other", "half of it", numbers)
    answered(ws, "a1", right(question), numbers)
    save_draft(ws, ITEM, "other", "a new one", shown(ws)[1])
    texts = {d.text: d for d in ws.store.drafts()}
    assert texts.keys() == {"half of it", "a new one"}
    assert shown(ws, texts["half of it"].writer)[1] == numbers
    assert {u.question.prompt for u in overview(ws).unfinished} == {question.prompt, shown(ws)[0].prompt}


def test_an_empty_answer_stays_a_draft_with_its_numbers(ws: Workspace) -> None:
    numbers = shown(ws)[1]
    with pytest.raises(AnswerRejectedError):
        answered(ws, "a1", "x" * 30_000, numbers)
    draft = find_drafts(ws, ITEM, "tab", numbers).mine
    assert draft is not None
    assert draft.numbers == numbers


def test_a_submit_that_was_killed_is_graded_with_its_numbers(tmp_path: Path, pack: Path, ws: Workspace) -> None:
    question, numbers = shown(ws)
    real = ws.store.record
    ws.store.record = lambda *_, **__: (_ for _ in ()).throw(KeyboardInterrupt)  # type: ignore[method-assign]
    with pytest.raises(KeyboardInterrupt):
        answered(ws, "a1", right(question), numbers)
    ws.store.record = real  # type: ignore[method-assign]
    with opened(tmp_path, pack) as again:
        assert [r.attempt.id for r in resume(again)] == ["a1"]
        assert result(again, "a1").title == question.prompt
        assert result(again, "a1").score.fraction == 1
        assert shown(again)[1] != numbers


def test_a_follow_up_goes_on_with_the_numbers_of_its_question(ws: Workspace) -> None:
    numbers = shown(ws)[1]
    answered(ws, "a1", "The answer is 1 parameter.", numbers)
    asked = result(ws, "a1").follow_up
    assert asked is not None
    assert asked.id == "one-filter-1"
    assert f"{numbers['k']} by {numbers['k']}" in asked.ask
    weights = numbers["k"] ** 2 * numbers["c"]
    submit(ws, Answer(ITEM, f"{weights} weights", "a2", "tab", follow_up=asked.id, parent="a1"))
    found = result(ws, "a2")
    assert found.score.fraction == 1
    assert found.title == asked.ask
    assert found.record.attempt.numbers == numbers
    assert len(history(ws)) == 2
    assert shown(ws)[1] == draw_of(ws, 1)  # a follow-up is no attempt at the question


def draw_of(ws: Workspace, turn: int) -> Numbers:
    question = ws.question(ITEM)
    assert question.estimate is not None
    return draw(question.estimate, ITEM, turn)


def test_the_deeper_follow_up_is_read_by_the_grader_of_sentences(ws: Workspace) -> None:
    question, numbers = shown(ws)
    answered(ws, "a1", right(question), numbers)
    asked = result(ws, "a1").follow_up
    assert asked is not None
    assert asked.ask == f"Deeper than {numbers['k']}?"
    submit(ws, Answer(ITEM, "It is deep.", "a2", "tab", follow_up=asked.id, parent="a1"))
    assert ws.grader.seen == ["It is deep."]  # type: ignore[attr-defined]


def test_numbers_that_are_never_drawn_are_refused(ws: Workspace) -> None:
    for text in ("k=4,c=16,f=8", "k=3", "nonsense"):
        with pytest.raises(BadInputError, match=r"is not asked with|no drawn numbers"):
            given_numbers(ws.question(ITEM), text)
    with pytest.raises(BadInputError, match="Open it again for new ones"):
        answered(ws, "a1", "1", {"k": 0, "c": 16, "f": 8})
    assert ws.store.attempts() == ()


def test_an_answer_without_numbers_is_one_to_those_that_would_be_shown(ws: Workspace) -> None:
    question, numbers = shown(ws)
    answered(ws, "a1", right(question))
    assert result(ws, "a1").score.fraction == 1
    kept = ws.store.attempt("a1")
    assert kept is not None
    assert kept.attempt.numbers == numbers


def test_an_export_brings_attempts_and_drafts_back_with_their_numbers(
    ws: Workspace, tmp_path: Path, pack: Path
) -> None:
    question, numbers = shown(ws)
    answered(ws, "a1", right(question), numbers)
    save_draft(ws, ITEM, "tab", "half", shown(ws)[1])
    with opened(tmp_path, pack, "elsewhere") as other:
        import_lines(other, list(export_lines(ws)))
        assert result(other, "a1").title == question.prompt
        assert [d.numbers for d in other.store.drafts()] == [shown(ws)[1]]
        assert shown(other)[1] == shown(ws)[1]


def test_an_attempt_from_before_its_author_changed_the_lists_is_shown_as_it_was(ws: Workspace, pack: Path) -> None:
    question, numbers = shown(ws)
    answered(ws, "a1", right(question), numbers)
    path = pack / "concepts/cnn/questions/count.yaml"
    path.write_text(path.read_text("utf-8").replace("k: [3, 5, 7]", "k: [1, 9]  "), "utf-8")
    found = result(ws, "a1")
    assert found.title == question.prompt
    assert not found.rubric_changed
    assert shown(ws)[1]["k"] in (1, 9)


def test_it_is_planned_browsed_and_reviewed_as_every_question(ws: Workspace) -> None:
    assert [str(p.question.id) for p in plan(ws)] == [ITEM]
    assert "*k* by *k* over *c* channels" in plan(ws)[0].question.prompt
    answered(ws, "a1", "1", shown(ws)[1])
    row = rows(ws)[0]
    assert (row.attempts, row.standing.value) == (1, "weak")
    assert ws.cards().keys() == {row.question.id}


def test_an_answer_is_graded_without_keeping_anything(ws: Workspace) -> None:
    question = as_asked(ws.question(ITEM), {"k": 3, "c": 16, "f": 8})
    now = datetime(2026, 3, 1, tzinfo=UTC)
    found = grade_once(ws.library, ITEM, right(question), now, SayingGrader(), numbers="k=3,c=16,f=8")
    assert found.score.fraction == 1
    assert found.title == question.prompt
    assert ws.store.attempts() == ()


def test_drafts_of_other_numbers_have_other_names() -> None:
    one, two = {"k": 3}, {"k": 5}
    assert draft_name("tab", None) == "tab"
    assert draft_name("tab", one) != draft_name("tab", two)
    assert draft_name(draft_name("tab", one), one) == draft_name("tab", one)


def test_other_questions_are_asked_as_before(ws: Workspace) -> None:
    assert next_numbers(ws, as_asked(ws.question(ITEM), None)) is not None
    (ws.library.folders[0] / "concepts/cnn/questions/why.yaml").write_text(
        "kind: explain\nlevel: basic\nminutes: 1\nprompt: Why?\nwhy: w\nmodel_answer: m\nshort_answer: s\n"
        "rubric: {a: {points: 1, criterion: It is so., missing: And?}}\n",
        "utf-8",
    )
    assert next_numbers(ws, ws.question("cnn/why")) is None
    submit(ws, Answer("cnn/why", "Because.", "b1", "tab"))
    kept = ws.store.attempt("b1")
    assert kept is not None
    assert kept.attempt.numbers is None
    assert result(ws, "b1").beside is None
