"""What a person is shown after an answer: verdicts beside the words that decided them, and what to do next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from vivavoce.domain.attempt import (
    AttemptRecord,
    Flagged,
    Grade,
    Mode,
    Score,
    Span,
    VerdictKind,
    live_appeals,
)
from vivavoce.domain.drawn import as_asked
from vivavoce.domain.question import ALL_MET, Criterion, FollowUp, Misconception, Question
from vivavoce.services.answer import find_follow_up, follow_up_criterion, resume_one
from vivavoce.services.estimates import Beside, beside, says
from vivavoce.services.rate import Rated, rated
from vivavoce.services.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of the answer with the marks that it carries: criterion ids, and `!id` for misconceptions."""

    text: str
    marks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CriterionResult:
    """One criterion as it came out."""

    criterion: Criterion
    kind: VerdictKind
    probability: float
    quotes: tuple[str, ...]
    claimed: bool
    points: float
    """Earned, of `criterion.points`."""
    say: str
    """What an interviewer would say; empty for a criterion that was met."""
    missing_parts: tuple[str, ...]
    before: VerdictKind | None
    """The verdict of the previous attempt, if there was one."""


@dataclass(frozen=True, slots=True)
class MisconceptionResult:
    """A misconception that showed."""

    misconception: Misconception
    quotes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Result:
    """The whole result of one attempt."""

    record: AttemptRecord
    question: Question
    title: str
    """The prompt that was answered: the question's or the follow-up's."""
    score: Score
    criteria: tuple[CriterionResult, ...]
    misconceptions: tuple[MisconceptionResult, ...]
    flags: tuple[Flagged, ...]
    segments: tuple[Segment, ...]
    follow_up: FollowUp | None
    answered_follow_ups: tuple[AttemptRecord, ...]
    rated: Rated | None
    previous: AttemptRecord | None
    expected: str
    """What one wants to hear: the model answer, or the follow-up's."""
    rubric_changed: bool
    """The rubric has been rewritten since this attempt."""
    beside: Beside | None = None
    """At an estimate: the number that was said beside the right one."""

    @property
    def delta(self) -> float | None:
        """Change of the score against the previous attempt, in [-1, 1]."""
        return None if self.previous is None else self.score.fraction - self.previous.score.fraction


def result(ws: Workspace, attempt_id: str) -> Result:
    """The result of an attempt; one whose submit was interrupted is graded first. Raises `UnknownItemError`."""
    record = resume_one(ws, attempt_id)
    previous, answered = _neighbours(ws, record)
    return build(
        ws.question(record.attempt.item), record, previous=previous, answered=answered, rating=rated(ws, record)
    )


def build(
    question: Question,
    record: AttemptRecord,
    *,
    previous: AttemptRecord | None = None,
    answered: tuple[AttemptRecord, ...] = (),
    rating: Rated | None = None,
) -> Result:
    """The result from what is known. Raises `UnknownItemError` for an answer to a follow-up that is gone."""
    attempt = record.attempt
    question = as_asked(question, attempt.numbers)
    rubric, title, expected = question.criteria, question.prompt, question.model_answer
    if attempt.follow_up is not None:
        asked = find_follow_up(question, attempt.follow_up)
        rubric, title, expected = (follow_up_criterion(question, asked),), asked.ask, asked.answer
    claimed = live_appeals(record.appeals)
    graded = {v.criterion for v in attempt.grade.verdicts}
    rows = tuple(
        _row(c, record, claimed, previous, question.misconceptions, is_result=c is rubric[-1])
        for c in rubric
        if c.id in graded
    )
    return Result(
        record=record,
        question=question,
        title=title,
        score=record.score,
        criteria=rows,
        misconceptions=_misconceptions(question, attempt.grade, attempt.text),
        flags=attempt.grade.flags,
        segments=segments(attempt.text, attempt.grade),
        follow_up=_next_follow_up(question, rows) if attempt.mode is not Mode.FOLLOW_UP else None,
        answered_follow_ups=answered,
        rated=rating,
        previous=previous,
        expected=expected,
        rubric_changed=attempt.graded_hash != question.graded_hash,
        beside=beside(question, attempt),
    )


