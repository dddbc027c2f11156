"""Q113."""

from __future__ import annotations

from collections.abc import Iterator

from vivavoce.content.diagnostic import Diagnostic, Severity
from vivavoce.content.lint.base import LintContext, Rule
from vivavoce.content.reading import ContentFile
from vivavoce.domain.question import Question


class Labels(Rule):
    """A sample has two labels for one criterion, or meets what its misconception contradicts (a warning).

    *Why:* a criterion is met, partly met or contradicted, never two of them. Somebody who holds a misconception that
    contradicts a criterion can hardly meet it in the same breath. Also found: a misconception that no sample holds.

    *Example:* `meets: [product]` and `contradicts: [product]` on one sample.
    """

    code = "Q113"
    title = "labels that contradict each other"

    def check(self, context: LintContext) -> Iterator[Diagnostic]:
        for question, file in context.each_written():
            yield from self._samples(question, file)
            held = {name for s in question.samples for name in s.holds}
            for misconception in question.misconceptions:
                if misconception.id not in held:
                    message = f'no sample holds the misconception "{misconception.id}"'
                    place = ["misconceptions", misconception.id]
                    yield self.found(file, place, message, "Add an answer that shows it.", Severity.WARNING)

    def _samples(self, question: Question, file: ContentFile) -> Iterator[Diagnostic]:
        for n, sample in enumerate(question.samples):
            labels = {"meets": sample.meets, "partly": sample.partly, "contradicts": sample.contradicts}
            for criterion in question.criteria:
                names = [name for name, ids in labels.items() if criterion.id in ids]
                if len(names) > 1:
                    message = f'sample {n + 1} has "{criterion.id}" under {" and ".join(names)}'
                    yield self.found(file, ["samples", n], message, "Decide for one.")
            for name in sample.holds:
                for criterion_id in question.misconception(name).contradicts:
                    if criterion_id in sample.meets:
                        message = f'sample {n + 1} meets "{criterion_id}" and holds "{name}", which contradicts it'
                        remedy = "Read it again: which of the two is it?"
                        yield self.found(file, ["samples", n], message, remedy, Severity.WARNING)
