"""Results of labs as plain records (what JSON can hold) and back: for the database, recorded files and exports."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

from vivavoce.domain.errors import ExportFormatError
from vivavoce.domain.exhibit import Curves, Log, Matrix
from vivavoce.domain.lab import (
    Effect,
    Illustration,
    LabResult,
    Measurement,
    Origin,
    Outcome,
    Points,
    Recorded,
    Ruled,
    RunState,
)

Record = dict[str, Any]
T = TypeVar("T")
_DIGITS = 7
"""Significant digits kept of a measurement: more than a single-precision number has."""


def number_record(value: float) -> float | str:
    """A number JSON can hold; `nan`, `inf` and `-inf` as words."""
    if math.isfinite(value):
        return float(f"{value:.{_DIGITS}g}") + 0.0
    return "nan" if math.isnan(value) else "inf" if value > 0 else "-inf"


def read_number(record: object) -> float:
    """The number of a record. Raises `ExportFormatError`."""
    if record in ("nan", "inf", "-inf"):
        return float(str(record))
    if isinstance(record, bool) or not isinstance(record, int | float):
        raise ExportFormatError(f"found {record!r} where a number belongs")
    return float(record)


def measurement_record(measurement: Measurement) -> Record:
    return {
        "seed": measurement.seed,
        "seconds": number_record(measurement.seconds),
        "values": {
            condition: {arm: {name: number_record(v) for name, v in taken.items()} for arm, taken in arms.items()}
            for condition, arms in measurement.values.items()
        },
    }


def read_measurement(record: Record) -> Measurement:
    """Raises `ExportFormatError`."""
    return _reading(
        "measurement",
        lambda: Measurement(
            seed=int(record["seed"]),
            values={
                str(condition): {
                    str(arm): {str(name): read_number(v) for name, v in taken.items()} for arm, taken in arms.items()
                }
                for condition, arms in record["values"].items()
            },
            seconds=read_number(record["seconds"]),
        ),
    )


def result_record(result: LabResult) -> Record:
    return {
        "state": result.state.value,
        "confidence": result.confidence,
        "seconds": number_record(result.seconds),
        "error": result.error,
        "ruled": {name: _ruled_record(ruled) for name, ruled in result.ruled.items()},
        "measurements": [measurement_record(m) for m in result.measurements],
        "illustrations": [illustration_record(i) for i in result.illustrations],
    }


def read_result(record: Record) -> LabResult:
    """Raises `ExportFormatError`."""
    return _reading(
        "result",
        lambda: LabResult(
            state=RunState(record["state"]),
            measurements=tuple(read_measurement(m) for m in record["measurements"]),
            ruled={str(name): _read_ruled(name, r) for name, r in record["ruled"].items()},
            confidence=float(record["confidence"]),
            seconds=read_number(record["seconds"]),
            error=str(record["error"]),
            illustrations=tuple(read_illustration(i) for i in record["illustrations"]),
        ),
    )


def origin_record(origin: Origin) -> Record:
    return {
        "hash": origin.hash,
        "at": origin.at,
        "versions": dict(origin.versions),
        "machine": origin.machine,
        "settings": dict(origin.settings),
    }


def read_origin(record: Record) -> Origin:
    """Raises `ExportFormatError`."""
    return _reading(
        "origin",
        lambda: Origin(
            hash=str(record["hash"]),
            at=str(record["at"]),
            versions={str(k): str(v) for k, v in record["versions"].items()},
            machine=str(record["machine"]),
            settings={str(k): v if isinstance(v, str) else float(v) for k, v in record["settings"].items()},
        ),
    )


def recorded_record(recorded: Recorded) -> Record:
    return {"origin": origin_record(recorded.origin), "result": result_record(recorded.result)}


def read_recorded(record: object) -> Recorded:
    """Raises `ExportFormatError`."""
    if not isinstance(record, dict) or not {"origin", "result"} <= record.keys():
        raise ExportFormatError("found no keys origin and result")
    return Recorded(read_origin(record["origin"]), read_result(record["result"]))


def illustration_record(shown: Illustration) -> Record:
    """What a lab's `illustrate` gives, checked and in plain form."""
    if isinstance(shown, Log):
        return {"kind": "text", "title": shown.title, "text": shown.text}
    if isinstance(shown, Curves):
        return {
            "kind": "curves",
            "title": shown.title,
            "x_label": shown.x_label,
            "y_label": shown.y_label,
            "x": [number_record(v) for v in shown.x],
            "lines": {
                name: [None if v is None else number_record(v) for v in line] for name, line in shown.lines.items()
            },
            "log_y": shown.log_y,
        }
    if isinstance(shown, Matrix):
        return {
            "kind": "matrix",
            "title": shown.title,
            "row_label": shown.row_label,
            "column_label": shown.column_label,
            "rows": list(shown.rows),
            "columns": list(shown.columns),
            "values": [[number_record(v) for v in row] for row in shown.values],
        }
    return {
        "kind": "points",
        "title": shown.title,
        "x_label": shown.x_label,
        "y_label": shown.y_label,
        "groups": {
            name: [[number_record(x), number_record(y)] for x, y in dots] for name, dots in shown.groups.items()
        },
    }


