"""Q120."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from vivavoce.content.diagnostic import Diagnostic, Severity
from vivavoce.content.lint.base import LintContext, Rule
from vivavoce.content.markup import to_plain
from vivavoce.domain.question import Question, Status

ALIKE = 0.8
"""Mean cosine of prompts and of rubrics above which two questions ask the same. Among our first 144 questions one pair
was above it, and it was one question asked in two concepts; the next, different in what they ask, came at 0.75."""


class SameMeaning(Rule):
    """Two questions of the bank ask the same thing in other words. A warning.

    *Why:* who has learnt one of them has learnt the other, so the second counts twice in what is due and in how ready
    one seems. Compared are prompts and rubrics, by meaning, across all concepts.

    *Example:* "Why does L2 in the loss not act as weight decay under Adam?" under both optimizers and regularization.
    """

    code = "Q120"
    title = "question asked twice"
    severity = Severity.WARNING

    def check(self, context: LintContext) -> Iterator[Diagnostic]:
        looked_at = {question.id: file for question, file in context.each_question()}
        every = [q for q in context.bank.questions.values() if q.status is Status.READY]
        if context.meaning is None or len(every) < 2:
            return
        prompts = np.asarray(context.meaning([to_plain(q.prompt) for q in every]))  # (questions, dimensions), unit rows
        rubrics = np.asarray(context.meaning([_rubric(q) for q in every]))
        alike = np.triu((prompts @ prompts.T + rubrics @ rubrics.T) / 2, 1)
        for first, second in np.argwhere(alike > ALIKE):
            one, other = every[first], every[second]
            if other.id not in looked_at:
                one, other = other, one
            if other.id in looked_at:
                message = f"it asks what {one.id} asks (alike to {alike[first, second]:.2f})"
                remedy = "Ask something else, or retire one of the two."
                yield self.found(looked_at[other.id], ["prompt"], message, remedy)


def _rubric(question: Question) -> str:
    return " ".join(criterion.statement for criterion in question.criteria)
