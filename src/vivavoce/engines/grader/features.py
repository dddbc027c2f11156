"""What a window of an answer looks like beside a unit of the rubric, in numbers that mean the same for every question.

No embedding is among them: a head that sees topics learns topics and fails on the next question (SciEntsBank, unseen
domains: .60 against .73 macro-F1). Each number relates the window to what this question's author wrote.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from vivavoce.engines.grader.bindings import fire
from vivavoce.engines.grader.encoder.format import Floats
from vivavoce.engines.grader.polarity import denials, flips
from vivavoce.engines.grader.rubric import Rubric, Unit
from vivavoce.engines.grader.similarity import Similarity
from vivavoce.engines.grader.text import Word, numbers, words

_KINDS = ("cosine", "centred", "aligned", "middle")
"""Similarities in which a window is compared with rivals of the unit too."""
WINDOW = (
    "cosine_statement",
    *_KINDS,
    "cosine_two",
    "aligned_two",
    "aligned_low",
    "middle_low",
    "back",
    "covered",
    *(f"{kind}_over_others" for kind in _KINDS),
    *(f"{kind}_over_own" for kind in _KINDS),
    "has_against",
    *(f"{kind}_over_against" for kind in _KINDS),
    "cosine_against",
    "cosine_over_prompt",
    "has_bindings",
    "cosine_bound",
    "aligned_bound",
    "bound_right",
    "bound_wrong",
    "odd_denials",
    "odd_denials_against",
    "denials",
    "flips",
    "numbers_missing",
    "numbers_other",
    "form",
    "length",
    "length_ratio",
    "grammar",
    "new_words",
)
"""Features of one window. `over` is a difference: how much more it looks like this than like that; `own` is how much
the author's own wordings look like one another; `two` is the mean of the best two wordings."""
_MOST = (
    *_KINDS,
    "cosine_two",
    "aligned_two",
    "aligned_low",
    "covered",
    *(f"{kind}_over_others" for kind in _KINDS),
    *(f"{kind}_over_against" for kind in _KINDS),
    "cosine_against",
    "cosine_bound",
    "aligned_bound",
    "bound_right",
    "bound_wrong",
    "odd_denials",
    "flips",
)
_LEAST = (*(f"{kind}_over_against" for kind in _KINDS), "cosine_bound", "aligned_bound")
FEATURES = (*WINDOW, *(f"most_{name}" for name in _MOST), *(f"least_{name}" for name in _LEAST))
"""Features of an answer: of the window closest to the unit, then the greatest and the least over all windows."""
_AT = {name: i for i, name in enumerate(WINDOW)}
_MOST_AT = [_AT[name] for name in _MOST]
_LEAST_AT = [_AT[name] for name in _LEAST]
ALONE = 0.15
"""Stands for the difference to the other criteria where there are none: about the mean of those that are met."""
LONE = {"cosine": 0.55, "centred": 0.45, "aligned": 0.6, "middle": 0.6}
"""How much wordings of one author look like one another, for a unit with a single one: the mean over the bank."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A window's text (slips put right) and what is read off it once for all units."""

    text: str
    words: tuple[Word, ...]
    stems: frozenset[str]
    denials: int
    numbers: frozenset[str]
    squeezed: str

    @classmethod
    def of(cls, text: str) -> Seen:
        inside = words(text)
        stems = frozenset(w.stem for w in inside if w.content)
        return cls(text, tuple(inside), stems, denials(text, inside), numbers(text), squeeze(text))


def squeeze(text: str) -> str:
    """For comparing formulas: without space, in lower case."""
    return re.sub(r"\s", "", text.lower())


def stands_in(form: str, squeezed: str) -> bool:
    """Whether a squeezed formula stands in a squeezed text, and not as a piece of a longer number."""
    ahead = r"(?<![\d.])" if form[:1].isdigit() else ""
    behind = r"(?![\d]|[.,]\d)" if form[-1:].isdigit() else ""
    return re.search(ahead + re.escape(form) + behind, squeezed) is not None


