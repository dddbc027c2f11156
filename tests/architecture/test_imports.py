"""The folders are the architecture: who may import whom, read from the code."""

from __future__ import annotations

import ast
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[2] / "src" / "vivavoce"

ROOT_ONLY = "vivavoce"
MAY_IMPORT: dict[str, frozenset[str]] = {
    "domain": frozenset(),
    "settings": frozenset({"domain"}),
    "content": frozenset({"domain"}),
    "engines.grader": frozenset({"domain"}),
    "engines.judge": frozenset({"domain"}),
    "engines.lab_runner": frozenset({"domain"}),
    "engines.scheduler": frozenset({"domain"}),
    "storage": frozenset({"domain"}),
    "plugins": frozenset(
        {
            "domain",
            "content",
            "engines.grader.base",
            "engines.judge.base",
            "engines.lab_runner.base",
            "engines.scheduler.base",
        }
    ),
    "services": frozenset(
        {
            "domain",
            "content",
            "engines.grader",
            "engines.judge",
            "engines.lab_runner",
            "engines.scheduler",
            "storage",
            "plugins",
            "settings",
            ROOT_ONLY,
        }
    ),
    "surfaces.plots": frozenset({"domain", "services"}),
    "surfaces.cli": frozenset({"domain", "services", "settings", "surfaces.plots", "surfaces.web.serve", ROOT_ONLY}),
    "surfaces.web": frozenset({"domain", "services", "settings", "surfaces.plots", ROOT_ONLY}),
    "__main__": frozenset({"surfaces.cli"}),
}
"""Package to what of ours it may import besides itself. Engines never import one another."""


def _module_name(path: Path) -> str:
    parts = list(path.relative_to(SOURCE.parent).with_suffix("").parts)
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = {_module_name(p): p for p in sorted(SOURCE.rglob("*.py"))}
TREES = {name: ast.parse(path.read_text(encoding="utf-8")) for name, path in MODULES.items()}


def _imports(name: str, nodes: list[ast.stmt] | list[ast.AST]) -> set[str]:
    """Modules of ours named by import statements, resolved to the module that is really loaded."""
    found = set()
    for node in nodes:
        if isinstance(node, ast.Import):
            found |= {a.name for a in node.names if a.name.split(".")[0] == "vivavoce"}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{name} imports relatively; write the whole name"
            if node.module and node.module.split(".")[0] == "vivavoce":
                for alias in node.names:
                    deeper = f"{node.module}.{alias.name}"
                    found.add(deeper if deeper in MODULES else node.module)
    return found - {name}


def _package(module: str) -> str:
    inner = module.removeprefix("vivavoce").lstrip(".")
    if not inner:
        return ROOT_ONLY
    return next((p for p in sorted(MAY_IMPORT, key=len, reverse=True) if (inner + ".").startswith(p + ".")), inner)


def _allowed(importer: str, imported: str) -> bool:
    package = _package(importer)
    if package == _package(imported):
        return True
    inner = imported.removeprefix("vivavoce").lstrip(".") or ROOT_ONLY
    return any((inner + ".").startswith(a + ".") for a in MAY_IMPORT[package])


@pytest.mark.parametrize("module", [m for m in MODULES if _package(m) not in (ROOT_ONLY, "engines", "surfaces")])
def test_a_module_imports_only_what_the_table_allows(module: str) -> None:
    everything = _imports(module, list(ast.walk(TREES[module])))
    wrong = sorted(i for i in everything if not _allowed(module, i))
    assert not wrong, f"{module} ({_package(module)}) may not import {', '.join(wrong)}"


def test_every_package_is_in_the_table() -> None:
    unknown = {_package(m) for m in MODULES} - set(MAY_IMPORT) - {ROOT_ONLY, "engines", "surfaces"}
    assert not unknown


def test_there_is_no_import_cycle() -> None:
    graph = {m: _imports(m, list(ast.walk(TREES[m]))) & set(MODULES) for m in MODULES}
    try:
        list(TopologicalSorter(graph).static_order())
    except CycleError as error:
        pytest.fail(f"import cycle: {' -> '.join(error.args[1])}")


def test_no_function_imports_a_module_of_ours() -> None:
    found = []
    for module, tree in TREES.items():
        for function in ast.walk(tree):
            if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
                inner = _imports(module, list(ast.walk(function)))
                found += [f"{module}: {i}" for i in inner]
    assert not found


def test_the_domain_uses_the_standard_library_only_and_no_clock_disk_or_randomness() -> None:
    banned = {"os", "pathlib", "random", "secrets", "socket", "time", "uuid", "sqlite3", "io", "shutil"}
    used = {
        (module, name.split(".")[0])
        for module, tree in TREES.items()
        if _package(module) == "domain"
        for node in ast.walk(tree)
        for name in (
            [a.name for a in node.names]
            if isinstance(node, ast.Import)
            else [node.module or ""]
            if isinstance(node, ast.ImportFrom)
            else []
        )
    }
    standard = {
        "__future__",
        "re",
        "collections",
        "dataclasses",
        "enum",
        "datetime",
        "vivavoce",
        "typing",
        "hashlib",
        "ast",
        "functools",
        "itertools",
        "math",
        "operator",
    }
    assert not {(m, n) for m, n in used if n not in standard or n in banned}


def test_no_module_wants_to_be_two() -> None:
    longest = {m: len(p.read_text(encoding="utf-8").splitlines()) for m, p in MODULES.items()}
    assert not {m: n for m, n in longest.items() if n > 400}
