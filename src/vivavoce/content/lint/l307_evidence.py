"""L307."""

from __future__ import annotations

from collections.abc import Iterator

from vivavoce.content.diagnostic import Diagnostic
from vivavoce.content.lint.base import LintContext, Rule
from vivavoce.domain.ids import LabRef
from vivavoce.domain.lab import Outcome


class LabEvidence(Rule):
    """What the bank says and what the lab it names found do not agree, or that lab or its claim is not there.

    A claim of a concept must be *supported* by its lab; a disputed sentence is ruled as its lab came out; a
    misconception names a lab claim that is decided.

    *Why:* "measured" beside a sentence is a promise. This rule keeps it without running anything: it compares with the
    recorded outcome, which other rules keep true.

    *Example:* a lesson says "dropout lowers test error [claim: helps]" while the lab it names came out as *depends*.
    """

    code = "L307"
    title = "sentence and lab disagree"

    def check(self, context: LintContext) -> Iterator[Diagnostic]:
        for concept, file in context.each_concept():
            for key, claim in concept.claims.items():
                for message in self._wrong(context, claim.lab, {Outcome.SUPPORTED}, f'claim "{key}"'):
                    remedy = "Say what the lab shows, or name the claim of a lab that supports it."
                    yield self.found(file, ["claims", key], message, remedy)
        for dispute, file in context.each_dispute():
            for message in self._wrong(context, dispute.lab, {dispute.ruling}, f'the ruling on "{dispute.id}"'):
                remedy = "Rule as the lab came out, or remove `lab` and name sources."
                yield self.found(file, ["disputed", dispute.id], message, remedy)
        for question, file in context.each_question():
            for held in question.misconceptions:
                for message in self._wrong(context, held.lab, set(Outcome) - {Outcome.INCONCLUSIVE}, f'"{held.id}"'):
                    remedy = "Name the claim of a lab that contradicts it, or remove `lab`."
                    yield self.found(file, ["misconceptions", held.id], message, remedy)

    def _wrong(self, context: LintContext, ref: LabRef | None, wanted: set[Outcome], what: str) -> Iterator[str]:
        if ref is None:
            return
        lab = context.bank.labs.get(ref.lab)
        if lab is None:
            yield f"{what} names the lab {ref.lab}, which is not there"
        elif ref.claim not in lab.claims:
            yield f'{what} names the claim "{ref.claim}", which {ref.lab} does not test ({", ".join(lab.claims)})'
        else:
            recorded = context.bank.recorded.get(ref.lab)
            ruled = recorded.result.ruled.get(ref.claim) if recorded else None
            if ruled is not None and ruled.outcome not in wanted:
                yield f"{what} says {' or '.join(sorted(wanted))}; {ref} came out as {ruled.outcome}"
