"""L305."""

from __future__ import annotations

from collections.abc import Iterator

from vivavoce.content.diagnostic import Diagnostic
from vivavoce.content.lint.base import LintContext, LoadingRule


class RecordedResult(LoadingRule):
    """A lab has no recorded result, an unreadable one, one of another version of its code, or a claim without outcome.

    *Why:* a reader without PyTorch sees the recorded result; it must be of the lab that stands beside it.

    *Example:* the learning rate in `depth_sweep.py` was changed and `depth_sweep.json` was not written anew.
    """

    code = "L305"
    title = "recorded result missing or stale"

    def check(self, context: LintContext) -> Iterator[Diagnostic]:
        yield from super().check(context)
        remedy = "Write it with `viva lab verify --record` and the lab's id."
        for lab, file in context.each_lab():
            recorded = context.bank.recorded.get(lab.id)
            if recorded is None:
                yield self.found(file, [], "the lab has no recorded result", remedy)
                continue
            if recorded.origin.hash != lab.hash:
                yield self.found(file, [], "the recorded result is of another version of this lab", remedy)
            for name, claim in lab.claims.items():
                ruled = recorded.result.ruled.get(name)
                places = {e.condition for e in ruled.effects} if ruled else set()
                if places != set(lab.conditions_of(claim)):
                    yield self.found(file, ["claims", name], f'claim "{name}" is not ruled on as it stands', remedy)
