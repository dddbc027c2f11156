"""Text that a submission wrote, made safe to show."""

from __future__ import annotations

import unicodedata

_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})
"""Controls, formats (bidirectional overrides, zero-width characters), surrogates, private use, odd line ends."""


def visible(text: str, limit: int) -> str:
    """`text` cut to `limit` characters; characters that move a cursor or hide themselves are written as escapes."""
    cut = text[:limit].replace("\r\n", "\n")
    shown = "".join(c if c in "\n\t" or unicodedata.category(c) not in _HIDDEN else _escape(c) for c in cut)
    return shown if len(text) <= limit else f"{shown}\n[cut: {len(text) - limit:,} more characters]"


def _escape(character: str) -> str:
    code = ord(character)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
