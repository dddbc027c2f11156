"""Q106."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from rapidfuzz import fuzz, process, utils

from vivavoce.content.diagnostic import Diagnostic, Severity
from vivavoce.content.lint.base import LintContext, Rule

SAME = 92.0
"""Similarity (0 to 100) above which two texts are one with small changes."""
LEAK_WORDS = 6
"""A shorter phrase may be the natural way to say it."""


class Duplicates(Rule):
    """Two prompts, or two sample answers, are (almost) the same text, or a sample repeats a paraphrase (a warning).

    *Why:* a copy adds nothing to learn from. A sample that holds a paraphrase word for word only shows that the grader
    recognises what it was given.

    *Example:* two samples that differ in one word. Write the second as another person would say it.
    """

    code = "Q106"
    title = "text used twice"

    def check(self, context: LintContext) -> Iterator[Diagnostic]:
        yield from self._prompts(context)
        for question, file in context.each_question():
            answers = [_normal(s.answer) for s in question.samples]
            for first, second in _alike(answers):
                message = f"sample {second + 1} is almost the same as sample {first + 1}"
                yield self.found(file, ["samples", second], message, "Remove it or say it differently.")
            for criterion in question.criteria:
                for phrase in map(_normal, criterion.paraphrases):
                    for n, answer in enumerate(answers):
                        if len(phrase.split()) >= LEAK_WORDS and phrase in answer:
                            message = f'sample {n + 1} repeats a paraphrase of "{criterion.id}" word for word'
                            remedy = "Say it in the sample as another person would."
                            yield self.found(file, ["samples", n], message, remedy, Severity.WARNING)

    def _prompts(self, context: LintContext) -> Iterator[Diagnostic]:
        everything = list(context.bank.questions.values())
        looked_at = {question.id: file for question, file in context.each_question()}
        for first, second in _alike([_normal(q.prompt) for q in everything]):
            one, other = everything[first], everything[second]
            if other.id not in looked_at:
                one, other = other, one
            if other.id in looked_at:
                remedy = "Ask something else, or keep one of the two."
                yield self.found(looked_at[other.id], ["prompt"], f"the prompt is almost that of {one.id}", remedy)


def _alike(texts: Sequence[str]) -> list[tuple[int, int]]:
    """Pairs (first, second) of texts that are almost the same; each second once."""
    if len(texts) < 2:
        return []
    scores = process.cdist(texts, texts, scorer=fuzz.token_sort_ratio, score_cutoff=SAME, dtype=np.uint8)
    pairs: dict[int, int] = {}
    for first, second in np.argwhere(np.triu(scores, 1)):
        pairs.setdefault(int(second), int(first))
    return [(first, second) for second, first in sorted(pairs.items())]


def _normal(text: str) -> str:
    return " ".join(utils.default_process(text).split())
