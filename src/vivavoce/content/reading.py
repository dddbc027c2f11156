"""What loading of every kind of content file shares."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rapidfuzz import process

from vivavoce.content.convert import Dangling
from vivavoce.content.diagnostic import did_you_mean
from vivavoce.content.files import PackReader
from vivavoce.content.shape import place
from vivavoce.content.yaml_text import Marks, Parsed, parse


@dataclass(frozen=True, slots=True)
class ContentFile:
    """Where something was written."""

    path: Path
    marks: Marks
    body: int = 0
    """For `concept.md`: the line on which the lesson begins."""

    def line(self, *keys: Any) -> int:
        """Line of the deepest of `keys` that is there."""
        return self.marks.at(*keys)


def parsed_yaml(reader: PackReader, path: Path, text: str, first_line: int = 1) -> Parsed | None:
    """The text's value with its lines; None after reporting why it cannot be read. A repeated key is only reported."""
    parsed = parse(text, first_line)
    for problem in parsed.problems:
        reader.report("F002" if problem.twice else "F001", path, problem.line, problem.message, problem.remedy)
    return parsed if all(problem.twice for problem in parsed.problems) else None


def dangling_in(reader: PackReader, file: ContentFile) -> Dangling:
    """Reports a reference in `file` to something that is not there (C007)."""

    def report(at: tuple[Any, ...], kind: str, name: str, existing: Iterable[str]) -> None:
        names = tuple(existing)
        near = tuple(found for found, _, _ in process.extract(name, names, limit=2, score_cutoff=70))
        known = f"There are: {', '.join(names)}." if names else f"There is no {kind} yet."
        remedy = did_you_mean(near) or known
        where = place(at if not isinstance(at[-1], int) else at[:-1])
        reader.report(
            "C007", file.path, file.line(*at), f'{where} names the {kind} "{name}", which is not there', remedy
        )

    return report
