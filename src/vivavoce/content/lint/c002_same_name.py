"""C002."""

from __future__ import annotations

from collections.abc import Iterator

from vivavoce.content.diagnostic import Diagnostic
from vivavoce.content.lint.base import LintContext, LoadingRule
from vivavoce.domain.ids import ItemId


class SameName(LoadingRule):
    """Two things have one name: a concept id in two packs, one title on two concepts, one id on two items.

    *Why:* two problems sharing an id share a learner's history; two concepts with one title cannot be told apart.

    *Example:* a second pack with a folder `concepts/dropout/`. The first pack's is kept. Rename the folder.
    """

    code = "C002"
    title = "one name twice"

    def check(self, context: LintContext) -> Iterator[Diagnostic]:
        yield from super().check(context)
        first: dict[str, str] = {}
        for concept in context.bank.concepts.values():
            other = first.setdefault(concept.title.casefold(), concept.id)
            if other != concept.id and (context.concepts is None or concept.id in context.concepts):
                message = f'the title "{concept.title}" is also that of the concept {other}'
                remedy = "Give each concept a title of its own."
                yield self.found(context.loaded.files[concept.id], ["title"], message, remedy)
        yield from self._items(context)

    def _items(self, context: LintContext) -> Iterator[Diagnostic]:
        bank = context.bank
        kinds = {"question": bank.questions, "exercise": bank.exercises, "case": bank.cases}
        seen: dict[ItemId, str] = {}
        for kind, items in kinds.items():
            for item in items:
                other = seen.setdefault(item, kind)
                if other != kind and (context.concepts is None or item.concept in context.concepts):
                    file = context.loaded.files[str(item)]
                    message = f"{item} is the id of a {other} and of {'an' if kind == 'exercise' else 'a'} {kind}"
                    yield self.found(file, [], message, "Rename one of the two: histories are kept by id.")
