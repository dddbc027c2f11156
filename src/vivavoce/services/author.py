"""Begin a pack, a concept or a question; compare the bank with a syllabus."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from vivavoce.content.bank import load_bank
from vivavoce.content.coverage import Coverage, coverage, render
from vivavoce.content.syllabus import load_syllabus
from vivavoce.content.template import new_concept, new_pack, new_question, write_files
from vivavoce.domain.errors import BadInputError
from vivavoce.domain.ids import ItemId


def begin_pack(folder: Path) -> list[Path]:
    """A new pack in `folder`, named after it. Raises `BadInputError` when there is one."""
    return write_files(folder, new_pack(folder.resolve().name))


def begin_concept(pack: Path, concept: str) -> list[Path]:
    """The files of a new concept. Raises `BadInputError`."""
    _require_pack(pack)
    return write_files(pack, new_concept(concept))


def begin_question(pack: Path, item: str) -> list[Path]:
    """The file of a new question, a draft.

    Raises `BadInputError`, and `UnknownItemError` for a concept that is not there.
    """
    _require_pack(pack)
    wanted = ItemId.parse(item)
    load_bank([pack]).bank.concept(wanted.concept)
    return write_files(pack, new_question(wanted))


def cover(packs: Sequence[Path], syllabus: Path) -> Coverage:
    """Row by row, the items that cover a syllabus. Raises `BadInputError` with all that is wrong with its file."""
    return coverage(load_syllabus(syllabus), load_bank(packs).bank)


def coverage_text(found: Coverage, *, everything: bool = False) -> str:
    """For a person: rows that are weak or open (or all), absent concepts, counts."""
    return render(found, everything=everything)


def _require_pack(pack: Path) -> None:
    if not (pack / "pack.yaml").is_file():
        raise BadInputError(f"{pack} is no pack: it has no pack.yaml. Begin one with `viva content new pack {pack}`")
