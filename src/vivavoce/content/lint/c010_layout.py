"""C010."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from itertools import combinations

from vivavoce.content.diagnostic import Diagnostic
from vivavoce.content.lint.base import LintContext, Rule
from vivavoce.content.reading import ContentFile
from vivavoce.domain.exhibit import Diagram
from vivavoce.domain.figure import Figure

COLUMNS, ROWS = 6, 6
APART = 0.5
"""Of two boxes, in columns or in rows."""
LINE, LINES = 26, 3
"""Characters of a line and lines of a box: what is still read at a glance on a telephone."""
BESIDE = 40
"""Characters beside an arrow or on a frame."""
CAPTION = 320
TITLE = 80


class FigureLayout(Rule):
    """A figure would not be readable: boxes outside the grid or on one another, too much text, formulas in dollars.

    *Why:* a figure is read on a telephone and by people in a hurry. The grid has 6 columns and 6 rows; a box holds 3
    lines of about 24 characters; what needs more words belongs into the lesson. Texts inside a figure are not typeset,
    so that `$h_t$` would show its dollars.

    *Example:* two boxes with `at: [1, 0]`, or a box that says a whole sentence.
    """

    code = "C010"
    title = "figure that cannot be read"

    def check(self, context: LintContext) -> Iterator[Diagnostic]:
        for figure, _, file in context.each_figure():
            yield from self._words(figure, file)
            if isinstance(figure.picture, Diagram):
                yield from self._boxes(figure.picture, file)
                yield from self._lines(figure.picture, file)

    def _words(self, figure: Figure, file: ContentFile) -> Iterator[Diagnostic]:
        for key, text, most in (("title", figure.title, TITLE), ("caption", figure.caption, CAPTION)):
            if len(text) > most:
                remedy = f"Say it in {most}; the lesson has room for more."
                yield self.found(file, [key], f"the {key} has {len(text)} characters", remedy)
        if figure.alt.strip() in (figure.title.strip(), figure.caption.strip()):
            remedy = "Say what is drawn, so that somebody who cannot see it could draw it."
            yield self.found(file, ["alt"], "alt repeats the title or the caption", remedy)

    def _boxes(self, diagram: Diagram, file: ContentFile) -> Iterator[Diagnostic]:
        for name, box in diagram.boxes.items():
            at = ["boxes", name]
            if not (0 <= box.column <= COLUMNS - 1 and 0 <= box.row <= ROWS - 1):
                message = f'box "{name}" lies at [{box.column:g}, {box.row:g}], outside the grid'
                yield self.found(file, at, message, f"Use [0, 0] to [{COLUMNS - 1}, {ROWS - 1}].")
            yield from self._text(box.says, f'box "{name}"', at, file)
        for (a, one), (b, other) in combinations(diagram.boxes.items(), 2):
            if abs(one.column - other.column) < APART and abs(one.row - other.row) < APART:
                message = f'boxes "{a}" and "{b}" lie on one another'
                yield self.found(file, ["boxes", b], message, f"Move one by {APART} or more.")

    def _text(self, says: str, what: str, at: Sequence[str | int], file: ContentFile) -> Iterator[Diagnostic]:
        lines = [line for part in says.split("\n") for line in textwrap.wrap(part, LINE, break_long_words=False)]
        longest = max(map(len, lines), default=0)
        if longest > LINE:
            message = f"{what} has a word of {longest} characters"
            yield self.found(file, at, message, f"Use words of at most {LINE}, or break it with \\n.")
        if len(lines) > LINES:
            message = f"{what} says {len(says)} characters, {len(lines)} lines"
            yield self.found(file, at, message, f"Say it in {LINES} lines of about 24 characters.")
        yield from self._dollars(says, what, at, file)

    def _lines(self, diagram: Diagram, file: ContentFile) -> Iterator[Diagnostic]:
        beside: list[tuple[str, str, Sequence[str | int]]]
        beside = [(arrow.says, f"arrow {n + 1}", ["arrows", n]) for n, arrow in enumerate(diagram.arrows)]
        beside += [(frame.says, f"frame {n + 1}", ["frames", n]) for n, frame in enumerate(diagram.frames)]
        for says, what, at in beside:
            if len(says) > BESIDE:
                yield self.found(file, at, f"{what} says {len(says)} characters", f"Use a few words, at most {BESIDE}.")
            yield from self._dollars(says, what, at, file)

    def _dollars(self, says: str, what: str, at: Sequence[str | int], file: ContentFile) -> Iterator[Diagnostic]:
        if "$" in says:
            remedy = "Write letters as they are, such as h(t) or hₜ; formulas belong into the caption or the lesson."
            yield self.found(file, at, f"{what} has a formula in dollars", remedy)
