"""A question's texts, read and encoded once: everything that windows of answers are compared with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from vivavoce.domain.question import Binding, Criterion, Misconception
from vivavoce.engines.grader.encoder.model import Encoded, Encoder
from vivavoce.engines.grader.polarity import denials
from vivavoce.engines.grader.similarity import IN_PROMPT, Frame, Reference, Similarity, compare
from vivavoce.engines.grader.text import Speller, content_stems, numbers, words
from vivavoce.engines.grader.windows import sentences


@dataclass(frozen=True, slots=True)
class Unit:
    """What gets a decision of its own: a criterion, a part of one, or a misconception (which is *met* when it is held).

    The tuples are indices into `Rubric.references`.
    """

    id: str
    positives: tuple[int, ...]
    """The statement, then its paraphrases or samples."""
    against: tuple[int, ...] = ()
    """What holds of a false belief about this: misconceptions that contradict it; for a misconception, what is true."""
    others: tuple[int, ...] = ()
    """The other criteria of the question."""
    bound_right: tuple[int, ...] = ()
    bound_wrong: tuple[int, ...] = ()
    bindings: tuple[Binding, ...] = ()
    forms: tuple[str, ...] = ()
    parent: str = ""
    """For a part: its criterion."""
    rivals: tuple[str, ...] = ()
    """For a criterion: ids of the misconceptions in `against`."""


@dataclass(frozen=True, slots=True)
class Rubric:
    """A compiled question."""

    frame: Frame
    prompt: tuple[int, ...]
    """The prompt's sentences among the references."""
    criteria: tuple[Unit, ...]
    parts: tuple[Unit, ...]
    misconceptions: tuple[Unit, ...]
    speller: Speller
    within: Similarity = field(repr=False)
    """The references beside one another: how far apart the author's own wordings are."""

    @property
    def references(self) -> tuple[Reference, ...]:
        return self.frame.references


class _Texts:
    def __init__(self) -> None:
        self.index: dict[str, int] = {}

    def add(self, texts: Sequence[str]) -> tuple[int, ...]:
        kept = [" ".join(t.split()) for t in texts if t.strip()]
        return tuple(dict.fromkeys(self.index.setdefault(t, len(self.index)) for t in kept))


def compile_rubric(
    encoder: Encoder, prompt: str, criteria: Sequence[Criterion], misconceptions: Sequence[Misconception]
) -> Rubric:
    """Read and encode everything once. Raises `EncoderError`."""
    texts = _Texts()
    asked = texts.add([s.of(prompt) for s in sentences(prompt)])
    own = {c.id: texts.add([c.statement, *c.paraphrases]) for c in criteria}
    held = {m.id: texts.add([m.statement, *m.samples]) for m in misconceptions}
    truth = {m.id: texts.add([m.correction]) for m in misconceptions}
    units, parts = [], []
    for c in criteria:
        rivals = tuple(m.id for m in misconceptions if c.id in m.contradicts)
        others = tuple(i for other in criteria if other.id != c.id for i in own[other.id])
        unit = Unit(
            c.id,
            own[c.id],
            tuple(i for m in rivals for i in held[m]),
            others,
            texts.add([f"{b.about[0]}: {phrase}" for b in c.bindings for phrase in b.right]),
            texts.add([f"{b.about[0]}: {phrase}" for b in c.bindings for phrase in b.wrong]),
            tuple(c.bindings),
            tuple(c.forms),
            rivals=rivals,
        )
        units.append(unit)
        for part, statement in c.parts.items():
            rest = texts.add([s for other, s in c.parts.items() if other != part])
            parts.append(Unit(part, texts.add([statement]), unit.against, others + rest, parent=c.id))
    beliefs = [
        Unit(m.id, held[m.id], tuple(i for c in m.contradicts if c in own for i in own[c]) or truth[m.id])
        for m in misconceptions
    ]
    return _finish(encoder, tuple(texts.index), asked, prompt, (tuple(units), tuple(parts), tuple(beliefs)))


def _finish(
    encoder: Encoder,
    texts: tuple[str, ...],
    asked: tuple[int, ...],
    prompt: str,
    units: tuple[tuple[Unit, ...], tuple[Unit, ...], tuple[Unit, ...]],
) -> Rubric:
    prompt_stems = frozenset(content_stems(prompt))
    pieces, _ = encoder.load()
    encoded = encoder.encode(texts)
    references = tuple(_reference(t, e, prompt_stems) for t, e in zip(texts, encoded, strict=True))
    frame = Frame(references, np.mean([e.sentence for e in encoded], axis=0), prompt_stems)
    return Rubric(
        frame,
        asked,
        *units,
        speller=Speller({w.text for t in texts for w in words(t)}, pieces.known),
        within=compare(frame, encoded, [r.stems for r in references]),
    )


def _reference(text: str, encoded: Encoded, prompt_stems: frozenset[str]) -> Reference:
    inside = words(text)
    weights = np.zeros(len(encoded.tokens), dtype=np.float32)
    for place, token in enumerate(encoded.tokens):
        word = next((w for w in inside if w.start <= token.start < w.end), None)
        if word is not None and word.content:
            weights[place] = IN_PROMPT if word.stem in prompt_stems else 1.0
    if not weights.any():
        weights[:] = 1.0
    return Reference(
        text, encoded, frozenset(w.stem for w in inside if w.content), denials(text, inside), weights, numbers(text)
    )
