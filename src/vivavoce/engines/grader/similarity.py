"""Every reference of a rubric against every window of an answer, in a few matrix products."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from vivavoce.engines.grader.encoder.format import Floats
from vivavoce.engines.grader.encoder.model import Encoded

IN_PROMPT = 0.3
"""Weight of a reference word that the question has already said: repeating the question shows nothing."""
LOW = 0.25
"""Share of a reference's words that counts as the least aligned."""


@dataclass(frozen=True, slots=True)
class Reference:
    """One text of the rubric."""

    text: str
    encoded: Encoded
    stems: frozenset[str]
    denials: int
    token_weights: Floats
    """Weight of each token: 0 for grammar, less for words of the prompt."""
    numbers: frozenset[str]


@dataclass(frozen=True, slots=True)
class Frame:
    """What windows are compared with."""

    references: tuple[Reference, ...]
    centre: Floats
    """Mean sentence vector of the references: what the whole question is about."""
    prompt_stems: frozenset[str]


@dataclass(frozen=True, slots=True)
class Similarity:
    """All arrays are (references, windows)."""

    cosine: Floats
    centred: Floats
    """Cosine once the mean of the question's references is taken away: what tells its sentences apart."""
    aligned: Floats
    """Mean over the reference's words of the best cosine to a word of the window; grammar weighs nothing."""
    aligned_low: Floats
    """The same over the least aligned words only: what the window leaves out."""
    middle: Floats
    """As `aligned`, on the vectors of the encoder's middle layer."""
    middle_low: Floats
    back: Floats
    """As `aligned`, from the window's words to the reference's."""
    covered: Floats
    """Share of the reference's words (stems) that stand in the window."""


def compare(frame: Frame, encoded: Sequence[Encoded], stems: Sequence[frozenset[str]]) -> Similarity:
    """`stems` are the windows' content stems."""
    refs = np.array([r.encoded.sentence for r in frame.references])  # (R, 384)
    wins = np.array([e.sentence for e in encoded])  # (W, 384)
    weights = [r.token_weights for r in frame.references]
    last = [r.encoded.contextual for r in frame.references], [e.contextual for e in encoded]
    halfway = [r.encoded.middle for r in frame.references], [e.middle for e in encoded]
    aligned, aligned_low, back = _align(*last, weights)
    middle, middle_low, _ = _align(*halfway, weights)
    return Similarity(
        cosine=refs @ wins.T,
        centred=_unit(refs - frame.centre) @ _unit(wins - frame.centre).T,
        aligned=aligned,
        aligned_low=aligned_low,
        middle=middle,
        middle_low=middle_low,
        back=back,
        covered=_cover(frame, stems),
    )


def _align(
    references: Sequence[Floats], windows: Sequence[Floats], weights: Sequence[Floats]
) -> tuple[Floats, Floats, Floats]:
    """Per reference and window, from token vectors: mean best cosine, that of the least aligned words, and back."""
    shape = (len(references), len(windows))
    aligned, low, back = (np.zeros(shape, dtype=np.float32) for _ in range(3))
    filled = [w for w, vectors in enumerate(windows) if len(vectors)]
    if not filled:
        return aligned, low, back
    tokens = np.concatenate([windows[w] for w in filled])  # (T, 384)
    counts = np.array([len(windows[w]) for w in filled])
    starts = np.cumsum([0, *counts])[:-1]
    for r, vectors in enumerate(references):
        if not len(vectors):
            continue
        cosines = vectors @ tokens.T  # (tokens of the reference, T)
        best = np.maximum.reduceat(cosines, starts, axis=1)  # (tokens of the reference, filled)
        aligned[r, filled] = weights[r] @ best / weights[r].sum()
        telling = best[weights[r] >= weights[r].max() * 0.99]
        few = max(1, round(len(telling) * LOW))
        low[r, filled] = np.sort(telling, axis=0)[:few].mean(axis=0)
        back[r, filled] = np.add.reduceat(cosines.max(axis=0), starts) / counts
    return aligned, low, back


def _cover(frame: Frame, stems: Sequence[frozenset[str]]) -> Floats:
    vocabulary = {s: i for i, s in enumerate(sorted(frozenset().union(*(r.stems for r in frame.references))))}
    wanted = np.zeros((len(frame.references), len(vocabulary)), dtype=np.float32)
    for r, reference in enumerate(frame.references):
        for s in reference.stems:
            wanted[r, vocabulary[s]] = IN_PROMPT if s in frame.prompt_stems else 1.0
    present = np.zeros((len(vocabulary), len(stems)), dtype=np.float32)
    for w, inside in enumerate(stems):
        present[[vocabulary[s] for s in inside if s in vocabulary], w] = 1.0
    covered: Floats = wanted @ present / np.maximum(wanted.sum(axis=1, keepdims=True), np.float32(1e-6))
    return covered


def _unit(x: Floats) -> Floats:
    length = np.sqrt(np.square(x).sum(axis=1, keepdims=True))
    unit: Floats = (x / np.maximum(length, np.float32(1e-9))).astype(np.float32)
    return unit
