"""Labs as pages and terminals show them, and what a reader may ask of one."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import process

from vivavoce.domain.concept import Claim, Concept
from vivavoce.domain.dispute import Dispute
from vivavoce.domain.errors import BadInputError
from vivavoce.domain.ids import ItemId
from vivavoce.domain.lab import Lab, Outcome, Parameter, Recorded, Ruled, Settings
from vivavoce.domain.lab_run import LabEnd, Prediction
from vivavoce.domain.question import Misconception, Question, Status
from vivavoce.services.experiment import RunView
from vivavoce.services.lab_needs import advice, missing
from vivavoce.services.workspace import Workspace

FEWEST_SEEDS, MOST_SEEDS = 2, 256


@dataclass(frozen=True, slots=True)
class LabCard:
    """A lab in a list."""

    lab: Lab
    concept: Concept
    missing: tuple[str, ...]
    """Packages that it imports and that are not installed, as one installs them."""
    ruled: Mapping[str, Ruled]
    """Claim to ruling, by the newest of the reader's finished runs at default parameters, or else as recorded."""
    own: bool
    """Whether `ruled` is of a run of the reader."""
    at: str
    """Date of that proof, ISO 8601; empty when there is none."""
    recorded: Recorded | None

    @property
    def standing(self) -> Mapping[str, Outcome]:
        """Claim to outcome, from `ruled`."""
        return {name: ruled.outcome for name, ruled in self.ruled.items()}


@dataclass(frozen=True, slots=True)
class LabPage:
    """Everything that the page of one lab shows."""

    card: LabCard
    claims: Mapping[tuple[str, str], Claim]
    """Concept and key to the concepts' claims that rest on this lab."""
    disputes: tuple[Dispute, ...]
    """That this lab rules on."""
    misconceptions: tuple[tuple[Question, Misconception], ...]
    """That this lab contradicts."""
    runs: tuple[RunView, ...]
    """The reader's, the newest first."""
    predictions: Mapping[str, Prediction]
    """Claim to the reader's first prediction."""
    advice: str
    """How to install what is missing; empty when nothing is."""
    stale: bool
    """Whether the recorded result is of an older version of the lab."""

    @property
    def lab(self) -> Lab:
        return self.card.lab


def lab_cards(ws: Workspace) -> tuple[LabCard, ...]:
    """Every lab that is ready, in the bank's order."""
    return _cards(ws, [lab for lab in ws.library.bank.labs.values() if lab.status is Status.READY])


def lab_card(ws: Workspace, item: str | ItemId) -> LabCard:
    """One lab, whatever its status. Raises `UnknownItemError` with the nearest ids, or `InvalidIdError`."""
    return _cards(ws, [ws.library.bank.lab(item)])[0]


def lab_page(ws: Workspace, item: str | ItemId, limit: int | None = 20) -> LabPage:
    """One lab with its newest `limit` runs. Raises `UnknownItemError` with the nearest ids, or `InvalidIdError`."""
    bank = ws.library.bank
    card = lab_card(ws, item)
    lab = card.lab
    first: dict[str, Prediction] = {}
    for prediction in ws.store.labs.predictions(lab.id):
        first.setdefault(prediction.claim, prediction)
    return LabPage(
        card=card,
        claims={
            (concept.id, key): claim
            for concept in bank.concepts.values()
            for key, claim in concept.claims.items()
            if claim.lab is not None and claim.lab.lab == lab.id
        },
        disputes=tuple(d for d in bank.disputes.values() if d.lab is not None and d.lab.lab == lab.id),
        misconceptions=tuple(
            (question, misconception)
            for question in bank.questions.values()
            for misconception in question.misconceptions
            if misconception.lab is not None and misconception.lab.lab == lab.id
        ),
        runs=ws.labs.history(lab.id, limit),
        predictions=first,
        advice=advice(card.missing),
        stale=card.recorded is not None and card.recorded.origin.hash != lab.hash,
    )


