"""Words, drawings and differences of the code pages: the parts without a page."""

from __future__ import annotations

import itertools
import math
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vivavoce.domain.exercise import Confinement, Framework, JudgeReport, Outcome, TestResult
from vivavoce.domain.exhibit import Bars, Curves, Matrix
from vivavoce.domain.ids import ItemId
from vivavoce.surfaces.web import exhibits, source, wording_code

ITEM = ItemId("scaling", "double")


def report(*outcomes: Outcome) -> JudgeReport:
    first = next((o for o in outcomes if o is not Outcome.PASSED), Outcome.PASSED)
    tests = tuple(TestResult(f"test_{n}", f"Title {n}.", o, n == 0) for n, o in enumerate(outcomes))
    return JudgeReport(ITEM, Framework.NUMPY, first, tests, Confinement.LIMITED)


def test_every_outcome_has_a_label_and_advice() -> None:
    assert set(wording_code.OUTCOMES) == set(Outcome)
    assert set(wording_code.ADVICE) == set(Outcome)
    assert [o for o in Outcome if not wording_code.ADVICE[o]] == [Outcome.PASSED]


@pytest.mark.parametrize(
    ("outcomes", "examples", "words"),
    [
        ([Outcome.PASSED] * 9, False, "Solved: all 9 tests pass"),
        ([Outcome.PASSED, Outcome.RAISED], False, "1 of 2 tests pass"),
        ([Outcome.PASSED], True, "The example passes"),
        ([Outcome.PASSED] * 2, True, "All 2 examples pass"),
        ([Outcome.TOO_SLOW], True, "0 of 1 example pass"),
        ([Outcome.PASSED, Outcome.SANDBOX_ERROR], False, "This could not be judged to the end"),
    ],
    ids=str,
)
def test_a_report_is_summed_up_in_a_line(outcomes: list[Outcome], examples: bool, words: str) -> None:
    assert wording_code.headline(report(*outcomes), examples=examples) == words


@pytest.mark.parametrize(
    ("seconds", "words"), [(0.0004, "0.4 ms"), (0.012, "12 ms"), (1.26, "1.3 s"), (245, "4:05")], ids=str
)
def test_a_duration_has_the_digits_that_matter(seconds: float, words: str) -> None:
    assert wording_code.duration(seconds) == words


@given(st.text(st.characters()))
def test_shown_text_hides_nothing(text: str) -> None:
    shown = source.visible(text)
    assert all(unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Co", "Zl", "Zp") or c in "\n\t" for c in shown)
    shown.encode("utf-8")


def test_lines_of_a_traceback_are_links_and_markup_is_text() -> None:
    shown = source.lines_linked('File "<submission>", line 12, in <b>\nline 3\u202e')
    assert shown == (
        '<a href="#code" data-line="12">line 12</a>, in &lt;b&gt;\n<a href="#code" data-line="3">line 3</a>⟨U+202E⟩'
    )


@given(st.lists(st.sampled_from(["a", "b", "c"])), st.lists(st.sampled_from(["a", "b", "c"])))
def test_a_difference_rebuilds_both_versions(before: list[str], after: list[str]) -> None:
    lines = source.difference("\n".join(before), "\n".join(after), context=100)
    if before == after:
        assert lines == ()
        return
    kept = [line for line in lines if line.kind != "gap"]
    assert [line.text for line in kept if line.kind != "added"] == before
    assert [line.text for line in kept if line.kind != "removed"] == after


def test_far_apart_changes_leave_out_what_lies_between() -> None:
    before = [str(n) for n in range(40)]
    after = ["x", *before[1:39], "y"]
    lines = source.difference("\n".join(before), "\n".join(after))
    assert [line.kind for line in lines].count("gap") == 1
    assert len(lines) == 1 + 2 * 5


VALUES = st.one_of(st.none(), st.floats(-1e12, 1e12), st.floats(1e-12, 1e12))


@given(st.lists(VALUES, max_size=30), st.booleans())
def test_every_point_of_a_curve_lies_in_the_drawing(values: list[float | None], log: bool) -> None:
    curves = Curves("t", "x", "y", tuple(map(float, range(len(values)))), {"a": tuple(values)}, log)
    drawing = exhibits.drawn(curves)
    assert isinstance(drawing, exhibits.Drawing)
    line = drawing.lines[0]
    points = {tuple(map(float, p.split(","))) for piece in line.pieces for p in piece.split()} | {*line.dots}
    shown = [v for v in values if v is not None and (v > 0 or not drawing.log_y)]
    assert len(points) == len(shown)
    for x, y in points:
        assert exhibits.LEFT <= x <= exhibits.WIDTH - exhibits.RIGHT
        assert exhibits.TOP - 0.2 <= y <= exhibits.HEIGHT - exhibits.BOTTOM + 0.2
    heights = [tick.at for tick in drawing.y_ticks]
    assert all(a > b for a, b in itertools.pairwise(heights))


def test_a_curve_breaks_where_it_is_not_finite() -> None:
    drawing = exhibits.drawn(Curves("Loss", "step", "loss", (1, 2, 3, 4), {"train": (2.0, 1.0, None, None)}))
    assert isinstance(drawing, exhibits.Drawing)
    assert len(drawing.lines[0].pieces) == 1
    assert len(drawing.lines[0].broken) == 2
    assert drawing.table[-1] == ("4", "not finite")
    assert drawing.alternative == (
        "Loss. train: from 2 to 1, lowest 1 at step 2, 2 not finite (last finite at step 2)."
    )


def test_bars_on_a_log_scale_still_show_the_smallest() -> None:
    table = exhibits.drawn(Bars("Norms", "norm", {"first": 1e-9, "last": 1.0, "gone": None}, log_y=True))
    assert isinstance(table, exhibits.BarTable)
    widths = [bar.width for bar in table.bars]
    assert 0 < widths[0] < 20
    assert widths[1:] == [100, 0]
    assert [bar.words for bar in table.bars] == ["1e-9", "1", "not finite"]


def test_the_largest_cell_of_a_matrix_is_the_darkest() -> None:
    grid = exhibits.drawn(Matrix("m", "", "", ("a", "b"), ("a", "b"), ((8, 0), (4, math.nan))))
    assert isinstance(grid, exhibits.Grid)
    assert [[(c.words, c.heat) for c in cells] for _, cells in grid.rows] == [
        [("8", 9), ("0", 0)],
        [("4", 4), ("not finite", 0)],
    ]


def test_a_few_measured_places_are_marked_and_many_are_not() -> None:
    few = exhibits.drawn(Curves("x", "layers", "y", (2, 4, 16), {"a": (97.0, 95.0, 25.0)}))
    assert isinstance(few, exhibits.Drawing)
    assert [tick.words for tick in few.x_ticks] == ["2", "4", "16"]
    assert len(few.lines[0].dots) == 3
    many = exhibits.drawn(Curves("x", "epoch", "y", tuple(range(41)), {"a": tuple(range(41))}))
    assert isinstance(many, exhibits.Drawing)
    assert many.lines[0].dots == ()
