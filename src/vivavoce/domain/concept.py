"""A teachable idea, the sentences about it that can be false, and where they come from."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from vivavoce.domain.figure import Figure, without_figures
from vivavoce.domain.ids import LabRef

CLAIM_MARK = re.compile(r"\[claim:\s*([a-z0-9-]+)\s*\]")
"""Names a claim of the concept in a lesson or a model answer: `[claim: size-formula]`."""
_MARK_WITH_SPACE = re.compile(rf"[ \t]*\n?[ \t]*{CLAIM_MARK.pattern}")


def unmarked(text: str) -> str:
    """A text as it is spoken: without marks of claims and figures."""
    return _MARK_WITH_SPACE.sub("", without_figures(text))


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
    lab: LabRef | None = None
    """The claim of a lab that tests it."""


@dataclass(frozen=True, slots=True)
class Concept:
    """A teachable idea with its lesson (Markdown with `$maths$`, `[claim: id]` and `[figure: id]` marks)."""

    id: str
    title: str
    area: str
    level: str
    summary: str
    prerequisites: tuple[str, ...]
    lesson: str
    claims: Mapping[str, Claim] = field(default_factory=dict)
    sources: Mapping[str, Source] = field(default_factory=dict)
    figures: Mapping[str, Figure] = field(default_factory=dict)
    pack: str = ""
    draft: bool = False
    """No lesson and no questions yet: a home for its exercises and cases."""
