"""A sentence that is often said and is false, dated, or true only under conditions; and what the bank rules on it."""

from __future__ import annotations

from dataclasses import dataclass

from vivavoce.domain.ids import LabRef
from vivavoce.domain.lab import Outcome


@dataclass(frozen=True, slots=True)
class Dispute:
    """One disputed sentence with its ruling."""

    id: str
    concept: str
    says: str
    """The sentence as it is commonly said."""
    said_by: tuple[str, ...]
    """Kinds of source that say it, such as interview-guide or textbook."""
    ruling: Outcome
    """Of the sentence as it stands. Where a lab rules, the lab's recorded outcome (lint compares them)."""
    instead: str
    """What is true, in one sentence."""
    interview: str
    """What to say when it comes up: one paragraph."""
    lab: LabRef | None = None
    sources_for: tuple[str, ...] = ()
    """Keys of the concept's sources that say it or support it."""
    sources_against: tuple[str, ...] = ()
