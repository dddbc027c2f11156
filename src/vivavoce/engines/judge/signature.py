"""What the reference's source says of names and parameters. Nothing is run."""

from __future__ import annotations

import ast


def parameters(source: str) -> dict[str, tuple[str, ...]]:
    """`function` or `Class.method` to its parameters, `self` left out; `Class` stands for its `__init__`."""
    found: dict[str, tuple[str, ...]] = {}
    for node in ast.parse(source).body:
        if isinstance(node, ast.FunctionDef):
            found[node.name] = _names(node)
        elif isinstance(node, ast.ClassDef):
            for inner in node.body:
                if isinstance(inner, ast.FunctionDef):
                    name = node.name if inner.name == "__init__" else f"{node.name}.{inner.name}"
                    found[name] = _names(inner)[1:]
    return found


def _names(node: ast.FunctionDef) -> tuple[str, ...]:
    a = node.args
    return tuple(x.arg for x in (*a.posonlyargs, *a.args, *a.kwonlyargs))
