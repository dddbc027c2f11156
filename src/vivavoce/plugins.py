"""The doors for what is not ours: content packs and graders. Our own defaults come through the same doors.

A pack is offered by an installed distribution through an entry point of the group `vivavoce.packs` whose value is a
callable that returns the pack's folder. A grader is one of the group `vivavoce.graders`: a callable that returns it.
"""

from __future__ import annotations

import pkgutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.metadata import entry_points
from pathlib import Path

from vivavoce.engines.grader.base import Grader
from vivavoce.engines.judge.base import Sandbox
from vivavoce.engines.lab_runner.base import LabRunner
from vivavoce.engines.scheduler.base import Scheduler

PACKS = "vivavoce.packs"
GRADERS = "vivavoce.graders"
DEFAULT_GRADER = "vivavoce.engines.grader.local:LocalGrader"
DEFAULT_SANDBOX = "vivavoce.engines.judge.sandbox.select:open_sandbox"
DEFAULT_LAB_RUNNER = "vivavoce.engines.lab_runner.run:ProcessRunner"
DEFAULT_SCHEDULER = "vivavoce.engines.scheduler.fsrs_scheduler:FsrsScheduler"


@dataclass(frozen=True, slots=True)
class PackFolder:
    """Where a pack lies and who offered it; `problem` says why it could not be found."""

    origin: str
    folder: Path | None
    problem: str = ""


def core_pack() -> Path:
    """Our own bank: beside the sources in a checkout, inside the package when installed."""
    installed = Path(__file__).parent / "_bank"
    return installed if installed.is_dir() else Path(__file__).parents[2] / "content"


def pack_folders(extra: Sequence[Path] = ()) -> tuple[PackFolder, ...]:
    """Every pack: ours, then installed ones by name, then the folders given. A broken one never stops the others."""
    found = []
    offers = sorted(entry_points(group=PACKS), key=lambda e: (e.name != "core", e.name))
    for offer in offers:
        try:
            found.append(PackFolder(offer.name, Path(offer.load()())))
        except Exception as error:
            found.append(PackFolder(offer.name, None, f"{type(error).__name__}: {error}"))
    if not offers:
        found.append(PackFolder("core", core_pack()))
    found += [PackFolder(str(folder), folder) for folder in extra]
    return tuple(found)


def make_grader(name: str = "") -> Grader:
    """The default grader, or the installed one of that name. Raises `LookupError` naming what is installed."""
    if not name:
        factory: Callable[[], Grader] = pkgutil.resolve_name(DEFAULT_GRADER)
        return factory()
    offers = {e.name: e for e in entry_points(group=GRADERS)}
    if name not in offers:
        raise LookupError(f"no grader {name!r} is installed; installed: {', '.join(sorted(offers)) or 'none'}")
    offered: Callable[[], Grader] = offers[name].load()
    return offered()


def make_sandbox() -> Sandbox:
    """The best sandbox that this machine offers, by a test of itself."""
    factory: Callable[[], Sandbox] = pkgutil.resolve_name(DEFAULT_SANDBOX)
    return factory()


def make_lab_runner() -> LabRunner:
    """The runner of labs. Loads SciPy."""
    factory: Callable[[], LabRunner] = pkgutil.resolve_name(DEFAULT_LAB_RUNNER)
    return factory()


def make_scheduler(retention: float) -> Scheduler:
    """The default scheduler at a desired retention."""
    factory: Callable[..., Scheduler] = pkgutil.resolve_name(DEFAULT_SCHEDULER)
    return factory(desired_retention=retention)
