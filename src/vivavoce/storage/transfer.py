"""Rows to records and back: single values, the whole state out (`dump`) and in again (`restore`)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, RowMapping, Table, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.dialects.postgresql import Insert as PostgresInsert
from sqlalchemy.dialects.sqlite import Insert as SqliteInsert

from vivavoce.domain.attempt import Appeal, Attempt, Draft, Span
from vivavoce.domain.errors import ExportFormatError, StorageCorruptError, StorageError
from vivavoce.domain.lab_run import KeptMeasurement, LabEnd, LabRun
from vivavoce.domain.review import Review
from vivavoce.domain.submission import CodeSubmission
from vivavoce.storage.codec import Record, Stored, decode, encode
from vivavoce.storage.tables import BY_TYPE

_CHUNK = 500
_MOST_POINTS = 1_000_000
"""Far more than a rubric gives, and little enough that every sum of points is exact."""
_EARLIEST, _LATEST = datetime(2, 1, 1, tzinfo=UTC), datetime(9998, 12, 31, tzinfo=UTC)
"""Times that every time zone can show."""


def insert(connection: Connection, table: Table) -> SqliteInsert | PostgresInsert:
    """An INSERT that knows ON CONFLICT, which both databases have and plain SQL lacks."""
    return sqlite.insert(table) if connection.dialect.name == "sqlite" else postgresql.insert(table)


def to_row(record: Record, learner: str) -> dict[str, Any]:
    """The columns of a record."""
    columns = {key: value for key, value in record.items() if key not in ("type", "version")}
    return {**columns, "learner": learner, "data_version": record["version"]}


def to_record(kind: str, row: RowMapping) -> Record:
    """The record of a row: exactly what `encode` gave when the row was written."""
    columns = {key: value for key, value in row.items() if key not in ("seq", "learner", "data_version")}
    return {"type": kind, "version": row["data_version"], **columns}


def read(kind: str, row: RowMapping, place: str) -> Stored:
    """The value of a row. Raises `StorageCorruptError` for a row that another hand has changed."""
    name = row.get("id") or row.get("writer")
    try:
        return decode(to_record(kind, row), f"{place}: row {name!r}")
    except ExportFormatError as error:
        raise StorageCorruptError(
            f"{error}. The row was not written by Vivavoce; restore the newest backup."
        ) from error


def dump(connection: Connection, learner: str) -> Iterator[Record]:
    """Every record of a learner, in the order of writing, each after those it refers to."""
    for kind, table in BY_TYPE.items():
        order = [table.c.seq] if "seq" in table.c else [table.c.item, table.c.writer]
        rows = connection.execution_options(yield_per=_CHUNK).execute(
            select(table).where(table.c.learner == learner).order_by(*order)
        )
        for row in rows.mappings():
            yield to_record(kind, row)


def restore(connection: Connection, records: Iterable[object], learner: str) -> dict[str, int]:
    """Add what is not there yet, in the caller's transaction. Raises `ExportFormatError`."""
    incoming: dict[str, list[Record]] = {kind: [] for kind in BY_TYPE}
    for number, given in enumerate(records, 1):
        where = f"record {number}"
        value = decode(given, where)
        _require_sound(value, where)
        try:
            record = encode(value)
        except StorageError as error:
            raise ExportFormatError(f"{where}: {error}") from error
        incoming[record["type"]].append(record)
    known = {kind: _keys(connection, kind, learner) for kind in BY_TYPE}
    added = {}
    for kind, new in incoming.items():
        rows = []
        for record in new:
            key = _key(record)
            if key in known[kind]:
                continue
            _require_references(record, known)
            known[kind].add(key)
            rows.append(to_row(record, learner))
        for start in range(0, len(rows), _CHUNK):
            connection.execute(insert(connection, BY_TYPE[kind]), rows[start : start + _CHUNK])
        added[kind] = len(rows)
    return added


def _keys(connection: Connection, kind: str, learner: str) -> set[tuple[str, ...]]:
    table = BY_TYPE[kind]
    columns = (table.c.item, table.c.writer) if kind == "draft" else (table.c.id,)
    return {tuple(row) for row in connection.execute(select(*columns).where(table.c.learner == learner))}


def _key(record: Record) -> tuple[str, ...]:
    return (record["item"], record["writer"]) if record["type"] == "draft" else (record["id"],)


def _require_references(record: Record, known: dict[str, set[tuple[str, ...]]]) -> None:
    for field, kind in _REFERENCES.get(record["type"], ()):
        wanted = record[field]
        if wanted is not None and (wanted,) not in known[kind]:
            raise ExportFormatError(
                f'{record["type"]} {record["id"]!r}: "{field}" names the {kind} {wanted!r}, which is neither in this '
                f"database nor earlier in the file; import a complete export"
            )


_REFERENCES = {
    "review": (("attempt", "attempt"), ("replaces", "review")),
    "appeal": (("attempt", "attempt"), ("withdraws", "appeal")),
    "lab-measurement": (("run", "lab-run"),),
    "lab-end": (("id", "lab-run"),),
}


def _require_sound(value: Stored, where: str) -> None:
    """What a foreign file could get wrong although every field has the right type."""
    for moment in _moments(value):
        if not _EARLIEST <= moment <= _LATEST:
            raise ExportFormatError(f"{where}: {moment.isoformat()} is no time of an answer; a year from 2 to 9998 is")
    if isinstance(value, Attempt):
        wrong = {name: worth for name, worth in value.points.items() if not 0 <= worth <= _MOST_POINTS}
        if wrong:
            raise ExportFormatError(f'{where} (attempt): "points" has {_first(wrong)}; 0 to {_MOST_POINTS} is expected')
        ungraded = [v.criterion for v in value.grade.verdicts if v.criterion not in value.points]
        if ungraded:
            raise ExportFormatError(f'{where} (attempt): "points" lacks the graded criterion {ungraded[0]!r}')
        for span in _spans(value):
            if not 0 <= span.start < span.end <= len(value.text):
                raise ExportFormatError(
                    f"{where} (attempt): span [{span.start}, {span.end}] is no part of the text "
                    f"(0 to {len(value.text)})"
                )
    elif isinstance(value, (Review, Appeal)) and value.id in (
        getattr(value, "replaces", ""),
        getattr(value, "withdraws", ""),
    ):
        raise ExportFormatError(f"{where}: {value.id!r} refers to itself; it can only refer to an earlier one")
    elif isinstance(value, Draft) and not value.writer:
        raise ExportFormatError(f'{where} (draft): "writer" is empty; the name of a tab or terminal is expected')


def _moments(value: Stored) -> tuple[datetime, ...]:
    if isinstance(value, Attempt | CodeSubmission):
        return (value.submitted_at,)
    if isinstance(value, LabRun):
        return (value.started_at,)
    if isinstance(value, LabEnd):
        return (value.ended_at,)
    if isinstance(value, KeptMeasurement):
        return ()
    if isinstance(value, Draft):
        submitted = (value.submission.submitted_at,) if value.submission else ()
        return (value.updated_at, value.opened_at, *submitted)
    return (value.at,)


def _first(wrong: dict[str, int]) -> str:
    name, worth = next(iter(wrong.items()))
    return f"{name!r}: {str(worth)[:20]}"


def _spans(attempt: Attempt) -> Iterator[Span]:
    grade = attempt.grade
    for verdict in grade.verdicts:
        yield from verdict.spans
    for found in grade.misconceptions:
        yield from found.spans
    for flagged in grade.flags:
        yield from flagged.spans
