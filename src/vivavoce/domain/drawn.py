"""A question with drawn numbers put into every text and criterion."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from vivavoce.domain.errors import ExpressionError
from vivavoce.domain.estimate import Estimate, Numbers
from vivavoce.domain.expression import evaluate
from vivavoce.domain.quantity import Number, amount_text
from vivavoce.domain.question import Criterion, Expected, FollowUp, Misconception, Question

TEXTS = ("prompt", "why", "model_answer", "short_answer")
"""The texts of a question that may hold marks, beside those of its follow-ups."""


def as_asked(question: Question, numbers: Numbers | None) -> Question:
    """The question as it was asked with `numbers`; itself where it draws none.

    Numbers that do not fit it any more (its author has changed the names) leave the names in their place.
    """
    estimate = question.estimate
    if estimate is None or numbers is None or numbers.keys() != estimate.numbers.keys():
        return question
    try:
        return put_in(question, estimate, numbers)
    except ExpressionError:
        return question


def put_in(question: Question, estimate: Estimate, numbers: Numbers) -> Question:
    """Raises `ExpressionError` where the steps cannot be computed with these."""
    values = estimate.values(numbers)
    texts = {place: estimate.fill(text, values) for place, text in estimate.texts.items()}
    return replace(
        question,
        **{name: texts.get(name, getattr(question, name)) for name in TEXTS},
        criteria=tuple(_criterion(c, estimate, texts, values) for c in question.criteria),
        misconceptions=tuple(_misconception(m, estimate, texts, values) for m in question.misconceptions),
        follow_ups=tuple(_follow_up(f, texts) for f in question.follow_ups),
        numbers=dict(numbers),
    )


def _criterion(
    criterion: Criterion, estimate: Estimate, texts: Mapping[str, str], values: Mapping[str, Number]
) -> Criterion:
    step = next(s for s in estimate.steps if s.id == criterion.id)
    value = values[step.name]
    says = f"{texts[f'{step.id}.says']} = {amount_text(value, step.unit)}"
    return replace(criterion, statement=says, expected=Expected(float(value), step.unit, step.within))


def _misconception(
    held: Misconception, estimate: Estimate, texts: Mapping[str, str], values: Mapping[str, Number]
) -> Misconception:
    result = estimate.result
    slip = next(s for s in estimate.slips if s.id == held.id)
    return replace(
        held,
        statement=texts[f"{held.id}.slip"],
        correction=texts[f"{held.id}.instead"],
        expected=Expected(float(evaluate(slip.value, values)), result.unit, result.within),
    )


def _follow_up(follow: FollowUp, texts: Mapping[str, str]) -> FollowUp:
    own = follow.criterion
    if own is not None:
        own = replace(
            own,
            statement=texts.get(f"{follow.id}.criterion", own.statement),
            paraphrases=tuple(texts.get(f"{follow.id}.paraphrase-{n}", text) for n, text in enumerate(own.paraphrases)),
        )
    return replace(
        follow,
        ask=texts.get(f"{follow.id}.ask", follow.ask),
        answer=texts.get(f"{follow.id}.answer", follow.answer),
        criterion=own,
    )
