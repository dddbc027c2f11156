"""C004."""

from __future__ import annotations

from collections.abc import Iterator

from vivavoce.content.diagnostic import Diagnostic
from vivavoce.content.lint.base import LintContext, LoadingRule
from vivavoce.content.moved import MOVED, Listed


class Moved(LoadingRule):
    """An item that was released is gone without a line in `moved.yaml`, or a line there leads nowhere.

    *Why:* learners' histories hold item ids. An id that disappears takes its history with it. `released.txt` lists
    every id that was ever released; a question is never deleted, it is moved or gets `status: retired`.

    *Example:* `questions/why-relu.yaml` was renamed to `relu-or-sigmoid.yaml`. Add the line
    `activation-functions/why-relu: activation-functions/relu-or-sigmoid`.
    """

    code = "C004"
    title = "moved or vanished id"

    def check(self, context: LintContext) -> Iterator[Diagnostic]:
        yield from super().check(context)
        if context.concepts is not None:
            return  # concerns the pack as a whole
        bank, loaded = context.bank, context.loaded
        for item, place in loaded.released.items():
            if item not in bank.questions and item not in loaded.moves:
                message = f"{item} was released and is neither in the bank nor in {MOVED}"
                remedy = f"Add `{item}: concept/new-name` to {MOVED}, or bring it back with `status: retired`."
                yield self._at(place, message, remedy)
        for old, place in loaded.moves.items():
            if old in bank.questions:
                yield self._at(place, f"{old} is still in the bank", "Remove the line or the question.")
            elif old not in bank.moved:
                yield self._at(place, f"the moves of {old} go round in a circle", "Let them end at an item.")
            elif bank.moved[old] not in bank.questions:
                yield self._at(
                    place, f"{old} moved to {bank.moved[old]}, which is not there", "Name an item of the bank."
                )

    def _at(self, place: Listed, message: str, remedy: str) -> Diagnostic:
        return Diagnostic(place.path, place.line, self.code, message, remedy)
