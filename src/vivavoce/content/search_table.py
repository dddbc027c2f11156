"""Where the pages of search lie: in SQLite's full-text index where this Python has it, else in lists.

The index is a file when it is given a place, so that a large bank costs nothing until somebody searches.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
import threading
import weakref
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Protocol

from vivavoce.content.search_pages import Page, words

_WEIGHTS = (8.0, 3.0, 2.0, 1.0)
"""Of the texts of a page, in their order."""


class Table(Protocol):
    """Pages, by number."""

    vocabulary: tuple[str, ...]
    """Every word of them, in order."""

    def find(self, groups: Sequence[Sequence[str]], limit: int) -> list[int]:
        """Numbers of the pages that hold a word (or its beginning, when it ends with `*`) of every group."""
        ...

    def page(self, number: int) -> Page: ...


class FullTextTable:
    """SQLite's FTS5. Raises `sqlite3.OperationalError` where SQLite was built without it."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._lock = threading.Lock()  # keeps threads apart
        self._db = database
        weakref.finalize(self, database.close)  # an index lives until its bank is reloaded; nobody closes it
        (text,) = database.execute("SELECT words FROM vocabulary").fetchone()
        self.vocabulary = tuple(text.split())

    @classmethod
    def create(cls, pages: Iterable[Page], file: Path | None = None) -> FullTextTable:
        """Write the pages to `file`, whole or not at all; without one, or where it cannot be written, to memory."""
        if file is not None:
            half = file.with_name(f"{file.name}.{os.getpid()}-{threading.get_ident()}")
            try:
                file.parent.mkdir(parents=True, exist_ok=True)
                with contextlib.closing(sqlite3.connect(half)) as database:
                    _fill(database, pages)
                os.replace(half, file)
                return cls.open(file)
            except (OSError, sqlite3.Error):
                with contextlib.suppress(OSError):
                    half.unlink(missing_ok=True)
        database = sqlite3.connect(":memory:", check_same_thread=False)
        _fill(database, pages)
        return cls(database)

    @classmethod
    def open(cls, file: Path) -> FullTextTable:
        """What `create` wrote. Raises `sqlite3.Error` for anything else."""
        address = f"{file.resolve().as_uri()}?mode=ro&immutable=1"
        return cls(sqlite3.connect(address, uri=True, check_same_thread=False))

    def find(self, groups: Sequence[Sequence[str]], limit: int) -> list[int]:
        # Words hold letters, digits and underscores only, so that quotes make them literal.
        asked = " AND ".join("(" + " OR ".join(_quoted(word) for word in group) + ")" for group in groups)
        with self._lock:
            rows = self._db.execute(
                "SELECT rowid FROM pages WHERE pages MATCH ? ORDER BY bm25(pages, ?, ?, ?, ?), rowid LIMIT ?",
                (asked, *_WEIGHTS, limit),
            ).fetchall()
        return [int(row[0]) for row in rows]

    def page(self, number: int) -> Page:
        with self._lock:
            row = self._db.execute(
                "SELECT kind, id, shown, title, lead, home, rest FROM pages WHERE rowid = ?", (number,)
            ).fetchone()
        kind, item, shown, title, lead, home, rest = row
        return Page(kind, item, shown, (title, lead, home, rest))


class PlainTable:
    """Words counted one by one: the same hits, less well ordered."""

    def __init__(self, pages: Iterable[Page]) -> None:
        self._pages = list(pages)
        self._words = [[words(text) for text in page.texts] for page in self._pages]
        self.vocabulary = _vocabulary(self._pages)

    def find(self, groups: Sequence[Sequence[str]], limit: int) -> list[int]:
        scored = []
        for n, fields in enumerate(self._words):
            counts = [
                sum(
                    weight * sum(_fits(word, group) for word in field)
                    for weight, field in zip(_WEIGHTS, fields, strict=True)
                )
                for group in groups
            ]
            if all(counts):
                scored.append((-sum(counts), n))
        return [n for _, n in sorted(scored)[:limit]]

    def page(self, number: int) -> Page:
        return self._pages[number]


def _fill(database: sqlite3.Connection, pages: Iterable[Page]) -> None:
    pages = list(pages)
    with database:
        database.execute(
            "CREATE VIRTUAL TABLE pages USING fts5(title, lead, home, rest, kind UNINDEXED, id UNINDEXED,"
            " shown UNINDEXED, tokenize='porter unicode61 remove_diacritics 2')"
        )
        database.executemany(
            "INSERT INTO pages(rowid, title, lead, home, rest, kind, id, shown) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            [(n, *page.texts, page.kind, page.id, page.shown) for n, page in enumerate(pages)],
        )
        database.execute("CREATE TABLE vocabulary(words TEXT)")
        database.execute("INSERT INTO vocabulary VALUES (?)", (" ".join(_vocabulary(pages)),))


def _vocabulary(pages: Iterable[Page]) -> tuple[str, ...]:
    return tuple(sorted({word for page in pages for text in page.texts for word in words(text)}))


def _quoted(word: str) -> str:
    return f'"{word[:-1]}"*' if word.endswith("*") else f'"{word}"'


def _fits(word: str, group: Iterable[str]) -> bool:
    return any(word.startswith(wanted[:-1]) if wanted.endswith("*") else word == wanted for wanted in group)
