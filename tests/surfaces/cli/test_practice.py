"""The session in the terminal, with a person who types what a list says."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.services.support import ITEM, SayingGrader
from vivavoce.domain.attempt import Mode, VerdictKind
from vivavoce.domain.errors import StorageReadOnlyError
from vivavoce.domain.estimate import numbers_text
from vivavoce.domain.review import Rating, effective
from vivavoce.services.answer import Answer, submit
from vivavoce.services.drafts import find_drafts, save_draft
from vivavoce.services.practise import plan
from vivavoce.services.workspace import Workspace
from vivavoce.surfaces.cli import practice, typed

Types = Callable[..., None]
CTRL_C, CTRL_D = KeyboardInterrupt(), EOFError()


@pytest.fixture
def types(monkeypatch: pytest.MonkeyPatch) -> Iterator[Types]:
    """`types("a", "b")`: these lines are typed in turn. Every one must have been asked for in the end."""
    lines: list[str | BaseException] = []

    def asked(prompt: str, style: str) -> str:
        assert lines, f"asked {prompt!r} once more than expected"
        line = lines.pop(0)
        if isinstance(line, BaseException):
            raise line
        return line

    monkeypatch.setattr(practice, "ask_line", asked)
    monkeypatch.setattr(typed, "ask_line", asked)
    yield lambda *more: lines.extend(more)
    assert not lines, f"nobody asked for {lines}"


def ask(ws: Workspace) -> None:
    practice.ask_one(ws, ws.question(ITEM))


@pytest.mark.parametrize("ending", [["."], ["", ""], [CTRL_D]], ids=["dot", "two empty lines", "Ctrl-D"])
def test_an_answer_is_submitted_by_a_dot_two_empty_lines_or_ctrl_d(
    ws: Workspace, types: Types, ending: list[str]
) -> None:
    types("one", "", "two", *ending, "")
    ask(ws)
    (record,) = ws.store.attempts()
    assert record.attempt.text == "one\n\ntwo"
    assert ws.store.drafts() == ()


def test_pasted_lines_are_text_even_when_they_look_like_commands(ws: Workspace, types: Types) -> None:
    types("first\n\n\n:q\n.\nlast", ".", "")
    ask(ws)
    assert ws.store.attempts()[0].attempt.text == "first\n\n\n:q\n.\nlast"


def test_ctrl_c_keeps_what_was_typed_even_the_line_without_its_end(
    ws: Workspace, types: Types, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(typed, "pending_line", lambda: "half a l")
    types("one", CTRL_C)
    with pytest.raises(KeyboardInterrupt):
        ask(ws)
    assert [d.text for d in ws.store.drafts()] == ["one\nhalf a l"]
    types("", ".", "")
    ask(ws)
    assert ws.store.attempts()[0].attempt.text == "one\nhalf a l"


def test_beginning_anew_keeps_the_old_draft_and_throwing_away_removes_it(ws: Workspace, types: Types) -> None:
    types("old", ":q")
    ask(ws)
    types("n", "new", ":q")
    ask(ws)
    assert {d.text for d in ws.store.drafts()} == {"old", "new"}
    types("d", ":q")
    ask(ws)
    assert len(ws.store.drafts()) == 1


def test_a_draft_of_the_browser_is_taken_over_and_not_left_behind(ws: Workspace, types: Types) -> None:
    save_draft(ws, ITEM, "page-1", "typed in the browser")
    types("", "and here", ".", "")
    ask(ws)
    assert ws.store.attempts()[0].attempt.text == "typed in the browser\nand here"
    assert ws.store.drafts() == ()


def test_giving_up_keeps_what_was_typed_before(ws: Workspace, types: Types) -> None:
    types("something", ":k", "")
    ask(ws)
    assert ws.store.attempts()[0].attempt.text == "I don't know."
    assert [d.text for d in ws.store.drafts()] == ["something"]


def test_an_answer_that_an_earlier_run_left_is_graded_first_and_not_replaced(
    ws: Workspace, grader: SayingGrader, types: Types
) -> None:
    writer = practice._writer()
    grader.fails = True
    with pytest.raises(KeyboardInterrupt):
        submit(ws, Answer(ITEM, "interrupted", "a1", writer))
    grader.fails = False
    types("another", ".", "")
    ask(ws)
    assert {r.attempt.text for r in ws.store.attempts()} == {"interrupted", "another"}


def test_what_is_typed_beside_an_answer_that_cannot_be_graded_is_kept_too(
    ws: Workspace, grader: SayingGrader, types: Types, monkeypatch: pytest.MonkeyPatch
) -> None:
    grader.fails = True
    with pytest.raises(KeyboardInterrupt):
        submit(ws, Answer(ITEM, "interrupted", "a1", practice._writer()))
    monkeypatch.setattr(practice, "resume", lambda ws: ())
    types("another", ":q")
    ask(ws)
    assert {d.text for d in ws.store.drafts()} == {"interrupted", "another"}


def test_a_full_disk_does_not_end_the_session_and_the_text_can_be_submitted_later(
    ws: Workspace, types: Types, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    save, tries = type(ws.store).save_draft, iter(range(100))

    def full_for_a_while(self: object, draft: object) -> bool:
        if next(tries) < 3:
            raise StorageReadOnlyError("the disk is full")
        return save(self, draft)  # type: ignore[arg-type]

    monkeypatch.setattr(type(ws.store), "save_draft", full_for_a_while)
    types("one", "two", ".", ".", "")
    ask(ws)
    said = capsys.readouterr().out
    assert said.count("Not kept: the disk is full") == 1
    assert "Not submitted: the disk is full" in said
    assert ws.store.attempts()[0].attempt.text == "one\ntwo"


def test_a_text_that_could_not_be_kept_is_shown_once_more_on_leaving(
    ws: Workspace, types: Types, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def full(self: object, draft: object) -> bool:
        raise StorageReadOnlyError("the disk is full")

    monkeypatch.setattr(type(ws.store), "save_draft", full)
    types("precious", ":q")
    ask(ws)
    said = capsys.readouterr().out
    assert "copy this" in said
    assert "precious" in said


def test_the_result_takes_claims_ratings_follow_ups_and_another_answer(
    ws: Workspace, grader: SayingGrader, types: Types
) -> None:
    grader.says = {"small-factor": VerdictKind.MET, "remedy": VerdictKind.MET}
    types("an answer", ".", "c 1", "u1", "c9", "c1", "3", "x", "m", "f", "deeper", "still", ".", "r", "again", ".", "")
    ask(ws)
    modes = [r.attempt.mode for r in reversed(ws.store.attempts())]
    assert modes == [Mode.PRACTICE, Mode.FOLLOW_UP, Mode.PRACTICE]
    first = ws.store.attempts()[-1]
    assert first.score.claimed == 2
    assert effective(ws.store.reviews())[0].rating is Rating.GOOD


def test_skipping_while_answering_again_or_a_follow_up_leads_back_to_the_result(ws: Workspace, types: Types) -> None:
    types("an answer", ".", "r", ":s", "f", ":s", "q")
    practice.practice_session(ws, plan(ws)[:2], 20)
    assert len(ws.store.attempts()) == 1


def test_a_session_goes_on_after_a_skip_and_says_what_was_done(
    ws: Workspace, types: Types, capsys: pytest.CaptureFixture[str]
) -> None:
    types(":s", "an answer", ".", "")
    practice.practice_session(ws, plan(ws)[:2], 20)
    assert "1 question, 0 of" in capsys.readouterr().out


def test_an_editor_that_fails_leaves_the_text_as_it_was(tmp_path: Path) -> None:
    assert typed.edited("text", "false") == "text"
    assert typed.edited("text", str(tmp_path / "no-editor")) == "text"
    assert typed.edited("text", "'unclosed") == "text"
    assert typed.edited("text", "sed -i s/text/more/") == "more"


def test_two_writers_never_share_a_draft(ws: Workspace, monkeypatch: pytest.MonkeyPatch, types: Types) -> None:
    monkeypatch.setattr(practice.os, "ttyname", lambda _: "/dev/pts/3")
    monkeypatch.setattr(practice.sys, "stdin", open("/dev/null"))  # noqa: SIM115 - something with a number
    assert practice._writer() == "terminal-pts-3"
    types("here", ":q")
    ask(ws)
    assert find_drafts(ws, ITEM, "terminal-pts-3").mine is not None
    practice.sys.stdin.close()


ESTIMATE = "cnn/parameters-of-a-convolution"


def test_an_estimate_is_asked_again_with_new_numbers(
    ws: Workspace, types: Types, capsys: pytest.CaptureFixture[str]
) -> None:
    types("It is 1 parameter.", ".", "r", "It is 2 parameters.", ".", "")
    practice.ask_one(ws, ws.question(ESTIMATE))
    second, first = (record.attempt for record in ws.store.attempts())
    assert first.numbers is not None
    assert second.numbers is not None
    assert first.numbers != second.numbers
    shown = capsys.readouterr().out
    assert "again with new numbers" in shown
    assert "You came to 1 parameter" in " ".join(shown.split())


def test_an_unfinished_estimate_is_gone_on_with_and_one_to_other_numbers_is_named(
    ws: Workspace, types: Types, capsys: pytest.CaptureFixture[str]
) -> None:
    types("half of it", ":q")
    practice.ask_one(ws, ws.question(ESTIMATE))
    (draft,) = ws.store.drafts()
    types("", ":q")
    practice.ask_one(ws, ws.question(ESTIMATE))
    assert ws.store.drafts()[0].text == "half of it"
    submit(ws, Answer(ESTIMATE, "It is 1.", "elsewhere", "tab", numbers=draft.numbers))
    capsys.readouterr()
    types(":q")
    practice.ask_one(ws, ws.question(ESTIMATE))
    assert draft.numbers is not None
    assert f"viva ask {ESTIMATE} --numbers {numbers_text(draft.numbers)}" in " ".join(capsys.readouterr().out.split())
    types("", ".", "")
    practice.ask_one(ws, ws.question(ESTIMATE), draft.numbers)
    assert ws.store.attempts()[0].attempt.text == "half of it"
    assert ws.store.drafts() == ()
