"""What search looks through: one page for each thing that a reader can open."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from vivavoce.content.bank import Bank
from vivavoce.content.markup import to_plain
from vivavoce.domain.concept import unmarked
from vivavoce.domain.exercise import Exercise
from vivavoce.domain.question import Status

_WORD = re.compile(r"\w+")
_SNIPPET = 160


@dataclass(frozen=True, slots=True)
class Page:
    """One thing that can be found."""

    kind: str
    id: str
    shown: str
    texts: tuple[str, str, str, str]
    """Own name, prompt or summary, title of the concept it belongs to, lesson or answer: the first says most."""


def pages_of(bank: Bank) -> list[Page]:
    """Concepts, ready questions, exercises and cases. What is wrong with a case is not for the index."""
    pages: list[Page | None] = []
    for concept in bank.concepts.values():
        texts = (concept.title, concept.summary, _spaced(concept.id), to_plain(concept.lesson))
        pages.append(Page("concept", concept.id, concept.title, texts))
    for question in bank.questions.values():
        if question.status is not Status.READY:
            continue
        concept, prompt = bank.concepts[question.id.concept], to_plain(question.prompt)
        # What the answer says makes a question findable and is not shown in the snippet.
        rest = " ".join([question.why, *(c.statement for c in question.criteria), unmarked(question.short_answer)])
        home = f"{concept.title} {_spaced(concept.id)}"
        texts = (_spaced(question.id.name), prompt, home, to_plain(rest))
        pages.append(Page("question", str(question.id), _shortened(prompt), texts))
    for exercise in bank.exercises.values():
        pages.append(_code_page(bank, exercise, "exercise", exercise.statement))
    for case in bank.cases.values():
        pages.append(_code_page(bank, case.exercise, "case", case.story))
    return [page for page in pages if page is not None]


def words(text: str) -> list[str]:
    """The words of a text in lower case and without accents, as the index has them."""
    decomposed = unicodedata.normalize("NFKD", text.lower())
    return _WORD.findall("".join(c for c in decomposed if not unicodedata.combining(c)))


def snippet(page: Page, wanted: Sequence[str]) -> str:
    """Plain text around the first of the wanted words; never from what answers a question."""
    texts = (page.texts[1], page.texts[3]) if page.kind == "concept" else (page.texts[1],)
    for text in texts:
        lower = text.lower()
        places = [at for word in wanted if (at := _position(lower, word)) >= 0]
        if places:
            return _around(text, min(places))
    return _around(texts[0], 0)


def _code_page(bank: Bank, exercise: Exercise, kind: str, text: str) -> Page | None:
    if exercise.status is Status.RETIRED:
        return None
    concept, shown = bank.concepts[exercise.id.concept], to_plain(text)
    home = f"{concept.title} {_spaced(concept.id)}"
    name = f"{exercise.title} {_spaced(exercise.id.name)}"
    return Page(kind, str(exercise.id), exercise.title, (name, shown, home, " ".join(exercise.variants)))


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


def _spaced(slug: str) -> str:
    return slug.replace("-", " ")
