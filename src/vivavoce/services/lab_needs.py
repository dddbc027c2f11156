"""Packages that labs import and that may be missing here. Nothing is imported to find out."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Sequence

from vivavoce.domain.lab import Lab

_DISTRIBUTIONS = {"sklearn": "scikit-learn"}
"""Where a package is installed under another name than it is imported by."""


def missing(lab: Lab) -> tuple[str, ...]:
    """What a lab needs and this Python lacks, as one installs it."""
    return tuple(_DISTRIBUTIONS.get(name, name) for name in lab.needs if importlib.util.find_spec(name) is None)


def advice(packages: Sequence[str], platform: str = sys.platform) -> str:
    """The line that installs `packages`; empty for none."""
    if not packages:
        return ""
    names = " and ".join(packages)
    is_are = "is" if len(packages) == 1 else "are"
    return f"This lab needs {names}, which {is_are} not installed. To add: {how_to_install(packages, platform)}"


def how_to_install(packages: Sequence[str], platform: str = sys.platform) -> str:
    """The command alone, with a word on PyTorch's builds where there are several."""
    how = f"{sys.executable} -m pip install {' '.join(packages)}"
    if "torch" in packages and platform == "linux":
        how += " (without a GPU, take the CPU build, a tenth of the size: PyTorch's installation page gives the line)"
    return how
