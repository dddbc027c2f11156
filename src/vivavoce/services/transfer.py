"""Take everything out as one file and bring it back."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from vivavoce.domain.errors import ExportFormatError
from vivavoce.services.workspace import Workspace

FORMAT = "vivavoce-export"
FORMAT_VERSION = 1


def export_lines(ws: Workspace) -> Iterator[str]:
    """The whole state as JSON lines: a header, then every attempt, review, appeal and draft."""
    yield json.dumps({"format": FORMAT, "version": FORMAT_VERSION, "exported_at": ws.clock().isoformat()})
    for record in ws.store.dump():
        yield json.dumps(record, ensure_ascii=False, sort_keys=True)


def import_lines(ws: Workspace, lines: Iterable[str]) -> dict[str, int]:
    """Add what an export holds and this store does not; counts what was added by type.

    All or nothing. Raises `ExportFormatError` with the line.
    """
    numbered = ((n, line) for n, line in enumerate(lines, start=1) if line.strip())
    header = _parse(*next(numbered, (1, "")))
    if header.get("format") != FORMAT:
        raise ExportFormatError(f'line 1: this is no Vivavoce export; its first line would hold "format": "{FORMAT}"')
    if header.get("version") != FORMAT_VERSION:
        raise ExportFormatError(
            f"line 1: export version {header.get('version')!r}; this program reads version {FORMAT_VERSION}; update it"
        )
    return ws.store.restore(_parse(n, line) for n, line in numbered)


def _parse(number: int, line: str) -> dict[str, Any]:
    try:
        record = json.loads(line)
    except json.JSONDecodeError as error:
        raise ExportFormatError(f"line {number}: not JSON ({error.msg} at column {error.colno})") from error
    except (ValueError, RecursionError) as error:  # a number of thousands of digits; brackets thousands deep
        raise ExportFormatError(f"line {number}: not JSON that an export holds ({error})") from error
    if not isinstance(record, dict):
        raise ExportFormatError(f"line {number}: found {type(record).__name__}, expected a JSON object")
    return record
