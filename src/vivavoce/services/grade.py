"""Grade an answer without keeping anything: no store, no review."""

from __future__ import annotations

from datetime import datetime

from vivavoce.domain.attempt import Attempt, AttemptRecord, Mode, question_points
from vivavoce.domain.question import Question
from vivavoce.engines.grader.base import Grader
from vivavoce.plugins import make_grader
from vivavoce.services.library import Library
from vivavoce.services.result import Result, build
from vivavoce.services.text import clean, require_answer


def grade_once(library: Library, item: str, text: str, now: datetime, grader: Grader | None = None) -> Result:
    """The result that submitting `text` would show. Raises `UnknownItemError`, `AnswerRejectedError`."""
    question = library.bank.question(item)
    return build(question, AttemptRecord(_attempt(question, require_answer(clean(text)), now, grader or make_grader())))


def _attempt(question: Question, text: str, now: datetime, grader: Grader) -> Attempt:
    grade = grader.grade(
        text, prompt=question.prompt, criteria=question.criteria, misconceptions=question.misconceptions
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
    )
