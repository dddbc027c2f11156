"""Markdown of prompts and lessons to HTML that is safe to put into a page.

Raw HTML is shown, not obeyed; links lead to http(s) only; no images. Maths stays TeX, escaped, inside
`<span class="math inline">` and `<div class="math block">` for the page to typeset. `[claim: id]` becomes
`<a class="claim" href="#claim-id">` with the number of the claim, or what its `ClaimMark` says.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from mdit_py_plugins.dollarmath import dollarmath_plugin

from vivavoce.domain.concept import CLAIM_MARK
from vivavoce.domain.figure import without_figures

_WEB_LINK = re.compile(r"https?://\S+\Z", re.IGNORECASE)
_BLANK = re.compile(r"\s+")
_BEFORE_POINT = re.compile(r"\s+([.,;:!?])")


@dataclass(frozen=True, slots=True)
class ClaimMark:
    """How the mark of a claim looks and where it leads."""

    id: str
    href: str
    says: str
    """What it rests on, for those who hover or listen."""
    measured: bool = False
    """Whether a lab of ours measured it."""


def to_html(text: str, claims: Iterable[str | ClaimMark] = ()) -> str:
    """Block HTML of Markdown. `claims` in the order in which to number them; others show their id."""
    marks = [ClaimMark(c, f"#claim-{c}", "") if isinstance(c, str) else c for c in claims]
    return str(_MARKDOWN.render(text, {"claims": {mark.id: (n, mark) for n, mark in enumerate(marks, 1)}})).strip()


def to_inline_html(text: str) -> str:
    """HTML of one line of Markdown (a criterion, a follow-up) without a paragraph around it."""
    return str(_MARKDOWN.renderInline(text, {"claims": {}})).strip()


def to_plain(text: str) -> str:
    """One line of plain text, for search and lists: no marks, claims or figures, maths as TeX without its dollars."""
    words = " ".join(_plain(token) for token in _MARKDOWN.parse(without_figures(text)))
    return _BEFORE_POINT.sub(r"\1", _BLANK.sub(" ", words)).strip()


def formulas(text: str) -> list[tuple[int, str]]:
    """Every formula of a text with the line it stands on, counted from 0."""
    found: list[tuple[int, str]] = []
    for token in _MARKDOWN.parse(text):
        line = token.map[0] if token.map else 0
        if token.type.startswith("math_block"):
            found.append((line, token.content))
        for child in token.children or ():
            if child.type in ("softbreak", "hardbreak"):
                line += 1
            elif child.type.startswith("math_inline"):
                found.append((line, child.content))
                line += child.content.count("\n")
    return found


def prose(text: str) -> list[tuple[int, str]]:
    """Every stretch of text outside formulas and code, with the line it stands on, counted from 0."""
    found: list[tuple[int, str]] = []
    for token in _MARKDOWN.parse(text):
        line = token.map[0] if token.map else 0
        for child in token.children or ():
            if child.type in ("softbreak", "hardbreak"):
                line += 1
            elif child.type == "text":
                found.append((line, child.content))
            else:
                line += child.content.count("\n")
    return found


def _plain(token: Token) -> str:
    if token.children:
        return "".join(_plain(child) for child in token.children)
    if token.type == "claim":
        return ""
    return " " if token.type in ("softbreak", "hardbreak") else token.content


def _claim_rule(state: StateInline, silent: bool) -> bool:
    if state.src[state.pos] != "[":
        return False
    match = CLAIM_MARK.match(state.src, state.pos, state.posMax)
    if not match:
        return False
    if not silent:
        state.push("claim", "", 0).meta = {"id": match[1]}
    state.pos = match.end()
    return True


class _Renderer(RendererHTML):
    """What differs from plain Markdown."""

    def claim(self, tokens: Sequence[Token], n: int, options: Any, env: Any) -> str:
        name = tokens[n].meta["id"]
        number, mark = env.get("claims", {}).get(name, (name, ClaimMark(name, f"#claim-{name}", "")))
        label = f"Evidence {number}, {mark.says}" if mark.says else f"Evidence {number}"
        title = f' title="{escape(mark.says)}"' if mark.says else ""
        look = "claim measured" if mark.measured else "claim"
        return f'<a class="{look}" href="{escape(mark.href)}" aria-label="{escape(label)}"{title}>{number}</a>'

    def math_inline(self, tokens: Sequence[Token], n: int, options: Any, env: Any) -> str:
        return f'<span class="math inline">{escape(tokens[n].content.strip())}</span>'

    def math_inline_double(self, tokens: Sequence[Token], n: int, options: Any, env: Any) -> str:
        # Display maths inside a paragraph: a div would end the paragraph.
        return f'<span class="math block">{escape(tokens[n].content.strip())}</span>'

    def math_block(self, tokens: Sequence[Token], n: int, options: Any, env: Any) -> str:
        return f'<div class="math block">{escape(tokens[n].content.strip())}</div>\n'

    def link_open(self, tokens: Sequence[Token], n: int, options: Any, env: Any) -> str:
        tokens[n].attrSet("rel", "noopener noreferrer")
        return self.renderToken(tokens, n, options, env)


def _is_web_link(url: str) -> bool:
    return bool(_WEB_LINK.match(url))


def _make() -> MarkdownIt:
    markdown = MarkdownIt("commonmark", {"html": False}, renderer_cls=_Renderer)
    markdown.enable("table").disable("image")
    # No space inside the dollars and no digit beside them: "$5 or $6" is money.
    dollarmath_plugin(markdown, allow_space=False, allow_digits=False, allow_labels=False, double_inline=True)
    markdown.inline.ruler.before("link", "claim", _claim_rule)
    markdown.validateLink = _is_web_link  # type: ignore[method-assign]
    for name in ("math_inline", "math_inline_double", "math_block"):
        # The plugin registers its own output; ours is the renderer's method.
        markdown.renderer.rules[name] = getattr(markdown.renderer, name)  # type: ignore[attr-defined]
    return markdown


_MARKDOWN = _make()
