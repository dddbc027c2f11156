"""Figures of matplotlib's object API to SVG and PNG. Imported when the first picture is asked for, by name."""

from __future__ import annotations

import io
import textwrap
import threading
from collections.abc import Sequence
from typing import Any

from matplotlib import rc_context
from matplotlib.figure import Figure, SubFigure

from vivavoce.domain.exhibit import Curves, Matrix
from vivavoce.domain.lab import PLAIN, Illustration, Lab, LabClaim, LabResult, Points
from vivavoce.services.lab_words import OUTCOME_WORDS
from vivavoce.surfaces.plots.claim import claimed_words, draw_arms, draw_gaps, places_of
from vivavoce.surfaces.plots.illustration import draw_curves, draw_matrix, draw_points
from vivavoce.surfaces.plots.style import FONT_PT, NARROW_IN, THEMES, WIDE_IN, Theme

PNG_DPI = 200
_LOCK = threading.Lock()
"""matplotlib's parameters and font caches belong to the whole process."""


def claims_svg(lab: Lab, result: LabResult, claims: Sequence[str], theme: str, narrow: bool) -> str:
    """Every claim, one below the other."""
    with _LOCK, rc_context(_parameters(THEMES[theme])):
        return _svg(_claims(lab, result, claims, THEMES[theme], narrow))


def claims_png(lab: Lab, result: LabResult, claims: Sequence[str], theme: str, narrow: bool) -> bytes:
    with _LOCK, rc_context(_parameters(THEMES[theme])):
        return _png(_claims(lab, result, claims, THEMES[theme], narrow))


def illustration_svg(shown: Illustration, theme: str, narrow: bool) -> str:
    with _LOCK, rc_context(_parameters(THEMES[theme])):
        return _svg(_illustration(shown, THEMES[theme], narrow))


def _parameters(theme: Theme) -> dict[Any, Any]:
    return {
        "svg.fonttype": "none",
        "svg.hashsalt": "vivavoce",
        "text.parse_math": False,
        "font.size": FONT_PT,
        "font.family": ["DejaVu Sans"],
        "axes.labelsize": FONT_PT,
        "axes.titlesize": FONT_PT,
        "xtick.labelsize": FONT_PT,
        "ytick.labelsize": FONT_PT,
        "legend.fontsize": FONT_PT,
        "axes.labelcolor": theme["ink"],
        "text.color": theme["ink"],
        "axes.edgecolor": theme["soft"],
        "axes.facecolor": "none",
        "figure.facecolor": "none" if theme.name == "page" else theme["paper"],
        "savefig.facecolor": "none" if theme.name == "page" else theme["paper"],
        "axes.formatter.useoffset": False,
    }


def _claims(lab: Lab, result: LabResult, claims: Sequence[str], theme: Theme, narrow: bool) -> Figure:
    wanted = [lab.claims[name] for name in claims]
    heights = [_height(lab, claim, theme, narrow) for claim in wanted]
    figure = Figure(figsize=(NARROW_IN if narrow else WIDE_IN, sum(heights)), layout="constrained")
    for part, claim in zip(_stacked(figure, heights), wanted, strict=True):
        if theme.name != "page":
            part.suptitle(_heading(claim, result, narrow), fontsize=FONT_PT + 0.5, fontweight="bold", x=0.01, ha="left")
        shape = (2, 1) if narrow else (1, 2)
        ratios = _ratios(lab, claim)
        left, right = part.subplots(
            *shape, squeeze=True, **({"height_ratios": ratios} if narrow else {"width_ratios": (1.15, 1)})
        )
        draw_arms(left, lab, claim, result, theme, narrow)
        draw_gaps(right, lab, claim, result, theme)
        right.set_title(claimed_words(lab, claim), color=theme["soft"], loc="left", pad=6)
    return figure


def _stacked(figure: Figure, heights: Sequence[float]) -> Sequence[SubFigure]:
    parts = figure.subfigures(len(heights), 1, squeeze=False, height_ratios=list(heights), hspace=0.04)
    return [row[0] for row in parts]


def _ratios(lab: Lab, claim: LabClaim) -> tuple[float, float]:
    """Heights of the two panels where they stand below one another."""
    conditions = lab.conditions_of(claim)
    if places_of(conditions).numeric:
        return 1.2, 1.0
    rows = len(lab.arms) if conditions == (PLAIN,) else 1.3 * len(conditions)
    return max(1.0, rows * 0.34 + 0.4), max(0.9, 0.62 * len(conditions) + 0.3)


def _height(lab: Lab, claim: LabClaim, theme: Theme, narrow: bool) -> float:
    """Inches."""
    conditions = lab.conditions_of(claim)
    title = 0.0 if theme.name == "page" else 0.55
    first, second = _ratios(lab, claim)
    if places_of(conditions).numeric:
        return title + (5.2 if narrow else 2.9)
    if narrow:
        return title + first + second + 1.3
    return title + max(first, second, 1.15) + 0.7


def _heading(claim: LabClaim, result: LabResult, narrow: bool) -> str:
    ruled = result.ruled.get(claim.id)
    word = f" [{OUTCOME_WORDS[ruled.outcome]}]" if ruled else ""
    return textwrap.fill(f"{claim.says}{word}", 42 if narrow else 96)


def _illustration(shown: Illustration, theme: Theme, narrow: bool) -> Figure:
    width = NARROW_IN if narrow else WIDE_IN * 0.72
    match shown:
        case Curves():
            figure = Figure(figsize=(width, 0.62 * width), layout="constrained")
            draw_curves(figure.subplots(), shown, theme)
        case Points():
            figure = Figure(figsize=(width, 0.75 * width), layout="constrained")
            draw_points(figure.subplots(), shown, theme)
        case Matrix():
            rows = len(shown.values)
            height = min(width, max(1.2, 0.34 * rows + 0.9))
            figure = Figure(figsize=(width, height), layout="constrained")
            draw_matrix(figure.subplots(), shown, theme)
        case _:
            raise TypeError(f"{type(shown).__name__} is text, which needs no picture")
    if theme.name != "page":
        figure.suptitle(shown.title, fontsize=FONT_PT + 0.5, fontweight="bold", x=0.01, ha="left")
    return figure


def _svg(figure: Figure) -> str:
    out = io.BytesIO()
    figure.savefig(out, format="svg", metadata={"Date": None, "Creator": None})
    return out.getvalue().decode()


def _png(figure: Figure) -> bytes:
    out = io.BytesIO()
    figure.savefig(out, format="png", dpi=PNG_DPI, metadata={"Software": None})
    return out.getvalue()
