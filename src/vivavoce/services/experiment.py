"""Run labs: one at a time, every seed kept as it is measured, cancelled or watched at any moment."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from vivavoce.domain.errors import BadInputError, StorageError, UnknownItemError
from vivavoce.domain.ids import ItemId
from vivavoce.domain.lab import Lab, LabResult, Measurement, RunState, Settings
from vivavoce.domain.lab_run import KeptMeasurement, LabEnd, LabRun
from vivavoce.engines.lab_runner.base import WHOLE_ERROR, LabRunner, Plan, Progress, Request, plan_for
from vivavoce.engines.lab_runner.origin import origin_of
from vivavoce.services.lab_needs import advice, missing
from vivavoce.services.library import Library
from vivavoce.storage.base import LabStore

_LAST_S = 15.0
"""How long `close` waits for a run to end: worker processes are killed at once."""


@dataclass(frozen=True, slots=True)
class RunView:
    """A run as it stands now: waiting, under way, ended, or interrupted."""

    run: LabRun
    state: RunState
    place: int
    """0 under way or over; n waiting behind n others."""
    done: int
    """Seeds that are there."""
    planned: int
    """Seeds until the next look, or until the last one that was reached."""
    seconds_left: float | None
    """Estimate until the next look; None when nothing is known or nothing is left."""
    result: LabResult
    """What the seeds so far say."""
    reused: int
    """Seeds that came from an earlier run of the same code, settings and versions."""

    @property
    def over(self) -> bool:
        """Whether nothing more will come."""
        return self.state is not RunState.RUNNING


@dataclass(slots=True)
class _Job:
    """A run of this program that is not over, or whose end could not be kept."""

    run: LabRun
    request: Request
    known: Mapping[int, tuple[str, Measurement]]
    planned: int
    cancelled: threading.Event = field(default_factory=threading.Event)
    found: dict[int, Measurement] = field(default_factory=dict)
    left: tuple[float, float] | None = None
    """Seconds until the next look, and when that was said."""
    result: LabResult | None = None
    provisional: LabResult | None = None

    def measurements(self) -> tuple[Measurement, ...]:
        return tuple(self.found[seed] for seed in sorted(self.found))

    def reused(self) -> int:
        return sum(m is self.known[seed][1] for seed, m in self.found.items() if seed in self.known)


@dataclass(slots=True)
class Desk:
    """The labs of one program. Safe to use from several threads. It is `workspace.labs`.

    A run that was begun and has no end is under way only if it is this program's: otherwise it shows as interrupted,
    until the program that runs it (if it still does) writes its end.
    """

    library: Library
    store: LabStore
    clock: Callable[[], datetime]
    new_id: Callable[[], str]
    make: Callable[[], LabRunner]
    ticks: Callable[[], float] = time.monotonic
    _jobs: dict[str, _Job] = field(default_factory=dict)
    _line: list[str] = field(default_factory=list)
    """Runs in the order in which they will run; the first is under way."""
    _changed: threading.Condition = field(default_factory=threading.Condition)
    _thread: threading.Thread | None = None
    _runner: LabRunner | None = None
    _closed: bool = False

    def start(self, item: str | ItemId, settings: Settings, seeds: int | None = None) -> str:
        """Begin a run, or get in line for it, and give its id.

        Asking again for a lab with the same code and settings that is under way or in line gives that run's id.
        Raises `UnknownItemError`, `BadInputError` for packages that are missing (naming the line that installs them),
        and the kinds of `StorageError`.
        """
        lab = self.library.bank.lab(item)
        lacking = advice(missing(lab))
        if lacking:
            shown = f"`viva lab show {lab.id}` and the lab's page show the recorded result"
            raise BadInputError(f"{lacking}. Everything else works without; {shown}.")
        now = self.clock()
        origin = origin_of(lab, _whole(lab, settings), now)
        plan = plan_for(lab, seeds)
        with self._changed:
            if self._closed:
                raise BadInputError("the program is being closed; start the lab again when it runs")
            for job in (self._jobs[name] for name in self._line):
                same = job.run.item == lab.id and job.run.origin.hash == lab.hash
                if same and job.run.origin.settings == origin.settings and not job.cancelled.is_set():
                    return job.run.id
            run = LabRun(self.new_id(), lab.id, origin, plan.looks, now)
            known = _usable(self.store.known(lab.id, origin), lab.batch)
            self.store.begin(run)
            request = Request(lab, origin.settings, plan, {seed: m for seed, (_, m) in known.items()})
            self._jobs[run.id] = _Job(run, request, known, plan.looks[0])
            self._line.append(run.id)
            if self._thread is None:
                self._thread = threading.Thread(target=self._work, name="labs", daemon=True)
                self._thread.start()
            return run.id

    def watch(self, run_id: str) -> RunView:
        """A run as it stands now. Raises `UnknownItemError` for a run that is not known."""
        with self._changed:
            job = self._jobs.get(run_id)
            if job is not None:
                return self._view(job)
        run = self.store.run(run_id)
        if run is None:
            raise UnknownItemError("run of a lab", run_id)
        return self._stored(run, self.store.ends([run_id]).get(run_id))

    def history(self, item: str | ItemId, limit: int | None = None) -> tuple[RunView, ...]:
        """The runs of a lab, the newest first, waiting ones and those under way among them."""
        runs = self.store.runs(self.library.bank.lab(item).id, limit=limit)
        ends = self.store.ends([run.id for run in runs])
        views = []
        for run in runs:
            with self._changed:
                job = self._jobs.get(run.id)
                shown = self._view(job) if job is not None else None
            views.append(shown or self._stored(run, ends.get(run.id)))
        return tuple(views)

    def cancel(self, run_id: str) -> None:
        """End a run with what it has. Nothing happens to one that is over. Raises `UnknownItemError`."""
        with self._changed:
            job = self._jobs.get(run_id)
            waiting = run_id in self._line[1:]
            if job is not None:
                job.cancelled.set()
            if waiting:
                self._line.remove(run_id)
        if job is not None and waiting:
            self._finish(job, self._result(job))
        if job is None and self.store.run(run_id) is None:
            raise UnknownItemError("run of a lab", run_id)

    def wait(self, run_id: str, report: Callable[[RunView], None] = lambda view: None, every_s: float = 0.1) -> RunView:
        """Block until a run is over, reporting every `every_s` and at each change; the caller may `cancel` then."""
        while True:
            view = self.watch(run_id)
            report(view)
            if view.over:
                return view
            with self._changed:
                self._changed.wait(every_s)

    def close(self) -> None:
        """Cancel everything, keep what is there, and wait for the worker processes to end."""
        with self._changed:
            self._closed = True
            for name in self._line:
                self._jobs[name].cancelled.set()
            self._changed.notify_all()
            thread = self._thread
        if thread is not None:
            thread.join(timeout=_LAST_S)

    def _work(self) -> None:
        """Runs whatever is in line, on a thread of its own, and ends when nothing is."""
        while True:
            with self._changed:
                if not self._line:
                    self._thread = None
                    return
                job = self._jobs[self._line[0]]
            self._finish(job, self._result(job))

    def _finish(self, job: _Job, result: LabResult) -> None:
        """Write how a run ended and let the next one be first."""
        kept = self._kept(job, result)
        with self._changed:
            if job.run.id in self._line:
                self._line.remove(job.run.id)
            if kept:
                del self._jobs[job.run.id]
            self._changed.notify_all()

    def _result(self, job: _Job) -> LabResult:
        """What a run comes to; whatever goes wrong, it is a result with what was measured until then."""
        if job.cancelled.is_set():
            return LabResult(RunState.CANCELLED, (), {}, job.request.plan.confidence)
        try:
            runner = self._opened()
            return runner.run(job.request, lambda progress: self._progress(job, progress), job.cancelled.is_set)
        except StorageError as error:
            message = f"{error}. What was measured until then is shown, and not kept."
        except Exception as error:  # a defect of ours: the run must not stay under way for ever
            message = f"{type(error).__name__}: {error}"
        found = job.measurements()
        ruled = self._opened().provisional(job.request, found).ruled if len(found) > 1 else {}
        return LabResult(RunState.FAILED, found, ruled, job.request.plan.confidence, error=message)

    def _kept(self, job: _Job, result: LabResult) -> bool:
        """Write the end; when that fails, the run stays here to be shown."""
        end = LabEnd(
            run=job.run.id,
            state=result.state,
            ended_at=self.clock(),
            seconds=result.seconds,
            confidence=result.confidence,
            ruled=dict(result.ruled),
            error=result.error,
            illustrations=result.illustrations,
        )
        try:
            self.store.keep([_keep(job, m) for m in result.measurements if m.seed not in job.found])
            self.store.end(end)
        except StorageError as error:
            message = result.error or f"{error}. The result is shown, and not kept."
            with self._changed:
                job.result = replace(result, state=RunState.FAILED, error=message)
            return False
        return True

    def _progress(self, job: _Job, progress: Progress) -> None:
        """Keep what is new. Raises `StorageError`, which ends the run."""
        taken = {seed: m for seed, (_, m) in job.known.items() if seed < progress.planned}
        there = taken | {m.seed: m for m in progress.measurements}
        new = {seed: m for seed, m in there.items() if seed not in job.found}
        try:
            self.store.keep([_keep(job, m) for m in new.values()])
        finally:  # shown only once it is kept, or with the reason why it could not be
            with self._changed:
                job.found |= new
                job.planned = progress.planned
                job.left = None if progress.seconds_left is None else (progress.seconds_left, self.ticks())
                job.provisional = None
                self._changed.notify_all()

    def _view(self, job: _Job) -> RunView:
        """With the lock held."""
        if job.result is not None:
            return RunView(job.run, job.result.state, 0, len(job.found), job.planned, None, job.result, job.reused())
        found = job.measurements()
        place = self._line.index(job.run.id) if job.run.id in self._line else 0
        if job.provisional is None:
            job.provisional = (
                self._opened().provisional(job.request, found)
                if found
                else LabResult(RunState.RUNNING, (), {}, job.request.plan.confidence)
            )
        left = max(0.0, job.left[0] - (self.ticks() - job.left[1])) if job.left else None
        return RunView(job.run, RunState.RUNNING, place, len(found), job.planned, left, job.provisional, job.reused())

    def _stored(self, run: LabRun, end: LabEnd | None) -> RunView:
        """A run that this program does not run (any more)."""
        kept = self.store.measurements(run.id)
        measurements = tuple(k.measurement for k in kept)
        reused = sum(k.taken_from is not None for k in kept)
        if end is None:
            result = replace(self._ruled(run, measurements), state=RunState.INTERRUPTED)
        else:
            result = LabResult(
                end.state, measurements, end.ruled, end.confidence, end.seconds, end.error, end.illustrations
            )
        planned = next((look for look in run.looks if look >= len(kept)), len(kept))
        return RunView(run, result.state, 0, len(kept), planned, None, result, reused)

    def _ruled(self, run: LabRun, measurements: tuple[Measurement, ...]) -> LabResult:
        lab = self.library.bank.labs.get(run.item)
        plan = Plan(run.looks, 0.0)
        if lab is None or lab.hash != run.origin.hash or not measurements:
            return LabResult(RunState.RUNNING, measurements, {}, plan.confidence if run.looks else 1 - WHOLE_ERROR)
        return self._opened().provisional(Request(lab, run.origin.settings, plan), measurements)

    def _opened(self) -> LabRunner:
        if self._runner is None:
            self._runner = self.make()
        return self._runner


def _whole(lab: Lab, settings: Settings) -> dict[str, float | str]:
    """Every parameter with its value; names that are none are refused."""
    unknown = [name for name in settings if name not in lab.parameters]
    if unknown:
        raise BadInputError(f"{lab.id} has no parameter {unknown[0]!r}; it has {', '.join(lab.parameters) or 'none'}")
    return {name: p.exact(settings.get(name, p.default)) for name, p in lab.parameters.items()}


def _usable(known: Mapping[int, tuple[str, Measurement]], batch: int) -> dict[int, tuple[str, Measurement]]:
    """Seeds that are measured together are taken together or not at all."""
    return {
        seed: found
        for seed, found in known.items()
        if all(first in known for first in range(seed - seed % batch, seed - seed % batch + batch))
    }


def _keep(job: _Job, measurement: Measurement) -> KeptMeasurement:
    source, known = job.known.get(measurement.seed, ("", None))
    return KeptMeasurement(job.run.id, measurement, source if known is measurement else None)
