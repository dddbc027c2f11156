"""C013."""

from __future__ import annotations

import re
from collections.abc import Iterator

from vivavoce.content.diagnostic import Diagnostic, Severity
from vivavoce.content.lint.base import LintContext, Rule
from vivavoce.content.lint.texts import written
from vivavoce.content.markup import formulas, to_plain

LONGEST = 45
"""Words of one breath. Of our first 11,000 sentences five were longer."""
_END = re.compile(r"(?<=[.!?:;])[\"'”)]*\s+")
_PARAGRAPH = re.compile(r"\n\s*\n|\n\s*[-*\d.]+ |^#.*$", re.MULTILINE)


class LongSentence(Rule):
    """A sentence has more than 45 words, a formula counting as one. A warning.

    *Why:* an answer is spoken, a prompt is heard, and a lesson is read on a phone. Who has to go back to the beginning
    of a sentence has lost the thought.

    *Example:* a sentence with three clauses and a bracket. Make two of it.
    """

    code = "C013"
    title = "sentence too long to say"
    severity = Severity.WARNING

    def check(self, context: LintContext) -> Iterator[Diagnostic]:
        for file, keys, text in written(context):
            for sentence in _sentences(text):
                count = len(sentence.split())
                if count > LONGEST:
                    begins = " ".join(sentence.split()[:6])
                    message = f'a sentence of {count} words, beginning "{begins} ..."'
                    yield self.found(file, keys, message, f"Make two of it: {LONGEST} words are a long breath.")


def _sentences(text: str) -> Iterator[str]:
    for _, formula in formulas(text):
        text = text.replace(formula, "x", 1)
    for paragraph in _PARAGRAPH.split(text):
        if not paragraph.lstrip().startswith("```"):
            yield from _END.split(to_plain(paragraph))
