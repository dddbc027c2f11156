from __future__ import annotations

from dataclasses import replace

import pytest

from tests.services.support import ITEM, Clock, SayingGrader
from vivavoce.domain.attempt import Mode, VerdictKind
from vivavoce.domain.errors import AnswerRejectedError, BadInputError, UnknownItemError
from vivavoce.domain.ids import ItemId
from vivavoce.domain.review import Rating
from vivavoce.services.answer import Answer, resume, resume_one, submit
from vivavoce.services.drafts import find_drafts, save_draft
from vivavoce.services.result import result
from vivavoce.services.unfinished import follow_up_draft
from vivavoce.services.workspace import Workspace

ALL_MET = dict.fromkeys(("product", "small-factor", "remedy"), VerdictKind.MET)


def answer(text: str = "because of the product", attempt: str = "a1", **more: object) -> Answer:
    return Answer(ITEM, text, attempt, "tab", **more)  # type: ignore[arg-type]


def test_a_submitted_answer_is_kept_graded_and_rated_and_its_draft_is_gone(ws: Workspace, grader: SayingGrader) -> None:
    grader.says = ALL_MET
    save_draft(ws, ITEM, "tab", "because of")
    record = submit(ws, answer())
    assert record.attempt.text == "because of the product"
    assert record.score.fraction == 1.0
    assert [r.rating for r in ws.store.reviews()] == [Rating.EASY]
    assert ws.store.drafts() == ()
    assert ItemId.parse(ITEM) in ws.cards()


def test_a_repeated_submit_is_one_attempt(ws: Workspace, grader: SayingGrader) -> None:
    first, again = submit(ws, answer()), submit(ws, answer("something else"))
    assert again == first
    assert len(ws.store.attempts()) == len(ws.store.reviews()) == 1
    assert grader.seen == ["because of the product"]


def test_an_interrupted_submit_is_finished_later_as_if_nothing_had_happened(
    ws: Workspace, grader: SayingGrader, clock: Clock
) -> None:
    grader.fails, submitted_at = True, clock.now
    with pytest.raises(KeyboardInterrupt):
        submit(ws, answer(seconds=12))
    assert ws.store.attempts() == ()
    grader.fails = False
    clock.move(hours=5)
    (record,) = resume(ws)
    assert (record.attempt.id, record.attempt.text) == ("a1", "because of the product")
    assert (record.attempt.submitted_at, record.attempt.seconds) == (submitted_at, 12)
    assert ws.store.drafts() == ()
    assert resume(ws) == ()


def test_the_page_of_an_interrupted_attempt_finishes_it(ws: Workspace, grader: SayingGrader) -> None:
    grader.fails = True
    with pytest.raises(KeyboardInterrupt):
        submit(ws, answer())
    grader.fails = False
    assert resume_one(ws, "a1").attempt.text == "because of the product"
    with pytest.raises(UnknownItemError, match='no attempt "nowhere"'):
        resume_one(ws, "nowhere")


def test_one_interrupted_answer_whose_question_is_gone_does_not_stop_the_others(
    ws: Workspace, grader: SayingGrader
) -> None:
    grader.fails = True
    for attempt in ("a1", "a2"):
        with pytest.raises(KeyboardInterrupt):
            submit(ws, Answer(ITEM, "text", attempt, f"tab-{attempt}"))
    grader.fails = False
    lost = ws.store.drafts()[0]
    ws.store.save_draft(replace(lost, item=ItemId("gone", "gone"), writer="elsewhere"))
    assert len(resume(ws)) == 2
    assert [str(d.item) for d in ws.store.drafts()] == ["gone/gone"]


@pytest.mark.parametrize("text", ["", "  \n\t"], ids=["nothing", "blank"])
def test_an_empty_answer_is_refused_with_what_to_do(ws: Workspace, text: str) -> None:
    with pytest.raises(AnswerRejectedError, match="the answer is empty; write at least a sentence"):
        submit(ws, answer(text))
    assert ws.store.attempts() == ()


