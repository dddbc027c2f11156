"""Answers to follow-ups that are being typed, and submitted answers without a grade yet."""

from __future__ import annotations

import pytest

from tests.services.support import ITEM, Clock, SayingGrader
from vivavoce.domain.errors import AnswerRejectedError, BadInputError, UnknownItemError
from vivavoce.services.answer import Answer, submit
from vivavoce.services.drafts import MAX_DRAFT_CHARS, find_drafts, open_drafts
from vivavoce.services.unfinished import being_graded, follow_up_draft, save_follow_up_draft
from vivavoce.services.workspace import Workspace


@pytest.fixture
def follow_up(ws: Workspace) -> str:
    return ws.question(ITEM).follow_ups[0].id


def test_the_answer_to_a_follow_up_is_kept_apart_from_the_answer_itself(ws: Workspace, follow_up: str) -> None:
    save_follow_up_draft(ws, ITEM, follow_up, "tab", "half an ans")
    draft = follow_up_draft(ws, ITEM, follow_up, "tab")
    assert draft is not None
    assert draft.text == "half an ans"
    assert follow_up_draft(ws, ITEM, follow_up, "other-tab") is None
    assert open_drafts(ws) == ()
    assert find_drafts(ws, ITEM, "tab").mine is None


def test_saving_again_keeps_the_time_of_the_first_word(ws: Workspace, follow_up: str, clock: Clock) -> None:
    first = save_follow_up_draft(ws, ITEM, follow_up, "tab", "half")
    clock.move(minutes=3)
    second = save_follow_up_draft(ws, ITEM, follow_up, "tab", "half an")
    assert first is not None
    assert second is not None
    assert (second.opened_at, second.updated_at) == (first.opened_at, clock.now)


def test_an_emptied_box_removes_it(ws: Workspace, follow_up: str) -> None:
    save_follow_up_draft(ws, ITEM, follow_up, "tab", "half")
    assert save_follow_up_draft(ws, ITEM, follow_up, "tab", " ") is None
    assert ws.store.drafts() == ()


def test_submitting_the_follow_up_removes_its_draft(ws: Workspace, follow_up: str) -> None:
    submit(ws, Answer(ITEM, "the first answer", "a0", "tab"))
    save_follow_up_draft(ws, ITEM, follow_up, "tab", "half an answer")
    submit(ws, Answer(ITEM, "a whole answer", "a1", "tab", follow_up=follow_up, parent="a0"))
    assert ws.store.drafts() == ()


def test_an_unknown_follow_up_a_bad_writer_and_a_giant_text_keep_nothing(ws: Workspace, follow_up: str) -> None:
    with pytest.raises(UnknownItemError, match='no follow-up "nope"'):
        save_follow_up_draft(ws, ITEM, "nope", "tab", "text")
    with pytest.raises(BadInputError, match="writer 'a:b' is not valid"):
        save_follow_up_draft(ws, ITEM, follow_up, "a:b", "text")
    with pytest.raises(AnswerRejectedError, match="at most 1,000,000 are kept"):
        save_follow_up_draft(ws, ITEM, follow_up, "tab", "x" * (MAX_DRAFT_CHARS + 1))
    assert ws.store.drafts() == ()


def test_an_answer_whose_submit_was_interrupted_is_seen_as_being_graded(ws: Workspace, grader: SayingGrader) -> None:
    grader.fails = True
    with pytest.raises(KeyboardInterrupt):
        submit(ws, Answer(ITEM, "submitted", "a1", "tab"))
    assert [d.text for d in being_graded(ws, ITEM)] == ["submitted"]
    grader.fails = False
    submit(ws, Answer(ITEM, "submitted", "a1", "tab"))
    assert being_graded(ws, ITEM) == ()
