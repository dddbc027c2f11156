from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.services.support import ITEM, Clock, SayingGrader
from vivavoce.domain.errors import UnknownItemError
from vivavoce.plugins import PackFolder, core_pack
from vivavoce.services.answer import Answer, submit
from vivavoce.services.history import history
from vivavoce.services.library import Library
from vivavoce.services.workspace import Workspace


class Ticks:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    folder = tmp_path / "pack"
    shutil.copytree(core_pack() / "concepts" / "dropout", folder / "concepts" / "dropout")
    shutil.copy(core_pack() / "pack.yaml", folder / "pack.yaml")
    return folder


def test_a_change_shows_within_a_second_even_when_the_bank_is_asked_for_without_a_pause(pack: Path) -> None:
    ticks = Ticks()
    library = Library([PackFolder("pack", pack)], ticks)
    before = len(library.bank.questions)
    next((pack / "concepts/dropout/questions").glob("*.yaml")).unlink()
    seen = []
    for _ in range(12):
        ticks.now += 0.1
        seen.append(len(library.bank.questions))
    assert seen[:9] == [before] * 9
    assert seen[-1] == before - 1


def test_answers_to_a_question_that_no_pack_holds_any_more_are_still_in_the_history(
    ws: Workspace, pack: Path, grader: SayingGrader, clock: Clock
) -> None:
    submit(ws, Answer(ITEM, "an answer", "a1", "tab"))
    ws.library = Library([PackFolder("pack", pack)])
    (past,) = history(ws, ITEM)
    assert (past.record.attempt.text, past.question) == ("an answer", None)
    with pytest.raises(UnknownItemError):
        history(ws, "dropout/never-there")


def test_the_next_start_reads_the_kept_bank_and_not_the_packs(
    pack: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache = tmp_path / "cache"
    first = Library([PackFolder("pack", pack)], cache=cache).current()
    monkeypatch.setattr("vivavoce.services.library.load_bank", lambda folders: pytest.fail(f"{folders} were read"))
    again = Library([PackFolder("pack", pack)], cache=cache).current()
    assert (again.bank, again.diagnostics) == (first.bank, first.diagnostics)
    assert again.search.search("scaled") == first.search.search("scaled")
