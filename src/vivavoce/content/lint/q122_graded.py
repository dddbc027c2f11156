"""Q122."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from vivavoce.content.diagnostic import Diagnostic
from vivavoce.content.lint.base import GraderLike, LintContext, Rule
from vivavoce.content.markup import to_plain
from vivavoce.content.reading import ContentFile
from vivavoce.domain.attempt import Grade, VerdictKind
from vivavoce.domain.concept import unmarked
from vivavoce.domain.drawn import as_asked
from vivavoce.domain.errors import ExpressionError
from vivavoce.domain.estimate import Estimate, Numbers, all_draws, numbers_text
from vivavoce.domain.quantity import amount_text
from vivavoce.domain.question import Question

GRADED = 12
"""Draws whose answers are graded, spread evenly."""


class GradedEstimate(Rule):
    """An estimate's own answer does not earn every point, or the number of a slip passes.

    *Why:* the grader of numbers decides by what an answer comes to. Where the model answer ends with another number
    than the result, a learner's would be read in the same way. Checked for twelve draws: the model answer and the short
    answer reach the result, the bare result does, each slip is recognised as itself, and a number ten percent off
    is wrong (unless `within` allows that).

    *Example:* a model answer that ends "... which is [[result]]. A depthwise filter would have 9". Say the result last,
    or as *the answer is*.
    """

    code = "Q122"
    title = "answers to an estimate"

    def check(self, context: LintContext) -> Iterator[Diagnostic]:
        if context.number_grader is None:
            return
        for question, estimate, file in context.each_estimate():
            try:
                draws = list(all_draws(estimate))
                some = list(islice(draws, 0, None, max(1, len(draws) // GRADED)))[:GRADED]
                asked = [(numbers, as_asked(question, numbers)) for numbers in some]
            except ExpressionError:
                continue  # Q121
            told: set[tuple[str, ...]] = set()
            for numbers, one in asked:
                if one.numbers is None:
                    continue  # Q121
                for place, message, remedy in _wrong_with(context.number_grader, one, estimate):
                    if place not in told:
                        told.add(place)
                        yield self._told(file, place, message, remedy, numbers)

    def _told(
        self, file: ContentFile, place: tuple[str, ...], message: str, remedy: str, numbers: Numbers
    ) -> Diagnostic:
        return self.found(file, place, f"{message} (with {numbers_text(numbers)})", remedy)


def _wrong_with(
    grader: GraderLike, question: Question, estimate: Estimate
) -> Iterator[tuple[tuple[str, ...], str, str]]:
    """Place, message and remedy of what is graded otherwise than it should be."""
    result = estimate.result
    right = question.criteria[-1].expected
    if right is None:
        return
    for key, text in (("model_answer", question.spoken_answer), ("short_answer", unmarked(question.short_answer))):
        for verdict in _graded(grader, question, to_plain(text)).verdicts:
            wanted = key == "model_answer" or verdict.criterion == result.id
            if wanted and verdict.kind is not VerdictKind.MET:
                message = f'{key} is graded {verdict.kind} for "{verdict.criterion}"'
                yield (key,), message, "Say the result last, or as *the answer is*, and once."
    bare = f"It is {amount_text(right.value, right.unit)}."
    if _graded(grader, question, bare).verdict(result.id).kind is not VerdictKind.MET:
        yield ("steps", result.id), f'the answer "{bare}" is not right', "Make `within` larger, or choose another unit."
    far = f"It is {amount_text(right.value * 1.1, right.unit)}."
    if result.within < 0.1 and _graded(grader, question, far).verdict(result.id).kind is VerdictKind.MET:
        yield ("steps", result.id), f'the answer "{far}" is right', "Make `within` smaller."
    for slip in question.misconceptions:
        if slip.expected is None:
            continue
        text = f"It is {amount_text(slip.expected.value, slip.expected.unit)}."
        grade = _graded(grader, question, text)
        if slip.id not in {found.misconception for found in grade.misconceptions}:
            kind = grade.verdict(result.id).kind
            message = f'the slip "{slip.id}" is not recognised: "{text}" is graded {kind}'
            yield ("slips", slip.id), message, "Make its number differ more, from the result and from other slips."


def _graded(grader: GraderLike, question: Question, text: str) -> Grade:
    return grader.grade(
        text, prompt=question.prompt, criteria=question.criteria, misconceptions=question.misconceptions
    )
