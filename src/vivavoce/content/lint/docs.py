"""The documentation page of the rules, made from their docstrings. `python -m vivavoce.content.lint.docs` writes it."""

from __future__ import annotations

import sys
from pathlib import Path

from vivavoce.content.lint import RULES

PAGE = Path(__file__).parents[4] / "docs" / "authors" / "lint-rules.md"

_INTRODUCTION = """\
# Lint rules

`viva content check` reads every pack and prints what is wrong: the place, the rule's code, what was found, and what
would be right. An error fails the check; a warning is for you to weigh. What is wrong with a question of
`status: draft`, or with a concept that has no ready question yet, and still loads, is a warning; a retired question is
only loaded. Rules marked *executed* also run the grader on the samples when one is asked for.

Codes: **F** the file itself, **C** concepts and the pack, **Q** questions.

This page is made from the rules' own descriptions; change them there.
"""
_EXECUTED = frozenset({"Q103", "Q104"})


def render() -> str:
    """The whole page as Markdown."""
    sections = [_INTRODUCTION]
    for rule in RULES:
        kind = rule.severity.value + (", executed" if rule.code in _EXECUTED else "")
        sections.append(f"## {rule.code} {rule.title}\n\n*{kind}*\n\n{rule.documentation()}\n")
    return "\n".join(sections)


if __name__ == "__main__":
    PAGE.write_text(render(), "utf-8")
    sys.stdout.write(f"{PAGE}\n")
