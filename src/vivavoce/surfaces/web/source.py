"""Text of submissions on a page: hidden characters shown, line numbers as links, what changed between two versions."""

from __future__ import annotations

import difflib
import re
import unicodedata
from dataclasses import dataclass

from markupsafe import Markup, escape

_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})
"""Controls, formats (bidirectional overrides, zero-width characters), surrogates, private use, odd line ends."""
_LINE = re.compile(r'(?:File "<submission>", )?\bline (\d{1,6})\b')


def visible(text: str) -> str:
    """Every character that moves the cursor, turns the writing round or hides itself, written as its number."""
    return "".join(c if c in "\n\t" or unicodedata.category(c) not in _HIDDEN else f"⟨U+{ord(c):04X}⟩" for c in text)


def lines_linked(text: str) -> Markup:
    """Escaped, with each `line 7` a link that leads to that line of the editor."""
    shown, parts, end = visible(text), [], 0
    for found in _LINE.finditer(shown):
        parts.append(escape(shown[end : found.start()]))
        parts.append(Markup('<a href="#code" data-line="{0}">line {0}</a>').format(found[1]))
        end = found.end()
    return Markup("").join([*parts, escape(shown[end:])])


@dataclass(frozen=True, slots=True)
class DiffLine:
    """One line of a comparison."""

    kind: str
    """`same`, `added`, `removed`, or `gap` where equal lines are left out."""
    text: str
    number: int | None
    """In the newer version; in the older one for a removed line."""


def difference(older: str, newer: str, context: int = 3) -> tuple[DiffLine, ...]:
    """What was changed; empty when nothing was."""
    a, b = visible(older).splitlines(), visible(newer).splitlines()
    lines: list[DiffLine] = []
    for group in difflib.SequenceMatcher(None, a, b, autojunk=False).get_grouped_opcodes(context):
        start = group[0][3]
        if lines or start > 0:
            lines.append(DiffLine("gap", f"line {start + 1}", None))
        for tag, a1, a2, b1, b2 in group:
            if tag == "equal":
                lines += [DiffLine("same", b[n], n + 1) for n in range(b1, b2)]
                continue
            lines += [DiffLine("removed", a[n], n + 1) for n in range(a1, a2)]
            lines += [DiffLine("added", b[n], n + 1) for n in range(b1, b2)]
    return tuple(lines)
