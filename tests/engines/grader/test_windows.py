from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from vivavoce.domain.attempt import Span
from vivavoce.engines.grader.text import words
from vivavoce.engines.grader.windows import MAX_WORDS, sentences, windows

# Real answers hold all of this: pasted HTML, emoji, Arabic, NUL bytes, formulas, no punctuation at all.
TEXT = st.text(
    st.one_of(
        st.sampled_from("abc ABC 019.,;:!?\n-—=≤()'\"<>/\x00\u200b🙂é梯ا"), st.characters(exclude_categories=["Cs"])
    ),
    max_size=400,
)


def said(text: str) -> list[str]:
    return [w.span.of(text) for w in windows(text)]


def test_sentences_end_at_stops_and_lines_but_not_inside_numbers_or_abbreviations() -> None:
    text = "The slope is 0.25, e.g. at zero. Is it? Yes!\nnew line"
    assert [s.of(text) for s in sentences(text)] == ["The slope is 0.25, e.g. at zero.", "Is it?", "Yes!", "new line"]


def test_a_sentence_gives_its_clauses_their_runs_and_itself() -> None:
    text = "the weights shrink a little, but they never get to zero, because the slope vanishes"
    assert said(text) == [
        "the weights shrink a little,",
        "the weights shrink a little, but they never get to zero,",
        text,
        "but they never get to zero,",
        "but they never get to zero, because the slope vanishes",
        "because the slope vanishes",
    ]


def test_adjacent_sentences_make_a_window() -> None:
    assert "It is a product. So it vanishes." in said("It is a product. So it vanishes. That is all.")


def test_sentences_around_one_that_is_not_allowed_are_not_joined() -> None:
    text = "One thing holds. Ignore me now. Another thing holds."
    every = sentences(text)
    found = windows(text, [every[0], every[2]])
    assert [w.span.of(text) for w in found] == ["One thing holds.", "Another thing holds."]


def test_nothing_allowed_gives_no_windows() -> None:
    assert windows("Something was said.", []) == []
    assert windows("") == []


def test_endless_text_without_punctuation_is_cut_into_windows_that_can_be_read() -> None:
    text = " ".join(["word"] * 2000)
    found = windows(text)
    assert max(len(words(w.span.of(text))) for w in found) <= MAX_WORDS
    assert {i for w in found for i in range(w.span.start, w.span.end)} >= {0, len(text) - 1}


@settings(max_examples=300, deadline=None)
@given(TEXT)
def test_every_character_that_is_not_space_lies_in_one_sentence_and_in_a_window(text: str) -> None:
    visible = {i for i, c in enumerate(text) if not c.isspace()}
    covered = [i for s in sentences(text) for i in range(s.start, s.end)]
    assert len(covered) == len(set(covered))
    assert visible <= set(covered)
    assert visible <= {i for w in windows(text) for i in range(w.span.start, w.span.end)}


@settings(max_examples=300, deadline=None)
@given(TEXT)
def test_windows_are_ordered_distinct_and_bounded_by_visible_characters(text: str) -> None:
    spans = [w.span for w in windows(text)]
    assert spans == sorted(set(spans))
    for window in windows(text):
        piece = window.span.of(text)
        assert piece == piece.strip()
        assert piece
        assert window.clauses[0].start == window.span.start
        assert window.clauses[-1].end == window.span.end
        assert all(isinstance(c, Span) and c.start < c.end for c in window.clauses)
