"""One thing that is wrong with the content: where, what, and what to do about it."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path


class Severity(StrEnum):
    """An error fails `viva content check`; a warning is for the author to weigh."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True, order=True)
class Diagnostic:
    """One finding. Sorts by file, then line."""

    path: Path
    line: int
    """Counted from 1; 0 concerns the file as a whole."""
    code: str
    message: str
    """Names the thing and what was found; no full stop."""
    remedy: str = ""
    """What would be right, as a sentence."""
    severity: Severity = Severity.ERROR

    def place(self, base: Path | None = None) -> str:
        """`path:line`, relative to `base` where the file lies under it."""
        path = self.path
        if base is not None and path.is_relative_to(base):
            path = path.relative_to(base)
        return f"{path.as_posix()}:{self.line}" if self.line else path.as_posix()

    def render(self, base: Path | None = None, width: int = 110) -> str:
        """Printed form: `place: code message. remedy`, wrapped with a hanging indent."""
        kind = "" if self.severity is Severity.ERROR else "warning: "
        end = "" if self.message.endswith((".", "?", "!")) else "."
        text = f"{self.place(base)}: {self.code} {kind}{self.message}{end} {self.remedy}".rstrip()
        return textwrap.fill(text, width, subsequent_indent="  ", break_long_words=False, break_on_hyphens=False)

    def __str__(self) -> str:
        return self.render()


def did_you_mean(names: tuple[str, ...]) -> str:
    """`Did you mean "a" or "b"?`, or nothing."""
    return "Did you mean " + " or ".join(f'"{name}"' for name in names) + "?" if names else ""


def listed(names: tuple[str, ...] | list[str]) -> str:
    """`a, b or c`."""
    return ", ".join(names[:-1]) + f" or {names[-1]}" if len(names) > 1 else "".join(names)
