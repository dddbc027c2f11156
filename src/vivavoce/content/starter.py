"""The starter that follows from a reference: what a learner begins from. Nothing is run."""

from __future__ import annotations

import ast
import copy

_UNFINISHED = ast.parse("raise NotImplementedError").body


def starter(tree: ast.Module) -> str:
    """The reference's imports, constants, signatures and docstrings, with `raise NotImplementedError` for bodies."""
    kept: list[ast.stmt] = []
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            if not node.name.startswith("_"):
                kept.append(_emptied(node))
        elif isinstance(node, ast.Import | ast.ImportFrom) or _is_constant(node):
            kept.append(node)
    blocks = [ast.unparse(node) for node in kept]
    text = ""
    for node, block in zip(kept, blocks, strict=True):
        gap = "\n\n\n" if isinstance(node, ast.FunctionDef | ast.ClassDef) else "\n"
        text += (gap if text else "") + block
    return text + "\n"


def _emptied(node: ast.FunctionDef | ast.ClassDef) -> ast.FunctionDef | ast.ClassDef:
    body: list[ast.stmt] = []
    if isinstance(node, ast.ClassDef):
        for inner in node.body:
            if isinstance(inner, ast.FunctionDef):
                if not inner.name.startswith("_") or inner.name in ("__init__", "__call__"):
                    body.append(_emptied(inner))
            else:
                body.append(inner)
    else:
        doc = node.body[:1] if ast.get_docstring(node, clean=False) is not None else []
        body = [*doc, *_UNFINISHED]
    emptied = copy.copy(node)
    emptied.body = body or [ast.Pass()]
    return emptied


def _is_constant(node: ast.stmt) -> bool:
    return isinstance(node, ast.Assign) and all(isinstance(t, ast.Name) and t.id.isupper() for t in node.targets)
