"""Q101."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from vivavoce.content.diagnostic import Diagnostic
from vivavoce.content.lint.base import LintContext, Rule
from vivavoce.content.reading import ContentFile
from vivavoce.domain.question import ALL_MET, Kind, Question

CRITERIA = {Kind.RAPID_FIRE: (1, 3)}
CRITERIA_OTHERWISE = (3, 8)
MISCONCEPTION_SAMPLES = 3
PARAPHRASES = 3


class Structure(Rule):
    """A question lacks a part that practice needs, or has too many: criteria, must-have, misconceptions, follow-ups.

    *Why:* 3 to 8 criteria (rapid-fire: 1 to 3) can be decided one by one, at least one and not all of several
    must-have. A misconception (with 3 sentences of people who hold it) tells a wrong answer from a silent one. Two
    follow-ups ask for what was left out, and one with `when: all-met` goes deeper; nothing else grades that one, so
    it brings its own `criterion` with 3 paraphrases.

    *Example:* a rubric of two criteria, neither with `must_have: true`.
    """

    code = "Q101"
    title = "structure of a question"

    def check(self, context: LintContext) -> Iterator[Diagnostic]:
        for question, file in context.each_question():
            yield from self._rubric(question, file)
            yield from self._misconceptions(question, file)
            yield from self._follow_ups(question, file)

    def _rubric(self, question: Question, file: ContentFile) -> Iterator[Diagnostic]:
        count = len(question.criteria)
        low, high = CRITERIA.get(question.kind, CRITERIA_OTHERWISE)
        low = 2 if question.estimate else low
        if not low <= count <= high:
            message = f"the rubric has {_counted(count, 'criterion', 'criteria')}"
            yield self.found(file, ["rubric"], message, f"A question of the kind {question.kind} has {low} to {high}.")
        must = sum(c.must_have for c in question.criteria)
        if not must:
            remedy = "Put `must_have: true` on the criterion without which the answer does not pass."
            yield self.found(file, ["rubric"], "no criterion is a must-have", remedy)
        elif must == count > 2:
            remedy = "Keep it on the one or two without which the answer does not pass."
            yield self.found(file, ["rubric"], f"all {count} criteria are must-haves", remedy)

    def _misconceptions(self, question: Question, file: ContentFile) -> Iterator[Diagnostic]:
        if not question.misconceptions:
            remedy = "Describe at least one false belief that answers to this question show."
            yield self.found(file, ["misconceptions"], "no misconception is described", remedy)
        for held in question.misconceptions:
            if len(held.samples) < MISCONCEPTION_SAMPLES and question.estimate is None:
                message = f'misconception "{held.id}" has {_counted(len(held.samples), "sample sentence")}'
                remedy = f"Write at least {MISCONCEPTION_SAMPLES} sentences of people who hold it, in different words."
                yield self.found(file, ["misconceptions", held.id, "samples"], message, remedy)

    def _follow_ups(self, question: Question, file: ContentFile) -> Iterator[Diagnostic]:
        triggers = Counter(f.when for f in question.follow_ups)
        tied = len([when for when in triggers if when != ALL_MET])
        needed = min(2, len(question.criteria))
        if tied < needed:
            message = f"follow-ups ask about {_counted(tied, 'criterion', 'criteria')}"
            remedy = f"Write one for at least {needed}: what would you ask when it was left out?"
            yield self.found(file, ["follow_ups"], message, remedy)
        if triggers[ALL_MET] != 1:
            message = f"{_counted(triggers[ALL_MET], 'follow-up')} with `when: {ALL_MET}`"
            yield self.found(file, ["follow_ups"], message, "Write exactly one, which goes deeper.")
        for follow in question.follow_ups:
            own = len(follow.criterion.paraphrases) if follow.criterion else -1
            if follow.when == ALL_MET and own < PARAPHRASES:
                message = f"the {ALL_MET} follow-up has " + (
                    "no criterion" if own < 0 else f"a criterion with {_counted(own, 'paraphrase')}"
                )
                remedy = f"Add the `criterion` that its answer is graded by, with at least {PARAPHRASES} paraphrases."
                yield self.found(file, ["follow_ups"], message, remedy)


def _counted(count: int, one: str, many: str = "") -> str:
    return f"{count or 'no'} {one if count == 1 else many or one + 's'}"
