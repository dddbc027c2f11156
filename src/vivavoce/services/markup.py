"""The bank's Markdown as HTML that is safe to put into a page; see `vivavoce.content.markup`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from vivavoce.content.markup import ClaimMark, to_html, to_inline_html, to_plain
from vivavoce.domain.concept import Claim, Concept

_LINK = re.compile(r"</?a\b[^>]*>")


@lru_cache(maxsize=2048)
def block(text: str, claims: tuple[str | ClaimMark, ...] = ()) -> str:
    """Paragraphs of a prompt or a lesson. `claims` are in the order in which their marks are numbered."""
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


def claim_marks(concept: Concept, base: str = "") -> tuple[ClaimMark, ...]:
    """The marks of a concept's claims: to the lab that measured one, or to its sources at `base` (an address)."""
    return tuple(_mark(concept, key, claim, base) for key, claim in concept.claims.items())


def _mark(concept: Concept, key: str, claim: Claim, base: str) -> ClaimMark:
    cited = "; ".join(
        f"{source.title}, {source.at}" for name in claim.sources if (source := concept.sources.get(name)) is not None
    )
    if claim.lab is None:
        return ClaimMark(key, f"{base}#claim-{key}", f"cited: {cited}" if cited else "")
    says = f"measured here: {to_plain(claim.says)}"
    return ClaimMark(key, f"/lab/{claim.lab.lab}#claim-{claim.lab.claim}", says, measured=True)
