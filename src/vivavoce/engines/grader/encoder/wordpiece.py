"""WordPiece as BERT's uncased models use it, with offsets into the text as it was typed.

The result equals that of the `tokenizers` library (a test compares them on arbitrary text) with one deliberate
difference: a typed "[SEP]" or "[CLS]" is ordinary text and never becomes a control token, so no answer can forge the
shape of its input.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

MAX_WORD_CHARS = 100
"""A longer word is unknown as a whole, as in the original."""

_CJK = (
    (0x4E00, 0x9FFF),
    (0x3400, 0x4DBF),
    (0x20000, 0x2A6DF),
    (0x2A700, 0x2B73F),
    (0x2B740, 0x2B81F),
    (0x2B920, 0x2CEAF),
    (0xF900, 0xFAFF),
    (0x2F800, 0x2FA1F),
)


@dataclass(frozen=True, slots=True)
class Token:
    """One piece: `text[start:end]` is where it stands."""

    id: int
    start: int
    end: int


class WordPiece:
    """A vocabulary and its greedy longest-match-first segmentation."""

    def __init__(self, vocabulary: Iterable[str]) -> None:
        self._ids = {piece: i for i, piece in enumerate(vocabulary)}
        self.unknown = self._ids["[UNK]"]
        self.first = self._ids["[CLS]"]
        self.last = self._ids["[SEP]"]
        self.known = frozenset(p for p in self._ids if p.isalpha())
        """Pieces that are whole words."""

    @classmethod
    def load(cls, path: Path) -> WordPiece:
        """From `vocab.txt`, one piece per line."""
        return cls(path.read_text(encoding="utf-8").splitlines())

    def tokenize(self, text: str, limit: int | None = None) -> list[Token]:
        """The pieces of `text` in order, at most `limit` of them."""
        tokens: list[Token] = []
        for word in _words(text):
            tokens += self._pieces(word)
            if limit is not None and len(tokens) >= limit:
                return tokens[:limit]
        return tokens

    def _pieces(self, word: list[tuple[str, int]]) -> list[Token]:
        """`word` is its normalised characters, each with its place in the text."""
        whole = [Token(self.unknown, word[0][1], word[-1][1] + 1)]
        if len(word) > MAX_WORD_CHARS:
            return whole
        text = "".join(char for char, _ in word)
        pieces: list[Token] = []
        start = 0
        while start < len(word):
            for end in range(len(word), start, -1):
                piece = text[start:end] if start == 0 else "##" + text[start:end]
                if piece in self._ids:
                    pieces.append(Token(self._ids[piece], word[start][1], word[end - 1][1] + 1))
                    start = end
                    break
            else:
                return whole
        return pieces


def _words(text: str) -> Iterable[list[tuple[str, int]]]:
    """Runs of normalised characters between white space; punctuation and CJK characters stand alone."""
    word: list[tuple[str, int]] = []
    for place, raw in enumerate(text):
        if raw.isascii() and raw.isalnum():
            word.append((raw.lower(), place))
            continue
        if _is_dropped(raw):
            continue
        if raw.isspace():
            if word:
                yield word
                word = []
            continue
        alone = _is_cjk(raw)
        if alone and word:
            yield word
            word = []
        for char in _fold(raw):
            if _is_punctuation(char):
                if word:
                    yield word
                    word = []
                yield [(char, place)]
            else:
                word.append((char, place))
        if alone and word:
            yield word
            word = []
    if word:
        yield word


def _fold(char: str) -> str:
    """Without accents, in lower case."""
    bare = "".join(c for c in unicodedata.normalize("NFD", char) if unicodedata.category(c) != "Mn")
    return "".join(c.lower() for c in bare)


def _is_dropped(char: str) -> bool:
    if char in "\t\n\r":
        return False
    return char in "\x00\ufffd" or unicodedata.category(char) in {"Cc", "Cf", "Co", "Cs"}


def _is_cjk(char: str) -> bool:
    code = ord(char)
    return code >= 0x3400 and any(low <= code <= high for low, high in _CJK)


def _is_punctuation(char: str) -> bool:
    code = ord(char)
    if 33 <= code <= 47 or 58 <= code <= 64 or 91 <= code <= 96 or 123 <= code <= 126:
        return True
    return unicodedata.category(char).startswith("P")
