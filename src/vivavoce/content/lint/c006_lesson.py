"""C006."""

from __future__ import annotations

import re
from collections.abc import Iterator

from vivavoce.content.diagnostic import Diagnostic
from vivavoce.content.lint.base import LintContext, Rule
from vivavoce.content.markup import formulas, prose
from vivavoce.content.reading import ContentFile
from vivavoce.domain.concept import CLAIM_MARK, Concept
from vivavoce.domain.figure import without_figures

WORDS = (180, 600)
"""A lesson is read in two to four minutes, a formula counting as one word."""
CLAIMS = (3, 15)
_WORD = re.compile(r"[^\W_][\w'’-]*")


class Lesson(Rule):
    """A lesson is too short or too long, has too few or too many claims, or its claims and marks do not fit.

    *Why:* a lesson teaches one idea before an answer is tried again: 180 to 600 words with 3 to 15 claims, each marked
    `[claim: its-id]` at the sentence that makes it, so that a reader sees what the evidence is for.

    *Example:* the front matter has a claim `he-init` that no `[claim: he-init]` marks. Put the mark behind its
    sentence.
    """

    code = "C006"
    title = "lesson and claims"

    def check(self, context: LintContext) -> Iterator[Diagnostic]:
        for concept, file in context.each_concept():
            if concept.draft:
                continue  # a home for its exercises; it says so wherever it is shown
            yield from self._length(concept, file)
            yield from self._marks(concept, file)

    def _length(self, concept: Concept, file: ContentFile) -> Iterator[Diagnostic]:
        lesson = without_figures(concept.lesson)
        count = sum(len(_WORD.findall(text)) for _, text in prose(lesson)) + len(formulas(lesson))
        low, high = WORDS
        if not low <= count <= high:
            message = f"the lesson has {count} words"
            hint = "what is missing to understand it?" if count < low else "leave details to the questions."
            remedy = f"Write {low} to {high}: {hint}"
            yield Diagnostic(file.path, file.body, self.code, message, remedy)
        low, high = CLAIMS
        if not low <= len(concept.claims) <= high:
            message = f"the concept has {len(concept.claims) or 'no'} claim{'' if len(concept.claims) == 1 else 's'}"
            yield self.found(file, ["claims"], message, f"State {low} to {high} sentences that could be false.")

    def _marks(self, concept: Concept, file: ContentFile) -> Iterator[Diagnostic]:
        marked = set()
        for n, line in enumerate(concept.lesson.split("\n")):
            for match in CLAIM_MARK.finditer(line):
                marked.add(match[1])
                if match[1] not in concept.claims:
                    message = f'the lesson marks a claim "{match[1]}" that is not listed'
                    remedy = "Add it to `claims`, or correct the mark."
                    yield Diagnostic(file.path, file.body + n, self.code, message, remedy)
        for key in concept.claims:
            if key not in marked:
                message = f'claim "{key}" is marked nowhere in the lesson'
                yield self.found(
                    file, ["claims", key], message, f"Put [claim: {key}] behind the sentence that makes it."
                )
