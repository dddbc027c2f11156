"""Q109."""

from __future__ import annotations

from collections.abc import Iterator

from rapidfuzz import utils

from vivavoce.content.diagnostic import Diagnostic, Severity
from vivavoce.content.lint.base import LintContext, Rule
from vivavoce.content.reading import ContentFile
from vivavoce.domain.question import Binding, Criterion

PHRASE_WORDS = 7
"""A longer phrase is never said word for word."""


class Bindings(Rule):
    """A binding calls one phrase both right and wrong, binds nothing, or has a phrase too long to be said (a warning).

    *Why:* a binding tells the grader what belongs to whom, so that a swapped answer ("L2 gives exact zeros") fails. A
    phrase on both sides cancels it. A second binding with `about` alone names the rival, so that what is said of the
    rival is not taken for this one's.

    *Example:* `right: [sparse]` and `wrong: [sparse]` about L1. Write under `wrong` what is true of its rival.
    """

    code = "Q109"
    title = "bindings"

    def check(self, context: LintContext) -> Iterator[Diagnostic]:
        for question, file in context.each_question():
            for criterion in question.criteria:
                yield from self._criterion(criterion, file)

    def _criterion(self, criterion: Criterion, file: ContentFile) -> Iterator[Diagnostic]:
        # One with `about` alone names the rival: its words are then not taken for those of the other.
        if criterion.bindings and not any(b.right or b.wrong for b in criterion.bindings):
            message = f'the bindings of "{criterion.id}" have neither `right` nor `wrong`'
            yield self.found(
                file,
                ["rubric", criterion.id, "bindings"],
                message,
                "Add what is true of it or of its rival, or remove them.",
            )
        # Two bindings about one entity speak together.
        right: dict[tuple[str, str], str] = {}
        for n, binding in enumerate(criterion.bindings):
            for about in binding.about:
                for phrase in binding.right:
                    right[_normal(about), _normal(phrase)] = phrase
            yield from self._long(criterion, n, binding, file)
        for n, binding in enumerate(criterion.bindings):
            both = {p for p in binding.wrong for about in binding.about if (_normal(about), _normal(p)) in right}
            for phrase in sorted(both):
                message = f'"{phrase}" is both right and wrong about {binding.about[0]} in "{criterion.id}"'
                place = ["rubric", criterion.id, "bindings", n, "wrong"]
                yield self.found(file, place, message, "Keep it on one side.")

    def _long(self, criterion: Criterion, n: int, binding: Binding, file: ContentFile) -> Iterator[Diagnostic]:
        for phrase in (*binding.about, *binding.right, *binding.wrong):
            if len(phrase.split()) > PHRASE_WORDS:
                message = f'a phrase of {len(phrase.split())} words in a binding of "{criterion.id}": "{phrase}"'
                place = ["rubric", criterion.id, "bindings", n]
                yield self.found(file, place, message, "Use one to five words.", Severity.WARNING)


def _normal(text: str) -> str:
    return " ".join(utils.default_process(text).split())
