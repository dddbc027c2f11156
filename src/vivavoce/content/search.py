"""Full-text search over the bank that forgives misspelling.

SQLite's FTS5 in memory where this Python has it, a plain count of words otherwise: the same hits, less well ordered.
"""

from __future__ import annotations

import re
import sqlite3
import threading
import unicodedata
import weakref
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from rapidfuzz import process
from rapidfuzz.distance import OSA

from vivavoce.content.bank import Bank
from vivavoce.content.markup import to_plain
from vivavoce.domain.concept import unmarked
from vivavoce.domain.exercise import Exercise
from vivavoce.domain.question import Status

_WORD = re.compile(r"\w+")
_WEIGHTS = (8.0, 3.0, 2.0, 1.0)
"""Own title, prompt or summary, title of the concept it belongs to, lesson or answer: the first says most."""
_MAX_QUERY_WORDS = 12
_SNIPPET = 160


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing found."""

    kind: str
    """`question`, `concept`, `exercise` or `case`."""
    id: str
    title: str
    snippet: str
    """Plain text around what matched."""


@dataclass(frozen=True, slots=True)
class _Page:
    kind: str
    id: str
    shown: str
    texts: tuple[str, str, str, str]
    """What `_WEIGHTS` weighs."""


class _Index(Protocol):
    def find(self, groups: Sequence[Sequence[str]], limit: int) -> list[int]:
        """Numbers of the pages that hold a word (or its beginning, when it ends with `*`) of every group."""
        ...


class SearchIndex:
    """Search one state of the bank. Safe to use from several threads."""

    def __init__(self, bank: Bank, *, fts: bool = True) -> None:
        self._pages = _pages(bank)
        self._vocabulary = sorted({w for page in self._pages for text in page.texts for w in _words(text)})
        self._known = frozenset(self._vocabulary)
        self._index: _Index
        try:
            self._index = _Fts(self._pages) if fts else _Plain(self._pages)
        except sqlite3.OperationalError:  # SQLite without FTS5
            self._index = _Plain(self._pages)

    def search(self, text: str, limit: int = 20) -> list[Hit]:
        """The best first. A word that the bank does not have stands for its nearest; the last may be half typed."""
        words = _words(text)[:_MAX_QUERY_WORDS]
        groups = [self._meant(word, last=n == len(words) - 1) for n, word in enumerate(words)]
        groups = [group for group in groups if group]
        if not groups or limit < 1:
            return []
        found = self._index.find(groups, limit)
        if not found:  # all of them nowhere together: any of them
            found = self._index.find([[word for group in groups for word in group]], limit)
        return [self._hit(self._pages[n], groups) for n in found]

    def _meant(self, word: str, *, last: bool) -> list[str]:
        """The words that may be meant by one of the query."""
        begins = [word + "*"]
        if word in self._known:
            return begins if last else [word]
        if len(word) >= 2 and any(w.startswith(word) for w in self._vocabulary):
            return begins
        if len(word) < 4:
            return []
        # Two slips in a long word, one in a short one; transposed letters are one slip.
        slips = 2 if len(word) >= 7 else 1
        near = process.extract(word, self._vocabulary, scorer=OSA.distance, score_cutoff=slips, limit=4)
        return [found for found, distance, _ in near if distance == near[0][1]]

    def _hit(self, page: _Page, groups: Sequence[Sequence[str]]) -> Hit:
        wanted = [word.rstrip("*") for group in groups for word in group]
        return Hit(page.kind, page.id, page.shown, _snippet(page, wanted))


class _Fts:
    def __init__(self, pages: Sequence[_Page]) -> None:
        self._lock = threading.Lock()
        self._db = sqlite3.connect(":memory:", check_same_thread=False)  # the lock keeps threads apart
        weakref.finalize(self, self._db.close)  # an index lives until its bank is reloaded; nobody closes it
        self._db.execute(
            "CREATE VIRTUAL TABLE pages"
            " USING fts5(title, lead, home, rest, tokenize='porter unicode61 remove_diacritics 2')"
        )
        self._db.executemany(
            "INSERT INTO pages(rowid, title, lead, home, rest) VALUES (?, ?, ?, ?, ?)",
            [(n, *page.texts) for n, page in enumerate(pages)],
        )

    def find(self, groups: Sequence[Sequence[str]], limit: int) -> list[int]:
        # Words hold letters, digits and underscores only, so that quotes make them literal.
        asked = " AND ".join("(" + " OR ".join(_quoted(word) for word in group) + ")" for group in groups)
        with self._lock:
            rows = self._db.execute(
                "SELECT rowid FROM pages WHERE pages MATCH ? ORDER BY bm25(pages, ?, ?, ?, ?), rowid LIMIT ?",
                (asked, *_WEIGHTS, limit),
            ).fetchall()
        return [int(row[0]) for row in rows]


class _Plain:
    def __init__(self, pages: Sequence[_Page]) -> None:
        self._words = [[_words(text) for text in page.texts] for page in pages]

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


def _pages(bank: Bank) -> list[_Page]:
    pages: list[_Page | None] = []
    for concept in bank.concepts.values():
        texts = (concept.title, concept.summary, _spaced(concept.id), to_plain(concept.lesson))
        pages.append(_Page("concept", concept.id, concept.title, texts))
    for question in bank.questions.values():
        if question.status is not Status.READY:
            continue
        concept, prompt = bank.concepts[question.id.concept], to_plain(question.prompt)
        # What the answer says makes a question findable and is not shown in the snippet.
        rest = " ".join([question.why, *(c.statement for c in question.criteria), unmarked(question.short_answer)])
        home = f"{concept.title} {_spaced(concept.id)}"
        texts = (_spaced(question.id.name), prompt, home, to_plain(rest))
        pages.append(_Page("question", str(question.id), _shortened(prompt), texts))
    for exercise in bank.exercises.values():
        pages.append(_code_page(bank, exercise, "exercise", exercise.statement))
    for case in bank.cases.values():
        pages.append(_code_page(bank, case.exercise, "case", case.story))  # what is wrong is not for the index
    return [page for page in pages if page is not None]


def _code_page(bank: Bank, exercise: Exercise, kind: str, text: str) -> _Page | None:
    if exercise.status is Status.RETIRED:
        return None
    concept, shown = bank.concepts[exercise.id.concept], to_plain(text)
    home = f"{concept.title} {_spaced(concept.id)}"
    name = f"{exercise.title} {_spaced(exercise.id.name)}"
    return _Page(kind, str(exercise.id), exercise.title, (name, shown, home, " ".join(exercise.variants)))


def _snippet(page: _Page, wanted: Sequence[str]) -> str:
    texts = (page.texts[1], page.texts[3]) if page.kind == "concept" else (page.texts[1],)
    for text in texts:
        lower = text.lower()
        places = [at for word in wanted if (at := _position(lower, word)) >= 0]
        if places:
            return _around(text, min(places))
    return _around(texts[0], 0)


def _position(text: str, word: str) -> int:
    match = re.search(r"\b" + re.escape(word[: max(3, len(word) - 2)]), text)
    return match.start() if match else -1


def _around(text: str, at: int) -> str:
    if len(text) <= _SNIPPET:
        return text
    start = 0 if at < _SNIPPET // 2 else text.find(" ", at - _SNIPPET // 3) + 1
    piece = _shortened(text[start:], _SNIPPET)
    return f"… {piece}" if start else piece


def _shortened(text: str, width: int = 110) -> str:
    return text if len(text) <= width else text[: width + 1].rsplit(" ", 1)[0].rstrip(",;:") + " …"


def _words(text: str) -> list[str]:
    decomposed = unicodedata.normalize("NFKD", text.lower())
    return _WORD.findall("".join(c for c in decomposed if not unicodedata.combining(c)))


def _spaced(slug: str) -> str:
    return slug.replace("-", " ")


def _quoted(word: str) -> str:
    return f'"{word[:-1]}"*' if word.endswith("*") else f'"{word}"'


def _fits(word: str, group: Iterable[str]) -> bool:
    return any(word.startswith(wanted[:-1]) if wanted.endswith("*") else word == wanted for wanted in group)
