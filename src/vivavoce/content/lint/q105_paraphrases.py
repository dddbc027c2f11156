"""Q105."""

from __future__ import annotations

from collections.abc import Iterator

from rapidfuzz import fuzz, utils

from vivavoce.content.diagnostic import Diagnostic, Severity
from vivavoce.content.lint.base import LintContext, Rule

LEAST = 3
SAME = 93
"""Similarity (0 to 100) above which two texts say the same in the same words."""


class Paraphrases(Rule):
    """A criterion has fewer than 3 paraphrases, or one repeats the statement, another paraphrase or a misconception.

    *Why:* the grader compares answers with the statement and its paraphrases. One terse, one colloquial and one in
    other vocabulary cover what people say; a copy covers nothing, and a paraphrase that equals a misconception's
    sample rewards the mistake.

    *Example:* the statement with one word changed. Say it as a different person would.
    """

    code = "Q105"
    title = "paraphrases"

    def check(self, context: LintContext) -> Iterator[Diagnostic]:
        for question, file in context.each_written():
            false = {
                _normal(text): held.id for held in question.misconceptions for text in (held.statement, *held.samples)
            }
            for criterion in question.criteria:
                place = ["rubric", criterion.id, "paraphrases"]
                if len(criterion.paraphrases) < LEAST:
                    message = f'criterion "{criterion.id}" has {len(criterion.paraphrases) or "no"} paraphrases'
                    remedy = f"Write at least {LEAST}: one terse, one colloquial, one in other vocabulary."
                    yield self.found(file, place, message, remedy)
                earlier = [("the statement", criterion.statement)]
                for n, text in enumerate(criterion.paraphrases):
                    here = [*place, n]
                    if _normal(text) in false:
                        message = (
                            f'paraphrase {n + 1} of "{criterion.id}" is also misconception "{false[_normal(text)]}"'
                        )
                        yield self.found(file, here, message, "One of the two is wrong.")
                    for name, other in earlier:
                        likeness = fuzz.ratio(_normal(text), _normal(other))
                        if likeness >= SAME:
                            message = f'paraphrase {n + 1} of "{criterion.id}" repeats {name}'
                            severity = Severity.ERROR if likeness == 100 else Severity.WARNING
                            yield self.found(file, here, message, "Say it in other words.", severity)
                            break
                    earlier.append((f"paraphrase {n + 1}", text))


def _normal(text: str) -> str:
    return " ".join(utils.default_process(text).split())
