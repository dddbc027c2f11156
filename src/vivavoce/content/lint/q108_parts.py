"""Q108."""

from __future__ import annotations

from collections.abc import Iterator

from vivavoce.content.diagnostic import Diagnostic
from vivavoce.content.lint.base import LintContext, Rule


class Parts(Rule):
    """A sample is labelled partly for a criterion without parts, or parts are one alone or never half covered.

    *Why:* *partly* means that some of a criterion's parts are said and others not. Without parts there is no half, with
    one part there is nothing to miss, and without a sample that has half nothing shows what half sounds like.

    *Example:* `partly: [product]` where `product` has no `parts`. Decide: met, or missed.
    """

    code = "Q108"
    title = "partly and parts"

    def check(self, context: LintContext) -> Iterator[Diagnostic]:
        for question, file in context.each_question():
            for criterion in question.criteria:
                halves = [n for n, s in enumerate(question.samples) if criterion.id in s.partly]
                place = ["rubric", criterion.id, "parts"]
                if not criterion.parts:
                    for n in halves:
                        message = f'sample {n + 1} is partly for "{criterion.id}", which has no parts'
                        yield self.found(
                            file, ["samples", n, "partly"], message, "Label it met or missed, or add parts."
                        )
                elif len(criterion.parts) == 1:
                    message = f'criterion "{criterion.id}" has one part'
                    yield self.found(file, place, message, "Name at least two parts, or none.")
                elif not halves:
                    message = f'no sample has part of "{criterion.id}"'
                    remedy = "Add an answer that says some of the parts, labelled `partly`; or remove the parts."
                    yield self.found(file, place, message, remedy)