def test_a_hundred_kilobytes_are_refused_and_kept_as_a_draft(ws: Workspace) -> None:
    text = "word " * 20_000
    with pytest.raises(AnswerRejectedError, match="has 100,000 characters and at most 20,000 are graded"):
        submit(ws, answer(text))
    mine = find_drafts(ws, ITEM, "tab").mine
    assert mine is not None
    assert mine.text == text


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("a\x00b", "a\ufffdb"),
        ("a\ud800b", "a\ufffdb"),
        ("one\r\ntwo\rthree", "one\ntwo\nthree"),
        ("שלום 🙂 <script>alert(1)</script>", "שלום 🙂 <script>alert(1)</script>"),
    ],
    ids=["NUL", "lone surrogate", "line ends", "right-to-left, emoji, script"],
)
def test_any_text_is_kept_as_it_was_typed_but_for_what_no_database_holds(ws: Workspace, typed: str, kept: str) -> None:
    assert submit(ws, answer(typed)).attempt.text == kept


@pytest.mark.parametrize("bad", ["", "a b", "../x", "x" * 121, "a:b"])
def test_an_attempt_id_that_could_mean_something_else_is_refused(ws: Workspace, bad: str) -> None:
    with pytest.raises(BadInputError, match=r"attempt .* is not valid"):
        submit(ws, answer(attempt=bad))


def test_a_follow_up_is_graded_by_its_criterion_and_moves_no_memory(ws: Workspace, grader: SayingGrader) -> None:
    submit(ws, answer())
    asked = result(ws, "a1").follow_up
    assert asked is not None
    assert asked.when == "product"
    grader.says = ALL_MET
    record = submit(ws, answer("one factor per layer", "a2", follow_up=asked.id, parent="a1"))
    assert record.attempt.mode is Mode.FOLLOW_UP
    assert [v.criterion for v in record.attempt.grade.verdicts] == ["product"]
    assert len(ws.store.reviews()) == 1
    assert [r.attempt.id for r in result(ws, "a1").answered_follow_ups] == ["a2"]


def test_when_all_is_met_the_follow_up_goes_deeper(ws: Workspace, grader: SayingGrader) -> None:
    grader.says = ALL_MET
    submit(ws, answer())
    asked = result(ws, "a1").follow_up
    assert asked is not None
    assert asked.when == "all-met"
    record = submit(ws, answer("tanh is one only at zero", "a2", follow_up=asked.id, parent="a1"))
    assert len(record.attempt.grade.verdicts) == 1


def test_an_unknown_follow_up_is_named_with_those_there_are(ws: Workspace) -> None:
    with pytest.raises(UnknownItemError, match=r'no follow-up "x"\. Did you mean'):
        submit(ws, answer(follow_up="x"))


def test_a_clock_that_went_backwards_loses_nothing(ws: Workspace, clock: Clock) -> None:
    submit(ws, answer())
    clock.move(days=-3)
    submit(ws, answer(attempt="a2"))
    assert len(ws.store.attempts()) == len(ws.store.reviews()) == 2
    assert ws.cards()[ItemId.parse(ITEM)].due.tzinfo is not None


def test_a_text_that_breaks_the_grader_does_not_stop_the_other_interrupted_answers(
    ws: Workspace, grader: SayingGrader, monkeypatch: pytest.MonkeyPatch
) -> None:
    grader.fails = True
    for attempt in ("a1", "a2", "a3"):
        with pytest.raises(KeyboardInterrupt):
            submit(ws, Answer(ITEM, f"text of {attempt}", attempt, f"tab-{attempt}"))
    grader.fails = False
    graded = grader.grade

    def chokes(answer: str, **named: object) -> object:
        if "a2" in answer:
            raise IndexError("no such word")
        return graded(answer, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(grader, "grade", chokes)
    assert {r.attempt.id for r in resume(ws)} == {"a1", "a3"}
    (waiting,) = ws.store.drafts()
    assert waiting.text == "text of a2"


def test_a_follow_up_of_an_attempt_that_is_not_there_is_refused(ws: Workspace) -> None:
    submit(ws, answer())
    asked = result(ws, "a1").follow_up
    assert asked is not None
    with pytest.raises(UnknownItemError, match=f'no attempt at {ITEM} "a0"'):
        submit(ws, answer("text", "a2", follow_up=asked.id, parent="a0"))
    assert len(ws.store.attempts()) == 1


def test_a_follow_up_answer_that_is_too_long_stays_a_draft_of_that_follow_up(ws: Workspace) -> None:
    submit(ws, answer())
    asked = result(ws, "a1").follow_up
    assert asked is not None
    with pytest.raises(AnswerRejectedError):
        submit(ws, answer("word " * 20_000, "a2", follow_up=asked.id, parent="a1"))
    kept = follow_up_draft(ws, ITEM, asked.id, "tab")
    assert kept is not None
    assert len(kept.text) == 100_000
    assert find_drafts(ws, ITEM, "tab").mine is None
