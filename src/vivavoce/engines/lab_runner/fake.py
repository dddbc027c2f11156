"""A runner that measures nothing: results are queued, for tests of what is built on it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from vivavoce.domain.lab import LabResult, Measurement, Ruled, RunState
from vivavoce.engines.lab_runner.base import Progress, Request

Rule = Callable[[Request, tuple[Measurement, ...]], Mapping[str, Ruled]]


def no_rulings(request: Request, measurements: tuple[Measurement, ...]) -> Mapping[str, Ruled]:
    """A rule that says nothing."""
    return {}


class FakeLabRunner:
    """`LabRunner` that gives the queued results, seed by seed."""

    def __init__(
        self,
        results: Iterable[LabResult],
        before_seed: Callable[[int], None] = lambda seed: None,
        rule: Rule = no_rulings,
    ) -> None:
        self.results = list(results)
        self.requests: list[Request] = []
        self._before_seed = before_seed
        self._rule = rule

    def run(
        self,
        request: Request,
        report: Callable[[Progress], None] = lambda progress: None,
        cancelled: Callable[[], bool] = lambda: False,
    ) -> LabResult:
        self.requests.append(request)
        result = self.results.pop(0)
        found: list[Measurement] = []
        planned = len(result.measurements)
        for queued in result.measurements:
            known = request.known.get(queued.seed)
            if known is None:
                self._before_seed(queued.seed)
                if cancelled():
                    partial = tuple(found)
                    ruled = dict(self._rule(request, partial))
                    return replace(result, state=RunState.CANCELLED, measurements=partial, ruled=ruled)
            found.append(known or queued)
            if known is None or len(found) == planned:
                new = (queued,) if known is None else tuple(found)
                report(Progress(new, len(found), planned, float(planned - len(found))))
        return replace(result, measurements=tuple(found))

    def provisional(self, request: Request, measurements: tuple[Measurement, ...]) -> LabResult:
        ruled = dict(self._rule(request, measurements))
        return LabResult(RunState.RUNNING, measurements, ruled, request.plan.confidence)
