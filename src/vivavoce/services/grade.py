"""Grade an answer without keeping anything: no store, no review."""

from __future__ import annotations

from datetime import datetime

from vivavoce.domain.attempt import Attempt, AttemptRecord, Mode, question_points
from vivavoce.domain.drawn import as_asked
from vivavoce.domain.question import Question
from vivavoce.engines.grader.base import Grader
from vivavoce.plugins import make_grader
from vivavoce.services.drawn import first_numbers, given_numbers
from vivavoce.services.grading import grade_answer
from vivavoce.services.library import Library
from vivavoce.services.result import Result, build
from vivavoce.services.text import clean, require_answer


def grade_once(
    library: Library, item: str, text: str, now: datetime, grader: Grader | None = None, numbers: str = ""
) -> Result:
    """The result that submitting `text` would show, at a question that draws numbers with those given or the first.

    Raises `UnknownItemError`, `AnswerRejectedError`, `BadInputError`.
    """
    question = library.bank.question(item)
    question = as_asked(question, given_numbers(question, numbers) or first_numbers(question))
    return build(question, AttemptRecord(_attempt(question, require_answer(clean(text)), now, grader or make_grader())))


def _attempt(question: Question, text: str, now: datetime, grader: Grader) -> Attempt:
    grade = grade_answer(
        grader, text, prompt=question.prompt, criteria=question.criteria, misconceptions=question.misconceptions
    )
    return Attempt(
        id="",
        item=question.id,
        graded_hash=question.graded_hash,
        mode=Mode.PRACTICE,
        text=text,
        grade=grade,
        points=question_points(question),
        submitted_at=now,
        seconds=0.0,
        numbers=question.numbers,
    )
