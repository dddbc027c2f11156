"""Q112."""

from __future__ import annotations

from collections.abc import Iterator
from typing import get_args

from vivavoce.content.diagnostic import Diagnostic, listed
from vivavoce.content.lint.base import LintContext, Rule
from vivavoce.content.schema import Role


class Likelihood(Rule):
    """A question does not estimate for every role how likely it is asked.

    *Why:* new questions are offered in that order; a role left out would count as never. It is an author's estimate,
    between 0 and 1, of the chance that an interview loop for the role asks it.

    *Example:* `likelihood: {ml-engineer: 0.5}`. Add the other four roles.
    """

    code = "Q112"
    title = "likelihood by role"

    def check(self, context: LintContext) -> Iterator[Diagnostic]:
        for question, file in context.each_question():
            absent = [role for role in get_args(Role) if role not in question.likelihood]
            if absent:
                message = f"no likelihood for {listed(absent)}"
                yield self.found(file, ["likelihood"], message, "Estimate it between 0 and 1.")
