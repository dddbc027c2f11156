from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.services.support import ITEM, Clock, SayingGrader
from vivavoce.domain.errors import ExportFormatError, UnknownItemError
from vivavoce.domain.review import Rating
from vivavoce.services import drafts
from vivavoce.services.answer import Answer, resume, submit
from vivavoce.services.appeal import appeal
from vivavoce.services.drafts import discard, find_drafts, save_draft
from vivavoce.services.rate import override
from vivavoce.services.transfer import export_lines, import_lines
from vivavoce.services.workspace import Workspace
from vivavoce.storage.store import open_store


def test_two_tabs_keep_two_drafts_and_each_is_offered_the_other_s(ws: Workspace) -> None:
    save_draft(ws, ITEM, "tab-1", "one")
    save_draft(ws, ITEM, "tab-2", "two")
    save_draft(ws, ITEM, "tab-1", "one more")
    seen = find_drafts(ws, ITEM, "tab-1")
    assert seen.mine is not None
    assert (seen.mine.text, [d.text for d in seen.others]) == ("one more", ["two"])


def test_submitting_in_one_tab_leaves_the_other_s_draft(ws: Workspace) -> None:
    save_draft(ws, ITEM, "tab-2", "two")
    submit(ws, Answer(ITEM, "one", "a1", "tab-1"))
    seen = find_drafts(ws, ITEM, "tab-2")
    assert seen.mine is not None
    assert seen.mine.text == "two"


def test_emptying_a_draft_removes_it(ws: Workspace) -> None:
    save_draft(ws, ITEM, "tab", "one")
    assert save_draft(ws, ITEM, "tab", "  ") is None
    assert ws.store.drafts() == ()


def test_a_draft_can_be_thrown_away(ws: Workspace) -> None:
    save_draft(ws, ITEM, "tab", "one")
    discard(ws, ITEM, "tab")
    assert find_drafts(ws, ITEM, "tab").mine is None


def test_a_late_autosave_does_not_overwrite_what_is_being_graded(ws: Workspace, grader: SayingGrader) -> None:
    grader.fails = True
    with pytest.raises(KeyboardInterrupt):
        submit(ws, Answer(ITEM, "the whole answer", "a1", "tab"))
    save_draft(ws, ITEM, "tab", "the whole ans")
    (kept,) = ws.store.drafts()
    assert kept.text == "the whole answer"


def test_an_autosave_that_read_before_the_submit_and_writes_after_it_does_not_undo_it(
    ws: Workspace, grader: SayingGrader, monkeypatch: pytest.MonkeyPatch
) -> None:
    save_draft(ws, ITEM, "tab", "the whole")
    looked = drafts.draft_of
    grader.fails = True

    def submits_meanwhile(*given: object) -> object:
        monkeypatch.setattr(drafts, "draft_of", looked)
        seen = looked(*given)  # type: ignore[arg-type]
        with pytest.raises(KeyboardInterrupt):
            submit(ws, Answer(ITEM, "the whole answer", "a1", "tab"))
        return seen

    for text in ("the whole ans", ""):
        monkeypatch.setattr(drafts, "draft_of", submits_meanwhile)
        save_draft(ws, ITEM, "tab", text)
        (kept,) = ws.store.drafts()
        assert (kept.text, kept.submission is not None) == ("the whole answer", True)


def test_what_is_typed_while_another_program_finishes_the_same_answer_stays(
    ws: Workspace, grader: SayingGrader, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`viva` starts and resumes an answer that a terminal is grading; the terminal is first and its person goes on."""
    grader.fails = True
    with pytest.raises(KeyboardInterrupt):
        submit(ws, Answer(ITEM, "the answer", "a1", "tab"))
    grader.fails = False
    graded = grader.grade

    def slowly(*given: object, **named: object) -> object:
        monkeypatch.setattr(grader, "grade", graded)
        submit(ws, Answer(ITEM, "the answer", "a1", "tab"))
        save_draft(ws, ITEM, "tab", "a second try")
        return graded(*given, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(grader, "grade", slowly)
    resume(ws)
    assert len(ws.store.attempts()) == len(ws.store.reviews()) == 1
    assert [d.text for d in ws.store.drafts()] == ["a second try"]


def test_a_draft_for_an_unknown_question_says_which_was_meant(ws: Workspace) -> None:
    with pytest.raises(UnknownItemError, match="Did you mean"):
        save_draft(ws, ITEM + "s", "tab", "text")


@pytest.fixture
def lived(ws: Workspace, clock: Clock) -> Workspace:
    """A store in which everything has happened once."""
    submit(ws, Answer(ITEM, "an answer", "a1", "tab", seconds=4))
    appeal(ws, "a1", "product", "said it")
    override(ws, "a1", Rating.HARD)
    clock.move(days=2)
    submit(ws, Answer(ITEM, "another 🙂", "a2", "tab", seconds=5))
    save_draft(ws, ITEM, "tab", "a draft")
    return ws


def test_an_export_brought_into_an_empty_store_gives_the_same_state(lived: Workspace, tmp_path: Path) -> None:
    lines = list(export_lines(lived))
    cards = lived.cards()
    other = open_store(tmp_path / "other" / "vivavoce.db")
    restored = Workspace(lived.settings, lived.library, lived.grader, lived.scheduler, other, lived.clock)
    with restored:
        assert sum(import_lines(restored, lines).values()) == len(lines) - 1
        assert list(export_lines(restored)) == lines
        assert restored.cards() == cards


def test_importing_twice_adds_nothing_twice(lived: Workspace) -> None:
    lines = list(export_lines(lived))
    assert sum(import_lines(lived, lines).values()) == 0
    assert list(export_lines(lived)) == lines


@pytest.mark.parametrize(
    ("lines", "says"),
    [
        (["hello"], "line 1: not JSON"),
        ([], "line 1: not JSON"),
        (['{"a": 1}'], "line 1: this is no Vivavoce export"),
        (['{"format": "vivavoce-export", "version": 99}'], "line 1: export version 99; this program reads version 1"),
        (['{"format": "vivavoce-export", "version": 1}', "[1]"], "line 2: found list, expected a JSON object"),
        (['{"format": "vivavoce-export", "version": 1}', '{"seconds": ' + "9" * 5000 + "}"], "line 2: not JSON that"),
        (['{"format": "vivavoce-export", "version": 1}', "[" * 100_000], "line 2: not JSON"),
        (['{"format": "vivavoce-export", "version": 1}', '{"type": "spell"}'], "spell"),
    ],
    ids=["no JSON", "empty", "other JSON", "newer", "list", "endless number", "depth", "unknown record"],
)
def test_what_is_no_export_is_refused_with_its_line_and_nothing_is_changed(
    lived: Workspace, lines: list[str], says: str
) -> None:
    before = list(export_lines(lived))
    with pytest.raises(ExportFormatError, match=says):
        import_lines(lived, lines)
    assert list(export_lines(lived)) == before


def test_a_damaged_export_adds_nothing_of_its_good_part(lived: Workspace, tmp_path: Path) -> None:
    lines = list(export_lines(lived))
    broken = [*lines[:3], json.dumps({"type": "attempt"})]
    other = open_store(tmp_path / "other" / "vivavoce.db")
    restored = Workspace(lived.settings, lived.library, lived.grader, lived.scheduler, other, lived.clock)
    with restored:
        with pytest.raises(ExportFormatError):
            import_lines(restored, broken)
        assert restored.store.attempts() == ()
