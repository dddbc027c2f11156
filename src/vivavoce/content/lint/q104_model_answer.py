"""Q104."""

from __future__ import annotations

from collections.abc import Iterator

from vivavoce.content.diagnostic import Diagnostic, Severity
from vivavoce.content.lint.base import LintContext, Rule
from vivavoce.domain.attempt import VerdictKind
from vivavoce.domain.concept import CLAIM_MARK, unmarked
from vivavoce.domain.question import Kind

SPOKEN = (110, 270)
"""Words that a person says in one to two minutes."""
SHORT = (30, 100)


class ModelAnswer(Rule):
    """The model answer or the short answer has the wrong length, marks a claim that is none, or misses a criterion.

    *Why:* the model answer is what a strong candidate says aloud: 110 to 270 words (no lower bound for rapid-fire),
    every criterion in it, so that a reader can tick each. The short answer is one paragraph of 30 to 100. With a
    grader, each criterion that it does not find in the model answer is a warning: either the answer is not plain
    enough, or the grader is not good enough, and a person says which.

    *Example:* a model answer of 60 words that leaves out the remedy.
    """

    code = "Q104"
    title = "model answer"

    def check(self, context: LintContext) -> Iterator[Diagnostic]:
        for question, file in context.each_question():
            rapid = question.kind is Kind.RAPID_FIRE
            for key, text, (low, high) in (
                ("model_answer", question.spoken_answer, SPOKEN),
                ("short_answer", unmarked(question.short_answer), SHORT),
            ):
                count, least = len(text.split()), 1 if rapid else low
                if not least <= count <= high:
                    bounds = f"at most {high}" if rapid else f"{low} to {high}"
                    yield self.found(file, [key], f"{key} has {count} words", f"It has {bounds}.")
            claims = context.bank.concepts[question.id.concept].claims
            for key, text in (("model_answer", question.model_answer), ("short_answer", question.short_answer)):
                for name in CLAIM_MARK.findall(text):
                    if name not in claims:
                        message = f'{key} marks a claim "{name}" that the concept does not list'
                        yield self.found(file, [key], message, "Add it to the concept's `claims`, or correct the mark.")
            if context.grader is None or question.estimate is not None:
                continue
            grade = context.grader.grade(
                question.spoken_answer,
                prompt=question.prompt,
                criteria=question.criteria,
                misconceptions=question.misconceptions,
            )
            for verdict in grade.verdicts:
                if verdict.kind is not VerdictKind.MET:
                    message = f'the model answer is graded {verdict.kind} for "{verdict.criterion}"'
                    remedy = "Say it plainly in one sentence, or show the grader more: a paraphrase, a binding."
                    yield self.found(file, ["model_answer"], message, remedy, Severity.WARNING)
