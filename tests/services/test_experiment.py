"""The desk: one run at a time, every seed kept, nothing lost by a cancel, a failure or a crash."""

from __future__ import annotations

import itertools
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.engines.lab_runner.small import DOUBLING
from tests.services.lab_support import ITEM, SLOW, a_fake, a_pack, a_result, a_workspace, measured
from tests.services.support import Clock
from vivavoce.domain.errors import BadInputError, StorageReadOnlyError, UnknownItemError
from vivavoce.domain.lab import Outcome, RunState
from vivavoce.engines.lab_runner.fake import FakeLabRunner
from vivavoce.services.experiment import RunView
from vivavoce.services.workspace import Workspace
from vivavoce.storage.lab_store import SqlLabStore

Opened = Callable[..., Workspace]


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Opened]:
    """Opens workspaces over one store and the small pack, and closes them."""
    spaces: list[Workspace] = []

    def open_one(fake: FakeLabRunner | None = None, code: str = DOUBLING) -> Workspace:
        pack = tmp_path / "pack"
        a_pack(pack, code)
        (tmp_path / "data").mkdir(exist_ok=True)
        spaces.append(a_workspace(tmp_path / "data", pack, *([lambda: fake] if fake else [])))
        return spaces[-1]

    yield open_one
    for space in spaces:
        space.close()


class Gate:
    """Lets a fake run go on seed by seed."""

    def __init__(self) -> None:
        self._open = threading.Semaphore(0)
        self.reached = threading.Semaphore(0)

    def __call__(self, seed: int) -> None:
        self.reached.release()
        assert self._open.acquire(timeout=20)

    def let(self, seeds: int) -> None:
        for _ in range(seeds):
            self._open.release()

    def wait_for(self, seeds: int) -> None:
        """Until that many seeds have begun since the last time."""
        for _ in range(seeds):
            assert self.reached.acquire(timeout=20)


def test_a_run_measures_rules_and_stays_as_it_was_after_a_restart(opened: Opened) -> None:
    ws = opened()
    run = ws.labs.start(ITEM, {})
    seen: list[RunView] = []
    view = ws.labs.wait(run, seen.append)
    assert (view.state, view.done, view.reused, view.place, view.over) == (RunState.FINISHED, 8, 0, 0, True)
    assert {name: ruled.outcome for name, ruled in view.result.ruled.items()} == {
        "larger": Outcome.SUPPORTED,
        "smaller": Outcome.REFUTED,
    }
    assert view.run.origin.settings == {"low": 1}
    assert {"python", "numpy"} <= view.run.origin.versions.keys()
    assert seen[-1] == view
    assert all(one.done <= two.done for one, two in itertools.pairwise(seen))
    assert opened().labs.watch(run) == view


def test_while_a_run_lasts_its_seeds_and_what_they_say_can_be_watched(opened: Opened) -> None:
    gate = Gate()
    ws = opened(a_fake(a_result(a_pack_of(opened)), before_seed=gate))
    run = ws.labs.start(ITEM, {})
    gate.wait_for(1)
    before = ws.labs.watch(run)
    assert (before.state, before.done, before.result.ruled, before.seconds_left) == (RunState.RUNNING, 0, {}, None)
    gate.let(3)
    gate.wait_for(3)
    view = ws.labs.watch(run)
    assert (view.state, view.done, view.planned) == (RunState.RUNNING, 3, 8)
    assert view.result.ruled["larger"].outcome is Outcome.SUPPORTED
    assert view.seconds_left is not None
    assert len(ws.store.labs.measurements(run)) == 3
    gate.let(5)
    assert ws.labs.wait(run).state is RunState.FINISHED


