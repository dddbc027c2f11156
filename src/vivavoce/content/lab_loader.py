"""The folder `labs/` of a concept: `<name>.py` to a `Lab`, and `<name>.json` to its recorded result.

A lab is read, not run: its constants are literals, found in the syntax tree, so that listing labs needs neither PyTorch
nor trust. `labs/depth_sweep.py` has the id `concept/depth-sweep`.
"""

from __future__ import annotations

import ast
import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from vivavoce.content.code_loader import CodeContext
from vivavoce.content.convert import Dangling, known
from vivavoce.content.files import PackReader
from vivavoce.content.lab_schema import LabClaimFile, LabFile
from vivavoce.content.lab_test import parse_test
from vivavoce.content.reading import ContentFile, dangling_in
from vivavoce.content.shape import validate
from vivavoce.content.yaml_text import Marks, Parsed
from vivavoce.domain.errors import ExportFormatError
from vivavoce.domain.ids import ItemId
from vivavoce.domain.lab import PLAIN, Comparison, Lab, LabClaim, Measure, Parameter, Recorded
from vivavoce.domain.lab_record import read_recorded

LAB_FILES = "files named <lab_name>.py with <lab_name>.json, its recorded result"
_CONSTANTS = frozenset(name.upper() for name in LabFile.model_fields) - {"QUESTION", "METHOD"}
_OURS = frozenset({"numpy", "scipy", "matplotlib"})
"""Dependencies of ours: a lab that needs no more runs everywhere."""


@dataclass(frozen=True, slots=True)
class LoadedLab:
    """A lab with the result that is shipped with it."""

    lab: Lab
    file: ContentFile
    recorded: Recorded | None = None


def load_labs(reader: PackReader, folder: Path, context: CodeContext) -> list[LoadedLab]:
    """Every readable lab of a concept's folder."""
    found = []
    for entry in reader.folder(folder / "labs", required=False):
        path = Path(entry.path)
        if entry.name == "__pycache__" or path.suffix == ".json":
            continue
        if path.suffix != ".py" or entry.is_dir():
            reader.stray(entry, "labs/", LAB_FILES)
        elif reader.is_id(path, path.stem.replace("_", "-")):
            lab = _lab(reader, path, context)
            if lab is not None:
                found.append(LoadedLab(*lab, _recorded(reader, path.with_suffix(".json"))))
    return found


def _lab(reader: PackReader, path: Path, context: CodeContext) -> tuple[Lab, ContentFile] | None:
    text = reader.text(path)
    if text is None:
        return None
    try:
        tree = ast.parse(text)
    except SyntaxError as error:
        reader.report("L301", path, error.lineno or 0, f"no valid Python: {error.msg}", "Correct the syntax.")
        return None
    parsed = _constants(reader, path, tree)
    file = validate(LabFile, parsed, reader, path) if parsed else None
    if file is None or parsed is None:
        return None
    where = ContentFile(path, parsed.marks)
    function = "measure_batch" if file.batch > 1 else "measure"
    defined = {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}
    if function not in defined:
        remedy = "Define measure(seed, ...), or BATCH above 1 and measure_batch(seeds, ...)."
        reader.report("L301", path, 1, f"there is no function {function}", remedy)
        return None
    measures = {
        key: Measure(key, m.says, m.unit, m.log, m.yes_no, m.timing, m.better) for key, m in file.measures.items()
    }
    claims = {}
    for key, claim in file.claims.items():
        one = _claim(reader, where, key, claim, file, measures)
        if one is not None:
            claims[key] = one
    item = ItemId(context.concept, path.stem.replace("_", "-"))
    dangling = dangling_in(reader, where)
    lab = _assembled(item, file, text, tree, path, context, measures, claims, dangling)
    return lab, where


def _assembled(
    item: ItemId,
    file: LabFile,
    text: str,
    tree: ast.Module,
    path: Path,
    context: CodeContext,
    measures: dict[str, Measure],
    claims: dict[str, LabClaim],
    dangling: Dangling,
) -> Lab:
    parameters = {
        key: Parameter(key, p.says, p.default, p.low, p.high, p.unit, _is_whole(tree, key), p.choices)
        for key, p in file.parameters.items()
    }
    return Lab(
        id=item,
        question=file.question,
        method=file.method,
        arms=file.arms,
        measures=measures,
        claims=claims,
        conditions=file.conditions or (PLAIN,),
        axis=file.axis,
        parameters=parameters,
        needs=_needs(tree),
        seeds=file.seeds,
        batch=file.batch,
        budget_s=file.budget_s,
        sources=known(file.sources, tuple(context.sources), ("sources",), "source", dangling),
        path=str(path),
        code=text,
        pack=context.pack,
        status=file.status,
    )


