"""Which numbers a question is asked with: new ones for each attempt, the same ones until it is submitted.

They follow from how often the question was answered, so a reload or a crash changes nothing; from then on the page, the
draft and the attempt carry them, so that two tabs never mix theirs.
"""

from __future__ import annotations

import hashlib

from vivavoce.domain.errors import BadInputError
from vivavoce.domain.estimate import Numbers, draw, numbers_text, read_numbers
from vivavoce.domain.question import Question
from vivavoce.services.workspace import Workspace


def next_numbers(ws: Workspace, question: Question) -> Numbers | None:
    """Those of the next attempt; None at a question that draws none."""
    if question.estimate is None:
        return None
    answered = ws.store.latest(question.id).get(question.id)
    return draw(question.estimate, str(question.id), answered.attempts if answered else 0)


def first_numbers(question: Question) -> Numbers | None:
    """Those of the very first attempt: for an example, where there is no learner."""
    return None if question.estimate is None else draw(question.estimate, str(question.id), 0)


def given_numbers(question: Question, text: str) -> Numbers | None:
    """What a form or an option says; None for nothing. Raises `BadInputError` for what is not drawn there."""
    if not text or question.estimate is None:
        return None
    return require_drawn(question, read_numbers(text))


def require_drawn(question: Question, numbers: Numbers) -> Numbers:
    """`numbers` if the question can be asked with them. Raises `BadInputError`."""
    if question.estimate is None or not question.estimate.allows(numbers):
        raise BadInputError(
            f"{question.id} is not asked with {numbers_text(numbers)[:120]}; its numbers have been changed since, or "
            "mistyped. Open it again for new ones"
        )
    return numbers


def numbers_to_open(ws: Workspace, question: Question, writer: str) -> Numbers | None:
    """Those of the draft that `writer` left, or of the next attempt."""
    if question.estimate is None:
        return None
    for draft in ws.store.drafts(question.id):
        if draft.writer == writer and draft.numbers and question.estimate.allows(draft.numbers):
            return draft.numbers
    return next_numbers(ws, question)


def draft_name(writer: str, numbers: Numbers | None) -> str:
    """Under which name a writer's draft is kept: one for each set of numbers, so that none replaces another."""
    if numbers is None:
        return writer
    ending = "." + hashlib.sha256(numbers_text(numbers).encode()).hexdigest()[:8]
    return writer if writer.endswith(ending) else writer + ending
