"""A pack with one small lab, and results for it."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping
from pathlib import Path

import numpy as np

from tests.engines.lab_runner.small import DOUBLING, load
from tests.services.support import Clock, SayingGrader
from vivavoce.content.recorded_file import recorded_path, recorded_text
from vivavoce.domain.lab import Lab, LabResult, Measurement, Recorded, Ruled, RunState
from vivavoce.engines.lab_runner.base import LabRunner, Request
from vivavoce.engines.lab_runner.decide import rule_all
from vivavoce.engines.lab_runner.fake import FakeLabRunner
from vivavoce.engines.lab_runner.origin import origin_of
from vivavoce.plugins import PackFolder, make_lab_runner, make_scheduler
from vivavoce.services.library import Library
from vivavoce.services.workspace import Workspace
from vivavoce.settings import load_settings
from vivavoce.storage.store import open_store

ITEM = "sums/doubling"
CONFIDENCE = 0.95
CONCEPT = """---
title: Sums
area: foundations
level: basic
status: draft
summary: Adding.
claims:
  adds: {says: Doubling a positive number adds to it., lab: doubling#larger, sources: [euclid]}
  cited: {says: Sums commute., sources: [euclid]}
  measured: {says: Doubling never makes smaller., lab: doubling#smaller}
sources:
  euclid: {title: Euclid, url: "https://example.org/elements", at: "book 7"}
---
"""
DISPUTED = """disputed:
  halves:
    says: Doubling makes a number smaller.
    said_by: [folklore]
    ruling: refuted
    lab: doubling#smaller
    opposes: [euclid]
    instead: Doubling a positive number makes it larger.
    interview: Say that it depends on the sign.
"""
WITHOUT_CLAIM = DOUBLING.replace(
    '    "smaller": {"says": "Doubling makes it smaller.", "test": "size: double < plain"},\n', ""
)
SLOW = DOUBLING.replace("import numpy as np", "import time\n\nimport numpy as np").replace(
    "number = ", "time.sleep(0.25)\n    number = "
)


def a_pack(folder: Path, code: str = DOUBLING) -> Lab:
    """The small lab with claims that rest on it and a dispute that it rules on."""
    concept = folder / "concepts" / "sums"
    (concept / "disputed.yaml").unlink(missing_ok=True)
    load(folder, code)
    (concept / "concept.md").write_text(CONCEPT)
    (concept / "disputed.yaml").write_text(DISPUTED)
    return Library([PackFolder("small", folder)]).bank.lab(ITEM)


def a_workspace(
    folder: Path,
    pack: Path,
    make_runner: Callable[[], LabRunner] = make_lab_runner,
    clock: Clock | None = None,
) -> Workspace:
    """The small pack alone, with a store in `folder`."""
    settings = load_settings({}, data_dir=folder)
    numbers = itertools.count(1)
    taken = len(list(folder.glob("ids*")))
    (folder / f"ids{taken}").touch()
    return Workspace(
        settings=settings,
        library=Library([PackFolder("small", pack)]),
        grader=SayingGrader(),
        scheduler=make_scheduler(settings.retention),
        store=open_store(settings.database),
        clock=clock or Clock(),
        new_id=lambda: f"id{taken}-{next(numbers)}",
        make_runner=make_runner,
    )


def measured(seeds: int, factor: float = 2.0) -> tuple[Measurement, ...]:
    """What the small lab would measure if it multiplied by `factor`."""
    drawn = [float(np.random.default_rng(seed).uniform(1, 2)) for seed in range(seeds)]
    return tuple(
        Measurement(seed, {"": {"plain": {"size": v}, "double": {"size": round(factor * v, 4)}}}, 0.5)
        for seed, v in enumerate(drawn)
    )


def a_result(lab: Lab, seeds: int = 8, factor: float = 2.0, state: RunState = RunState.FINISHED) -> LabResult:
    """As the runner would rule on it."""
    found = measured(seeds, factor)
    return LabResult(state, found, rule_all(lab, found, CONFIDENCE), CONFIDENCE, 1.0)


def rules(request: Request, found: tuple[Measurement, ...]) -> Mapping[str, Ruled]:
    """The real rulings, for the fake runner."""
    return rule_all(request.lab, found, request.plan.confidence)


def a_fake(*results: LabResult, before_seed: Callable[[int], None] = lambda seed: None) -> FakeLabRunner:
    return FakeLabRunner(results, before_seed, rules)


def record(lab: Lab, result: LabResult) -> None:
    """Ship `result` with the lab."""
    origin = origin_of(lab, lab.defaults(), Clock()())
    recorded_path(lab).write_text(recorded_text(Recorded(origin, result)), encoding="utf-8")
