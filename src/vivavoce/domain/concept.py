"""A teachable idea, the sentences about it that can be false, and where they come from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Source:
    """A primary source and the place in it."""

    title: str
    url: str
    at: str
    """Section, theorem, figure: where to look."""


@dataclass(frozen=True, slots=True)
class Claim:
    """One sentence that can be false, with its evidence."""

    says: str
    sources: tuple[str, ...] = ()
    """Keys of the concept's `sources`."""
    lab: str | None = None


@dataclass(frozen=True, slots=True)
class Concept:
    """A teachable idea with its lesson (Markdown with `$maths$` and `[claim: id]` marks)."""

    id: str
    title: str
    area: str
    level: str
    summary: str
    prerequisites: tuple[str, ...]
    lesson: str
    claims: Mapping[str, Claim] = field(default_factory=dict)
    sources: Mapping[str, Source] = field(default_factory=dict)
    pack: str = ""
    draft: bool = False
    """No lesson and no questions yet: a home for its exercises and cases."""
