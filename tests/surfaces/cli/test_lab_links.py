"""Labs and claims in answers, as a terminal shows them."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from rich.console import Console

from tests.services.support import Clock, SayingGrader
from vivavoce.plugins import PackFolder, make_scheduler
from vivavoce.services.answer import Answer, submit
from vivavoce.services.library import Library
from vivavoce.services.result import Result, result
from vivavoce.services.workspace import Workspace
from vivavoce.settings import load_settings
from vivavoce.storage.store import open_store
from vivavoce.surfaces.cli.plain import plain_result
from vivavoce.surfaces.cli.render import result_view

BANK = Path(__file__).parents[1] / "web" / "lab_bank"


@pytest.fixture
def graded(tmp_path: Path) -> Iterator[Result]:
    """An answer that holds the misconception which a lab contradicts."""
    settings = load_settings({}, data_dir=tmp_path)
    with Workspace(
        settings=settings,
        library=Library([PackFolder("tiny", BANK)]),
        grader=SayingGrader(holds=("only-noise",)),
        scheduler=make_scheduler(settings.retention),
        store=open_store(settings.database),
        clock=Clock(),
    ) as ws:
        submit(ws, Answer("dropout/what-is-it", "Noise can only hurt.", "attempt1", "tests"))
        yield result(ws, "attempt1")


def test_a_misconception_names_the_command_that_contradicts_it(graded: Result) -> None:
    out = io.StringIO()
    result_view(Console(file=out, width=200), graded)
    assert "See for yourself: viva lab run dropout/noise" in out.getvalue()
    assert plain_result(graded)["misconceptions"][0]["lab"] == "dropout/noise#noise-hurts"


def test_a_terminal_shows_no_marks_of_claims(graded: Result) -> None:
    assert "[claim" in graded.question.model_answer
    assert graded.question.spoken_answer.strip() == (
        "In each step every unit is dropped with probability p; later all of them are used."
    )
