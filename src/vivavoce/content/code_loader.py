"""The folders `exercises/` and `cases/` of a concept to domain values, collecting diagnostics as `loader` does.

exercises/<slug>/exercise.yaml, tests.py, and per framework numpy/ (always) and torch/:
    reference.py, mistakes.yaml, valid/<id>.py, and starter.py where the derived one does not fit
cases/<slug>/case.yaml, tests.py, broken.py, fixed.py, mistakes.yaml, valid/<id>.py
"""

from __future__ import annotations

import ast
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from vivavoce.content.code_convert import Material, to_case, to_exercise
from vivavoce.content.code_schema import CaseFile, ExerciseFile, MistakesFile
from vivavoce.content.files import PackReader
from vivavoce.content.mutate import MismatchError, mutated
from vivavoce.content.reading import ContentFile, dangling_in, parsed_yaml
from vivavoce.content.schema import Model
from vivavoce.content.shape import validate
from vivavoce.content.starter import starter
from vivavoce.domain.case import Case
from vivavoce.domain.exercise import Exercise, Framework, Mistake, Valid, Variant
from vivavoce.domain.ids import ItemId

FileModel = TypeVar("FileModel", bound=Model)
_DOCSTRING = re.compile(r'\s*(?:#[^\n]*\n\s*)*"""(.*?)"""', re.DOTALL)
EXERCISE_FILES = "exercise.yaml, tests.py, and the folders numpy/ and torch/"
CASE_FILES = "case.yaml, tests.py, broken.py, fixed.py, mistakes.yaml and the folder valid/"
VARIANT_FILES = "reference.py, starter.py, mistakes.yaml and the folder valid/"


@dataclass(frozen=True, slots=True)
class CodeContext:
    """What an item needs to know of its concept."""

    concept: str
    sources: Mapping[str, object]
    pack: str


def load_exercises(reader: PackReader, folder: Path, context: CodeContext) -> list[tuple[Exercise, ContentFile]]:
    """Every readable exercise of a concept's folder."""
    found = []
    for entry in _item_folders(reader, folder / "exercises", "exercises/", "one folder per exercise"):
        read = _yaml(reader, entry / "exercise.yaml", ExerciseFile)
        tests = reader.text(entry / "tests.py")
        variants = {}
        for inner in reader.folder(entry):
            if inner.is_dir() and inner.name in ("numpy", "torch"):
                variant = _variant(reader, entry / inner.name, Framework(inner.name))
                if variant is not None:
                    variants[variant.framework] = variant
            elif inner.name not in ("exercise.yaml", "tests.py", "__pycache__"):
                reader.stray(inner, "an exercise's folder", EXERCISE_FILES)
        if read is None or tests is None or not variants:
            if read is not None and not variants:
                reader.report("F003", entry, 0, "there is no variant", "Add numpy/reference.py.")
            continue
        file, where = read
        item = ItemId(context.concept, entry.name)
        material = Material(variants, entry / "tests.py", tests, context.pack)
        found.append((to_exercise(item, file, material, context.sources, dangling_in(reader, where)), where))
    return found


def load_cases(reader: PackReader, folder: Path, context: CodeContext) -> list[tuple[Case, ContentFile]]:
    """Every readable case of a concept's folder."""
    found = []
    for entry in _item_folders(reader, folder / "cases", "cases/", "one folder per case"):
        read = _yaml(reader, entry / "case.yaml", CaseFile)
        tests = reader.text(entry / "tests.py")
        known = ("case.yaml", "tests.py", "broken.py", "fixed.py", "mistakes.yaml", "valid", "__pycache__")
        for inner in reader.folder(entry):
            if inner.name not in known:
                reader.stray(inner, "a case's folder", CASE_FILES)
        if read is None or tests is None:
            continue
        file, where = read
        broken = reader.text(entry / "broken.py")
        variant = _variant(reader, entry, Framework(file.framework), reference="fixed.py", starter_text=broken)
        if broken is None or variant is None:
            continue
        item = ItemId(context.concept, entry.name)
        material = Material({variant.framework: variant}, entry / "tests.py", tests, context.pack)
        found.append((to_case(item, file, material, context.sources, dangling_in(reader, where)), where))
    return found


def _item_folders(reader: PackReader, folder: Path, where: str, expected: str) -> list[Path]:
    found = []
    for entry in reader.folder(folder, required=False):
        if not entry.is_dir():
            reader.stray(entry, where, expected)
        elif reader.is_id(Path(entry.path), entry.name):
            found.append(Path(entry.path))
    return found


def _variant(
    reader: PackReader,
    folder: Path,
    framework: Framework,
    *,
    reference: str = "reference.py",
    starter_text: str | None = None,
) -> Variant | None:
    path = folder / reference
    text = reader.text(path)
    tree = _python(reader, path, text) if text is not None else None
    if text is None or tree is None:
        return None
    if starter_text is None:
        for entry in reader.folder(folder):
            if entry.name not in (reference, "starter.py", "mistakes.yaml", "valid", "__pycache__"):
                reader.stray(entry, f"{folder.name}/", VARIANT_FILES)
        starter_text = reader.text(folder / "starter.py", required=False) or starter(tree)
    return Variant(framework, text, starter_text, _mistakes(reader, folder, text), _valid(reader, folder))


def _mistakes(reader: PackReader, folder: Path, reference: str) -> tuple[Mistake, ...]:
    read = _yaml(reader, folder / "mistakes.yaml", MistakesFile)
    if read is None:
        return ()
    file, where = read
    found = []
    for name, mistake in file.mistakes.items():
        code = mistake.code or reference
        try:
            for n, replace in enumerate(mistake.replace):
                place = ("mistakes", name, "replace", n)
                code = mutated(code, replace.find, replace.put)
        except MismatchError as error:
            remedy = "Copy the text from the reference, with enough around it to be the only one."
            reader.report("E205", where.path, where.line(*place), f'mistake "{name}": {error}', remedy)
            continue
        found.append(Mistake(name, mistake.says, code))
    return tuple(found)


def _valid(reader: PackReader, folder: Path) -> tuple[Valid, ...]:
    found = []
    for entry in reader.folder(folder / "valid", required=False):
        path = Path(entry.path)
        if entry.name == "__pycache__":
            continue
        if path.suffix != ".py":
            reader.stray(entry, "valid/", "files named <id>.py")
            continue
        text = reader.text(path)
        if text is not None:
            found.append(Valid(path.stem.replace("_", "-"), _docstring(text), text))
    return tuple(found)


def _yaml(reader: PackReader, path: Path, model: type[FileModel]) -> tuple[FileModel, ContentFile] | None:
    text = reader.text(path)
    parsed = parsed_yaml(reader, path, text) if text is not None else None
    value = validate(model, parsed, reader, path) if parsed else None
    return (value, ContentFile(path, parsed.marks)) if parsed and value else None


def _docstring(text: str) -> str:
    """The first paragraph of a module's docstring, read without parsing the module: loading has hundreds of them."""
    match = _DOCSTRING.match(text)
    return " ".join(match[1].split("\n\n")[0].split()) if match else ""


def _python(reader: PackReader, path: Path, text: str) -> ast.Module | None:
    """The syntax tree, or None after reporting why there is none."""
    try:
        return ast.parse(text)
    except SyntaxError as error:
        reader.report("E206", path, error.lineno or 0, f"no valid Python: {error.msg}", "Correct the syntax.")
        return None
