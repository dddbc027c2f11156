"""Q111."""

from __future__ import annotations

import re
from collections.abc import Iterator

from vivavoce.content.diagnostic import Diagnostic
from vivavoce.content.lint.base import LintContext, Rule
from vivavoce.content.reading import ContentFile

_PLACEHOLDER = re.compile(r"^[^#]*\bTODO\b")
_SHOWN = 12


class Placeholder(Rule):
    """A text of the template was not replaced.

    *Why:* what `viva content new` makes is valid from the start, so that you see it in the app while you write; each
    `TODO` in it says what belongs there.

    *Example:* `why: "TODO: why it is asked, and what separates a weak from a strong answer"`.
    """

    code = "Q111"
    title = "placeholder left"

    def check(self, context: LintContext) -> Iterator[Diagnostic]:
        for _, file in context.each_concept():
            yield from self._lines(file)
        for _, file in context.each_question():
            yield from self._lines(file)

    def _lines(self, file: ContentFile) -> Iterator[Diagnostic]:
        lines = file.path.read_text("utf-8").splitlines()
        left = [n for n, line in enumerate(lines, 1) if _PLACEHOLDER.search(line.partition(" #")[0])]
        if left:
            # One finding per file: each placeholder says in its own place what belongs there.
            shown = ", ".join(map(str, left[:_SHOWN])) + (", ..." if len(left) > _SHOWN else "")
            message = (
                f"a TODO is left on line {shown}" if len(left) == 1 else f"{len(left)} TODOs are left, on lines {shown}"
            )
            yield Diagnostic(file.path, left[0], self.code, message, "Replace each by what it asks for.")
