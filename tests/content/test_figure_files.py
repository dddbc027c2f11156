"""The folder `figures/` of a concept."""

from __future__ import annotations

import math
from collections.abc import Callable
from pathlib import Path
from textwrap import dedent

import pytest

from vivavoce.content.bank import LoadedBank, load_bank
from vivavoce.domain.exhibit import Arrow, Bars, Box, Curves, Diagram, Frame, Matrix, Points, Shape, Tone
from vivavoce.domain.figure import Figure

Writer = Callable[..., Path]
Text = Callable[..., str]

HEAD = "title: Losses\ncaption: A caption.\nalt: Two lines.\n"
CURVES = HEAD + "kind: curves\nx_label: epoch\ny_label: loss\n"


@pytest.fixture
def loaded(write_pack: Writer, concept: Text) -> Callable[[str], LoadedBank]:
    def load(figure: str) -> LoadedBank:
        return load_bank(
            [write_pack({"concepts/a/concept.md": concept(), "concepts/a/figures/f.yaml": dedent(figure)})]
        )

    return load


def figure(loaded: LoadedBank) -> Figure:
    assert [str(d) for d in loaded.diagnostics] == []
    return loaded.bank.concepts["a"].figures["f"]


def test_a_diagram_is_read_whole(loaded: Callable[[str], LoadedBank]) -> None:
    text = """\
        kind: diagram
        title: One step
        caption: The whole of it.
        alt: Two boxes.
        boxes:
          noise: {at: [0, 1.5], says: "noise z", shape: plain}
          net: {at: [1, 1], says: "network\\nof layers", tone: accent}
        arrows:
          - {from: noise, to: net, says: "z", dashed: true}
        frames:
          - {around: [noise, net], says: "one step"}
        """
    assert figure(loaded(text)) == Figure(
        "f",
        "The whole of it.",
        "Two boxes.",
        Diagram(
            "One step",
            {
                "noise": Box("noise z", 0, 1.5, Shape.PLAIN),
                "net": Box("network\nof layers", 1, 1, tone=Tone.ACCENT),
            },
            (Arrow("noise", "net", "z", True),),
            (Frame(("noise", "net"), "one step"),),
        ),
    )


def test_lines_are_lists_numbers_or_expressions(loaded: Callable[[str], LoadedBank]) -> None:
    text = CURVES + "x: {from: 0, to: 2, points: 5}\nlines:\n  a: [1, 2, null, 4, 5]\n  b: exp(-x)\n  c: 0.5\n"
    x = (0.0, 0.5, 1.0, 1.5, 2.0)
    lines = {"a": (1.0, 2.0, None, 4.0, 5.0), "b": tuple(math.exp(-v) for v in x), "c": (0.5,) * 5}
    assert figure(loaded(text)).picture == Curves("Losses", "epoch", "loss", x, lines)


def test_a_range_has_round_numbers_and_exact_ends(loaded: Callable[[str], LoadedBank]) -> None:
    picture = figure(loaded(CURVES + "x: {from: 0, to: 0.3, points: 4}\nlines: {a: x}\n")).picture
    assert isinstance(picture, Curves)
    assert picture.x == (0.0, 0.1, 0.2, 0.3)


