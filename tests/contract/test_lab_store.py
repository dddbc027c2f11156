"""Runs of labs and predictions on both databases."""

from __future__ import annotations

import dataclasses
import threading

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError

from tests.contract.support import (
    HOUR,
    LAB,
    NOON,
    ORIGIN,
    WHY,
    a_lab_end,
    a_lab_run,
    a_measurement,
    a_prediction,
    fill,
)
from vivavoce.domain.errors import StorageError
from vivavoce.domain.lab import RunState
from vivavoce.storage.store import SqlStore


def test_a_run_its_measurements_and_its_end_come_back_as_they_were(store: SqlStore) -> None:
    assert store.labs.begin(a_lab_run())
    kept = (a_measurement(0), a_measurement(3, value=float("-inf")))
    store.labs.keep(kept[::-1])
    assert store.labs.end(a_lab_end())
    assert store.labs.run("run1") == a_lab_run()
    assert store.labs.measurements("run1") == kept
    assert store.labs.ends(["run1", "run2"]) == {"run1": a_lab_end()}
    assert store.labs.run("run2") is None
    assert store.labs.measurements("run2") == ()


def test_what_is_not_a_number_is_kept_as_such(store: SqlStore) -> None:
    store.labs.begin(a_lab_run())
    store.labs.keep([a_measurement(0, value=float("nan"))])
    (kept,) = store.labs.measurements("run1")
    value = kept.measurement.values[""]["pooling"]["unchanged"]
    assert value != value


def test_a_run_begins_and_ends_once_and_a_seed_is_kept_once(store: SqlStore) -> None:
    store.labs.begin(a_lab_run())
    assert not store.labs.begin(a_lab_run(item=WHY))
    store.labs.keep([a_measurement(0)])
    store.labs.keep([a_measurement(0, value=99.0), a_measurement(1)])
    store.labs.end(a_lab_end())
    assert not store.labs.end(a_lab_end(state=RunState.FAILED))
    assert store.labs.measurements("run1") == (a_measurement(0), a_measurement(1))
    assert store.labs.ends(["run1"])["run1"].state is RunState.FINISHED


def test_nothing_is_kept_of_a_run_that_was_never_begun(store: SqlStore) -> None:
    for change in (lambda: store.labs.keep([a_measurement(0)]), lambda: store.labs.end(a_lab_end())):
        with pytest.raises(StorageError, match="there is no run 'run1'"):
            change()
    assert list(store.dump()) == []


def test_a_measurement_that_cannot_be_kept_leaves_the_others_out_too(store: SqlStore) -> None:
    store.labs.begin(a_lab_run())
    with pytest.raises(StorageError, match="no run 'run9'"):
        store.labs.keep([a_measurement(0), a_measurement(1, run="run9")])
    assert store.labs.measurements("run1") == ()


def test_runs_come_newest_first_of_one_lab_and_no_more_than_asked(store: SqlStore) -> None:
    for n, item in enumerate([LAB, WHY, LAB]):
        store.labs.begin(a_lab_run(f"run{n}", item, NOON + n * HOUR))
    assert [run.id for run in store.labs.runs()] == ["run2", "run1", "run0"]
    assert [run.id for run in store.labs.runs(LAB)] == ["run2", "run0"]
    assert [run.id for run in store.labs.runs(limit=1)] == ["run2"]


def test_only_runs_that_ran_to_their_end_are_finished(store: SqlStore) -> None:
    for n, state in enumerate([RunState.FINISHED, RunState.CANCELLED, RunState.FINISHED]):
        store.labs.begin(a_lab_run(f"run{n}", at=NOON + n * HOUR))
        store.labs.end(a_lab_end(f"run{n}", state))
    store.labs.begin(a_lab_run("run9"))
    assert [run.id for run in store.labs.finished(LAB)] == ["run2", "run0"]
    assert store.labs.finished(WHY) == ()


@pytest.mark.parametrize("field", ["hash", "settings", "versions"])
def test_seeds_of_other_code_settings_or_versions_are_not_known(store: SqlStore, field: str) -> None:
    other = {"hash": "other", "settings": {"shift": 3.0}, "versions": {"python": "3.13"}}[field]
    store.labs.begin(a_lab_run(origin=dataclasses.replace(ORIGIN, **{field: other})))
    store.labs.keep([a_measurement(0)])
    assert store.labs.known(LAB, ORIGIN) == {}


def test_a_seed_is_known_with_the_run_that_measured_it_not_those_that_took_it_over(store: SqlStore) -> None:
    later = dataclasses.replace(ORIGIN, at="2027-01-01T00:00:00+00:00", machine="another")
    for name, origin in (("run1", ORIGIN), ("run2", later)):
        store.labs.begin(a_lab_run(name, origin=origin))
    store.labs.keep([a_measurement(0), a_measurement(1)])
    store.labs.keep([a_measurement(0, "run2", taken_from="run1"), a_measurement(2, "run2")])
    found = store.labs.known(LAB, ORIGIN)
    assert {seed: run for seed, (run, _) in found.items()} == {0: "run1", 1: "run1", 2: "run2"}
    assert found[2][1] == a_measurement(2).measurement
    assert store.labs.known(WHY, ORIGIN) == {}


def test_predictions_come_in_the_order_in_which_they_were_made(store: SqlStore) -> None:
    late, early, other = a_prediction("b", at=NOON + HOUR), a_prediction("a"), a_prediction("c", WHY)
    assert store.labs.predict(late)
    assert store.labs.predict(early)
    assert store.labs.predict(other)
    assert not store.labs.predict(dataclasses.replace(early, sure=0.4))
    assert store.labs.predictions(LAB) == (early, late)
    assert set(store.labs.predictions()) == {early, late, other}


@pytest.mark.parametrize("table", ["lab_runs", "lab_measurements", "lab_ends", "predictions"])
@pytest.mark.parametrize("statement", ["UPDATE {} SET learner = 'x'", "DELETE FROM {}"])
def test_the_database_refuses_to_change_what_was_measured_and_predicted(
    store: SqlStore, engine: Engine, table: str, statement: str
) -> None:
    fill(store)
    before = list(store.dump())
    with pytest.raises(DBAPIError, match=f"{table} is append-only"), engine.begin() as connection:
        connection.execute(text(statement.format(table)))
    assert list(store.dump()) == before


def test_seeds_kept_by_many_threads_at_once_are_all_there(store: SqlStore) -> None:
    store.labs.begin(a_lab_run())
    start = threading.Barrier(6)
    errors: list[BaseException] = []

    def keep(number: int) -> None:
        start.wait()
        try:
            for step in range(5):
                store.labs.keep([a_measurement(5 * number + step)])
        except BaseException as error:
            errors.append(error)

    threads = [threading.Thread(target=keep, args=(n,)) for n in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    assert [kept.measurement.seed for kept in store.labs.measurements("run1")] == list(range(30))


def test_a_text_of_a_lab_that_no_database_holds_is_kept_without_what_it_cannot(store: SqlStore) -> None:
    store.labs.begin(a_lab_run())
    store.labs.end(dataclasses.replace(a_lab_end(), error="nul \0, half \ud83d"))
    assert store.labs.ends(["run1"])["run1"].error == "nul \u2400, half ?"
