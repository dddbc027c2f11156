"""Figures and lessons in characters."""

from __future__ import annotations

import io

from rich.console import Console

from tests.surfaces.cli.conftest import Viva
from vivavoce.domain.concept import Concept
from vivavoce.domain.exhibit import Arrow, Box, Curves, Diagram, Points
from vivavoce.domain.figure import Figure, Picture
from vivavoce.surfaces.cli.figures import figure_view, lesson_view


def shown(picture: Picture, caption: str = "A caption.") -> str:
    written = io.StringIO()
    console = Console(file=written, width=80, color_system=None)
    figure_view(console, Figure("f", caption, "Two boxes and an arrow.", picture))
    return written.getvalue()


def test_a_diagram_is_told_by_its_words_and_its_arrows() -> None:
    boxes = {"a": Box("noise z", 0, 0), "b": Box("generator\nG", 1, 0)}
    text = shown(Diagram("One step", boxes, (Arrow("a", "b"), Arrow("b", "b", "again", True))))
    assert [line.rstrip() for line in text.splitlines()] == [
        "",
        "One step",
        "  Two boxes and an arrow.",
        "  noise z → generator G",
        "  generator G → generator G  (again, dashed)",
        "  A caption.",
    ]


def test_points_of_groups_have_signs_of_their_own() -> None:
    lines = shown(Points("XOR", "x1", "x2", {"true": ((0, 1), (1, 0)), "false": ((0, 0), (1, 1))})).splitlines()
    assert lines[2].rstrip() == "  │o" + " " * 54 + "x"
    assert lines[15].rstrip() == "  │x" + " " * 54 + "o"
    assert "o true   x false" in lines[18]


def test_one_point_alone_can_be_drawn() -> None:
    assert "o" in shown(Points("One", "x", "y", {"a": ((3, 3),)}))


def test_markup_of_the_terminal_in_a_figure_is_text() -> None:
    text = shown(Diagram("[bold]x[/]", {"a": Box("[red]a", 0, 0)}, (Arrow("a", "a"),)), "[link]c")
    assert "[bold]x[/]" in text
    assert "[red]a → [red]a" in text


def test_a_lesson_shows_figures_and_no_marks() -> None:
    figure = Figure("f", "It falls.", "A line.", Curves("Loss", "epoch", "loss", (0, 1), {"a": (1, 0)}))
    lesson = "A claim [claim: x].\n\n[figure: f]\n\n[figure: gone]\n\nThe end."
    concept = Concept("c", "Title", "training", "basic", "s", (), lesson, figures={"f": figure})
    written = io.StringIO()
    lesson_view(Console(file=written, width=80, color_system=None), concept)
    text = written.getvalue()
    assert "A claim." in text
    assert text.index("A claim.") < text.index("Loss") < text.index("It falls.") < text.index("The end.")
    assert "[" not in text


def test_no_lesson_of_the_bank_shows_a_mark(viva: Viva) -> None:
    ran = viva("bank", "show", "cnn")
    assert ran.code == 0
    assert "[figure" not in ran.out
    assert "[claim" not in ran.out
