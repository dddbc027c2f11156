"""The picture of a run under way: drawn beside the pages, so that none waits; a page shows the newest there is."""

from __future__ import annotations

import logging
import threading
from dataclasses import dataclass, field

from markupsafe import Markup

from vivavoce.domain.lab import Lab, LabResult
from vivavoce.surfaces.web.lab_views import figure_pair

log = logging.getLogger("vivavoce.web")


@dataclass(slots=True)
class LivePicture:
    """Of one run at a time, since one runs at a time. Safe to use from several threads."""

    _run: str = ""
    _seeds: int = 0
    _pair: tuple[Markup, ...] = ()
    _busy: bool = False
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def newest(self, run: str, lab: Lab, result: LabResult) -> tuple[Markup, ...]:
        """The newest picture of the first claim; asks for a newer one when there are more seeds than it shows."""
        seeds = len(result.measurements)
        with self._lock:
            if run != self._run:
                self._run, self._seeds, self._pair = run, 0, ()
            if seeds > self._seeds and not self._busy:
                self._busy = True
                work = threading.Thread(target=self._draw, args=(run, lab, result), name="live picture", daemon=True)
                work.start()
            return self._pair

    def _draw(self, run: str, lab: Lab, result: LabResult) -> None:
        pair: tuple[Markup, ...] = ()
        try:
            pair = figure_pair(lab, result, next(iter(lab.claims)))
        except Exception as error:  # a picture that fails must not take the run's page with it
            log.error("the picture of a run of %s failed", lab.id, exc_info=error)
        with self._lock:
            self._busy = False
            if run == self._run:
                self._seeds, self._pair = len(result.measurements), pair
