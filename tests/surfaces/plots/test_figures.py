"""Pictures: sound, without styles, and saying in words what they show."""

from __future__ import annotations

import math
import re
import subprocess
import sys
from xml.etree import ElementTree as ET

import pytest

from tests.surfaces.plots.support import ACCURACY, ARMS, RATIO, TRAINS, Value, lab, result
from vivavoce.domain.exhibit import Curves, Log, Matrix
from vivavoce.domain.lab import Lab, LabResult, Points, RunState
from vivavoce.surfaces.plots.lab_figure import figure_png, figure_svg, illustration_svg
from vivavoce.surfaces.plots.panel import short
from vivavoce.surfaces.plots.style import MARKERS, ROLES, THEMES

SVG = "{http://www.w3.org/2000/svg}"


def near(level: float, step: float) -> Value:
    return lambda condition, arm, chance: level + step * list(ARMS).index(arm) + chance.gauss(0, 0.5)


def powers(condition: str, arm: str, chance: object) -> float:
    return 10.0 ** -(float(condition or 1) * (arm == "sigmoid"))


PLAIN = lab(ACCURACY, "accuracy: relu > sigmoid + 2")
CASES: dict[str, tuple[Lab, LabResult]] = {
    "two arms": (PLAIN, result(PLAIN, near(80, 4))),
    "a number": (one := lab(ACCURACY, "accuracy: relu > 95"), result(one, near(80, 4))),
    "equal": (one := lab(ACCURACY, "accuracy: relu == sigmoid +- 2"), result(one, near(80, 0))),
    "named settings": (
        one := lab(ACCURACY, "accuracy: relu > sigmoid + 2", ("clean", "noisy labels, 150 examples"), "data"),
        result(one, near(80, 1)),
    ),
    "numeric settings": (
        one := lab(ACCURACY, "accuracy: relu > sigmoid + 2", ("1", "2", "3"), "shift (pixels)"),
        result(one, near(80, 4)),
    ),
    "ratio over depth": (
        one := lab(RATIO, "ratio: sigmoid < relu / 10", ("1", "4", "16", "64"), "depth (layers)"),
        result(one, powers),
    ),
    "ratio to a number": (one := lab(RATIO, "ratio: sigmoid < 1e-3"), result(one, powers)),
    "yes or no": (
        one := lab(TRAINS, "trains: relu > sigmoid"),
        result(one, lambda c, arm, chance: float(arm != "sigmoid")),
    ),
    "not a number": (PLAIN, result(PLAIN, lambda c, arm, chance: math.nan if arm == "sigmoid" else 80.0)),
    "infinite": (one := lab(RATIO, "ratio: sigmoid < relu / 10"), result(one, lambda c, arm, chance: math.inf)),
    "zero on a logarithm": (one, result(one, lambda c, arm, chance: 0.0 if arm == "sigmoid" else 1.0)),
    "one seed": (PLAIN, result(PLAIN, near(80, 4), seeds=1)),
    "no seed": (PLAIN, result(PLAIN, near(80, 4), seeds=0)),
    "partial": (PLAIN, result(PLAIN, near(80, 4), seeds=3, state=RunState.CANCELLED)),
    "all alike": (PLAIN, result(PLAIN, lambda c, arm, chance: 80.0)),
    "huge and tiny": (one := lab(RATIO, "ratio: sigmoid < relu / 10"), result(one, lambda c, a, r: 1e-200)),
}


@pytest.mark.parametrize("narrow", [False, True], ids=["wide", "narrow"])
@pytest.mark.parametrize("name", CASES)
def test_every_picture_stands_in_a_page_without_styles(name: str, narrow: bool) -> None:
    text = figure_svg(*CASES[name], theme="page", narrow=narrow)
    root = ET.fromstring(text)
    assert root.get("role") == "img"
    assert root.get("width") is None
    for node in root.iter():
        assert "style" not in node.attrib
        assert not node.tag.endswith("style")
        assert all("#0a0b" not in value for value in node.attrib.values()), "a stand-in colour is left"
        assert all(value in ("none", "currentColor") for key, value in node.attrib.items() if key in ("fill", "stroke"))
    classes = {c for node in root.iter() for c in node.get("class", "").split()} - {"lab-figure", "wide", "narrow"}
    assert classes <= {f"{kind}-{role}" for kind in ("fill", "stroke") for role in ROLES}
    ids = [node.get("id") for node in root.iter() if node.get("id")]
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'(?:href="|url\()#([^")]+)', text)) <= set(ids)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_file_has_its_own_colours_and_words(theme: str) -> None:
    text = figure_svg(*CASES["two arms"], theme=theme)
    root = ET.fromstring(text)
    assert "style=" not in text
    assert THEMES[theme]["supported"] in text
    assert [n.text for n in root.findall(f"{SVG}title")] == ["What is claimed <&> tested. Supported."]


