"""Runs of labs and predictions in the database."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeVar

from sqlalchemy import Connection, Select, Table, select

from vivavoce.domain.errors import StorageError
from vivavoce.domain.ids import ItemId
from vivavoce.domain.lab import Measurement, Origin, RunState
from vivavoce.domain.lab_run import KeptMeasurement, LabEnd, LabRun, Prediction
from vivavoce.storage.codec import Stored, encode
from vivavoce.storage.database import Database
from vivavoce.storage.rows import append, rows_of
from vivavoce.storage.tables import lab_ends, lab_measurements, lab_runs, predictions
from vivavoce.storage.transfer import read, to_row

Kind = TypeVar("Kind", bound=Stored)


class SqlLabStore:
    """`LabStore` on an opened database, for one learner."""

    def __init__(self, database: Database, learner: str) -> None:
        self._database = database
        self._learner = learner

    def begin(self, run: LabRun) -> bool:
        row = to_row(encode(run), self._learner)
        with self._database.writing() as connection:
            return append(connection, lab_runs, row)

    def keep(self, measurements: Sequence[KeptMeasurement]) -> None:
        rows = [to_row(encode(kept), self._learner) for kept in measurements]
        with self._database.writing() as connection:
            for run in {kept.run for kept in measurements}:
                self._require_run(connection, run)
            for row in rows:
                append(connection, lab_measurements, row)

    def end(self, end: LabEnd) -> bool:
        row = to_row(encode(end), self._learner)
        with self._database.writing() as connection:
            self._require_run(connection, end.run)
            return append(connection, lab_ends, row)

    def run(self, run_id: str) -> LabRun | None:
        found = self._read("lab-run", self._mine(lab_runs).where(lab_runs.c.id == run_id), LabRun)
        return found[0] if found else None

    def runs(self, item: ItemId | None = None, *, limit: int | None = None) -> tuple[LabRun, ...]:
        return self._read("lab-run", self._newest(self._mine(lab_runs, item)).limit(limit), LabRun)

    def finished(self, item: ItemId | None = None) -> tuple[LabRun, ...]:
        done = select(lab_ends.c.id).where(
            lab_ends.c.learner == self._learner, lab_ends.c.state == RunState.FINISHED.value
        )
        query = self._mine(lab_runs, item).where(lab_runs.c.id.in_(done))
        return self._read("lab-run", self._newest(query), LabRun)

    def ends(self, runs: Sequence[str]) -> dict[str, LabEnd]:
        query = self._mine(lab_ends).where(lab_ends.c.id.in_(list(runs)))
        return {end.run: end for end in self._read("lab-end", query, LabEnd)}

    def measurements(self, run_id: str) -> tuple[KeptMeasurement, ...]:
        query = self._mine(lab_measurements).where(lab_measurements.c.run == run_id).order_by(lab_measurements.c.seed)
        return self._read("lab-measurement", query, KeptMeasurement)

    def known(self, item: ItemId, origin: Origin) -> dict[int, tuple[str, Measurement]]:
        same = [run.id for run in self.runs(item) if _same(run.origin, origin)]
        table = lab_measurements.c
        query = self._mine(lab_measurements).where(table.run.in_(same), table.taken_from.is_(None)).order_by(table.seq)
        found = self._read("lab-measurement", query, KeptMeasurement)
        return {kept.measurement.seed: (kept.run, kept.measurement) for kept in found}

    def predict(self, prediction: Prediction) -> bool:
        row = to_row(encode(prediction), self._learner)
        with self._database.writing() as connection:
            return append(connection, predictions, row)

    def predictions(self, item: ItemId | None = None) -> tuple[Prediction, ...]:
        query = self._mine(predictions, item).order_by(predictions.c.at, predictions.c.seq)
        return self._read("prediction", query, Prediction)

    def _newest(self, query: Select[Any]) -> Select[Any]:
        return query.order_by(lab_runs.c.started_at.desc(), lab_runs.c.seq.desc())

    def _mine(self, table: Table, item: ItemId | None = None) -> Select[Any]:
        return rows_of(table, self._learner, item)

    def _read(self, kind: str, query: Select[Any], wanted: type[Kind]) -> tuple[Kind, ...]:
        with self._database.reading() as connection:
            rows = connection.execute(query).mappings()
            values = (read(kind, row, self._database.place) for row in rows)
            return tuple(value for value in values if isinstance(value, wanted))

    def _require_run(self, connection: Connection, run: str) -> None:
        if connection.execute(self._mine(lab_runs).where(lab_runs.c.id == run)).first() is None:
            raise StorageError(f"{self._database.place}: there is no run {run!r} of a lab; nothing was written")


def _same(one: Origin, other: Origin) -> bool:
    """Whether measurements of one would be those of the other."""
    return one.hash == other.hash and one.settings == other.settings and one.versions == other.versions
