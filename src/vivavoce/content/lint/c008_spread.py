"""C008."""

from __future__ import annotations

from collections.abc import Iterator

from vivavoce.content.diagnostic import Diagnostic, Severity, listed
from vivavoce.content.lint.base import LintContext, Rule
from vivavoce.domain.question import Level, Status

QUESTIONS = 4
KINDS = 3


class Spread(Rule):
    """A concept has few ready questions, or they leave out a level or are too much alike. A warning.

    *Why:* one concept is asked at several depths (define it, choose, say what breaks) and in several ways. A learner
    who has seen a single question has learnt that question.

    *Example:* three questions of the kind explain, all basic. Add one that debugs and one that derives.
    """

    code = "C008"
    title = "questions too few or too alike"
    severity = Severity.WARNING

    def check(self, context: LintContext) -> Iterator[Diagnostic]:
        for concept, file in context.each_concept():
            if concept.draft:
                continue  # a home for its exercises
            ready = [q for q in context.bank.questions_of(concept.id) if q.status is Status.READY]
            if len(ready) < QUESTIONS:
                message = f"{len(ready)} ready question{'' if len(ready) == 1 else 's'}"
                yield self.found(file, [], message, f"A concept needs at least {QUESTIONS}.")
                continue
            absent = [level.value for level in Level if all(q.level is not level for q in ready)]
            if absent:
                yield self.found(file, [], f"no ready question at the level {listed(absent)}", "Add one.")
            kinds = {q.kind.value for q in ready}
            if len(kinds) < KINDS:
                message = f"only {listed(sorted(kinds))} among its {len(ready)} ready questions"
                yield self.found(file, [], message, f"Ask in at least {KINDS} kinds.")
