"""E209."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from vivavoce.content.diagnostic import Diagnostic
from vivavoce.content.lint.base import LintContext, Rule
from vivavoce.content.reading import ContentFile
from vivavoce.domain.exercise import Exercise, Framework

MISTAKES, MISTAKES_OF_A_CASE, VALID, TESTS = 8, 4, 2, 4


class ExerciseStructure(Rule):
    """An exercise lacks a part: mistakes, alternatives, tests, a NumPy variant, a second choice of a convention.

    *Why:* at least 8 planted mistakes (4 for a case) and 2 valid alternatives in each framework show that the tests
    are strict where they must be and open where they can be. One test that begins with `example_` is what *Run* runs,
    and four in all are the least that tell right from wrong. A convention with one choice is no convention.

    *Example:* an exercise whose `valid/` is empty.
    """

    code = "E209"
    title = "structure of an exercise"

    def check(self, context: LintContext) -> Iterator[Diagnostic]:
        for exercise, file in context.each_exercise():
            is_case = exercise.id in context.bank.cases
            yield from self._variants(exercise, file, MISTAKES_OF_A_CASE if is_case else MISTAKES)
            yield from self._tests(exercise, file)
            if not is_case and Framework.NUMPY not in exercise.variants:
                remedy = "Add numpy/reference.py: everybody can run that."
                yield self.found(file, [], "there is no NumPy variant", remedy)
            for name, choices in exercise.conventions.items():
                if len(choices) < 2:
                    message = f'convention "{name}" has one choice'
                    yield self.found(file, ["conventions", name], message, "Add the others, or remove it.")

    def _variants(self, exercise: Exercise, file: ContentFile, least: int) -> Iterator[Diagnostic]:
        for framework, variant in exercise.variants.items():
            if len(variant.mistakes) < least:
                message = f"{framework}: {len(variant.mistakes)} planted mistakes"
                yield self.found(file, [], message, f"Plant at least {least} that people really make.")
            if len(variant.valid) < VALID:
                message = f"{framework}: {len(variant.valid)} valid alternatives"
                yield self.found(file, [], message, f"Add at least {VALID} in another style or convention.")
            for valid in variant.valid:
                if not valid.says:
                    message = f"{framework}: the alternative {valid.id} does not say what is different"
                    yield self.found(file, [], message, "Begin it with a docstring of one line.")

    def _tests(self, exercise: Exercise, file: ContentFile) -> Iterator[Diagnostic]:
        path = Path(exercise.tests)
        try:
            tree = ast.parse(path.read_text("utf-8"))
        except SyntaxError:
            return  # E206 says so
        tests = [n for n in tree.body if isinstance(n, ast.FunctionDef) and n.name.startswith(("example_", "test_"))]
        if not any(t.name.startswith("example_") for t in tests):
            yield self.found(path, [], "no test is an example", "Name one `example_...`: *Run* runs those.")
        if len(tests) < TESTS:
            yield self.found(path, [], f"{len(tests)} tests", f"Write at least {TESTS}, each about one thing.")
        for test in tests:
            if not ast.get_docstring(test):
                message = f"{test.name} has no docstring"
                yield self.found(path, [], message, "Say in one line what it tests: readers see it.")
