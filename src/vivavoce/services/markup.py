"""The bank's Markdown as HTML that is safe to put into a page; see `vivavoce.content.markup`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from vivavoce.content.markup import to_html, to_inline_html, to_plain

_LINK = re.compile(r"</?a\b[^>]*>")


@lru_cache(maxsize=2048)
def block(text: str, claims: tuple[str, ...] = ()) -> str:
    """Paragraphs of a prompt or a lesson. `claims` are claim ids in the order in which their marks are numbered."""
    return to_html(text, claims)


@lru_cache(maxsize=4096)
def line(text: str) -> str:
    """One line (a criterion, a follow-up) without a paragraph around it."""
    return to_inline_html(text)


@lru_cache(maxsize=4096)
def title(text: str) -> str:
    """The first paragraph as the text of a link: formulas, but no links of its own."""
    return _LINK.sub("", to_inline_html(text.strip().split("\n\n")[0]))


def plain(text: str) -> str:
    """Without any marks, for page titles and search."""
    return to_plain(text)


def claim_numbers(claims: Iterable[str]) -> dict[str, int]:
    """Claim id to the number that its mark in the lesson shows."""
    return {name: number for number, name in enumerate(claims, start=1)}
