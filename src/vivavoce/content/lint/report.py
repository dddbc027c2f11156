"""Diagnostics for a reader and for a program."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from vivavoce.content.diagnostic import Diagnostic, Severity


def failed(diagnostics: Sequence[Diagnostic]) -> bool:
    """Whether a check with these findings fails: warnings alone do not."""
    return any(d.severity is Severity.ERROR for d in diagnostics)


def render(diagnostics: Sequence[Diagnostic], base: Path | None = None, width: int = 110) -> str:
    """One entry per finding and a last line that counts them; places are relative to `base`."""
    return "\n".join([*(d.render(base, width) for d in diagnostics), summary(diagnostics)])


def summary(diagnostics: Sequence[Diagnostic]) -> str:
    """`2 errors and 1 warning in 2 files`."""
    errors = sum(d.severity is Severity.ERROR for d in diagnostics)
    warnings = len(diagnostics) - errors
    if not diagnostics:
        return "no problems found"
    counted = [_counted(n, name) for n, name in ((errors, "error"), (warnings, "warning")) if n]
    return f"{' and '.join(counted)} in {_counted(len({d.path for d in diagnostics}), 'file')}"


def render_json(diagnostics: Sequence[Diagnostic], base: Path | None = None) -> str:
    """A JSON list, one object per finding, for editors and scripts."""
    return json.dumps(
        [
            {
                "path": d.place(base).rsplit(":", 1)[0] if d.line else d.place(base),
                "line": d.line,
                "code": d.code,
                "severity": d.severity.value,
                "message": d.message,
                "remedy": d.remedy,
            }
            for d in diagnostics
        ],
        ensure_ascii=False,
        indent=2,
    )


def _counted(count: int, name: str) -> str:
    return f"{count} {name}{'' if count == 1 else 's'}"
