"""What to ask now: what is due, most worth asking first, then what was never asked."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from vivavoce.domain.ids import ItemId
from vivavoce.domain.question import Level, Question, Status
from vivavoce.domain.review import Card, require_aware

TRUST = 0.5
"""How far the authors' estimate of what is asked is believed, against all questions being equally likely.

Half keeps all that informative estimates gain and loses little when they are useless (simulated with 1,000 candidates).
"""

_LEVELS = {level: order for order, level in enumerate(Level)}


@dataclass(frozen=True, slots=True)
class Queued:
    """One question of the queue and why it is there."""

    item: ItemId
    reason: str
    """For a person: `due 2 days ago, recall about 7 in 10`."""
    is_new: bool
    recall: float | None
    """Chance of recall now; None for one never asked."""


def due_queue(
    items: Sequence[Question],
    cards: Mapping[ItemId, Card],
    now: datetime,
    *,
    recall: Callable[[Card, datetime], float],
    concept_order: Sequence[str] = (),
    role: str = "",
    new_limit: int = 8,
    new_done: int = 0,
) -> list[Queued]:
    """Everything due, then at most `new_limit - new_done` new questions.

    Due ones come by what is lost by not asking: (1 - recall) times how likely an interviewer asks. New ones come by
    `concept_order` (prerequisites first), then level, then how likely they are asked. Only ready questions come.
    `recall` is a scheduler's `retrievability`; `role` chooses the likelihood, without one the mean of all roles counts,
    and a question without any counts as the mean of the others. The same input gives the same queue. Raises
    `NaiveTimeError`.
    """
    require_aware(now)
    ready = [question for question in items if question.status is Status.READY]
    estimated = {q.id: chance for q in ready if (chance := _likelihood(q, role)) is not None}
    mean = sum(estimated.values()) / len(estimated) if estimated else 1.0
    due = []
    for question in ready:
        card = cards.get(question.id)
        if card is not None and card.due <= now:
            chance = recall(card, now)
            weight = TRUST * estimated.get(question.id, mean) + (1 - TRUST) * mean
            due.append(((chance - 1) * weight, card.due, question.id, chance))
    due.sort()
    place = {concept: order for order, concept in enumerate(concept_order)}
    unseen = sorted(
        (question for question in ready if question.id not in cards),
        key=lambda q: (
            place.get(q.id.concept, len(place)),
            _LEVELS[q.level],
            -estimated.get(q.id, mean),
            q.id,
        ),
    )
    room = max(0, new_limit - new_done)
    return [
        *(
            Queued(item, f"due {_ago(now - at)}, recall {_in_ten(chance)}", False, chance)
            for _, at, item, chance in due
        ),
        *(Queued(q.id, _why_new(q, estimated.get(q.id)), True, None) for q in unseen[:room]),
    ]


def _likelihood(question: Question, role: str) -> float | None:
    known = question.likelihood
    if role in known:
        return known[role]
    return sum(known.values()) / len(known) if known else None


def _why_new(question: Question, likelihood: float | None) -> str:
    asked = "" if likelihood is None else f", asked in {_in_ten(likelihood)} interview loops"
    return f"new, {question.level.value}{asked}"


def _in_ten(chance: float) -> str:
    """A chance as people say it. Never 10 in 10 or 0 in 10: nothing here is certain."""
    if chance < 0.05:
        return "under 1 in 10"
    return "over 9 in 10" if chance > 0.95 else f"about {min(9, max(1, round(chance * 10)))} in 10"


def _ago(late: timedelta) -> str:
    for size, name in ((timedelta(days=1), "day"), (timedelta(hours=1), "hour"), (timedelta(minutes=1), "minute")):
        count = late // size
        if count:
            return f"{count} {name}{'s' if count > 1 else ''} ago"
    return "now"