def test_the_words_of_a_picture_state_the_result() -> None:
    root = ET.fromstring(figure_svg(*CASES["two arms"], theme="page"))
    labels = (root.get("aria-labelledby") or "").split()
    words = [next(n.text for n in root.iter() if n.get("id") == label) for label in labels]
    assert words[0] == "What is claimed <&> tested. Supported."
    assert words[1] is not None
    assert re.search(r"Supported: \d\.\d+ points more \[\d\.\d+, \d\.\d+\], 8 of 8 seeds", words[1])
    assert "sigmoid, relu, batch-norm" in words[1]


def test_the_words_say_that_an_arm_diverged_and_that_nothing_is_decided_yet() -> None:
    assert "Sigmoid diverged in 8 of 8 seeds." in figure_svg(*CASES["not a number"], theme="page")
    assert "Not decided: 1 seed." in figure_svg(*CASES["one seed"], theme="page")
    assert "Not decided: no seed yet." in figure_svg(*CASES["no seed"], theme="page")


def test_what_diverged_is_drawn_at_the_edge_and_explained() -> None:
    assert "× at the edge:" in figure_svg(*CASES["not a number"], theme="page").replace("\n", " ")
    assert "× at the edge" not in figure_svg(*CASES["two arms"], theme="page")


def test_axes_are_labelled_with_units_and_the_claimed_side() -> None:
    text = figure_svg(*CASES["two arms"], theme="page")
    assert "test accuracy (%)" in text
    assert "relu − sigmoid (points)" in text
    assert "claimed: above 2" in text
    assert "sigmoid ÷ relu" in figure_svg(*CASES["ratio over depth"], theme="page")
    assert "depth (layers)" in figure_svg(*CASES["ratio over depth"], theme="page")


def test_arms_differ_by_marker_as_well_as_colour() -> None:
    assert len(set(MARKERS)) == len(MARKERS)
    for theme in THEMES.values():
        assert len({theme.arm(n) for n in range(len(MARKERS))}) == len(MARKERS)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_colour_that_carries_meaning_stands_out_from_the_paper(theme: str) -> None:
    def luminance(colour: str) -> float:
        parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
        linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    def contrast(role: str) -> float:
        first, second = sorted((luminance(THEMES[theme][role]), luminance(THEMES[theme]["paper"])))
        return (second + 0.05) / (first + 0.05)

    weak = {role: round(contrast(role), 2) for role in ROLES if role not in ("paper", "line", "band")}
    assert {role: c for role, c in weak.items() if c < 3.5} == {}


def test_the_same_result_gives_the_same_picture() -> None:
    of = lab(ACCURACY, "accuracy: relu > sigmoid + 2")
    assert figure_svg(of, result(of, near(80, 4))) == figure_svg(of, result(of, near(80, 4)))


def test_a_png_is_one() -> None:
    assert figure_png(*CASES["named settings"], theme="dark", narrow=True).startswith(b"\x89PNG")


def test_an_unknown_claim_is_refused() -> None:
    with pytest.raises(KeyError, match="nothing"):
        figure_svg(*CASES["two arms"], claim="nothing")


ILLUSTRATIONS = {
    "curves": Curves("Loss", "step", "loss", (0.0, 1.0, 2.0), {"a": (1.0, 0.5, None), "b": (0.0, math.nan, 2.0)}, True),
    "empty curves": Curves("Loss", "step", "loss", (), {"a": ()}),
    "matrix": Matrix("Heat", "row", "column", ("r",), ("c", "d"), ((1.0, math.nan),)),
    "large matrix": Matrix("Heat", "", "", ("r",) * 40, ("c",) * 40, ((0.5,) * 40,) * 40),
    "points": Points("Modes", "x", "y", {"data": ((0.0, 1.0), (math.inf, 0.0)), "none": ()}),
}


@pytest.mark.parametrize("theme", ["page", "light"])
@pytest.mark.parametrize("name", ILLUSTRATIONS)
def test_every_illustration_is_drawn_without_styles(name: str, theme: str) -> None:
    text = illustration_svg(ILLUSTRATIONS[name], theme)
    assert ET.fromstring(text).get("role") == "img"
    assert "style" not in text


def test_the_words_of_an_illustration_hold_its_numbers() -> None:
    assert "a: 1 at 0, 0.5 at 1 of step." in illustration_svg(ILLUSTRATIONS["curves"], "page")
    assert "The largest value is 1, in row r and column c." in illustration_svg(ILLUSTRATIONS["matrix"], "page")


def test_a_text_needs_no_picture() -> None:
    with pytest.raises(TypeError, match="needs no picture"):
        illustration_svg(Log("Sample", "words"))


@pytest.mark.parametrize(
    ("value", "words"),
    [(0, "0"), (0.25, "0.25"), (-3, "−3"), (1e-6, "10⁻⁶"), (2.5e7, "2.5·10⁷"), (-1e-9, "−10⁻⁹"), (123456, "1.2·10⁵")],
)
def test_ticks_have_no_more_digits_than_they_need(value: float, words: str) -> None:
    assert short(value) == words


def test_nothing_of_matplotlib_is_loaded_before_the_first_picture() -> None:
    code = (
        "import sys, vivavoce.surfaces.web.app, vivavoce.surfaces.plots.lab_figure; print('matplotlib' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
