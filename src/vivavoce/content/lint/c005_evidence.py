"""C005."""

from __future__ import annotations

from collections.abc import Iterator

from vivavoce.content.diagnostic import Diagnostic, Severity
from vivavoce.content.lint.base import LintContext, Rule


class Evidence(Rule):
    """A claim or ruling has neither source nor lab, a question names no source, or nothing cites a source (a warning).

    *Why:* a sentence that can be false needs evidence that a reader can open. A source without `at:` (the section, the
    figure) is refused by the schema already: a whole book proves nothing.

    *Example:* a claim "Swish has the range (-∞, ∞)" with no source, in a public bank. Its minimum is -0.278.
    """

    code = "C005"
    title = "no evidence"

    def check(self, context: LintContext) -> Iterator[Diagnostic]:
        for concept, file in context.each_concept():
            for key, claim in concept.claims.items():
                if not claim.sources and not claim.lab:
                    message = f'claim "{key}" has neither a source nor a lab'
                    remedy = "Name the source that says it, or remove the claim."
                    yield self.found(file, ["claims", key], message, remedy)
        for dispute, file in context.each_dispute():
            if not dispute.lab and not dispute.sources_for and not dispute.sources_against:
                message = f'the ruling on "{dispute.id}" has neither a source nor a lab'
                yield self.found(file, ["disputed", dispute.id], message, "Name what it rests on.")
        for question, file in context.each_question():
            if not question.sources and context.bank.concept(question.id.concept).sources:
                remedy = "List the keys of the concept's sources that support the model answer."
                yield self.found(file, ["sources"], "the question names no source", remedy)
        yield from self._uncited(context)

    def _uncited(self, context: LintContext) -> Iterator[Diagnostic]:
        bank = context.bank
        for concept, file in context.each_concept():
            disputes = [d for d in bank.disputes.values() if d.concept == concept.id]
            cited = {source for claim in concept.claims.values() for source in claim.sources}
            cited |= {source for q in bank.questions_of(concept.id) for source in q.sources}
            cited |= {source for d in disputes for source in (*d.sources_for, *d.sources_against)}
            cited |= {source for lab in bank.labs.values() if lab.id.concept == concept.id for source in lab.sources}
            for key in concept.sources:
                if key not in cited:
                    remedy = "Cite it in a claim, a question, a lab or a ruling, or remove it."
                    place = ["sources", key]
                    yield self.found(file, place, f'nothing cites the source "{key}"', remedy, Severity.WARNING)
