"""Questions to labelled rows of features.

Besides the samples of each question: its own sentences said back (right answers may be verbatim) against the
references without them, denials and reversals of these in equal number (a near copy may be wrong), and attacks. A set
without either of the two teaches a head that similar means right, or that it means wrong. For the same reason the model
answer and the answers to follow-ups are among the right ones: said in full and close to the rubric's words.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from vivavoce.domain.question import Question, Sample
from vivavoce.engines.grader.encoder.format import Floats
from vivavoce.engines.grader.encoder.model import Encoder
from vivavoce.engines.grader.features import pool, window_features
from vivavoce.engines.grader.guards import Guarded
from vivavoce.engines.grader.reading import Reading, read, read_guarded
from vivavoce.engines.grader.rubric import Rubric, Unit, compile_rubric
from vivavoce.engines.grader.training.attacks import ATTACKS, negated, reversed_direction
from vivavoce.engines.grader.windows import sentences

MET, PARTLY, CONTRADICTED, MISSED = "met", "partly", "contradicted", "missed"


@dataclass(frozen=True, slots=True)
class Example:
    """One row: a unit beside an answer."""

    features: Floats
    label: str
    question: str
    concept: str
    voice: str
    """The sample's, or `model`, `follow-up`, `verbatim`, `denied`, `reversed`, or the name of an attack."""
    unit: str
    kind: str
    """criterion, part or misconception."""
    parent: str
    """For a part: its criterion."""
    answer: str = field(repr=False)

    @property
    def natural(self) -> bool:
        """Written by a person as an answer, and about a criterion."""
        return self.kind == "criterion" and self.voice not in SYNTHETIC


SYNTHETIC = frozenset({"model", "follow-up", "verbatim", "denied", "reversed", "fewer", *ATTACKS})


def examples_of(question: Question, encoder: Encoder, seed: int) -> list[Example]:
    """Every row of one question; the same seed gives the same rows."""
    rng = random.Random(f"{seed} {question.id}")  # noqa: S311 - reproducible choice of variants, nothing secret
    rubric = compile_rubric(encoder, question.prompt, question.criteria, question.misconceptions)
    maker = _Maker(question, rubric, encoder)
    rows: list[Example] = []
    for sample in question.samples:
        reading = maker.read(sample.answer)
        rows += maker.criteria(reading, sample, sample.voice)
        rows += maker.fewer(reading, sample, rng)
        rows += maker.parts(reading, sample)
        rows += maker.beliefs(reading, sample)
    rows += maker.said_well()
    rows += maker.verbatim(rng)
    for name, attack in ATTACKS.items():
        text = attack(question, rng)
        rows += maker.criteria(maker.read_unguarded(text), Sample(text, name), name)
    return rows


class _Maker:
    def __init__(self, question: Question, rubric: Rubric, encoder: Encoder) -> None:
        self.question, self.rubric, self.encoder = question, rubric, encoder

    def read(self, answer: str) -> Reading:
        return read(self.encoder, self.rubric, self.question.prompt, answer)

    def read_unguarded(self, answer: str) -> Reading:
        """Attacks pass the guards here: the head is the second line of defence and has to see them."""
        return read_guarded(self.encoder, self.rubric, answer, Guarded(tuple(sentences(answer)), ()))

    def row(
        self,
        reading: Reading,
        unit: Unit,
        label: str,
        sample: Sample,
        voice: str,
        kind: str = "criterion",
        positives: Sequence[int] | None = None,
    ) -> Iterator[Example]:
        if reading.similarity is not None:
            x, _ = pool(window_features(self.rubric, reading.similarity, unit, reading.seen, positives))
            item = self.question.id
            yield Example(x, label, str(item), item.concept, voice, unit.id, kind, unit.parent, sample.answer)

    def criteria(self, reading: Reading, sample: Sample, voice: str) -> Iterator[Example]:
        for unit in self.rubric.criteria:
            yield from self.row(reading, unit, label_of(unit.id, sample), sample, voice)

    def fewer(self, reading: Reading, sample: Sample, rng: random.Random) -> Iterator[Example]:
        """The same answers beside fewer paraphrases: not every author writes five."""
        for unit in self.rubric.criteria:
            if len(unit.positives) > 1:
                kept = unit.positives[:1] + tuple(
                    rng.sample(unit.positives[1:], rng.randrange(0, len(unit.positives) - 1))
                )
                yield from self.row(reading, unit, label_of(unit.id, sample), sample, "fewer", positives=kept)

    def parts(self, reading: Reading, sample: Sample) -> Iterator[Example]:
        """Labelled as their criterion. Which part a *partly* answer has is not known: nothing is learned from those."""
        for unit in self.rubric.parts:
            yield from self.row(reading, unit, label_of(unit.parent, sample), sample, sample.voice, "part")

    def beliefs(self, reading: Reading, sample: Sample) -> Iterator[Example]:
        for unit in self.rubric.misconceptions:
            label = MET if unit.id in sample.holds else MISSED
            yield from self.row(reading, unit, label, sample, sample.voice, "misconception")

    def said_well(self) -> Iterator[Example]:
        """The model answer, which says everything, and what one wants to hear after each follow-up."""
        everything = Sample(self.question.spoken_answer, "model", tuple(c.id for c in self.question.criteria))
        reading = self.read(everything.answer)
        yield from self.criteria(reading, everything, "model")
        yield from self.parts(reading, everything)
        yield from self.beliefs(reading, everything)
        units = {unit.id: unit for unit in self.rubric.criteria}
        for follow_up in self.question.follow_ups:
            if follow_up.when in units:
                said = Sample(follow_up.answer, "follow-up", (follow_up.when,))
                yield from self.row(self.read(said.answer), units[follow_up.when], MET, said, "follow-up")

    def verbatim(self, rng: random.Random) -> Iterator[Example]:
        """One sentence of each criterion said back, and one false near copy of it."""
        for criterion, unit in zip(self.question.criteria, self.rubric.criteria, strict=True):
            said = rng.choice(unit.positives)
            others = [p for p in unit.positives if p != said] or list(unit.positives)
            text = self.rubric.references[said].text
            false = reversed_direction(criterion, rng) if rng.random() < 0.5 else None
            voice = "denied" if false is None else "reversed"
            false = false or negated(criterion.statement, rng)
            for answer, label, name in ((text, MET, "verbatim"), (false, CONTRADICTED, voice)):
                kept = others if name == "verbatim" else unit.positives
                yield from self.row(self.read(answer), unit, label, Sample(answer, name), name, positives=kept)


def label_of(criterion: str, sample: Sample) -> str:
    """What the author says of one criterion in one sample."""
    labels: Mapping[str, tuple[str, ...]] = {
        MET: sample.meets,
        PARTLY: sample.partly,
        CONTRADICTED: sample.contradicts,
    }
    return next((label for label, ids in labels.items() if criterion in ids), MISSED)
