"""A syllabus: what a bank must cover, concept by concept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any

from vivavoce.content.files import PackReader
from vivavoce.content.yaml_text import parse
from vivavoce.domain.errors import BadInputError
from vivavoce.domain.ids import SLUG


class RowKind(StrEnum):
    """What a row of a syllabus demands."""

    ASK = "ask"
    """A question that interviewers ask."""
    POINT = "point"
    """Something that a good answer says."""
    DISPUTED = "disputed"
    """A statement, wrong or only conditionally true, that the bank must rule on."""
    RUN = "run"
    """An exercise, a lab or a case that must be there."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What one concept must cover."""

    concept: str
    rows: Mapping[RowKind, tuple[str, ...]] = field(default_factory=dict)


_KEYS = {"asks": RowKind.ASK, "points": RowKind.POINT, "disputed": RowKind.DISPUTED, "runs": RowKind.RUN}


def load_syllabus(path: Path) -> tuple[Entry, ...]:
    """The entries of a syllabus file, in its order.

    Raises `BadInputError` with the place of everything that is wrong with it. Keys other than id, asks, points,
    disputed and runs are not looked at.
    """
    reader = PackReader(path.parent)
    text = reader.text(path)
    if text is None:
        raise BadInputError("\n".join(d.render() for d in reader.diagnostics))
    parsed = parse(text)
    problems = [f"{path}:{p.line}: {p.message}. {p.remedy}" for p in parsed.problems]
    entries: list[Entry] = []
    if not problems:
        if not isinstance(parsed.value, list):
            raise BadInputError(f"{path}: found no list; a syllabus is a list of entries that begin with `- id: ...`")
        for n, raw in enumerate(parsed.value):
            try:
                entries.append(_entry(raw, {e.concept for e in entries}))
            except _BadEntryError as error:
                problems.append(f"{path}:{parsed.marks.at(n, *error.keys)}: {error}")
    if problems:
        raise BadInputError("\n".join(problems))
    return tuple(entries)


class _BadEntryError(Exception):
    def __init__(self, keys: tuple[Any, ...], message: str) -> None:
        super().__init__(message)
        self.keys = keys


def _entry(raw: Any, taken: set[str]) -> Entry:
    if not isinstance(raw, dict):
        raise _BadEntryError((), "an entry must have keys: id, asks, points, disputed, runs")
    concept = raw.get("id")
    if not isinstance(concept, str) or not SLUG.fullmatch(concept):
        raise _BadEntryError(
            ("id",), f"the id is {concept!r}; it must be the id of a concept, such as batch-normalization"
        )
    if concept in taken:
        raise _BadEntryError(("id",), f'the id "{concept}" is listed twice; join the two entries')
    rows = {kind: _texts(raw, key) for key, kind in _KEYS.items()}
    return Entry(concept, rows)


def _texts(raw: Mapping[str, Any], key: str) -> tuple[str, ...]:
    value = raw.get(key)
    if value is None:
        return ()
    if not isinstance(value, list):
        raise _BadEntryError((key,), f"`{key}` must be a list of texts")
    for n, text in enumerate(value):
        if not isinstance(text, str) or not text.strip():
            raise _BadEntryError(
                (key, n), f"row {n + 1} of `{key}` must be a text; put one that contains `: ` in quotes"
            )
    return tuple(text.strip() for text in value)
