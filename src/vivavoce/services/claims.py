"""The ledger: every sentence of the bank that can be false, with its evidence and the date of its last proof."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from vivavoce.domain.concept import Concept, Source
from vivavoce.domain.dispute import Dispute
from vivavoce.domain.ids import ItemId, LabRef
from vivavoce.domain.lab import Outcome
from vivavoce.services.lab_words import numbers_text
from vivavoce.services.labs import LabCard, lab_cards
from vivavoce.services.workspace import Workspace


class Evidence(StrEnum):
    """What a claim rests on."""

    MEASURED = "measured"
    CITED = "cited"
    BOTH = "both"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class LedgerEntry:
    """One sentence: a concept's claim, or a disputed one with its ruling."""

    key: str
    """Of the claim or dispute in its concept."""
    says: str
    concept: Concept
    evidence: Evidence
    lab: LabRef | None
    outcome: Outcome | None
    """By the newest proof; of a dispute its ruling; None for what is cited only."""
    numbers: str
    """The effect in words with its interval; empty without a result."""
    at: str
    """Date of the last proof, ISO 8601; empty without one."""
    own: bool
    """Whether that proof is a run of the reader."""
    sources: tuple[Source, ...]
    dispute: Dispute | None = None

    @property
    def popular_but_false(self) -> bool:
        """Often said, and refuted."""
        return self.dispute is not None and self.outcome is Outcome.REFUTED


def ledger(
    ws: Workspace, *, popular_but_false: bool = False, depends: bool = False, concept: str = "", text: str = ""
) -> tuple[LedgerEntry, ...]:
    """Entries that pass every filter, in the bank's order, disputes of a concept first.

    `popular_but_false` and `depends` together keep what is either. `text` is words that must all occur. Raises
    `UnknownItemError` for a concept that is not there.
    """
    wanted = ws.library.bank.concept(concept).id if concept else ""
    words = text.casefold().split()
    return tuple(
        entry
        for entry in _entries(ws)
        if wanted in ("", entry.concept.id)
        and (
            not (popular_but_false or depends)
            or (popular_but_false and entry.popular_but_false)
            or (depends and entry.outcome is Outcome.DEPENDS)
        )
        and all(word in _searched(entry) for word in words)
    )


def _searched(entry: LedgerEntry) -> str:
    instead = entry.dispute.instead if entry.dispute else ""
    return f"{entry.says} {instead} {entry.concept.id} {entry.concept.title} {entry.key}".casefold()


def _entries(ws: Workspace) -> Iterator[LedgerEntry]:
    cards = {card.lab.id: card for card in lab_cards(ws)}
    disputes = tuple(ws.library.bank.disputes.values())
    for concept in ws.library.bank.concepts.values():
        for dispute in disputes:
            if dispute.concept == concept.id:
                sources = _sources(concept, (*dispute.sources_for, *dispute.sources_against))
                numbers, at, own, _ = _proof(cards, dispute.lab)
                evidence = _evidence(dispute.lab, sources)
                yield LedgerEntry(
                    dispute.id,
                    dispute.says,
                    concept,
                    evidence,
                    dispute.lab,
                    dispute.ruling,
                    numbers,
                    at,
                    own,
                    sources,
                    dispute,
                )
        for key, claim in concept.claims.items():
            sources = _sources(concept, claim.sources)
            numbers, at, own, outcome = _proof(cards, claim.lab)
            evidence = _evidence(claim.lab, sources)
            yield LedgerEntry(key, claim.says, concept, evidence, claim.lab, outcome, numbers, at, own, sources)


def _proof(cards: Mapping[ItemId, LabCard], ref: LabRef | None) -> tuple[str, str, bool, Outcome | None]:
    """Numbers, date, whether it is the reader's, and outcome of the newest proof."""
    card = cards.get(ref.lab) if ref is not None else None
    ruled = card.ruled.get(ref.claim) if card is not None and ref is not None else None
    if card is None or ruled is None:
        return "", "", False, None
    return numbers_text(card.lab, ruled), card.at, card.own, ruled.outcome


def _evidence(lab: LabRef | None, sources: Sequence[Source]) -> Evidence:
    if lab is not None:
        return Evidence.BOTH if sources else Evidence.MEASURED
    return Evidence.CITED if sources else Evidence.NONE


def _sources(concept: Concept, keys: Sequence[str]) -> tuple[Source, ...]:
    return tuple(concept.sources[key] for key in keys if key in concept.sources)