def _claim(
    reader: PackReader, where: ContentFile, key: str, claim: LabClaimFile, file: LabFile, measures: dict[str, Measure]
) -> LabClaim | None:
    tests: list[Comparison | None] = []
    for field, text in (("test", claim.test), ("check", claim.check)):
        try:
            tests.append(parse_test(text, measures, file.arms) if text else None)
        except ValueError as error:
            line = where.line("claims", key, field)
            reader.report("L301", where.path, line, f'claim "{key}": {error}', "Correct it.")
            return None
    unknown = [name for name in claim.conditions if name not in file.conditions]
    if unknown:
        line = where.line("claims", key, "conditions")
        remedy = f"There are: {', '.join(file.conditions) or 'none'}."
        reader.report(
            "L301", where.path, line, f'claim "{key}" names the condition "{unknown[0]}", which is none', remedy
        )
        return None
    test, check = tests
    assert test is not None  # the schema demands it
    return LabClaim(key, claim.says, test, check, claim.conditions)


def _constants(reader: PackReader, path: Path, tree: ast.Module) -> Parsed | None:
    """The file's constants under the names of the schema, with their lines."""
    docstring = ast.get_docstring(tree) or ""
    question, _, method = docstring.partition("\n")
    value: dict[str, Any] = {"question": question.strip(), "method": method.strip()}
    marks = Marks(1)
    for node in tree.body:
        name, literal = _constant(node)
        if name not in _CONSTANTS or literal is None:
            continue
        try:
            value[name.lower()] = ast.literal_eval(literal)
        except ValueError:
            remedy = "Write numbers, texts, lists and dictionaries as they are, without names or arithmetic."
            reader.report(
                "L301", path, node.lineno, f"{name} is no literal, so it cannot be read without running", remedy
            )
            return None
        marks.keys[name.lower()] = (node.lineno, _marks(literal))
    return Parsed(_plain(value), marks, [])


def _constant(node: ast.stmt) -> tuple[str, ast.expr | None]:
    """Name and value of `NAME = value`; no name for anything else."""
    if isinstance(node, ast.Assign) and len(node.targets) == 1 and isinstance(node.targets[0], ast.Name):
        return node.targets[0].id, node.value
    if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
        return node.target.id, node.value
    return "", None


def _marks(node: ast.expr) -> Marks:
    marks = Marks(node.lineno)
    if isinstance(node, ast.Dict):
        for key, value in zip(node.keys, node.values, strict=True):
            if isinstance(key, ast.Constant):
                marks.keys[key.value] = (key.lineno, _marks(value))
    elif isinstance(node, ast.List | ast.Tuple):
        for n, value in enumerate(node.elts):
            marks.keys[n] = (value.lineno, _marks(value))
    return marks


def _plain(value: Any) -> Any:
    """Tuples as lists, as files of data have them."""
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items()}
    return [_plain(inner) for inner in value] if isinstance(value, list | tuple) else value


def _is_whole(tree: ast.Module, name: str) -> bool:
    """Whether a parameter's default, low and high are all written without a decimal point."""
    for node in tree.body:
        if _constant(node)[0] == "PARAMETERS":
            literal = _constant(node)[1]
            one = ast.literal_eval(literal)[name] if literal else {}
            return all(isinstance(one.get(key, 0), int) for key in ("default", "low", "high"))
    return False


def _needs(tree: ast.Module) -> tuple[str, ...]:
    """Packages imported at the top that are neither the standard library's nor dependencies of ours."""
    found = set()
    for node in tree.body:
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module.partition(".")[0])
    return tuple(sorted(found - _OURS - sys.stdlib_module_names - {"__future__"}))


def _recorded(reader: PackReader, path: Path) -> Recorded | None:
    text = reader.text(path, required=False)
    if text is None:
        return None
    try:
        return read_recorded(json.loads(text))
    except (json.JSONDecodeError, ExportFormatError) as error:
        reader.report("L305", path, 0, f"no recorded result: {error}", "Write it anew with `viva lab verify --record`.")
        return None