def segments(answer: str, grade: Grade) -> tuple[Segment, ...]:
    """The answer cut wherever a span begins or ends, so that overlapping quotes can all be shown."""
    marked: list[tuple[Span, str]] = [(s, v.criterion) for v in grade.verdicts for s in v.spans]
    marked += [(s, f"!{m.misconception}") for m in grade.misconceptions for s in m.spans]
    cuts = sorted({0, len(answer), *(s.start for s, _ in marked), *(s.end for s, _ in marked)})
    return tuple(
        Segment(answer[a:b], tuple(dict.fromkeys(m for s, m in marked if s.start <= a and b <= s.end)))
        for a, b in pairwise(cuts)
    )


def _row(
    criterion: Criterion,
    record: AttemptRecord,
    claimed: frozenset[str],
    previous: AttemptRecord | None,
    misconceptions: Sequence[Misconception],
    *,
    is_result: bool,
) -> CriterionResult:
    attempt = record.attempt
    verdict = attempt.grade.verdict(criterion.id)
    worth = {VerdictKind.MET: 1.0, VerdictKind.PARTLY: 0.5}.get(verdict.kind, 0.0)
    before = None
    if previous is not None:
        before = next((v.kind for v in previous.attempt.grade.verdicts if v.criterion == criterion.id), None)
    say = ""
    if criterion.expected is not None:
        say = says(criterion, verdict, attempt.text, is_result=is_result)
    elif verdict.kind is VerdictKind.CONTRADICTED:
        held = next((m for m in misconceptions if m.id == verdict.misconception), None)
        opposite = f"The marked words seem to say the opposite. What holds: {criterion.statement}"
        say = held.correction if held else opposite
    elif verdict.kind is VerdictKind.UNSURE:
        say = f"I could not tell whether you said this. {criterion.missing}"
    elif verdict.kind is not VerdictKind.MET:
        say = criterion.missing
    missing = tuple(criterion.parts[p.part] for p in verdict.parts if not p.met and p.part in criterion.parts)
    return CriterionResult(
        criterion=criterion,
        kind=verdict.kind,
        probability=verdict.probability,
        quotes=tuple(s.of(attempt.text) for s in verdict.spans),
        claimed=criterion.id in claimed,
        points=criterion.points * worth,
        say=say,
        missing_parts=missing if verdict.kind is VerdictKind.PARTLY else (),
        before=before,
    )


def _misconceptions(question: Question, grade: Grade, text: str) -> tuple[MisconceptionResult, ...]:
    known = {m.id: m for m in question.misconceptions}
    return tuple(
        MisconceptionResult(known[f.misconception], tuple(s.of(text) for s in f.spans))
        for f in grade.misconceptions
        if f.misconception in known
    )


def _next_follow_up(question: Question, rows: Sequence[CriterionResult]) -> FollowUp | None:
    """Aims at what was left out: must-have first, then what is worth most; deeper when nothing was left out."""
    order = {VerdictKind.CONTRADICTED: 0, VerdictKind.MISSED: 0, VerdictKind.PARTLY: 1, VerdictKind.UNSURE: 2}
    left_out = sorted(
        (r for r in rows if r.kind in order and not r.claimed),
        key=lambda r: (not r.criterion.must_have, order[r.kind], -r.criterion.points),
    )
    wanted = [r.criterion.id for r in left_out] or [ALL_MET]
    for when in wanted:
        for follow_up in question.follow_ups:
            if follow_up.when == when:
                return follow_up
    return None


def _neighbours(ws: Workspace, record: AttemptRecord) -> tuple[AttemptRecord | None, tuple[AttemptRecord, ...]]:
    """The previous attempt of the same kind, and the answered follow-ups of this one."""
    attempt = record.attempt
    everything = ws.store.attempts(attempt.item)
    place = next((n for n, r in enumerate(everything) if r.attempt.id == attempt.id), len(everything))
    earlier = everything[place + 1 :]  # the newest first
    previous = next((r for r in earlier if r.attempt.follow_up == attempt.follow_up), None)
    return previous, tuple(r for r in everything if r.attempt.parent == attempt.id)
