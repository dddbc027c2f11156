"""The reference of commands and settings, written from the code: `python -m vivavoce.surfaces.cli.reference`."""

from __future__ import annotations

import ast
import inspect
import sys
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import typer.main

from vivavoce import settings
from vivavoce.surfaces.cli import app

HEAD = """# Commands and settings

Written from the code by `python3 tasks.py docs`; a test keeps it current. `NO_COLOR=1` turns colours off;
`viva --install-completion` adds completion to your shell.

| exit code | means |
|---|---|
| 0 | done |
| 1 | done, and problems were found |
| 2 | the request cannot be carried out as it stands |
| 3 | the database could not do it |
| 130 | interrupted |
"""


def render() -> str:
    """The whole document as Markdown."""
    root = typer.main.get_command(app)
    parts = [HEAD, *_commands(root, "viva"), "## Settings\n", _settings()]
    return "\n".join(parts)


def _commands(command: Any, name: str) -> Iterator[str]:
    if name != "viva" and not hasattr(command, "commands"):
        yield _one(command, name)
    if name == "viva":
        yield _one(command, name)
    for child_name in sorted(getattr(command, "commands", {})):
        yield from _commands(command.commands[child_name], f"{name} {child_name}")


def _one(command: Any, name: str) -> str:
    lines = [f"## `{name}`\n", inspect.cleandoc(command.help or ""), ""]
    rows = []
    for parameter in command.params:
        if getattr(parameter, "hidden", False) or parameter.name in ("install_completion", "show_completion"):
            continue
        if parameter.param_type_name == "argument":
            shown = f"{parameter.name.upper().rstrip('_')}{'' if parameter.required else ' (optional)'}"
        else:
            shown = ", ".join([*parameter.opts, *parameter.secondary_opts])
        rows.append(f"| `{shown}` | {(getattr(parameter, 'help', '') or '').strip()} |")
    if rows:
        lines += ["| | |", "|---|---|", *rows, ""]
    return "\n".join(lines)


def _settings() -> str:
    rows = ["| environment variable | what it does |", "|---|---|"]
    tree = ast.parse(inspect.getsource(settings))
    (body,) = (node.body for node in tree.body if isinstance(node, ast.ClassDef) and node.name == "Settings")
    for field, text in pairwise(body):
        if isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name) and isinstance(text, ast.Expr):
            sentence = ast.literal_eval(text.value)
            rows.append(f"| `{settings.PREFIX}{field.target.id.upper()}` | {sentence} |")
    return "\n".join(rows) + "\n"


if __name__ == "__main__":
    Path(sys.argv[1] if len(sys.argv) > 1 else "docs/users/commands.md").write_text(render(), encoding="utf-8")
