"""E206."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from vivavoce.content.diagnostic import Diagnostic
from vivavoce.content.lint.base import LintContext, LoadingRule

REMEDY = "Correct the syntax."


class NotPython(LoadingRule):
    """A code file is no valid Python. An item whose reference is none is left out.

    *Why:* nothing can be judged by it.

    *Example:* a reference with a bracket missing.
    """

    code = "E206"
    title = "no valid Python"

    def check(self, context: LintContext) -> Iterator[Diagnostic]:
        yield from super().check(context)
        for exercise, file in context.each_exercise():
            tests = Path(exercise.tests)
            yield from self._parsed(tests, tests.read_text("utf-8"))
            for framework, variant in exercise.variants.items():
                for valid in variant.valid:
                    name = f"{valid.id.replace('-', '_')}.py"
                    folders = (file.path.parent / framework / "valid", file.path.parent / "valid")
                    path = next((f / name for f in folders if (f / name).is_file()), file.path)
                    yield from self._parsed(path, valid.code)

    def _parsed(self, path: Path, text: str) -> Iterator[Diagnostic]:
        try:
            ast.parse(text)
        except SyntaxError as error:
            message = f"no valid Python: {error.msg}"
            yield Diagnostic(path, error.lineno or 0, self.code, message, REMEDY, self.severity)