def window_features(
    rubric: Rubric, similarity: Similarity, unit: Unit, seen: Sequence[Seen], positives: Sequence[int] | None = None
) -> Floats:
    """(windows, len(WINDOW)). `positives` replaces the unit's own: training leaves some out."""
    mine = list(unit.positives if positives is None else positives)
    s, out = similarity, np.zeros((len(seen), len(WINDOW)), dtype=np.float32)

    def put(name: str, values: Floats | float) -> None:
        out[:, _AT[name]] = values

    put("cosine_statement", s.cosine[mine[0]])
    for kind in _KINDS:
        matrix: Floats = getattr(s, kind)
        best = matrix[mine].max(axis=0)
        put(kind, best)
        put(f"{kind}_over_own", best - _own(rubric, kind, mine))
        put(f"{kind}_over_others", best - matrix[list(unit.others)].max(axis=0) if unit.others else ALONE)
        if unit.against:
            put(f"{kind}_over_against", best - matrix[list(unit.against)].max(axis=0))
    for kind in ("cosine", "aligned"):
        put(f"{kind}_two", np.sort(getattr(s, kind)[mine], axis=0)[-2:].mean(axis=0))
    put("aligned_low", s.aligned_low[mine].max(axis=0))
    put("middle_low", s.middle_low[mine].max(axis=0))
    put("covered", s.covered[mine].max(axis=0))
    nearest = (s.cosine[mine] + s.aligned[mine]).argmax(axis=0)
    put("back", s.back[mine][nearest, np.arange(len(seen))])
    if rubric.prompt:
        put("cosine_over_prompt", out[:, _AT["cosine"]] - s.cosine[list(rubric.prompt)].max(axis=0))
    if unit.against:
        put("has_against", 1.0)
        put("cosine_against", s.cosine[list(unit.against)].max(axis=0))
    if unit.bound_right and unit.bound_wrong:
        right, wrong = list(unit.bound_right), list(unit.bound_wrong)
        put("has_bindings", 1.0)
        put("cosine_bound", s.cosine[right].max(axis=0) - s.cosine[wrong].max(axis=0))
        put("aligned_bound", s.aligned[right].max(axis=0) - s.aligned[wrong].max(axis=0))
    _put_words(out, rubric, unit, seen, [mine[i] for i in nearest], _nearest_against(unit, s))
    return out


def _own(rubric: Rubric, kind: str, mine: Sequence[int]) -> float:
    """How much each of the author's wordings looks like the nearest of the others, on average."""
    if len(mine) == 1:
        return LONE[kind]
    between: Floats = getattr(rubric.within, kind)[np.ix_(mine, mine)] - 2.0 * np.eye(len(mine), dtype=np.float32)
    return float(between.max(axis=0).mean())


def _nearest_against(unit: Unit, s: Similarity) -> list[int]:
    against = list(unit.against)
    if not against:
        return []
    return [against[i] for i in (s.cosine[against] + s.aligned[against]).argmax(axis=0)]


def _put_words(
    out: Floats, rubric: Rubric, unit: Unit, seen: Sequence[Seen], nearest: Sequence[int], against: Sequence[int]
) -> None:
    forms = [squeeze(f) for f in unit.forms]
    for row, (window, place) in enumerate(zip(seen, nearest, strict=True)):
        reference = rubric.references[place]
        fired = fire(unit.bindings, window.text)
        content = sum(w.content for w in window.words)
        values = {
            "bound_right": fired.right > 0,
            "bound_wrong": fired.wrong > 0,
            "odd_denials": (window.denials - reference.denials) % 2,
            "denials": min(window.denials, 3),
            "flips": min(flips(reference.stems, window.stems), 2),
            "numbers_missing": len(reference.numbers - window.numbers) / max(len(reference.numbers), 1),
            "numbers_other": bool(reference.numbers) and bool(window.numbers - reference.numbers),
            "form": any(stands_in(f, window.squeezed) for f in forms),
            "length": np.log1p(content),
            "length_ratio": np.log((content + 1) / (len(reference.stems) + 1)),
            "grammar": 1.0 - content / max(len(window.words), 1),
            "new_words": len(window.stems - rubric.frame.prompt_stems) / max(len(window.stems), 1),
        }
        if against:
            values["odd_denials_against"] = (window.denials - rubric.references[against[row]].denials) % 2
        for name, value in values.items():
            out[row, _AT[name]] = value


def closeness(features: Floats) -> Floats:
    """How much each window is about the unit, whether it agrees or not: what evidence is chosen by."""
    chosen: Floats = features[:, _AT["cosine"]] + features[:, _AT["centred"]] + features[:, _AT["aligned"]]
    return chosen


def pool(features: Floats) -> tuple[Floats, int]:
    """The features of an answer beside a unit, and the index of the window that stands for it."""
    best = int(closeness(features).argmax())
    most, least = features[:, _MOST_AT].max(axis=0), features[:, _LEAST_AT].min(axis=0)
    return np.concatenate([features[best], most, least]).astype(np.float32), best
