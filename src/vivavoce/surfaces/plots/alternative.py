"""What a picture says, in words: for those who cannot see it."""

from __future__ import annotations

import math
from collections.abc import Sequence

from vivavoce.domain.exhibit import Curves, Log, Matrix
from vivavoce.domain.lab import Illustration, Lab, LabResult
from vivavoce.services.lab_words import OUTCOME_WORDS, seeds_text, verdict_sentence


def claims_words(lab: Lab, result: LabResult, claims: Sequence[str]) -> tuple[str, str]:
    """Title and description of the picture of some claims: the outcome first, then the numbers."""
    titles, sentences = [], []
    for name in claims:
        claim, ruled = lab.claims[name], result.ruled.get(name)
        if ruled is None:
            titles.append(f"{claim.says} Not decided: {seeds_so_far(result)}.")
            sentences.append(f"{seeds_so_far(result).capitalize()}; two are needed for an interval.")
            continue
        titles.append(f"{claim.says} {OUTCOME_WORDS[ruled.outcome].capitalize()}.")
        sentences.append(verdict_sentence(lab, ruled))
        counted = ", ".join(
            f"{effect.condition}: {seeds_text(effect)}" if effect.condition else seeds_text(effect)
            for effect in ruled.effects
        )
        diverged = [
            f"{arm} diverged in {count} of {effect.seeds} seeds{f' at {effect.condition}' if effect.condition else ''}"
            for effect in ruled.effects
            for arm, count in effect.diverged.items()
        ]
        sentences.append(f"Seeds that satisfy the claim by themselves: {counted}.")
        sentences += [f"{words[:1].upper()}{words[1:]}." for words in diverged]
    sentences.append(f"Arms drawn: {', '.join(lab.arms)}.")
    return " ".join(titles), " ".join(sentences)


def seeds_so_far(result: LabResult) -> str:
    """`no seed yet`, `1 seed`, `8 seeds`."""
    n = len(result.measurements)
    return f"{n} seed{'s' if n > 1 else ''}" if n else "no seed yet"


def illustration_words(shown: Illustration) -> str:
    """The same of an illustration."""
    match shown:
        case Curves():
            return " ".join(_line_words(name, line, shown) for name, line in shown.lines.items())
        case Matrix():
            return f"A table of {len(shown.rows)} rows and {len(shown.columns)} columns. {_largest(shown)}".strip()
        case Log():
            return shown.text
        case _:
            return "Dots in the plane: " + ", ".join(f"{len(dots)} {name}" for name, dots in shown.groups.items()) + "."


def _line_words(name: str, line: Sequence[float | None], curves: Curves) -> str:
    kept = [(x, y) for x, y in zip(curves.x, line, strict=False) if y is not None and math.isfinite(y)]
    if not kept:
        return f"{name}: no finite value."
    (first_x, first), (last_x, last) = kept[0], kept[-1]
    at = f" of {curves.x_label}" if curves.x_label else ""
    return f"{name}: {first:.4g} at {first_x:.4g}, {last:.4g} at {last_x:.4g}{at}."


def _largest(matrix: Matrix) -> str:
    cells = [
        (value, row, column)
        for row, values in zip(matrix.rows, matrix.values, strict=True)
        for column, value in zip(matrix.columns, values, strict=True)
        if math.isfinite(value)
    ]
    if not cells:
        return ""
    value, row, column = max(cells)
    return f"The largest value is {value:.4g}, in row {row} and column {column}."
