"""Rules of an exercise that are read from the code: calls that are not allowed. They explain; they are no security."""

from __future__ import annotations

import ast
from collections.abc import Sequence
from dataclasses import dataclass

from vivavoce.domain.exercise import Ban

_LOOKUPS = frozenset({"getattr", "attrgetter", "methodcaller"})
_TEXT = "the name "
"""Begins a name that was found as a text."""


@dataclass(frozen=True, slots=True)
class Broken:
    """A banned name in the code."""

    line: int
    message: str


def broken_rule(code: str, bans: Sequence[Ban]) -> Broken | None:
    """The first use of a banned name, by import, alias or attribute; None when there is none or the code is no Python.

    A ban of `torch.nn.functional.conv2d` covers that function under every alias, wherever else the package has one
    of that name (`torch.conv2d`), its name as a text in `getattr` and the like, and a star import that brings it. A ban
    of `numpy.linalg` covers all that is in it; one that begins with a dot (`.backward`), every attribute of that name.
    """
    if not bans:
        return None
    try:
        tree = ast.parse(code)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
    aliases = _aliases(tree)
    uses = [(line, name) for node in ast.walk(tree) for line, name in _names(node, aliases)]
    for line, name in sorted(uses):
        for ban in bans:
            if _covers(ban.name, name) or _brings(ban.name, name):
                return Broken(line, f"line {line} uses {name}, which this exercise does not allow: {ban.because}")
    return None


def _covers(ban: str, name: str) -> bool:
    if ban.startswith("."):
        return name.endswith(ban)
    package, last = ban.partition(".")[0], ban.rpartition(".")[2]
    elsewhere = name.startswith(f"{package}.") and name.endswith(f".{last}")
    return name == ban or name.startswith(f"{ban}.") or elsewhere


def _brings(ban: str, name: str) -> bool:
    """Whether `from torch.nn.functional import *` brings the banned name, or a text spells it."""
    if name.startswith(_TEXT):
        return name.removeprefix(_TEXT) == ban.rpartition(".")[2]
    return name.endswith(".*") and ban.rpartition(".")[0] == name.removesuffix(".*")


def _aliases(tree: ast.AST) -> dict[str, str]:
    found: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                first = alias.name.split(".")[0]
                found[alias.asname or first] = alias.name if alias.asname else first
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            for alias in node.names:
                found[alias.asname or alias.name] = f"{node.module}.{alias.name}"
    for _ in range(2):  # names for names: `nn = torch.nn` first, then `F = nn.functional`
        for node in ast.walk(tree):
            match node:
                case ast.Assign(targets=[ast.Name(id=name)], value=ast.Name(id=other)) if other in found:
                    found.setdefault(name, found[other])
                case ast.Assign(targets=[ast.Name(id=name)], value=ast.Attribute() as value):
                    dotted = _dotted(value, found)
                    if dotted.split(".")[0] in {known.split(".")[0] for known in found.values()}:
                        found.setdefault(name, dotted)
    return found


def _names(node: ast.AST, aliases: dict[str, str]) -> list[tuple[int, str]]:
    if isinstance(node, ast.Attribute):
        return [(node.lineno, _dotted(node, aliases))]
    if isinstance(node, ast.Call) and _last(node.func) in _LOOKUPS:
        return [(node.lineno, _TEXT + text) for text in _texts(node.args)]
    if isinstance(node, ast.Subscript) and _last(node.value) in ("vars", "__dict__"):
        return [(node.lineno, _TEXT + text) for text in _texts([node.slice])]
    if isinstance(node, ast.Name):
        return [(node.lineno, aliases.get(node.id, node.id))]
    if isinstance(node, ast.ImportFrom) and node.module and not node.level:
        return [(node.lineno, f"{node.module}.{alias.name}") for alias in node.names]
    if isinstance(node, ast.Import):
        return [(node.lineno, alias.name) for alias in node.names]
    return []


def _last(node: ast.expr) -> str:
    """`vars` for `vars(x)`, `attrgetter` for `operator.attrgetter`."""
    if isinstance(node, ast.Call):
        return _last(node.func)
    return node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else ""


def _texts(nodes: Sequence[ast.expr]) -> list[str]:
    return [node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)]


def _dotted(node: ast.Attribute, aliases: dict[str, str]) -> str:
    steps: list[str] = []
    inner: ast.expr = node
    while isinstance(inner, ast.Attribute):
        steps.append(inner.attr)
        inner = inner.value
    base = aliases.get(inner.id, inner.id) if isinstance(inner, ast.Name) else ""
    if isinstance(inner, ast.Call) and _last(inner.func) in ("import_module", "__import__"):
        base = next(iter(_texts(inner.args)), "")
    return ".".join([base, *reversed(steps)])
