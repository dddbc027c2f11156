"""Read the files of a pack without trusting it: bounded size, plain files only, never outside the pack's folder."""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass, field
from pathlib import Path

from vivavoce.content.diagnostic import Diagnostic, Severity
from vivavoce.domain.ids import SLUG

MAX_BYTES = 1_000_000
"""Sixty times our longest file; what is larger is not read at all."""

CODE = frozenset({".py", ".pyc", ".ipynb", ".sh", ".js", ".ts", ".so", ".dll", ".exe", ".html", ".htm", ".svg"})
"""What could run. A pack is data."""


@dataclass(slots=True)
class PackReader:
    """One pack's folder, the findings so far, and what was looked at (for noticing changes later)."""

    root: Path
    diagnostics: list[Diagnostic] = field(default_factory=list)
    watched: dict[str, tuple[int, int] | None] = field(default_factory=dict)
    _links: dict[Path, bool] = field(default_factory=dict)

    def report(
        self, code: str, path: Path, line: int, message: str, remedy: str, severity: Severity = Severity.ERROR
    ) -> None:
        self.diagnostics.append(Diagnostic(path, line, code, message, remedy, severity))

    def text(self, path: Path, *, required: bool = True) -> str | None:
        """The file's text, or None after reporting why not. A missing optional file is not reported."""
        if not self._inside(path):
            return None
        try:
            with open(path, "rb", opener=_open_without_waiting) as file:
                status = os.fstat(file.fileno())
                self.watched[str(path)] = (status.st_mtime_ns, status.st_size)
                if not stat.S_ISREG(status.st_mode):
                    self.report("F003", path, 0, f"{path.name} is no plain file", "Replace it by a text file.")
                    return None
                raw = file.read(MAX_BYTES + 1) if status.st_size <= MAX_BYTES else None
        except FileNotFoundError:
            self.watched[str(path)] = None
            if required:
                self.report("F003", path, 0, f"{path.name} is missing", "Add it (`viva content new` makes one).")
            return None
        except OSError as error:
            self.watched[str(path)] = None
            self.report("F003", path, 0, f"cannot be read: {error.strerror}", "Check the file and its permissions.")
            return None
        if raw is None or len(raw) > MAX_BYTES:
            found = f"{status.st_size / 1e6:.1f} MB, more than the {MAX_BYTES / 1e6:g} MB that a content file may have"
            self.report("F005", path, 0, found, "Split it, or remove what is not text; it was not read.")
            return None
        return self._decode(path, raw)

    def folder(self, path: Path, *, required: bool = True) -> list[os.DirEntry[str]]:
        """The entries of a folder by name, hidden ones left out; empty after reporting why not."""
        if not self._inside(path):
            return []
        self.watch(path)
        try:
            with os.scandir(path) as entries:
                return sorted((e for e in entries if not e.name.startswith(".")), key=lambda e: e.name)
        except FileNotFoundError:
            if required:
                self.report("F003", path, 0, f"the folder {path.name}/ is missing", "Make it, or correct the path.")
        except NotADirectoryError:
            self.report("F003", path, 0, f"{path.name} is a file where a folder belongs", "Rename it.")
        except OSError as error:
            self.report("F003", path, 0, f"cannot be read: {error.strerror}", "Check the folder's permissions.")
        return []

    def watch(self, path: Path) -> None:
        """Note how `path` is now."""
        self.watched[str(path)] = signature(str(path))

    def is_id(self, path: Path, name: str) -> bool:
        """Whether `name` can be (half of) an id; reports it when not."""
        if SLUG.fullmatch(name):
            return True
        remedy = (
            "Use lower-case letters, digits and single hyphens, such as why-deep-sigmoid-stalls; the name is the id."
        )
        self.report("F008", path, 0, f'"{name}" cannot be an id', remedy)
        return False

    def stray(self, entry: os.DirEntry[str], where: str, expected: str) -> None:
        """Report something that is not read: an error if it could be code."""
        path = Path(entry.path)
        if path.suffix.lower() in CODE:
            self.report(
                "F007", path, 0, f"code in {where}, where only data belongs", f"Remove it; expected {expected}."
            )
        elif not path.name.endswith("~"):
            self.report(
                "F007", path, 0, f"{path.name} is not read", f"Remove it; expected {expected}.", Severity.WARNING
            )

    def _inside(self, path: Path) -> bool:
        """Whether `path` lies in the pack, by way of no link that leaves it. Each such link is reported once."""
        if path == self.root:
            return True
        known = self._links.get(path)
        if known is not None:
            return known
        inside = self._inside(path.parent) if path.parent != path else False
        # Only a symbolic link can leave the folder that it is in.
        if inside and path.is_symlink():
            inside = Path(os.path.realpath(path)).is_relative_to(os.path.realpath(self.root))
            if not inside:
                self.report("F006", path, 0, "a symbolic link that leaves the pack", "Copy the file into the pack.")
        self._links[path] = inside
        return inside

    def _decode(self, path: Path, raw: bytes) -> str | None:
        try:
            text = raw.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            line = raw.count(b"\n", 0, error.start) + 1
            found = f"byte 0x{raw[error.start]:02x} is not UTF-8"
            self.report("F004", path, line, found, "Save the file with the encoding UTF-8.")
            return None
        return text.replace("\r\n", "\n").replace("\r", "\n")


def signature(path: str) -> tuple[int, int] | None:
    """What changes when a file does: time and size; None when it is not there."""
    try:
        status = os.stat(path)
    except OSError:
        return None
    return (status.st_mtime_ns, 0 if stat.S_ISDIR(status.st_mode) else status.st_size)


def _open_without_waiting(path: str, flags: int) -> int:
    # A named pipe would block the open until somebody writes.
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))
