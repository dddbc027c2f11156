"""Runs of labs, measurements, ends and predictions to plain records and back."""

from __future__ import annotations

from typing import Any

from vivavoce.domain.errors import ExportFormatError
from vivavoce.domain.lab import LabResult, RunState
from vivavoce.domain.lab_record import (
    measurement_record,
    origin_record,
    read_measurement,
    read_origin,
    read_result,
    result_record,
)
from vivavoce.domain.lab_run import KeptMeasurement, LabEnd, LabRun, Prediction, Way
from vivavoce.storage.fields import Fields, made_storable, moment_text

Record = dict[str, Any]


def run_record(run: LabRun) -> Record:
    """The fields of a run that was started."""
    return {
        "id": run.id,
        "item": str(run.item),
        "origin": origin_record(run.origin),
        "looks": list(run.looks),
        "started_at": moment_text(run.started_at),
    }


def read_run(fields: Fields) -> LabRun:
    """The run of a record. Raises `ExportFormatError`."""
    return LabRun(
        id=fields.text("id"),
        item=fields.item("item"),
        origin=fields.inner("origin").parsed(read_origin),
        looks=fields.optional_wholes("looks") or (),
        started_at=fields.moment("started_at"),
    )


def kept_record(kept: KeptMeasurement) -> Record:
    """The fields of a measurement."""
    plain = measurement_record(kept.measurement)
    return {
        "id": kept.id,
        "run": kept.run,
        "seed": plain["seed"],
        "seconds": plain["seconds"],
        "measured": plain["values"],
        "taken_from": kept.taken_from,
    }


def read_kept(fields: Fields) -> KeptMeasurement:
    """The measurement of a record. Raises `ExportFormatError`."""
    plain = {"seed": fields.whole("seed"), "seconds": fields.number("seconds")}
    measurement = fields.parsed(lambda values: read_measurement({**plain, "values": values.get("measured")}))
    kept = KeptMeasurement(fields.text("run"), measurement, fields.optional_text("taken_from"))
    if fields.text("id") != kept.id:
        raise ExportFormatError(f"the measurement {fields.text('id')!r} must have the id {kept.id!r}")
    return kept


def end_record(end: LabEnd) -> Record:
    """The fields of the end of a run; its id is the run's."""
    result = LabResult(end.state, (), end.ruled, end.confidence, end.seconds, end.error, end.illustrations)
    plain = made_storable(result_record(result))
    del plain["measurements"]
    return {"id": end.run, "ended_at": moment_text(end.ended_at), **plain}


def read_end(fields: Fields) -> LabEnd:
    """The end of a record. Raises `ExportFormatError`."""
    state, seconds, confidence = fields.choice("state", RunState), fields.number("seconds"), fields.number("confidence")
    result = fields.parsed(lambda values: read_result({**values, "measurements": []}))
    return LabEnd(
        run=fields.text("id"),
        state=state,
        ended_at=fields.moment("ended_at"),
        seconds=seconds,
        confidence=confidence,
        ruled=dict(result.ruled),
        error=fields.text("error"),
        illustrations=result.illustrations,
    )


def prediction_record(prediction: Prediction) -> Record:
    """The fields of a prediction."""
    return {
        "id": prediction.id,
        "item": str(prediction.item),
        "claim": prediction.claim,
        "condition": prediction.condition,
        "way": prediction.way.value,
        "size": prediction.size,
        "sure": float(prediction.sure) + 0.0,
        "at": moment_text(prediction.at),
    }


def read_prediction(fields: Fields) -> Prediction:
    """The prediction of a record. Raises `ExportFormatError`."""
    sure = fields.number("sure")
    if not 0 <= sure <= 1:
        raise ExportFormatError(f'a prediction has "sure" {sure:g}; a chance from 0 to 1 is expected')
    return Prediction(
        id=fields.text("id"),
        item=fields.item("item"),
        claim=fields.text("claim"),
        condition=fields.text("condition"),
        way=fields.choice("way", Way),
        size=fields.whole("size"),
        sure=sure,
        at=fields.moment("at"),
    )
