"""Proving anew finds what changed; exports hold everything."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.engines.lab_runner.small import DOUBLING
from tests.services.lab_support import ITEM, a_fake, a_pack, a_result, a_workspace, record
from tests.services.support import Clock
from vivavoce.domain.errors import BadInputError, UnknownItemError
from vivavoce.domain.lab import Lab, LabResult, Outcome, RunState
from vivavoce.domain.lab_record import read_origin, read_result, result_record
from vivavoce.plugins import PackFolder
from vivavoce.services.lab_export import as_csv, as_json, chosen_result
from vivavoce.services.library import Library
from vivavoce.services.verify_labs import Change, Proof, Verified, verify
from vivavoce.services.workspace import Workspace


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    return tmp_path / "pack"


@pytest.fixture
def lab(pack: Path) -> Lab:
    found = a_pack(pack)
    record(found, a_result(found))
    return found


def verified(pack: Path, *results: LabResult, record: bool = False) -> Verified:
    library = Library([PackFolder("small", pack)])
    return verify(library, record=record, make=lambda: a_fake(*results), clock=Clock())


def test_outcomes_as_recorded_are_sound(pack: Path, lab: Lab) -> None:
    seen: list[Proof] = []
    library = Library([PackFolder("small", pack)])
    done = verify(
        library, [ITEM, ITEM], make=lambda: a_fake(a_result(lab, seeds=32)), clock=Clock(), report=seen.append
    )
    assert done.sound
    assert list(done.proofs) == seen
    assert (seen[0].changed, len(seen[0].result.measurements)) == ((), 32)
    assert seen[0].origin.settings == {"low": 1}


def test_an_outcome_that_changed_is_found_and_named(pack: Path, lab: Lab) -> None:
    done = verified(pack, a_result(lab, factor=1.05))
    assert not done.sound
    assert done.proofs[0].changed == (Change("larger", Outcome.SUPPORTED, Outcome.REFUTED),)


def test_a_lab_that_fails_is_not_sound_although_its_outcomes_are_the_same(pack: Path, lab: Lab) -> None:
    for state in (RunState.FAILED, RunState.OUT_OF_TIME):
        done = verified(pack, a_result(lab, state=state))
        assert (done.sound, done.proofs[0].changed) == (False, ())


def test_a_claim_that_is_no_longer_ruled_on_is_a_change(pack: Path, lab: Lab) -> None:
    done = verified(pack, replace(a_result(lab), ruled={"larger": a_result(lab).ruled["larger"]}))
    assert done.proofs[0].changed == (Change("smaller", Outcome.REFUTED, None),)


def test_a_lab_whose_packages_are_missing_is_not_run_and_not_sound(pack: Path) -> None:
    a_pack(pack, DOUBLING.replace("import numpy as np", "import numpy as np\nimport no_such_package"))
    done = verified(pack)
    assert (done.sound, done.proofs[0].skipped) == (False, ("no_such_package",))


def test_recording_writes_a_file_that_the_bank_reads_back(pack: Path, lab: Lab) -> None:
    now = a_result(lab, factor=0.5)
    done = verified(pack, now, record=True)
    assert done.proofs[0].written == str(Path(lab.path).with_suffix(".json"))
    loaded = Library([PackFolder("small", pack)]).bank.recorded[lab.id]
    assert loaded.result.ruled == read_result(result_record(now)).ruled
    assert loaded.origin.at == "2026-03-01T09:00:00+00:00"
    assert verified(pack, now).sound


def test_a_failed_run_is_never_recorded(pack: Path, lab: Lab) -> None:
    before = Path(lab.path).with_suffix(".json").read_text()
    done = verified(pack, a_result(lab, state=RunState.FAILED), record=True)
    assert done.proofs[0].written == ""
    assert Path(lab.path).with_suffix(".json").read_text() == before


def test_a_lab_that_is_not_there_is_named_before_anything_runs(pack: Path, lab: Lab) -> None:
    with pytest.raises(UnknownItemError, match="sums/doubling"):
        verify(Library([PackFolder("small", pack)]), [ITEM, "sums/dubling"], make=a_fake)


def test_the_real_runner_proves_the_small_lab(pack: Path, lab: Lab) -> None:
    steps: list[tuple[int, int]] = []
    done = verify(Library([PackFolder("small", pack)]), progress=lambda lab, now, planned: steps.append((now, planned)))
    assert done.sound
    assert steps == [(n, 8) for n in range(1, 9)]


# exports
@pytest.fixture
def ws(tmp_path: Path, pack: Path, lab: Lab) -> Iterator[Workspace]:
    (tmp_path / "data").mkdir()
    fake = a_fake(a_result(lab), a_result(lab, factor=3.0))
    with a_workspace(tmp_path / "data", pack, lambda: fake) as space:
        yield space


def test_csv_has_a_row_for_each_seed_arm_and_measure(lab: Lab) -> None:
    result = a_result(lab, seeds=3)
    rows = list(csv.DictReader(io.StringIO(as_csv(lab, result))))
    assert len(rows) == 3 * 2
    assert rows[1] == {
        "lab": ITEM,
        "seed": "0",
        "condition": "",
        "arm": "double",
        "measure": "size",
        "value": str(result.measurements[0].values[""]["double"]["size"]),
        "unit": "",
    }


def test_json_holds_origin_and_result_unchanged(ws: Workspace, lab: Lab) -> None:
    _, origin, result = chosen_result(ws, ITEM)
    whole = json.loads(as_json(lab, origin, result))
    assert read_origin(whole["origin"]) == origin
    assert read_result(whole["result"]) == result
    assert whole["claims"]["larger"] == {
        "says": "Doubling adds at least 0.1.",
        "test": "size: double > plain + 0.1",
        "check": None,
    }


def test_the_newest_finished_run_of_a_lab_is_chosen_or_a_run_by_the_beginning_of_its_id(
    ws: Workspace, lab: Lab
) -> None:
    first = ws.labs.wait(ws.labs.start(ITEM, {}))
    second = ws.labs.wait(ws.labs.start(ITEM, {"low": 2}))
    assert chosen_result(ws, first.run.id)[2] == first.result
    assert chosen_result(ws, ITEM)[1].settings in ({"low": 1}, {"low": 2})
    assert len(chosen_result(ws, second.run.id)[2].measurements) == 8
    with pytest.raises(BadInputError, match="2 runs begin with 'id'"):
        chosen_result(ws, "id")
    with pytest.raises(UnknownItemError, match='no run of a lab "zz"'):
        chosen_result(ws, "zz")


def test_a_lab_without_any_result_has_nothing_to_export(tmp_path: Path) -> None:
    a_pack(tmp_path / "bare")
    (tmp_path / "more").mkdir()
    with a_workspace(tmp_path / "more", tmp_path / "bare") as ws, pytest.raises(BadInputError, match="viva lab run"):
        chosen_result(ws, ITEM)
