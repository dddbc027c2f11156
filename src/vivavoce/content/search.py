"""Full-text search over the bank that forgives misspelling."""

from __future__ import annotations

import bisect
import sqlite3
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from rapidfuzz import process
from rapidfuzz.distance import OSA

from vivavoce.content.bank import Bank
from vivavoce.content.search_pages import Page, pages_of, snippet, words
from vivavoce.content.search_table import FullTextTable, PlainTable, Table

_MAX_QUERY_WORDS = 12


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing found."""

    kind: str
    """`question`, `concept`, `exercise` or `case`."""
    id: str
    title: str
    snippet: str
    """Plain text around what matched."""


class SearchIndex:
    """Search one state of the bank. Safe to use from several threads; made when first used.

    `file` is where the index is kept for the next time, for this state of the bank alone.
    """

    def __init__(self, bank: Bank, *, fts: bool = True, file: Path | None = None) -> None:
        self._bank, self._fts, self._file = bank, fts, file
        self._lock = threading.Lock()
        self._made: Table | None = None

    def search(self, text: str, limit: int = 20) -> list[Hit]:
        """The best first. A word that the bank does not have stands for its nearest; the last may be half typed."""
        table, asked = self._table(), words(text)[:_MAX_QUERY_WORDS]
        groups = [_meant(table.vocabulary, word, last=n == len(asked) - 1) for n, word in enumerate(asked)]
        groups = [group for group in groups if group]
        if not groups or limit < 1:
            return []
        found = table.find(groups, limit)
        if not found:  # all of them nowhere together: any of them
            found = table.find([[word for group in groups for word in group]], limit)
        return [_hit(table.page(n), groups) for n in found]

    def _table(self) -> Table:
        with self._lock:
            if self._made is None:
                self._made = self._opened()
            return self._made

    def _opened(self) -> Table:
        if not self._fts:
            return PlainTable(pages_of(self._bank))
        try:
            if self._file is not None and self._file.is_file():
                return FullTextTable.open(self._file)
        except sqlite3.Error:  # not what it should be: made anew
            pass
        try:
            return FullTextTable.create(pages_of(self._bank), self._file)
        except sqlite3.Error:  # SQLite without FTS5
            return PlainTable(pages_of(self._bank))


def _meant(vocabulary: Sequence[str], word: str, *, last: bool) -> list[str]:
    """The words that may be meant by one of the query."""
    begins = [word + "*"]
    place = bisect.bisect_left(vocabulary, word)
    if place < len(vocabulary) and vocabulary[place] == word:
        return begins if last else [word]
    if len(word) >= 2 and place < len(vocabulary) and vocabulary[place].startswith(word):
        return begins
    if len(word) < 4:
        return []
    # Two slips in a long word, one in a short one; transposed letters are one slip.
    slips = 2 if len(word) >= 7 else 1
    near = process.extract(word, vocabulary, scorer=OSA.distance, score_cutoff=slips, limit=4)
    return [found for found, distance, _ in near if distance == near[0][1]]


def _hit(page: Page, groups: Sequence[Sequence[str]]) -> Hit:
    wanted = [word.rstrip("*") for group in groups for word in group]
    return Hit(page.kind, page.id, page.shown, snippet(page, wanted))
