"""The stretches of an answer that can be evidence: clauses, runs of clauses, sentences, adjacent sentences."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from vivavoce.domain.attempt import Span
from vivavoce.engines.grader.text import words

MAX_WORDS = 70
"""A longer window dilutes what it says: its vector is a mean."""
MAX_CLAUSE_WORDS = 28
"""Text without punctuation is cut after so many words."""
MIN_CLAUSE_WORDS = 3
"""A shorter clause is joined to its neighbour."""

_SENTENCE_END = re.compile(
    r"""(?<!\be\.g)(?<!\bi\.e)(?<!\bvs)(?<!\bcf)(?<!\betc)(?<!\bapprox)[.!?]+["'”’)\]]*(?=\s)|[。！？؟۔]+|[\n\r\u2028\u2029]+"""
)
_CLAUSE_END = re.compile(
    r"[,;:](?=\s)|\s[-–—](?=\s)|[—;]|…|\.\.\.|[、，；：]|"
    r"\s(?=(?:but|whereas|while|because|although|though|however|so that|so|since|therefore|which|hence|instead)\s)|"
    r"\s(?=and (?:then|so|also|that|the|this|it|they|you|we|i|at|in|with|for|not|no|only|each|because)\s)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch of the answer and the sentences that it touches."""

    span: Span
    first: int
    """Index of its first sentence."""
    last: int
    clauses: tuple[Span, ...]
    """The clauses inside, in order."""


def sentences(text: str) -> list[Span]:
    """The sentences of `text`; every character that is no white space lies in exactly one."""
    return _cut(text, Span(0, len(text)), _SENTENCE_END)


def clauses(text: str, sentence: Span) -> list[Span]:
    """The clauses of one sentence; short ones are joined to a neighbour, endless ones are cut."""
    joined: list[Span] = []
    for piece in _cut(text, sentence, _CLAUSE_END):
        if joined and (_count(text, piece) < MIN_CLAUSE_WORDS or _count(text, joined[-1]) < MIN_CLAUSE_WORDS):
            joined[-1] = Span(joined[-1].start, piece.end)
        else:
            joined.append(piece)
    return [part for clause in joined for part in _chop(text, clause)]


def windows(text: str, allowed: Sequence[Span] | None = None) -> list[Window]:
    """Every window of `text`, or of the sentences `allowed`, in order of place; no two have the same span.

    Two sentences with one between them that is not allowed are not adjacent.
    """
    every = sentences(text)
    usable = set(every if allowed is None else allowed)
    found: dict[Span, Window] = {}
    previous: Window | None = None
    for index, sentence in enumerate(every):
        if sentence not in usable:
            previous = None
            continue
        inside = clauses(text, sentence)
        for length in (1, 2, 3):
            for at in range(len(inside) - length + 1):
                run = tuple(inside[at : at + length])
                _add(found, text, Window(Span(run[0].start, run[-1].end), index, index, run))
        whole = Window(Span(inside[0].start, inside[-1].end), index, index, tuple(inside))
        _add(found, text, whole)
        if previous is not None:
            both = Window(Span(previous.span.start, whole.span.end), index - 1, index, previous.clauses + whole.clauses)
            _add(found, text, both)
        previous = whole
    return [found[span] for span in sorted(found)]


def _add(found: dict[Span, Window], text: str, window: Window) -> None:
    if window.span not in found and (len(window.clauses) == 1 or _count(text, window.span) <= MAX_WORDS):
        found[window.span] = window


def _cut(text: str, span: Span, end: re.Pattern[str]) -> list[Span]:
    pieces, start = [], span.start
    for match in end.finditer(text, span.start, span.end):
        if match.end() > start:
            pieces.append(Span(start, match.end()))
            start = match.end()
    pieces.append(Span(start, span.end))
    return [s for s in (_strip(text, p) for p in pieces) if s.start < s.end]


def _strip(text: str, span: Span) -> Span:
    piece = span.of(text)
    return Span(span.start + len(piece) - len(piece.lstrip()), span.end - (len(piece) - len(piece.rstrip())))


def _chop(text: str, clause: Span) -> list[Span]:
    inside = words(clause.of(text))
    if len(inside) <= MAX_CLAUSE_WORDS:
        return [clause]
    starts = [inside[i].start for i in range(0, len(inside), MAX_CLAUSE_WORDS)]
    starts[0] = 0
    ends = [*starts[1:], clause.end - clause.start]
    return [_strip(text, Span(clause.start + a, clause.start + b)) for a, b in zip(starts, ends, strict=True)]


def _count(text: str, span: Span) -> int:
    return len(words(span.of(text)))
