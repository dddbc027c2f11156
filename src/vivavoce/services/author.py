"""Begin a pack, a concept or a question; compare the bank with a syllabus."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from vivavoce.content.bank import load_bank
from vivavoce.content.coverage import Coverage, coverage, render
from vivavoce.content.syllabus import load_syllabus
from vivavoce.content.template import make
from vivavoce.services.meaning import meaning_of


def begin(pack: Path, name: str, *, estimate: bool = False) -> list[Path]:
    """The files of a new question (`concept/item`) or concept in `pack`, which is made too where it is missing.

    The numbers of an `estimate` are drawn.

    Raises `InvalidIdError`, and `BadInputError` when what is named is there already.
    """
    return make(pack, name, estimate=estimate)


def cover(packs: Sequence[Path], syllabus: Path) -> Coverage:
    """Row by row, the items that cover a syllabus. Raises `BadInputError` with all that is wrong with its file."""
    return coverage(load_syllabus(syllabus), load_bank(packs).bank, meaning_of)


def coverage_text(found: Coverage, *, everything: bool = False) -> str:
    """For a person: rows that are weak or open (or all), absent concepts, counts."""
    return render(found, everything=everything)