def read_settings(lab: Lab, given: Mapping[str, str]) -> Settings:
    """Every parameter of a lab, as given or else its default.

    Raises `BadInputError` for a name that is no parameter (with the nearest), and for a value that is no number, not
    whole where only whole ones are meant, or out of range (with range and unit).
    """
    for name in given:
        if name not in lab.parameters:
            there = ", ".join(lab.parameters) or "none"
            raise BadInputError(
                f"{lab.id} has no parameter {name[:40]!r}{_meant(name, lab.parameters)}; it has: {there}"
            )
    return {
        name: _value(parameter, given[name]) if name in given else parameter.exact(parameter.default)
        for name, parameter in lab.parameters.items()
    }


def read_seeds(text: str) -> int | None:
    """A number of seeds, 2 to 256; None for an empty text. Raises `BadInputError`."""
    if not text.strip():
        return None
    try:
        seeds = int(text)
    except ValueError:
        seeds = -1
        found = f"{text.strip()[:40]!r} is no whole number"
    else:
        found = f"{seeds} seeds are too {'few' if seeds < FEWEST_SEEDS else 'many'}"
    if not FEWEST_SEEDS <= seeds <= MOST_SEEDS:
        raise BadInputError(f"{found}: a run has {FEWEST_SEEDS} to {MOST_SEEDS} seeds, and an interval needs two")
    return seeds


def range_text(parameter: Parameter) -> str:
    """What a parameter may be: `1 to 4 pixels`, `0.1 to 0.9`, or its choices."""
    if parameter.choices:
        return ", ".join(parameter.choices)
    return f"{parameter.low:g} to {parameter.high:g} {parameter.unit}".rstrip()


def _value(parameter: Parameter, text: str) -> float | str:
    if parameter.choices:
        if text not in parameter.choices:
            raise BadInputError(
                f"{parameter.name} = {text[:40]!r} is no choice{_meant(text, parameter.choices)}; "
                f"it is one of: {', '.join(parameter.choices)}"
            )
        return text
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    kind = "whole number" if parameter.whole else "number"
    expected = f"a {kind} from {range_text(parameter)} is expected"
    if not math.isfinite(value):
        raise BadInputError(f"{parameter.name} = {text[:40]!r} is no number; {expected}")
    if parameter.whole and value != int(value):
        raise BadInputError(f"{parameter.name} = {text[:40]} is not whole; {expected}")
    if not _bound(parameter.low, -math.inf) <= value <= _bound(parameter.high, math.inf):
        raise BadInputError(f"{parameter.name} = {text[:40]} is out of range; {expected}")
    return parameter.exact(value)


def _bound(value: float | None, otherwise: float) -> float:
    return otherwise if value is None else value


def _meant(word: str, names: Iterable[str]) -> str:
    near = process.extractOne(word[:200], list(names), score_cutoff=60)
    return f' (did you mean "{near[0]}"?)' if near else ""


def _cards(ws: Workspace, labs: Sequence[Lab]) -> tuple[LabCard, ...]:
    own = _own_proofs(ws, labs)
    bank = ws.library.bank
    cards = []
    for lab in labs:
        recorded, end = bank.recorded.get(lab.id), own.get(lab.id)
        ruled: Mapping[str, Ruled] = end.ruled if end else recorded.result.ruled if recorded else {}
        at = end.ended_at.isoformat(timespec="seconds") if end else recorded.origin.at if recorded else ""
        there = {name: r for name, r in ruled.items() if name in lab.claims}
        cards.append(LabCard(lab, bank.concepts[lab.id.concept], missing(lab), there, end is not None, at, recorded))
    return tuple(cards)


def _own_proofs(ws: Workspace, labs: Sequence[Lab]) -> dict[ItemId, LabEnd]:
    """Lab to the end of the newest run that proves what the recorded one does."""
    wanted = {lab.id: lab for lab in labs}
    newest: dict[ItemId, str] = {}
    for run in ws.store.labs.finished(labs[0].id if len(labs) == 1 else None):
        lab = wanted.get(run.item)
        if lab is None or run.item in newest or run.origin.hash != lab.hash:
            continue
        if run.origin.settings == lab.defaults() and run.looks and run.looks[-1] >= lab.seeds:
            newest[run.item] = run.id
    ends = ws.store.labs.ends(list(newest.values()))
    return {item: ends[run] for item, run in newest.items() if run in ends}
