"""What measurements depend on besides the lab: versions and the kind of machine."""

from __future__ import annotations

import os
import platform
from datetime import datetime
from importlib import metadata
from pathlib import Path

from vivavoce.domain.lab import Lab, Origin, Settings

_ALWAYS = ("numpy",)
_DISTRIBUTIONS = {"sklearn": "scikit-learn"}


def origin_of(lab: Lab, settings: Settings, now: datetime) -> Origin:
    """Where a run that starts `now` comes from."""
    return Origin(lab.hash, now.isoformat(timespec="seconds"), versions(lab), machine(), dict(settings))


def versions(lab: Lab) -> dict[str, str]:
    """Of Python and every package that the lab computes with."""
    found = {"python": platform.python_version()}
    for package in (*_ALWAYS, *lab.needs):
        name = _DISTRIBUTIONS.get(package, package)
        try:
            found[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            continue
    return found


def machine() -> str:
    """Kind of processor and system, and no name of a person or host."""
    cores = os.cpu_count() or 1
    return f"{_processor()}, {cores} core{'s' if cores > 1 else ''}, {platform.system()} {platform.machine()}"


def _processor() -> str:
    cpuinfo = Path("/proc/cpuinfo")
    if cpuinfo.exists():
        for line in cpuinfo.read_text("utf-8", "replace").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or "processor of unknown kind"