def read_illustration(record: Record) -> Illustration:
    """An illustration of its record. Optional keys may be left out. Raises `ExportFormatError`."""
    kind = record.get("kind")
    readers: Mapping[object, Callable[[Record], Illustration]] = {
        "text": lambda r: Log(str(r["title"]), str(r["text"])),
        "curves": _read_curves,
        "matrix": _read_matrix,
        "points": lambda r: Points(
            title=str(r["title"]),
            x_label=str(r.get("x_label", "")),
            y_label=str(r.get("y_label", "")),
            groups={
                str(name): tuple((read_number(x), read_number(y)) for x, y in dots)
                for name, dots in r["groups"].items()
            },
        ),
    }
    if kind not in readers:
        raise ExportFormatError(f"an illustration is of the kind {kind!r}; there are {', '.join(map(str, readers))}")
    return _reading(f"illustration of the kind {kind}", lambda: readers[kind](record))


def _read_curves(record: Record) -> Curves:
    x = tuple(read_number(v) for v in record["x"])
    lines = {}
    for name, line in record["lines"].items():
        values = tuple(None if v is None else read_number(v) for v in line)
        if len(values) != len(x):
            raise ExportFormatError(f"the line {name!r} has {len(values)} values and x has {len(x)}")
        lines[str(name)] = tuple(v if v is not None and math.isfinite(v) else None for v in values)
    return Curves(
        str(record["title"]),
        str(record.get("x_label", "")),
        str(record.get("y_label", "")),
        x,
        lines,
        bool(record.get("log_y", False)),
    )


def _read_matrix(record: Record) -> Matrix:
    values = tuple(tuple(read_number(v) for v in row) for row in record["values"])
    if len({len(row) for row in values}) > 1:
        raise ExportFormatError("the rows of a matrix differ in length")
    columns = len(values[0]) if values else 0
    return Matrix(
        str(record["title"]),
        str(record.get("row_label", "")),
        str(record.get("column_label", "")),
        _names(record.get("rows"), len(values)),
        _names(record.get("columns"), columns),
        values,
    )


def _names(given: Sequence[object] | None, number: int) -> tuple[str, ...]:
    names = tuple(str(v) for v in given) if given else tuple(str(n) for n in range(number))
    if len(names) != number:
        raise ExportFormatError(f"a matrix has {number} rows or columns and {len(names)} names for them")
    return names


def _ruled_record(ruled: Ruled) -> Record:
    return {
        "outcome": ruled.outcome.value,
        "because": ruled.because,
        "effects": [_effect_record(e) for e in ruled.effects],
        "check": [_effect_record(e) for e in ruled.check],
    }


def _read_ruled(name: object, record: Record) -> Ruled:
    return Ruled(
        claim=str(name),
        outcome=Outcome(record["outcome"]),
        effects=tuple(_read_effect(e) for e in record["effects"]),
        check=tuple(_read_effect(e) for e in record["check"]),
        because=str(record["because"]),
    )


def _effect_record(effect: Effect) -> Record:
    return {
        "condition": effect.condition,
        "outcome": effect.outcome.value,
        "estimate": _maybe(effect.estimate),
        "low": _maybe(effect.low),
        "high": _maybe(effect.high),
        "seeds": effect.seeds,
        "seeds_for": effect.seeds_for,
        "seeds_against": effect.seeds_against,
        "diverged": dict(effect.diverged),
        "counted": effect.counted,
    }


def _read_effect(record: Record) -> Effect:
    bounds = {key: None if record[key] is None else read_number(record[key]) for key in ("estimate", "low", "high")}
    return Effect(
        condition=str(record["condition"]),
        outcome=Outcome(record["outcome"]),
        seeds=int(record["seeds"]),
        seeds_for=int(record["seeds_for"]),
        seeds_against=int(record["seeds_against"]),
        diverged={str(k): int(v) for k, v in record["diverged"].items()},
        counted=bool(record["counted"]),
        **bounds,
    )


def _maybe(value: float | None) -> float | str | None:
    return None if value is None else number_record(value)


def _reading(what: str, read: Callable[[], T]) -> T:
    try:
        return read()
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise ExportFormatError(f"this is no {what}: {type(error).__name__} {error}") from error
