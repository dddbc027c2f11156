"""Q107."""

from __future__ import annotations

from collections.abc import Iterator

from vivavoce.content.diagnostic import Diagnostic, Severity
from vivavoce.content.lint.base import LintContext, Rule

VOICES = 8
_MEET_NOTHING = ("nonsense", "question-repeated", "name-dropping")


class Voices(Rule):
    """The samples speak in fewer than 8 voices, or a voice does not fit its labels (a warning).

    *Why:* people answer in notes, with fillers, with slips of spelling, in a second language, by analogy; and they
    miss in as many ways. A grader that was only shown neat sentences fails the rest. An answer in the voice
    `nonsense`, `question-repeated` or `name-dropping` meets no criterion, and one in the voice `misconception` holds
    one.

    *Example:* sixteen samples, all `plain` and `half`.
    """

    code = "Q107"
    title = "voices of the samples"

    def check(self, context: LintContext) -> Iterator[Diagnostic]:
        for question, file in context.each_written():
            voices = {s.voice for s in question.samples}
            if len(voices) < VOICES:
                message = f"the samples speak in {len(voices) or 'no'} voice{'' if len(voices) == 1 else 's'}"
                yield self.found(file, ["samples"], message, f"Write them in at least {VOICES} different voices.")
            for n, sample in enumerate(question.samples):
                place = ["samples", n, "voice"]
                if sample.voice in _MEET_NOTHING and sample.meets:
                    message = f"sample {n + 1} is {sample.voice} and meets {', '.join(sample.meets)}"
                    remedy = "Correct the voice or the label."
                    yield self.found(file, place, message, remedy, Severity.WARNING)
                if sample.voice == "misconception" and question.misconceptions and not sample.holds:
                    message = f"sample {n + 1} is in the voice misconception and holds none"
                    remedy = "Add `holds: [its-id]`, or correct the voice."
                    yield self.found(file, place, message, remedy, Severity.WARNING)
