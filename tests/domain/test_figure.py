"""Figures in lessons: where they stand, and texts without them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from vivavoce.domain.figure import LessonPart, lesson_parts, without_figures


def test_a_lesson_is_cut_at_its_figures_in_order() -> None:
    lesson = "Before.\n\n[figure: one]\n\nBetween.\n  [figure:two]  \n[figure: three]\nAfter."
    assert list(lesson_parts(lesson)) == [
        LessonPart(text="Before."),
        LessonPart(figure="one"),
        LessonPart(text="Between."),
        LessonPart(figure="two"),
        LessonPart(figure="three"),
        LessonPart(text="After."),
    ]


def test_a_mark_within_a_line_is_no_figure() -> None:
    assert list(lesson_parts("See [figure: one] here.")) == [LessonPart(text="See [figure: one] here.")]
    assert without_figures("See [figure: one] here.") == "See  here."


@given(st.lists(st.sampled_from(["a word", "", "[figure: x-1]", "[figure: y] no", "## head"]), max_size=12))
def test_no_line_of_a_lesson_is_lost(lines: list[str]) -> None:
    shown = [
        line
        for part in lesson_parts("\n".join(lines))
        for line in (part.text or f"[figure: {part.figure}]").split("\n")
    ]
    assert [line for line in shown if line] == [line for line in lines if line]
