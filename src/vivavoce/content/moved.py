"""Ids that items once had, so that no learner loses a history: `moved.yaml` and `released.txt`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from vivavoce.content.files import PackReader
from vivavoce.content.reading import parsed_yaml
from vivavoce.domain.errors import InvalidIdError
from vivavoce.domain.ids import ItemId

MOVED = "moved.yaml"
RELEASED = "released.txt"
_HEADER = "# Every item id that was ever released; made at each release. An id leaves this list never."


@dataclass(frozen=True, slots=True)
class Listed:
    """An id in one of the two files, and where. `now` is where it moved to, as written."""

    path: Path
    line: int
    now: ItemId | None = None


def load_moved(reader: PackReader) -> dict[ItemId, Listed]:
    """Old id to its line; one that is no pair of ids is reported (C004) and left out."""
    path = reader.root / MOVED
    text = reader.text(path, required=False)
    parsed = parsed_yaml(reader, path, text) if text is not None else None
    if parsed is None or parsed.value is None:
        return {}
    remedy = "Write lines such as `old-concept/old-name: concept/name`."
    if not isinstance(parsed.value, Mapping):
        reader.report("C004", path, parsed.marks.line, "found no pairs of old and new id", remedy)
        return {}
    found = {}
    for old, new in parsed.value.items():
        line = parsed.marks.at(old)
        try:
            found[ItemId.parse(str(old))] = Listed(path, line, ItemId.parse(str(new)))
        except InvalidIdError as error:
            reader.report("C004", path, line, str(error), remedy)
    return found


def load_released(reader: PackReader) -> dict[ItemId, Listed]:
    """Released id to its line; a line that is no id is reported (C004) and left out."""
    path = reader.root / RELEASED
    found = {}
    for number, line in enumerate((reader.text(path, required=False) or "").splitlines(), 1):
        entry = line.partition("#")[0].strip()
        if not entry:
            continue
        try:
            found[ItemId.parse(entry)] = Listed(path, number)
        except InvalidIdError as error:
            reader.report("C004", path, number, str(error), "Restore the line from the last release.")
    return found


def render_released(released: Iterable[ItemId], current: Iterable[ItemId]) -> str:
    """The text of `released.txt` for a release that holds `current`: what was there stays."""
    return "\n".join([_HEADER, *sorted({str(item) for item in (*released, *current)})]) + "\n"


def resolve_moves(moves: Mapping[ItemId, Listed]) -> dict[ItemId, ItemId]:
    """Each old id to the end of its chain of moves. An id whose moves go round in a circle is left out."""
    resolved = {}
    for old, listed in moves.items():
        seen, new = {old}, listed.now
        while new is not None and new in moves and new not in seen:
            seen.add(new)
            new = moves[new].now
        if new is not None and new not in seen:
            resolved[old] = new
    return resolved
