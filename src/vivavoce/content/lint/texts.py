"""The sentences of ours that a reader reads: what spelling and length are checked in."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from vivavoce.content.lint.base import LintContext
from vivavoce.content.reading import ContentFile
from vivavoce.domain.concept import Concept, unmarked
from vivavoce.domain.figure import Figure
from vivavoce.domain.question import Question

Place = tuple[ContentFile, tuple[Any, ...], str]
"""File, keys, text."""


def written(context: LintContext) -> Iterator[Place]:
    """Every text that speaks for the bank. What candidates say (samples, paraphrases) is theirs, slips included."""
    for concept, file in context.each_concept():
        yield from ((file, keys, unmarked(text)) for keys, text in _of_concept(concept))
    for question, file in context.each_question():
        yield from ((file, keys, unmarked(text)) for keys, text in _of_question(question))
    for figure, _, file in context.each_figure():
        yield from ((file, (key,), text) for key, text in _of_figure(figure))
    for dispute, file in context.each_dispute():
        yield file, ("disputed", dispute.id, "instead"), dispute.instead
        yield file, ("disputed", dispute.id, "interview"), dispute.interview


def _of_concept(concept: Concept) -> Iterator[tuple[tuple[Any, ...], str]]:
    yield ("summary",), concept.summary
    yield ("lesson",), concept.lesson
    for key, claim in concept.claims.items():
        yield ("claims", key, "says"), claim.says


def _of_figure(figure: Figure) -> Iterator[tuple[str, str]]:
    yield "title", figure.title
    yield "caption", figure.caption
    yield "alt", figure.alt


def _of_question(question: Question) -> Iterator[tuple[tuple[Any, ...], str]]:
    yield ("prompt",), question.prompt
    yield ("why",), question.why
    yield ("model_answer",), question.model_answer
    yield ("short_answer",), question.short_answer
    for criterion in question.criteria:
        yield ("rubric", criterion.id, "criterion"), criterion.statement
        yield ("rubric", criterion.id, "missing"), criterion.missing
    for misconception in question.misconceptions:
        yield ("misconceptions", misconception.id, "correction"), misconception.correction
    for n, follow_up in enumerate(question.follow_ups):
        yield ("follow_ups", n, "ask"), follow_up.ask
        yield ("follow_ups", n, "answer"), follow_up.answer
