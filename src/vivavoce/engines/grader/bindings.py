"""Author-marked bindings: which predicates an entity has, and which belong to its rival.

Training does not teach a grader that L1 and L2 were exchanged; a binding does, in ordinary wording. Its silence says
nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from vivavoce.domain.question import Binding
from vivavoce.engines.grader.polarity import denials, is_denial
from vivavoce.engines.grader.text import Word, words

_MAX_GAP = 2
"""Words that may stand between two words of a phrase: *close to zero* in *close, almost, to zero*."""
_NEAR = 12
"""An entity further away than this many words is not what the predicate is about."""

_COMPARING = frozenset({"unlike", "than", "versus", "vs", "against"})
_COMPARING_PAIRS = frozenset({("instead", "of"), ("compared", "with"), ("compared", "to"), ("opposed", "to")})
_ARTICLES = frozenset({"the", "a", "an"})
_CLAUSE_END = re.compile(r"[;.!?:]|,\s*(?:while|whereas|but|and)\b")


@dataclass(frozen=True, slots=True)
class Fired:
    """What the bindings of a criterion say about one clause run."""

    right: int
    wrong: int


def fire(bindings: Sequence[Binding], text: str) -> Fired:
    """Count right and wrong predicates said of their entity in `text`; a denial exchanges the two.

    With several entities in `text` a predicate belongs to the nearest one that stands before it, or else to the first
    of the same clause. An entity that is only compared with (*unlike X*, *rather than X*) owns nothing. A correction
    (*not this but that*) and a denial inside the phrase say nothing: silence is never evidence.
    """
    inside = words(text)
    right = wrong = 0
    entities = _entities(bindings, inside)
    for binding in bindings:
        for phrases, good in ((binding.right, True), (binding.wrong, False)):
            for phrase in phrases:
                for place in _find(phrase, inside):
                    if not _owns(binding, place, entities, text, inside):
                        continue
                    denied = _denied(text, inside, place)
                    if denied and _corrected(inside, place):
                        continue
                    if good is not denied:
                        right += 1
                    else:
                        wrong += 1
    return Fired(right, wrong)


Place = tuple[int, int]
"""First and last word."""


def _entities(bindings: Sequence[Binding], inside: Sequence[Word]) -> list[tuple[Binding, Place]]:
    """Where each entity is named; of *leaky ReLU* only the longer name, and none that is merely compared with."""
    named = [(b, place) for b in bindings for alias in b.about for place in _find(alias, inside, gap=0)]
    return [
        (binding, place)
        for binding, place in named
        if not any(_within(place, other) for _, other in named) and not _compared(inside, place)
    ]


def _within(inner: Place, outer: Place) -> bool:
    return inner != outer and outer[0] <= inner[0] and inner[1] <= outer[1]


def _compared(inside: Sequence[Word], place: Place) -> bool:
    before = [w.text for w in inside[max(0, place[0] - 3) : place[0]] if w.text not in _ARTICLES]
    return bool(before) and (before[-1] in _COMPARING or tuple(before[-2:]) in _COMPARING_PAIRS)


def _owns(
    binding: Binding, place: Place, entities: Sequence[tuple[Binding, Place]], text: str, inside: Sequence[Word]
) -> bool:
    near = [(b, e) for b, e in entities if _distance(e, place) <= _NEAR]
    before = [(b, e) for b, e in near if e[0] <= place[0]]
    after = [(b, e) for b, e in near if e[0] > place[0] and _one_clause(text, inside, place, e)]
    if before:
        owner = max(before, key=lambda pair: pair[1][0])
    elif after:
        owner = min(after, key=lambda pair: pair[1][0])
    else:
        return False
    return any(b is binding and e == owner[1] for b, e in near)


def _one_clause(text: str, inside: Sequence[Word], place: Place, entity: Place) -> bool:
    """Whether nothing between a predicate and the entity that follows it ends a clause."""
    return not _CLAUSE_END.search(text[inside[place[1]].end : inside[entity[0]].start])


def _distance(one: Place, other: Place) -> int:
    return max(one[0] - other[1], other[0] - one[1], 0)


def _denied(text: str, inside: Sequence[Word], place: Place) -> bool:
    """Whether the few words before the predicate deny it; the phrase's own *not* is no denial of the phrase."""
    before = inside[max(0, place[0] - 4) : place[0]]
    if not before:
        return False
    stretch = text[before[0].start : before[-1].end]
    return denials(stretch, before) % 2 == 1


def _corrected(inside: Sequence[Word], place: Place) -> bool:
    """*Not invariant but equivariant*: what is denied is put right in the same breath."""
    return any(w.text in ("but", "rather") for w in inside[place[1] + 1 : place[1] + 4])


def _find(phrase: str, inside: Sequence[Word], gap: int = _MAX_GAP) -> list[Place]:
    """Places where the words of `phrase` stand in order with small gaps that deny nothing. Stems are compared."""
    wanted = [w.stem for w in words(phrase)]
    if not wanted:
        return []
    found = []
    for first, word in enumerate(inside):
        if word.stem != wanted[0]:
            continue
        at, skipped = first, list[Word]()
        for target in wanted[1:]:
            after = next((i for i in range(at + 1, min(at + 2 + gap, len(inside))) if inside[i].stem == target), -1)
            skipped += inside[at + 1 : max(after, at + 1)]
            at = after
            if at < 0:
                break
        if at >= 0 and not is_denial(skipped):
            found.append((first, at))
    return found