def test_the_same_lab_started_twice_at_once_is_one_run_and_another_setting_waits_in_line(opened: Opened) -> None:
    gate = Gate()
    lab = a_pack_of(opened)
    ws = opened(a_fake(a_result(lab), a_result(lab, factor=3.0), before_seed=gate))
    first = ws.labs.start(ITEM, {})
    gate.wait_for(1)
    assert ws.labs.start(ITEM, {"low": 1.0}) == first
    assert ws.labs.start(ITEM, {}, seeds=4) == first
    second = ws.labs.start(ITEM, {"low": 2})
    assert second != first
    waiting = ws.labs.watch(second)
    assert (waiting.state, waiting.place, waiting.done) == (RunState.RUNNING, 1, 0)
    assert [view.run.id for view in ws.labs.history(ITEM)] == [second, first]
    gate.let(16)
    assert ws.labs.wait(first).state is ws.labs.wait(second).state is RunState.FINISHED
    third = ws.store.labs.runs()
    assert len(third) == 2


def test_a_cancelled_run_keeps_its_seeds_and_says_so_after_a_restart(opened: Opened) -> None:
    gate = Gate()
    ws = opened(a_fake(a_result(a_pack_of(opened)), before_seed=gate))
    run = ws.labs.start(ITEM, {})
    gate.let(3)
    gate.wait_for(4)
    ws.labs.cancel(run)
    gate.let(1)
    view = ws.labs.wait(run)
    assert (view.state, view.done) == (RunState.CANCELLED, 3)
    assert view.result.ruled["larger"].outcome is Outcome.SUPPORTED
    ws.labs.cancel(run)
    assert opened().labs.watch(run) == view


def test_a_waiting_run_can_be_cancelled_at_once_while_another_goes_on(opened: Opened) -> None:
    gate = Gate()
    lab = a_pack_of(opened)
    ws = opened(a_fake(a_result(lab), before_seed=gate))
    first, second = ws.labs.start(ITEM, {}), ws.labs.start(ITEM, {"low": 2})
    gate.wait_for(1)
    ws.labs.cancel(second)
    view = ws.labs.watch(second)
    assert (view.state, view.done) == (RunState.CANCELLED, 0)
    assert ws.labs.watch(first).state is RunState.RUNNING
    gate.let(8)
    assert ws.labs.wait(first).state is RunState.FINISHED


def test_closing_cancels_what_runs_and_what_waits_and_keeps_the_seeds(opened: Opened) -> None:
    gate = Gate()
    ws = opened(a_fake(a_result(a_pack_of(opened)), before_seed=gate))
    runs = [ws.labs.start(ITEM, {}), ws.labs.start(ITEM, {"low": 2})]
    gate.let(2)
    gate.wait_for(3)
    threading.Timer(0.05, gate.let, [1]).start()
    ws.close()
    with pytest.raises(BadInputError, match="being closed"):
        ws.labs.start(ITEM, {})
    again = opened()
    assert [again.labs.watch(run).state for run in runs] == [RunState.CANCELLED] * 2
    assert [again.labs.watch(run).done for run in runs] == [2, 0]


def test_seeds_of_an_earlier_run_are_taken_over_and_named_as_such(opened: Opened) -> None:
    lab = a_pack_of(opened)
    fake = a_fake(a_result(lab, seeds=5), a_result(lab), a_result(lab))
    ws = opened(fake)
    first = ws.labs.start(ITEM, {}, seeds=5)
    ws.labs.wait(first)
    second = ws.labs.start(ITEM, {})
    view = ws.labs.wait(second)
    assert sorted(fake.requests[1].known) == list(range(5))
    assert (view.done, view.reused) == (8, 5)
    assert [kept.taken_from for kept in ws.store.labs.measurements(second)] == [first] * 5 + [None] * 3
    third = ws.labs.wait(ws.labs.start(ITEM, {}))
    assert (third.done, third.reused) == (8, 8)
    assert [k.taken_from for k in ws.store.labs.measurements(third.run.id)] == [first] * 5 + [second] * 3
    other = a_fake(a_result(lab))
    ws.labs._runner = other
    ws.labs.wait(ws.labs.start(ITEM, {"low": 2}))
    assert other.requests[0].known == {}


