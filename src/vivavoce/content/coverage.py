"""Which items of the bank cover which row of a syllabus, ranked by the words they share and by their meaning.

This finds candidates for a person to confirm: likeness shows that a subject comes up, not that it is treated well.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from rapidfuzz import fuzz, utils

from vivavoce.content.bank import Bank
from vivavoce.content.markup import to_plain
from vivavoce.content.stems import stems
from vivavoce.content.syllabus import Entry, RowKind
from vivavoce.domain.concept import Concept
from vivavoce.domain.question import Question, Status

COVERED = 0.6
WEAK = 0.4
"""Below it nothing of the concept is about the row."""
MATCHES = 3
_STEM_SHARE = 0.75


class State(StrEnum):
    """How sure it is that a row is covered."""

    COVERED = "covered"
    WEAK = "weak"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Match:
    """A passage that may cover a row."""

    id: str
    """Of a question, or of a concept for its lesson and claims."""
    place: str
    """`prompt`, `rubric.small-factor`, `misconceptions.x`, `claims.x` or `lesson`."""
    text: str
    score: float
    """0 to 1."""


@dataclass(frozen=True, slots=True)
class CoveredRow:
    """A row with the passages that may cover it, the best first."""

    concept: str
    kind: RowKind
    text: str
    matches: tuple[Match, ...]

    @property
    def state(self) -> State:
        best = self.matches[0].score if self.matches else 0.0
        return State.COVERED if best >= COVERED else State.WEAK if best >= WEAK else State.OPEN


@dataclass(frozen=True, slots=True)
class Coverage:
    """The whole comparison."""

    rows: tuple[CoveredRow, ...]
    """Of the concepts that the bank has."""
    absent: tuple[Entry, ...]
    """Entries whose concept the bank does not have."""
    beyond: tuple[str, ...]
    """Concepts of the bank that the syllabus does not list."""

    def counts(self) -> dict[RowKind, Counter[State]]:
        """Rows by kind and state; the rows of absent concepts are open."""
        counted = {kind: Counter(row.state for row in self.rows if row.kind is kind) for kind in RowKind}
        for entry in self.absent:
            for kind, texts in entry.rows.items():
                counted[kind].update([State.OPEN] * len(texts))
        return counted


Meaning = Callable[[Sequence[str]], Sequence[Sequence[float]]]
"""Texts to vectors of unit length, near where the meaning is."""


def coverage(entries: Sequence[Entry], bank: Bank, meaning: Meaning | None = None) -> Coverage:
    """Compare each row with the passages of its own concept: by words, and by `meaning` where that is given.

    The same input gives the same result.
    """
    rows: list[CoveredRow] = []
    rarity = _rarity(bank)
    for entry in entries:
        concept = bank.concepts.get(entry.concept)
        if concept is None:
            continue
        questions = [q for q in bank.questions_of(concept.id) if q.status is not Status.RETIRED]
        said = [*_criteria(questions), *_misconceptions(questions), *_lesson(concept)]
        passages = {
            RowKind.ASK: list(_prompts(questions)),
            RowKind.POINT: said,
            RowKind.DISPUTED: [*said, *_rulings(bank, concept)],
            RowKind.RUN: list(_runnable(bank, concept)),
        }
        for kind, texts in entry.rows.items():
            alike = _cosines(texts, passages[kind], meaning)
            rows += [
                CoveredRow(concept.id, kind, text, _best(text, passages[kind], rarity, near))
                for text, near in zip(texts, alike, strict=True)
            ]
    listed = {entry.concept for entry in entries}
    return Coverage(
        rows=tuple(rows),
        absent=tuple(entry for entry in entries if entry.concept not in bank.concepts),
        beyond=tuple(name for name in bank.concepts if name not in listed),
    )


def render(found: Coverage, *, everything: bool = False) -> str:
    """The rows that are weak or open (or all), the concepts that are absent, and the counts."""
    lines: list[str] = []
    concept = ""
    for row in found.rows:
        if row.state is State.COVERED and not everything:
            continue
        if row.concept != concept:
            concept = row.concept
            lines.append(concept)
        lines.append(f"  {row.state.value:8}{row.kind.value:9} {row.text}")
        lines += [f"      {m.score:.2f} {m.id} {m.place}" for m in row.matches]
    for entry in found.absent:
        lines.append(f"{entry.concept}: not in the bank ({sum(map(len, entry.rows.values()))} rows)")
    for kind, counted in found.counts().items():
        states = ", ".join(f"{counted[state]} {state.value}" for state in State)
        lines.append(f"{kind.value:9} {counted.total()} rows: {states}")
    return "\n".join(lines)


@dataclass(frozen=True, slots=True)
class _Passage:
    """A text of the bank, made ready to be compared with many rows."""

    id: str
    place: str
    shown: str
    plain: str
    stems: frozenset[str]


def _passage(item: object, place: str, shown: str, *more: str) -> _Passage:
    """`more` is compared and not shown."""
    text = " ".join([shown, *more])
    return _Passage(str(item), place, shown, utils.default_process(text), stems(text))


def _prompts(questions: Iterable[Question]) -> Iterator[_Passage]:
    for q in questions:
        # An ask names the subject; rubric and name say it in more words than the prompt does.
        name = q.id.name.replace("-", " ")
        yield _passage(q.id, "prompt", to_plain(q.prompt), q.why, name, *(c.statement for c in q.criteria))


def _criteria(questions: Iterable[Question]) -> Iterator[_Passage]:
    for q in questions:
        for c in q.criteria:
            yield _passage(q.id, f"rubric.{c.id}", c.statement, *c.parts.values(), *c.paraphrases)


def _misconceptions(questions: Iterable[Question]) -> Iterator[_Passage]:
    for q in questions:
        for m in q.misconceptions:
            yield _passage(q.id, f"misconceptions.{m.id}", m.statement, m.correction)


def _rulings(bank: Bank, concept: Concept) -> Iterator[_Passage]:
    for (home, name), dispute in bank.disputes.items():
        if home == concept.id:
            yield _passage(concept.id, f"disputed.{name}", dispute.says, dispute.instead)


def _runnable(bank: Bank, concept: Concept) -> Iterator[_Passage]:
    for exercise in (*bank.exercises.values(), *(case.exercise for case in bank.cases.values())):
        if exercise.id.concept == concept.id:
            place = "case" if exercise.id in bank.cases else "exercise"
            name = exercise.id.name.replace("-", " ")
            yield _passage(exercise.id, place, exercise.title, place, name, to_plain(exercise.statement))
    for lab in bank.labs.values():
        if lab.id.concept == concept.id:
            said = [claim.says for claim in lab.claims.values()]
            yield _passage(lab.id, "lab", lab.question, "lab", lab.id.name.replace("-", " "), lab.method, *said)


def _lesson(concept: Concept) -> Iterator[_Passage]:
    for key, claim in concept.claims.items():
        yield _passage(concept.id, f"claims.{key}", claim.says)
    for paragraph in concept.lesson.split("\n\n"):
        plain = to_plain(paragraph)
        if plain:
            yield _passage(concept.id, "lesson", plain)


def _cosines(rows: Sequence[str], passages: Sequence[_Passage], meaning: Meaning | None) -> list[list[float]]:
    """Cosine of each row with each passage; zeros without `meaning`."""
    if meaning is None or not rows or not passages:
        return [[0.0] * len(passages) for _ in rows]
    asked, said = np.asarray(meaning(rows)), np.asarray(meaning([p.shown for p in passages]))
    return [[float(cosine) for cosine in line] for line in asked @ said.T]


def _best(
    row: str, passages: Sequence[_Passage], rarity: Mapping[str, float], alike: Sequence[float]
) -> tuple[Match, ...]:
    wanted, asked = stems(row), utils.default_process(row)
    scored = [
        Match(p.id, p.place, p.shown, round(max(_score(wanted, asked, p, rarity), cosine), 3))
        for p, cosine in zip(passages, alike, strict=True)
    ]
    near = [match for match in scored if match.score >= WEAK / 2]
    return tuple(sorted(near, key=lambda m: (-m.score, m.id, m.place, m.text))[:MATCHES])


def _score(wanted: frozenset[str], asked: str, passage: _Passage, rarity: Mapping[str, float]) -> float:
    """Share of the row's words, the rare ones counting more, that the passage has; and how alike the texts are."""
    total = sum(rarity.get(stem, _UNSEEN) for stem in wanted)
    shared = sum(rarity.get(stem, _UNSEEN) for stem in wanted & passage.stems)
    # How alike the texts are tells apart passages with the same words.
    alike = fuzz.token_set_ratio(asked, passage.plain) / 100
    return _STEM_SHARE * (shared / total if total else 0.0) + (1 - _STEM_SHARE) * alike


_UNSEEN = 3.0
"""Weight of a word that the bank has nowhere."""


def _rarity(bank: Bank) -> dict[str, float]:
    """Stem to its weight: a word of every concept says little about any."""
    holding: Counter[str] = Counter()
    for concept in bank.concepts.values():
        texts = [concept.title, concept.summary, concept.lesson]
        texts += [q.prompt + " " + q.spoken_answer for q in bank.questions_of(concept.id)]
        holding.update(stems(" ".join(texts)))
    return {stem: 0.5 + math.log((1 + len(bank.concepts)) / count) for stem, count in holding.items()}
