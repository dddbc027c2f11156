"""Predict first: what a reader expects of a claim's test, what came, and how well sureness fits hits."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from vivavoce.domain.errors import BadInputError, UnknownItemError
from vivavoce.domain.ids import ItemId
from vivavoce.domain.lab import Effect, Lab, LabClaim, LabResult, RunState
from vivavoce.domain.lab_run import SURENESS, Prediction, Way
from vivavoce.domain.submission import Disclosure, DisclosureKind
from vivavoce.services.lab_numbers import gaps
from vivavoce.services.lab_words import effect_text
from vivavoce.services.predict_words import asked, size_of, size_words, sure_words, way_words
from vivavoce.services.workspace import Workspace


@dataclass(frozen=True, slots=True)
class PredictionForm:
    """What is asked: three clicks."""

    claim: LabClaim
    condition: str
    """The one that the prediction is about; empty for the only one there is."""
    asks: str
    """The question in words: where will an arm come out against the other, or against a number?"""
    ways: tuple[tuple[Way, str], ...]
    """Each way with its words."""
    sizes: tuple[str, ...]
    """For ABOVE and BELOW, by index; EQUAL has none."""
    sureness: tuple[tuple[float, str], ...]
    """Each degree with its words."""


@dataclass(frozen=True, slots=True)
class Compared:
    """A prediction beside what came out."""

    prediction: Prediction
    way: Way
    """That came out."""
    size: int | None
    """That came out; None for EQUAL."""
    hit: bool
    """Whether the way is right."""
    size_hit: bool
    """Whether way and size are."""
    brier: float
    """(sureness - hit) squared: 0 is best, 1 worst."""
    said: str
    """The prediction in words."""
    came: str
    """What came, in words."""


@dataclass(frozen=True, slots=True)
class SureBin:
    """Predictions of one degree of sureness."""

    sure: float
    predictions: int
    hits: int


@dataclass(frozen=True, slots=True)
class AreaCalibration:
    """The predictions of one area that were made before any result was seen."""

    area: str
    predictions: int
    brier: float
    """Mean; guessing one of three ways at a sureness of one third gives 0.22."""
    bins: tuple[SureBin, ...]
    """Degrees that were used, rising."""

    @property
    def hits(self) -> int:
        return sum(b.hits for b in self.bins)


def ways(lab: Lab, claim: str) -> PredictionForm:
    """What to ask about a claim. Raises `UnknownItemError`."""
    found = _claim(lab, claim)
    condition = lab.conditions_of(found)[0]
    return PredictionForm(
        claim=found,
        condition=condition,
        asks=asked(lab, found, condition),
        ways=tuple((way, way_words(lab, found, way)) for way in Way),
        sizes=size_words(lab, found),
        sureness=tuple((sure, sure_words(sure)) for sure in SURENESS),
    )


def predict(ws: Workspace, item: str | ItemId, claim: str, way: str, size: int, sure: float) -> Prediction:
    """Keep a prediction. Raises `UnknownItemError` and `BadInputError` naming what can be chosen."""
    lab = ws.library.bank.lab(item)
    form = ways(lab, claim)
    if way not in tuple(Way):
        raise BadInputError(f"{way[:40]!r} is no way; it is one of {', '.join(Way)}")
    if not 0 <= size < len(form.sizes):
        raise BadInputError(f"there is no size {size}; sizes are 0 to {len(form.sizes) - 1}: {'; '.join(form.sizes)}")
    if sure not in SURENESS:
        raise BadInputError(f"{sure:g} is no degree of sureness; it is one of {', '.join(f'{s:g}' for s in SURENESS)}")
    at = ws.clock()
    prediction = Prediction(ws.new_id(), lab.id, claim, form.condition, Way(way), size, sure, at)
    ws.store.labs.predict(prediction)
    return prediction


def see_results(ws: Workspace, item: str | ItemId) -> None:
    """Note that a lab's results were shown without a prediction: later predictions of it do not count."""
    lab = ws.library.bank.lab(item)
    if results_seen(ws, lab.id) is None:
        ws.store.code.disclose(Disclosure(ws.new_id(), lab.id, DisclosureKind.RESULTS, "", ws.clock()))


def results_seen(ws: Workspace, item: ItemId) -> datetime | None:
    """When a lab's results were first shown without a prediction; None if they were not."""
    shown = (d.at for d in ws.store.code.disclosures(item) if d.kind is DisclosureKind.RESULTS)
    return min(shown, default=None)


def labs_known(ws: Workspace) -> frozenset[ItemId]:
    """Labs whose results their reader has predicted, seen or measured: there is nothing left to spoil."""
    shown = {d.item for d in ws.store.code.disclosures() if d.kind is DisclosureKind.RESULTS}
    return frozenset(shown | {p.item for p in ws.store.labs.predictions()})