def test_the_real_runner_takes_over_seeds_and_measures_only_the_others(opened: Opened) -> None:
    ws = opened()
    ws.labs.wait(ws.labs.start(ITEM, {}, seeds=4))
    view = ws.labs.wait(ws.labs.start(ITEM, {}))
    assert (view.state, view.done, view.reused) == (RunState.FINISHED, 8, 4)
    fresh = opened()
    assert fresh.labs.wait(fresh.labs.start(ITEM, {})).reused == 8


def test_seeds_that_are_measured_together_are_taken_over_together_or_not_at_all(opened: Opened) -> None:
    batched = DOUBLING.replace("CLAIMS =", "BATCH = 4\nCLAIMS =").replace(
        "def measure(seed, low):", "def one(seed, low):"
    )
    batched += "\n\ndef measure_batch(seeds, low):\n    return [one(seed, low) for seed in seeds]\n"
    ws = opened(code=batched)
    fake = a_fake(a_result(ws.library.bank.lab(ITEM), seeds=6), a_result(ws.library.bank.lab(ITEM)))
    ws.labs._runner = fake
    ws.labs.wait(ws.labs.start(ITEM, {}, seeds=6))
    ws.labs.wait(ws.labs.start(ITEM, {}))
    assert sorted(fake.requests[1].known) == [0, 1, 2, 3]


def test_a_lab_that_needs_what_is_not_installed_does_not_start_and_says_what_to_install(opened: Opened) -> None:
    ws = opened(code=DOUBLING.replace("import numpy as np", "import numpy as np\nimport no_such_package"))
    with pytest.raises(BadInputError, match=r"needs no_such_package.*pip install no_such_package.*else works without"):
        ws.labs.start(ITEM, {})
    assert ws.store.labs.runs() == ()


def test_a_lab_that_raises_fails_with_its_traceback_and_the_next_run_works(opened: Opened) -> None:
    broken = DOUBLING.replace("number = ", "assert low != 2, 'two is too much'\n    number = ")
    ws = opened(code=broken)
    view = ws.labs.wait(ws.labs.start(ITEM, {"low": 2}))
    assert (view.state, view.done) == (RunState.FAILED, 0)
    assert "AssertionError: two is too much" in view.result.error
    assert "doubling.py" in view.result.error
    assert ws.labs.wait(ws.labs.start(ITEM, {})).state is RunState.FINISHED


def test_an_arm_that_is_not_a_number_is_reported_as_diverged_and_not_as_a_failure(opened: Opened) -> None:
    ws = opened(code=DOUBLING.replace('{"size": 2 * number}', '{"size": float("nan")}'))
    view = ws.labs.wait(ws.labs.start(ITEM, {}))
    assert view.state is RunState.FINISHED
    effect = view.result.ruled["larger"].effects[0]
    assert (effect.diverged, effect.counted) == ({"double": 8}, True)


