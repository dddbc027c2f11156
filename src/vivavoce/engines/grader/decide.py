"""From one unit's features to what is said of it, and the words that said it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from vivavoce.domain.attempt import PartVerdict, Span, Verdict, VerdictKind
from vivavoce.engines.grader.encoder.format import Floats
from vivavoce.engines.grader.features import closeness, pool, window_features
from vivavoce.engines.grader.head import Head, Thresholds
from vivavoce.engines.grader.reading import Reading
from vivavoce.engines.grader.rubric import Rubric, Unit

TRIM = 0.06
"""Evidence is the shortest window inside the deciding one that is about as close as it is."""


@dataclass(frozen=True, slots=True)
class Found:
    """What the head says of one unit in one answer."""

    unit: Unit
    met: float
    contradicted: float
    spans: tuple[Span, ...]
    """The deciding words; empty only when nothing was left to read."""


def find(head: Head, rubric: Rubric, units: Sequence[Unit], reading: Reading) -> list[Found]:
    """Probabilities and evidence for each unit, in order."""
    if reading.similarity is None or not units:
        return [Found(u, 0.0, 0.0, ()) for u in units]
    rows, spans = [], []
    for unit in units:
        features = window_features(rubric, reading.similarity, unit, reading.seen)
        row, best = pool(features)
        rows.append(row)
        spans.append((_trimmed(reading, closeness(features), best),))
    x = np.array(rows)
    met, contradicted = head.met(x), head.contradicted(x)
    return [Found(u, float(m), float(c), s) for u, m, c, s in zip(units, met, contradicted, spans, strict=True)]


def judge(head: Head, found: Found, parts: Sequence[Found], held: Mapping[str, float]) -> Verdict:
    """The verdict on one criterion. `held` maps misconceptions to the probabilities that they are held.

    Without words that decide there is no credit.
    """
    said = tuple(PartVerdict(p.unit.id, p.met >= head.thresholds.part_from, p.met) for p in parts)
    kind = VerdictKind.MISSED
    if found.spans:
        kind = kind_of(head.thresholds, found.met, found.contradicted, [p.met for p in parts])
    believed = [m for m in found.unit.rivals if held.get(m, 0.0) >= head.thresholds.held_from]
    contradicted = kind is VerdictKind.CONTRADICTED
    return Verdict(
        criterion=found.unit.id,
        kind=kind,
        probability=found.met,
        spans=_evidence(kind, found, parts, said),
        parts=() if contradicted else said,
        misconception=max(believed, key=lambda m: held[m]) if contradicted and believed else None,
    )


def kind_of(thresholds: Thresholds, met: float, contradicted: float, parts: Sequence[float]) -> VerdictKind:
    """The decision, from probabilities. Some but not all parts said is *partly*: a rule, not a class to be learned."""
    low, high = thresholds.unsure
    if contradicted >= thresholds.contradicted_from and contradicted > met:
        return VerdictKind.CONTRADICTED
    if met >= high:
        return VerdictKind.MET
    said = sum(p >= thresholds.part_from for p in parts)
    if said:
        return VerdictKind.PARTLY if said < len(parts) else VerdictKind.MET
    return VerdictKind.UNSURE if met >= low else VerdictKind.MISSED


def _evidence(kind: VerdictKind, found: Found, parts: Sequence[Found], said: Sequence[PartVerdict]) -> tuple[Span, ...]:
    if kind is VerdictKind.MISSED:
        return ()
    if kind is VerdictKind.PARTLY:
        return merged([s for p, v in zip(parts, said, strict=True) if v.met for s in p.spans])
    return found.spans


def merged(spans: Sequence[Span]) -> tuple[Span, ...]:
    """The same places without overlaps, in order."""
    out: list[Span] = []
    for span in sorted(spans):
        if out and span.start <= out[-1].end:
            out[-1] = Span(out[-1].start, max(out[-1].end, span.end))
        else:
            out.append(span)
    return tuple(out)


def _trimmed(reading: Reading, close: Floats, best: int) -> Span:
    whole = reading.windows[best].span
    inside = [
        i
        for i, w in enumerate(reading.windows)
        if whole.start <= w.span.start and w.span.end <= whole.end and close[i] >= close[best] - TRIM
    ]
    shortest = min(inside, key=lambda i: reading.windows[i].span.end - reading.windows[i].span.start)
    return reading.windows[shortest].span
