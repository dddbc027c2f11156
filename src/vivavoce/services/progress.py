"""Where the learner stands, in numbers that say how many answers they rest on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta, tzinfo
from itertools import count

from vivavoce.domain.attempt import VerdictKind
from vivavoce.domain.concept import Concept
from vivavoce.domain.question import Status
from vivavoce.domain.review import Rating, effective
from vivavoce.services.browse import Row, Standing, rows
from vivavoce.services.workspace import Workspace

CALIBRATION_NEEDS = 20
"""Reviews below which predicted against actual recall says nothing."""


@dataclass(frozen=True, slots=True)
class ConceptProgress:
    """One concept's questions by standing."""

    concept: Concept
    counts: dict[Standing, int]
    answered: int
    total: int
    mean_score: float | None
    """Of the last answers to its answered questions."""


@dataclass(frozen=True, slots=True)
class Day:
    """What was answered on one local day."""

    day: date
    answers: int


@dataclass(frozen=True, slots=True)
class Calibration:
    """Predicted recall, stored before each answer, against what happened."""

    reviews: int
    predicted: float
    passed: float


@dataclass(frozen=True, slots=True)
class Progress:
    """The whole page."""

    concepts: tuple[ConceptProgress, ...]
    days: tuple[Day, ...]
    answers: int
    questions_seen: int
    questions_total: int
    minutes: float
    verdicts: dict[VerdictKind, int]
    appeals: int
    """Criteria claimed and not taken back."""
    calibration: Calibration | None
    """None below `CALIBRATION_NEEDS` repeated reviews."""
    streak: int
    """Days in a row with an answer, up to today or yesterday."""


def progress(ws: Workspace, *, days: int = 14, zone: tzinfo | None = None) -> Progress:
    """Everything known, with the last `days` local days (`zone` None: the system's)."""
    totals = ws.store.totals()
    by_day = Counter(moment.astimezone(zone).date() for moment in totals.moments)
    today = ws.clock().astimezone(zone).date()
    all_rows = tuple(r for r in rows(ws) if r.question.status is Status.READY)
    return Progress(
        concepts=_by_concept(all_rows),
        days=tuple(
            Day(d, by_day.get(d, 0)) for d in (today - timedelta(days=back) for back in range(days - 1, -1, -1))
        ),
        answers=totals.answers,
        questions_seen=sum(r.attempts > 0 for r in all_rows),
        questions_total=len(all_rows),
        minutes=totals.seconds / 60,
        verdicts=dict(totals.verdicts),
        appeals=totals.claimed,
        calibration=_calibration(ws),
        streak=_streak(by_day, today),
    )


def _streak(by_day: Mapping[date, int], today: date) -> int:
    first = today if by_day.get(today) else today - timedelta(days=1)
    return next(n for n in count() if not by_day.get(first - timedelta(days=n)))


def _by_concept(all_rows: tuple[Row, ...]) -> tuple[ConceptProgress, ...]:
    grouped: dict[str, list[Row]] = {}
    for row in all_rows:
        grouped.setdefault(row.concept.id, []).append(row)
    result = []
    for members in grouped.values():
        scores = [r.last_score for r in members if r.last_score is not None]
        result.append(
            ConceptProgress(
                concept=members[0].concept,
                counts={s: sum(r.standing is s for r in members) for s in Standing},
                answered=len(scores),
                total=len(members),
                mean_score=sum(scores) / len(scores) if scores else None,
            )
        )
    return tuple(result)


def _calibration(ws: Workspace) -> Calibration | None:
    repeated = [r for r in effective(ws.reviews()) if r.predicted_recall is not None]
    if len(repeated) < CALIBRATION_NEEDS:
        return None
    return Calibration(
        reviews=len(repeated),
        predicted=sum(r.predicted_recall or 0.0 for r in repeated) / len(repeated),
        passed=sum(r.rating is not Rating.AGAIN for r in repeated) / len(repeated),
    )
