"""Which files a framework consists of, from the metadata of what is installed."""

from __future__ import annotations

import importlib.util
import re
import sysconfig
from dataclasses import dataclass
from functools import cache
from importlib import metadata
from pathlib import Path

from vivavoce.domain.exercise import Framework

_ROOTS = {Framework.NUMPY: ("numpy",), Framework.TORCH: ("torch", "numpy"), Framework.JAX: ("jax", "jaxlib", "numpy")}
_NOT_STDLIB = {"site-packages", "dist-packages", "test", "idlelib", "ensurepip", "lib2to3", "tkinter", "turtledemo"}


@dataclass(frozen=True, slots=True)
class Packages:
    """Folders for `sys.path`, names that may be imported from them, and the paths that must be readable."""

    roots: tuple[str, ...]
    names: tuple[str, ...]
    paths: tuple[str, ...]


def installed(framework: Framework) -> bool:
    return importlib.util.find_spec(_ROOTS[framework][0]) is not None


@cache
def of(framework: Framework) -> Packages:
    """The framework and everything that it requires; nothing else that is installed."""
    roots: dict[str, None] = {}
    paths: dict[str, None] = {}
    todo, seen = list(_ROOTS[framework]), set[str]()
    while todo:
        name = todo.pop(0)
        if name.lower() in seen:
            continue
        seen.add(name.lower())
        try:
            distribution = metadata.distribution(name)
        except metadata.PackageNotFoundError:
            located = importlib.util.find_spec(name) if name in _ROOTS[framework] else None
            if located is not None and located.origin:  # installed by other means: the package's own folder
                folder = Path(located.origin).parent
                roots[str(folder.parent)] = paths[str(folder)] = None
            continue
        root = Path(str(distribution.locate_file("")))
        roots[str(root)] = None
        tops = {
            line.split("/")[0].split(",")[0].strip('"') for line in (distribution.read_text("RECORD") or "").split("\n")
        }
        paths |= {str(root / top): None for top in sorted(tops - {"", "..", "__pycache__"})}
        todo += [_name(r) for r in distribution.requires or () if "extra ==" not in r]
    names = {Path(p).name.split(".")[0] for p in paths if not p.endswith((".dist-info", ".libs"))}
    return Packages(tuple(roots), tuple(sorted(names)), tuple(paths))


@cache
def standard_library() -> tuple[str, tuple[str, ...]]:
    """The folder of the standard library, and what in it may be read: not the packages installed into it."""
    folder = Path(sysconfig.get_path("stdlib"))
    return str(folder), tuple(str(p) for p in sorted(folder.iterdir()) if p.name not in _NOT_STDLIB)


def readable_by_nobody(paths: list[str]) -> bool:
    """Whether every folder on the way to `paths` is open to everybody."""
    folders = {folder for path in paths for folder in (Path(path), *Path(path).parents)}
    return all(folder.stat().st_mode & 0o005 == 0o005 for folder in folders)


def _name(requirement: str) -> str:
    match = re.match(r"[A-Za-z0-9._-]+", requirement)
    return match.group() if match else requirement
