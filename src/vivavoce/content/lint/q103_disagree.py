"""Q103."""

from __future__ import annotations

from collections.abc import Iterator

from vivavoce.content.diagnostic import Diagnostic, Severity
from vivavoce.content.lint.base import LintContext, Rule
from vivavoce.domain.attempt import VerdictKind
from vivavoce.domain.question import Sample

_FAILED = {VerdictKind.MISSED, VerdictKind.CONTRADICTED}


class Disagree(Rule):
    """The grader decides a sample otherwise than its label says. A warning, executed when a grader is handed in.

    *Why:* one of the two is wrong. Read the answer again as a strict examiner; if the label is right, a paraphrase or a
    binding often shows the grader what was missing. *Unsure* is no disagreement, nor is *partly* beside met or missed.

    *Example:* a sample labelled `meets: [product]` whose answer only says that gradients get small.
    """

    code = "Q103"
    title = "grader and sample disagree"
    severity = Severity.WARNING

    def check(self, context: LintContext) -> Iterator[Diagnostic]:
        if context.grader is None:
            return
        for question, file in context.each_written():
            for n, sample in enumerate(question.samples):
                grade = context.grader.grade(
                    sample.answer,
                    prompt=question.prompt,
                    criteria=question.criteria,
                    misconceptions=question.misconceptions,
                )
                for verdict in grade.verdicts:
                    label = _label(sample, verdict.criterion)
                    if _opposed(label, verdict.kind):
                        message = (
                            f'sample {n + 1} ({sample.voice}) is labelled {label} for "{verdict.criterion}", '
                            f"the grader says {verdict.kind} ({verdict.probability:.0%} met)"
                        )
                        remedy = "Correct the label, or show the grader more: a paraphrase, a binding."
                        yield self.found(file, ["samples", n], message, remedy)


def _label(sample: Sample, criterion: str) -> str:
    if criterion in sample.meets:
        return "met"
    if criterion in sample.partly:
        return "partly"
    return "contradicted" if criterion in sample.contradicts else "missed"


def _opposed(label: str, kind: VerdictKind) -> bool:
    if label == "met":
        return kind in _FAILED
    if label == "partly":
        return kind is VerdictKind.CONTRADICTED
    return kind is VerdictKind.MET