@pytest.mark.parametrize(
    ("text", "picture"),
    [
        (
            HEAD + "kind: bars\ny_label: norm\nvalues: {first: 1, 2: 0.5}\n",
            Bars("Losses", "norm", {"first": 1, "2": 0.5}),
        ),
        (
            HEAD + "kind: matrix\nrow_label: truth\nrows: [cat, dog]\ncolumns: [cat]\nvalues: [[1], [2]]\n",
            Matrix("Losses", "truth", "", ("cat", "dog"), ("cat",), ((1,), (2,))),
        ),
        (
            HEAD + "kind: points\nx_label: x\ny_label: y\ngroups: {a: [[0, 1], [2, 3]]}\n",
            Points("Losses", "x", "y", {"a": ((0, 1), (2, 3))}),
        ),
    ],
    ids=["bars", "matrix", "points"],
)
def test_other_kinds_are_read(loaded: Callable[[str], LoadedBank], text: str, picture: object) -> None:
    assert figure(loaded(text)).picture == picture


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("title: x\n", ['the key "kind" is missing']),
        ("kind: diagramm\n", ['kind is "diagramm"', 'Did you mean "diagram"?']),
        ("- 1\n", ["found a list of 1 where keys with values belong"]),
        (HEAD + "kind: bars\nvalues: {a: b}\n", ['the key "y_label" is missing', 'values.a is "b"']),
        (HEAD + "kind: diagram\nboxes: {a: {at: [1], says: x}}\n", ["boxes.a.at is a list of 1, which is too few"]),
        (HEAD + "kind: diagram\nboxes: {a: {at: [0, 0], says: x, shape: oval}}\n", ['boxes.a.shape is "oval"']),
        (
            HEAD + "kind: diagram\nboxes: {a: {at: [0, 0], says: x}}\narrows: [{form: a, to: a}]\n",
            ['the key "from" is missing', 'unknown key "form" in arrows[1]. Did you mean "from"?'],
        ),
        (CURVES + "x: {from: 0, points: 3}\nlines: {a: x}\n", ['the key "to" is missing in x']),
        (CURVES + "x: {from: 0, to: 1, points: 100000}\nlines: {a: x}\n", ["x.points is 100000"]),
        (CURVES + "x: [0, a]\nlines: {a: [1, 2]}\n", ['x[2] is "a"']),
        (CURVES + "x: [0, 1]\nlines: {a: [1, two]}\n", ['lines.a[2] is "two"']),
        (CURVES + "x: [0, 1]\nlines: {a: {b: 1}}\n", ["lines.a is"]),
    ],
    ids=lambda value: None,
)
def test_what_is_wrong_with_a_figure_is_said_by_name(
    loaded: Callable[[str], LoadedBank], text: str, says: list[str]
) -> None:
    bank = loaded(text)
    printed = "\n".join(" ".join(str(d).split()) for d in bank.diagnostics)
    assert all(part in printed for part in says), printed
    assert "[other]" not in printed
    assert bank.bank.concepts["a"].figures == {}


def test_a_file_that_is_no_figure_is_reported(write_pack: Writer, concept: Text) -> None:
    files = {
        "concepts/a/concept.md": concept(),
        "concepts/a/figures/plot.svg": "<svg/>",
        "concepts/a/figures/A.yaml": "",
    }
    found = load_bank([write_pack(files)]).diagnostics
    assert sorted((d.code, d.path.name) for d in found) == [("F007", "plot.svg"), ("F008", "A.yaml")]


def test_a_question_names_a_figure_of_its_concept(write_pack: Writer, concept: Text, question: Text) -> None:
    files = {
        "concepts/a/concept.md": concept(),
        "concepts/a/figures/f.yaml": CURVES + "x: [0, 1]\nlines: {a: x}\n",
        "concepts/a/questions/q.yaml": question(figure="f"),
        "concepts/a/questions/r.yaml": question(figure="g"),
    }
    loaded = load_bank([write_pack(files)])
    assert loaded.bank.question("a/q").figure == "f"
    assert loaded.bank.question("a/r").figure == ""
    assert [d.code for d in loaded.diagnostics] == ["C007"]


def test_a_figure_leaves_the_hash_of_what_is_graded_as_it_was(
    write_pack: Writer, concept: Text, question: Text
) -> None:
    files = {
        "concepts/a/concept.md": concept(),
        "concepts/a/figures/f.yaml": CURVES + "x: [0, 1]\nlines: {a: x}\n",
        "concepts/a/questions/q.yaml": question(figure="f"),
        "concepts/a/questions/r.yaml": question(),
    }
    bank = load_bank([write_pack(files)]).bank
    assert bank.question("a/q").graded_hash == bank.question("a/r").graded_hash