def test_when_the_store_cannot_keep_a_seed_the_run_fails_with_why_and_what_was_seen_stays(
    opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    ws = opened(a_fake(a_result(a_pack_of(opened))))
    keep, kept = SqlLabStore.keep, list[int]()

    def full(self: SqlLabStore, measurements: list) -> None:  # type: ignore[type-arg]
        if measurements:
            kept.append(len(measurements))
        if len(kept) > 3:
            raise StorageReadOnlyError("v.db cannot be written: the disk is full")
        keep(self, measurements)

    monkeypatch.setattr(SqlLabStore, "keep", full)
    run = ws.labs.start(ITEM, {})
    view = ws.labs.wait(run)
    assert (view.state, view.done) == (RunState.FAILED, 4)
    assert "the disk is full" in view.result.error
    assert view.result.ruled["larger"].outcome is Outcome.SUPPORTED
    assert len(ws.store.labs.measurements(run)) == 3


def test_when_the_end_cannot_be_written_the_result_is_shown_all_the_same(
    opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    ws = opened(a_fake(a_result(a_pack_of(opened))))

    def full(self: SqlLabStore, end: object) -> bool:
        raise StorageReadOnlyError("v.db cannot be written: the disk is full")

    monkeypatch.setattr(SqlLabStore, "end", full)
    view = ws.labs.wait(ws.labs.start(ITEM, {}))
    assert (view.state, view.done) == (RunState.FAILED, 8)
    assert view.result.error == "v.db cannot be written: the disk is full. The result is shown, and not kept."
    assert ws.labs.watch(view.run.id) == view
    assert view.result.ruled["smaller"].outcome is Outcome.REFUTED


def test_a_defect_of_the_runner_ends_the_run_instead_of_leaving_it_under_way(opened: Opened) -> None:
    ws = opened(a_fake())
    view = ws.labs.wait(ws.labs.start(ITEM, {}))
    assert view.state is RunState.FAILED
    assert "IndexError" in view.result.error


def test_a_run_or_a_parameter_that_is_not_known_is_named(opened: Opened) -> None:
    ws = opened(a_fake())
    for ask in (ws.labs.watch, ws.labs.cancel):
        with pytest.raises(UnknownItemError, match='no run of a lab "nothing"'):
            ask("nothing")
    with pytest.raises(BadInputError, match="no parameter 'depth'; it has low"):
        ws.labs.start(ITEM, {"depth": 3})
    with pytest.raises(UnknownItemError, match='Did you mean "sums/doubling"'):
        ws.labs.start("sums/dubling", {})


def test_a_run_without_an_end_is_interrupted_with_what_its_seeds_say(opened: Opened) -> None:
    ws = opened()
    run = ws.labs.start(ITEM, {})
    ws.labs.wait(run)
    half = measured(4)
    lost = opened()
    stored = ws.store.labs.run(run)
    assert stored is not None
    begun = type(stored)("lost", stored.item, stored.origin, stored.looks, Clock()())
    lost.store.labs.begin(begun)
    lost.store.labs.keep([type(k)("lost", k.measurement) for k in ws.store.labs.measurements(run)[:4]])
    view = lost.labs.watch("lost")
    assert (view.state, view.done, view.planned) == (RunState.INTERRUPTED, len(half), 8)
    assert view.result.ruled["larger"].outcome is Outcome.SUPPORTED
    assert {v.run.id: v.state for v in lost.labs.history(ITEM)} == {
        run: RunState.FINISHED,
        "lost": RunState.INTERRUPTED,
    }


CHILD = """
import sys
from pathlib import Path
from tests.services.lab_support import ITEM, a_workspace

ws = a_workspace(Path(sys.argv[1]), Path(sys.argv[2]))
run = ws.labs.start(ITEM, {})
print(run, flush=True)
ws.labs.wait(run, lambda view: print(view.done, flush=True))
"""


def test_kill_9_loses_at_most_the_seeds_under_way_and_the_next_run_takes_the_others_over(tmp_path: Path) -> None:
    pack, data = tmp_path / "pack", tmp_path / "data"
    a_pack(pack, SLOW)
    data.mkdir()
    child = subprocess.Popen(
        [sys.executable, "-c", CHILD, str(data), str(pack)],
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[2],
    )
    assert child.stdout is not None
    with child.stdout as lines:
        try:
            run = next(lines).strip()
            shown = next(int(line) for line in lines if int(line) >= 3)
        finally:
            child.kill()
        child.wait()
    with a_workspace(data, pack) as ws:
        view = ws.labs.watch(run)
        assert view.state is RunState.INTERRUPTED
        assert 3 <= shown <= view.done < 8
        assert view.result.ruled["larger"].outcome is Outcome.SUPPORTED
        after = ws.labs.wait(ws.labs.start(ITEM, {}))
        assert (after.state, after.done, after.reused) == (RunState.FINISHED, 8, view.done)


def a_pack_of(opened: Opened):  # type: ignore[no-untyped-def]
    """The small lab as a workspace of these tests has it."""
    return opened().library.bank.lab(ITEM)
