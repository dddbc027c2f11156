"""The runner: seeds over worker processes, looks, and the end of it."""

from __future__ import annotations

import os
import queue
import time
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from vivavoce.domain.errors import ExportFormatError
from vivavoce.domain.lab import Illustration, Lab, LabResult, Measurement, RunState
from vivavoce.domain.lab_record import read_illustration, read_measurement
from vivavoce.engines.lab_runner.base import Progress, Request
from vivavoce.engines.lab_runner.decide import decided, rule_all
from vivavoce.engines.lab_runner.pool import Pool

_POLL_S = 0.1
"""How soon a cancel is noticed."""


class _EndedError(Exception):
    def __init__(self, state: RunState, error: str = "") -> None:
        super().__init__(error)
        self.state = state
        self.error = error


class ProcessRunner:
    """`LabRunner` with worker processes on this machine."""

    def run(
        self,
        request: Request,
        report: Callable[[Progress], None] = lambda progress: None,
        cancelled: Callable[[], bool] = lambda: False,
    ) -> LabResult:
        started = time.monotonic()
        run = _Run(request, report, cancelled, started)
        state, error = RunState.FINISHED, ""
        shown: tuple[Illustration, ...] = ()
        try:
            run.measure()
            shown = run.illustrations() if request.illustrate else ()
        except _EndedError as end:
            state, error = end.state, end.error
        finally:
            run.close()
        measurements = run.measurements()
        ruled = rule_all(request.lab, measurements, request.plan.confidence)
        seconds = time.monotonic() - started
        return LabResult(state, measurements, ruled, request.plan.confidence, seconds, error, shown)

    def provisional(self, request: Request, measurements: tuple[Measurement, ...]) -> LabResult:
        confidence = request.plan.confidence
        ruled = rule_all(request.lab, measurements, confidence)
        return LabResult(RunState.RUNNING, measurements, ruled, confidence)


class _Run:
    """One run while it lasts."""

    def __init__(
        self, request: Request, report: Callable[[Progress], None], cancelled: Callable[[], bool], started: float
    ) -> None:
        self._request = request
        self._report = report
        self._cancelled = cancelled
        self._started = started
        self._found: dict[int, Measurement] = {}
        self._pool: Pool | None = None
        self._measured_s = 0.0

    def measurements(self) -> tuple[Measurement, ...]:
        return tuple(self._found[seed] for seed in sorted(self._found))

    def measure(self) -> None:
        """Seeds up to each look, until all is decided."""
        plan, lab = self._request.plan, self._request.lab
        for look in plan.looks:
            wanted = set(range(look))
            self._found |= {seed: m for seed, m in self._request.known.items() if seed in wanted}
            jobs = [job for job in _batches(look, lab.batch) if not set(job) <= self._found.keys()]
            if jobs:
                self._collect(jobs, look)
            elif self._found:
                self._report(Progress(self.measurements(), look, look, 0.0))
            if decided(rule_all(lab, self.measurements(), plan.confidence)):
                return

    def illustrations(self) -> tuple[Illustration, ...]:
        """What the lab shows of one seed. A failure here fails the run: the lab is broken."""
        lab = self._request.lab
        if "def illustrate(" not in lab.code:
            return ()
        pool = self._opened()
        pool.ask(())
        record = self._next(pool)[1]
        try:
            return tuple(read_illustration(r) for r in record["illustrations"])
        except ExportFormatError as error:
            raise _EndedError(RunState.FAILED, f"illustrate: {error}") from error

    def close(self) -> None:
        if self._pool is not None:
            self._pool.close()

    def _collect(self, jobs: list[tuple[int, ...]], look: int) -> None:
        pool = self._opened(len(jobs))
        for job in jobs:
            pool.ask(job)
        began = time.monotonic()
        for done in range(1, len(jobs) + 1):
            seeds, record = self._next(pool)
            new = tuple(
                _measurement(self._request.lab, seed, values, record["seconds"])
                for seed, values in zip(seeds, record["values"], strict=True)
                if seed < look
            )
            self._found |= {m.seed: m for m in new}
            left = (time.monotonic() - began) / done * (len(jobs) - done)
            self._report(Progress(new, len(self._found), look, left))

    def _opened(self, jobs: int = 1) -> Pool:
        if self._pool is None:
            workers = max(1, min(self._request.plan.workers, jobs, os.cpu_count() or 1))
            self._pool = Pool(self._request.lab, self._request.settings, workers)
        return self._pool

    def _next(self, pool: Pool) -> tuple[tuple[int, ...], Mapping[str, Any]]:
        """The next reply. Raises `_EndedError` for a cancel, the end of the time, or a lab that failed."""
        while True:
            if self._cancelled():
                raise _EndedError(RunState.CANCELLED)
            if time.monotonic() - self._started > self._request.plan.limit_s:
                limit = self._request.plan.limit_s
                raise _EndedError(RunState.OUT_OF_TIME, f"not finished after {limit:.0f} s, its limit")
            try:
                reply = pool.replies.get(timeout=_POLL_S)
            except queue.Empty:
                continue
            if reply.error:
                raise _EndedError(RunState.FAILED, str(reply.record.get("trace") or reply.error))
            return reply.job, reply.record


def _batches(seeds: int, batch: int) -> Iterable[tuple[int, ...]]:
    """Always the same seeds together, whatever is known already: batching may change the rounding."""
    return [tuple(range(first, first + batch)) for first in range(0, seeds, batch)]


def _measurement(lab: Lab, seed: int, values: Any, seconds: float) -> Measurement:
    """Checked against what the lab states. Raises `_EndedError`."""
    if lab.conditions == ("",) and isinstance(values, dict) and set(values) == set(lab.arms):
        values = {"": values}
    try:
        measurement = read_measurement({"seed": seed, "values": values, "seconds": seconds})
    except ExportFormatError as error:
        raise _EndedError(RunState.FAILED, f"seed {seed}: {error}") from error
    for condition in lab.conditions:
        arms = measurement.values.get(condition, {})
        for arm in lab.arms:
            missing = [name for name in lab.measures if name not in arms.get(arm, {})]
            if missing:
                place = f"arm {arm!r}" + (f" at {condition!r}" if condition else "")
                raise _EndedError(
                    RunState.FAILED,
                    f"seed {seed} gave no {missing[0]!r} for {place}; measure() must return "
                    f"{'{condition: ' if lab.axis else ''}{{arm: {{measure: number}}}}{'}' if lab.axis else ''}",
                )
    return measurement
