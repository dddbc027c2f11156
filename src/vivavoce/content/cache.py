"""A loaded bank kept on disk for the next start, and thrown away when any of its files has changed.

Reading and checking every file of the packs takes seconds when they are large; reading one file takes a fraction of
that (`benchmarks/bank.py`). The cache holds nothing that cannot be made again, so everything that is wrong with it
means: load the packs.
"""

from __future__ import annotations

import contextlib
import copyreg
import hashlib
import io
import os
import pickle
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any

from vivavoce.content import diagnostic, schema
from vivavoce.content.bank import Bank
from vivavoce.content.diagnostic import Diagnostic
from vivavoce.content.files import signature
from vivavoce.content.garbage import without_collections

_OURS = ("vivavoce.domain.", "vivavoce.content.")
_THEIRS = frozenset(
    {
        ("builtins", "set"),
        ("builtins", "frozenset"),
        ("datetime", "date"),
        ("datetime", "datetime"),
        ("datetime", "timezone"),
        ("datetime", "timedelta"),
        ("pathlib", "PosixPath"),
        ("pathlib", "WindowsPath"),
        ("pathlib", "Path"),
        ("pathlib._local", "PosixPath"),
        ("pathlib._local", "WindowsPath"),
    }
)
"""What a bank consists of. A file that names anything else is not ours, and nothing of it is called."""


class BankCache:
    """The cache for one list of pack folders, in a folder that only the user can write to."""

    def __init__(self, folder: Path, packs: Sequence[Path]) -> None:
        self._folder = folder
        names = "\0".join(str(p.resolve()) for p in packs)
        self._key = hashlib.sha256(f"{names}\0{_code()}".encode()).hexdigest()[:16]

    @property
    def file(self) -> Path:
        return self._folder / f"bank-{self._key}.pickle"

    def load(self) -> tuple[Bank, tuple[Diagnostic, ...]] | None:
        """The bank with the findings of its loading; None when it has to be loaded from the packs."""
        try:
            data = self._own(self.file)
        except OSError:
            return None
        with without_collections():
            try:
                watched, bank, found = _Reader(io.BytesIO(data)).load()
                if any(signature(path) != seen for path, seen in watched.items()):
                    return None
            except Exception:  # whatever half a file or another's file leads to
                return None
        return (bank, found) if isinstance(bank, Bank) else None

    def save(self, bank: Bank, found: Sequence[Diagnostic]) -> None:
        """Keep it, and remove what was kept for older states of these packs. Does nothing where it cannot write."""
        out = io.BytesIO()
        pickler = pickle.Pickler(out, protocol=pickle.HIGHEST_PROTOCOL)
        pickler.dispatch_table = copyreg.dispatch_table | {MappingProxyType: _as_dict}
        pickler.dump((dict(bank.watched), bank, tuple(found)))
        half = self.file.with_name(f"{self.file.name}.{os.getpid()}")
        with contextlib.suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            half.touch(mode=0o600)
            half.write_bytes(out.getvalue())
            os.replace(half, self.file)
            for old in self._folder.glob(f"search-{self._key}-*.sqlite"):
                if old != self.search_file(bank):
                    old.unlink()
        with contextlib.suppress(OSError):
            half.unlink(missing_ok=True)

    def search_file(self, bank: Bank) -> Path:
        """Where the search index of this state of the bank belongs."""
        return self._folder / f"search-{self._key}-{bank.stamp}.sqlite"

    def _own(self, path: Path) -> bytes:
        """The file's bytes. Raises `PermissionError` when others could have written them."""
        with path.open("rb") as file:
            status = os.fstat(file.fileno())
            if sys.platform != "win32" and (status.st_uid != os.getuid() or status.st_mode & 0o022):
                raise PermissionError(path)
            return file.read()


class _Reader(pickle.Unpickler):
    """Makes values of the bank and nothing else."""

    def find_class(self, module: str, name: str) -> Any:
        found = super().find_class(module, name) if module.startswith(_OURS) or (module, name) in _THEIRS else None
        if isinstance(found, type) or found is _mapping:
            return found
        raise pickle.UnpicklingError(f"{module}.{name} is no part of a bank")


def _mapping(items: dict[Any, Any]) -> Mapping[Any, Any]:
    return MappingProxyType(items)


def _as_dict(mapping: Mapping[Any, Any]) -> tuple[Callable[..., Any], tuple[dict[Any, Any]]]:
    return _mapping, (dict(mapping),)


def _code() -> str:
    """Changes with the code that makes a bank, so that a cache of another version is not read."""
    folders = {Path(diagnostic.__file__).parent, Path(schema.__file__).parents[1] / "domain"}
    files = sorted(path for folder in folders for path in folder.glob("*.py"))
    return repr((sys.version_info[:3], [(path.name, signature(str(path))) for path in files]))
