"""The trusted tests of an exercise: the functions of its `tests.py` that take `t`, in the order in which they stand."""

from __future__ import annotations

import hashlib
import inspect
import types
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from vivavoce.engines.judge.trial import Trial

Check = Callable[[Trial], None]


@dataclass(frozen=True, slots=True)
class Test:
    """One function of `tests.py`."""

    __test__ = False  # not a test of pytest's

    name: str
    title: str
    check: Check

    @property
    def example(self) -> bool:
        """Shown to everybody; the others are hidden."""
        return self.name.startswith("example_")


@dataclass(frozen=True, slots=True)
class Suite:
    """All of them, by what they are for."""

    tests: tuple[Test, ...]
    """`example_...` and `test_...`: what a submission must pass."""
    symptoms: tuple[Test, ...] = ()
    """`symptom_...`, for a case: what the broken script shows and a fixed one does not."""
    probes: tuple[Test, ...] = ()
    """`probe_...`, for a case: a look inside."""


def load_suite(path: str | Path) -> Suite:
    """The suite of a `tests.py`. Raises what the file raises; it is trusted code of the pack."""
    file = Path(path)
    return _load(str(file), file.read_bytes())


@lru_cache(maxsize=256)
def _load(path: str, source: bytes) -> Suite:
    module = types.ModuleType(f"vivavoce_tests_{hashlib.sha256(path.encode()).hexdigest()[:12]}")
    module.__file__ = path
    exec(compile(source, path, "exec"), module.__dict__)  # noqa: S102 - the pack's own code, not a submission
    found = list(_functions(module))
    return Suite(
        tuple(t for t in found if t.name.startswith(("example_", "test_"))),
        tuple(t for t in found if t.name.startswith("symptom")),
        tuple(t for t in found if t.name.startswith("probe_")),
    )


def _functions(module: types.ModuleType) -> Iterator[Test]:
    for name, value in vars(module).items():
        named = inspect.isfunction(value) and name.startswith(("example_", "test_", "symptom", "probe_"))
        if named and list(inspect.signature(value).parameters) == ["t"]:
            doc = inspect.getdoc(value)
            title = doc.splitlines()[0].strip() if doc else name.partition("_")[2].replace("_", " ")
            yield Test(name, title, value)