def compare(lab: Lab, prediction: Prediction, result: LabResult) -> Compared | None:
    """A prediction beside a result; None while the result says nothing of its claim."""
    claim = lab.claims.get(prediction.claim)
    ruled = result.ruled.get(prediction.claim)
    effect = next((e for e in ruled.effects if e.condition == prediction.condition), None) if ruled else None
    if claim is None or effect is None:
        return None
    way = _way(lab, claim, effect, result)
    if way is None:
        return None
    size = None if way is Way.EQUAL else size_of(lab, claim, effect, result)
    hit = way is prediction.way
    said = way_words(lab, claim, prediction.way)
    if prediction.way is not Way.EQUAL:
        said += f", {size_words(lab, claim)[prediction.size]}"
    return Compared(
        prediction=prediction,
        way=way,
        size=size,
        hit=hit,
        size_hit=hit and (size is None or size == prediction.size),
        brier=(prediction.sure - hit) ** 2,
        said=f"{said} ({sure_words(prediction.sure)})",
        came=f"{way_words(lab, claim, way)}: {effect_text(lab, claim, effect)}",
    )


def calibration(ws: Workspace) -> tuple[AreaCalibration, ...]:
    """By area, in the bank's order. Only first predictions made before the reader's first result count."""
    bank = ws.library.bank
    by_area: dict[str, list[Compared]] = {}
    by_item: dict[ItemId, list[Prediction]] = {}
    for prediction in ws.store.labs.predictions():
        by_item.setdefault(prediction.item, []).append(prediction)
    for item, lab in bank.labs.items():
        for compared in _scored(ws, lab, by_item.get(item, [])):
            by_area.setdefault(bank.concepts[item.concept].area, []).append(compared)
    areas = dict.fromkeys(concept.area for concept in bank.concepts.values())
    return tuple(_area(area, by_area[area]) for area in areas if area in by_area)


def _scored(ws: Workspace, lab: Lab, predictions: Sequence[Prediction]) -> Iterable[Compared]:
    """The first prediction of each claim beside the first full result that came after it."""
    if not predictions:
        return
    runs = ws.store.labs.runs(lab.id)
    ends = ws.store.labs.ends([run.id for run in runs])
    seen: dict[str, datetime] = {}
    for end in sorted(ends.values(), key=lambda e: e.ended_at):
        for claim in end.ruled:
            seen.setdefault(claim, end.ended_at)
    full = [
        run.id
        for run in reversed(runs)
        if run.id in ends and ends[run.id].state is RunState.FINISHED and run.origin.settings == lab.defaults()
    ]
    recorded = ws.library.bank.recorded.get(lab.id)
    looked = results_seen(ws, lab.id)
    done: set[str] = set()
    for prediction in predictions:
        claim = prediction.claim
        if claim in done:
            continue
        done.add(claim)
        if claim in seen and seen[claim] <= prediction.at:
            continue
        if looked is not None and looked <= prediction.at:
            continue
        own = next((r for r in full if claim in ends[r].ruled and ends[r].ended_at > prediction.at), None)
        result = ws.labs.watch(own).result if own else recorded.result if recorded else None
        compared = compare(lab, prediction, result) if result else None
        if compared is not None:
            yield compared


def _area(area: str, found: Sequence[Compared]) -> AreaCalibration:
    degrees = sorted({c.prediction.sure for c in found})
    bins = tuple(
        SureBin(
            sure,
            sum(c.prediction.sure == sure for c in found),
            sum(c.hit for c in found if c.prediction.sure == sure),
        )
        for sure in degrees
    )
    return AreaCalibration(area, len(found), sum(c.brier for c in found) / len(found), bins)


def _claim(lab: Lab, claim: str) -> LabClaim:
    found = lab.claims.get(claim)
    if found is None:
        raise UnknownItemError(f"claim of {lab.id}", claim, tuple(lab.claims)[:3])
    return found


def _way(lab: Lab, claim: LabClaim, effect: Effect, result: LabResult) -> Way | None:
    """Where the arm came out; without a margin, EQUAL is what the interval cannot tell apart."""
    test, measure = claim.test, lab.measures[claim.test.measure]
    level = (1.0 if measure.log else 0.0) if isinstance(test.against, str) else test.against
    if effect.counted:
        return _most(
            _side(gap, level, test.margin, measure.log)
            for _, gap in gaps(test, measure, result.measurements, effect.condition)
        )
    if effect.estimate is None or effect.low is None or effect.high is None:
        return None
    trivial = test.margin <= (1.0 if measure.log else 0.0)
    if trivial and effect.low <= level <= effect.high:
        return Way.EQUAL
    return _side(effect.estimate, level, test.margin, measure.log)


def _side(value: float, level: float, margin: float, log: bool) -> Way:
    low, high = (level / margin, level * margin) if log else (level - margin, level + margin)
    if value > high:
        return Way.ABOVE
    return Way.BELOW if value < low or math.isnan(value) else Way.EQUAL


def _most(sides: Iterable[Way]) -> Way | None:
    counts = Counter(sides).most_common(2)
    if not counts:
        return None
    return Way.EQUAL if len(counts) > 1 and counts[0][1] == counts[1][1] else counts[0][0]
