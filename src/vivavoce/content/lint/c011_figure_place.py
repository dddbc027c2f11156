"""C011."""

from __future__ import annotations

from collections.abc import Iterator

from vivavoce.content.diagnostic import Diagnostic
from vivavoce.content.lint.base import LintContext, Rule
from vivavoce.content.reading import ContentFile
from vivavoce.domain.concept import Concept
from vivavoce.domain.figure import ANY_FIGURE_MARK, FIGURE_MARK
from vivavoce.domain.question import Kind


class FigurePlace(Rule):
    """A figure is used nowhere, a mark names no figure, a ready concept has none, or a question about a plot has none.

    *Why:* where a person would draw on the whiteboard, the lesson draws: `[figure: its-name]` alone on a line. A
    question of the kind read-the-plot names its plot under `figure`. What is used nowhere is never read again.

    *Example:* a lesson with `[figure: one-stpe]` while the folder has `figures/one-step.yaml`.
    """

    code = "C011"
    title = "figures and their places"

    def check(self, context: LintContext) -> Iterator[Diagnostic]:
        used: dict[str, set[str]] = {}
        for question, file in context.each_question():
            used.setdefault(question.id.concept, set()).add(question.figure)
            if question.kind is Kind.READ_THE_PLOT and not question.figure:
                remedy = "Put `figure: its-name` into the question and figures/its-name.yaml beside it."
                yield self.found(file, ["kind"], "a question about a plot shows none", remedy)
        for concept, file in context.each_concept():
            marked = set(FIGURE_MARK.findall(concept.lesson))
            yield from self._marks(concept, file)
            if not concept.draft and not marked & set(concept.figures):
                remedy = (
                    "Draw what one would on the whiteboard: figures/its-name.yaml, and [figure: its-name] on a line."
                )
                yield Diagnostic(file.path, file.body, self.code, "the lesson has no figure", remedy)
            for name in concept.figures:
                if name not in marked | used.get(concept.id, set()):
                    where = context.loaded.files[f"{concept.id}:{name}:figure"]
                    remedy = f"Put [figure: {name}] on a line of the lesson, name it in a question, or remove it."
                    yield self.found(where, [], f'the figure "{name}" is used nowhere', remedy)

    def _marks(self, concept: Concept, file: ContentFile) -> Iterator[Diagnostic]:
        for n, line in enumerate(concept.lesson.split("\n")):
            for mark in ANY_FIGURE_MARK.finditer(line):
                whole = FIGURE_MARK.fullmatch(line)
                if not whole:
                    message, remedy = f'the mark "{mark[0]}" does not stand alone', "Give it a line of its own."
                elif whole[1] not in concept.figures:
                    there = ", ".join(concept.figures) or "none yet"
                    message = f'the lesson shows a figure "{whole[1]}", which is not there'
                    remedy = f"There are: {there}. Add figures/{whole[1]}.yaml, or correct the mark."
                else:
                    continue
                yield Diagnostic(file.path, file.body + n, self.code, message, remedy)
