"""What `grading.py` measures besides answers of people: attacks, evidence, time; and the bench that all of it uses."""

from __future__ import annotations

import random
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from vivavoce.domain.attempt import Grade, Verdict, VerdictKind
from vivavoce.domain.question import Question
from vivavoce.engines.grader.encoder.model import Encoded, Encoder
from vivavoce.engines.grader.features import FEATURES, pool, window_features
from vivavoce.engines.grader.local import LocalGrader
from vivavoce.engines.grader.reading import read
from vivavoce.engines.grader.rubric import compile_rubric
from vivavoce.engines.grader.training.attacks import ATTACKS, UNTRAINED_ATTACKS
from vivavoce.engines.grader.training.examples import MISSED
from vivavoce.engines.grader.training.figures import Figure, with_interval

SEED = 11


@dataclass(frozen=True, slots=True)
class Decision:
    """One criterion of one answer: what is true and what was said."""

    question: str
    voice: str
    truth: str
    verdict: Verdict
    covered: float
    cosine: float


class Remembering(Encoder):
    """The encoder with every text encoded once: the grader and the baselines read the same windows."""

    def __init__(self) -> None:
        super().__init__()
        self._known: dict[str, Encoded] = {}

    def encode(self, texts: Sequence[str]) -> list[Encoded]:
        new = [t for t in dict.fromkeys(texts) if t not in self._known]
        self._known.update(zip(new, super().encode(new), strict=True))
        return [self._known[t] for t in texts]

    def forget(self) -> None:
        self._known.clear()


class Bench:
    """Grades answers and keeps the two similarities that the baselines use."""

    def __init__(self) -> None:
        self.encoder = Remembering()
        self.grader = LocalGrader(self.encoder)

    def grade(self, question: Question, answer: str) -> Grade:
        return self.grader.grade(
            answer, prompt=question.prompt, criteria=question.criteria, misconceptions=question.misconceptions
        )

    def decisions(self, question: Question, answers: Iterable[tuple[str, str, Mapping[str, str]]]) -> list[Decision]:
        """`answers` are voice, text and label by criterion."""
        self.encoder.forget()
        rubric = compile_rubric(self.encoder, question.prompt, question.criteria, question.misconceptions)
        out = []
        for voice, text, labels in answers:
            grade = self.grade(question, text)
            reading = read(self.encoder, rubric, question.prompt, text)
            for unit in rubric.criteria:
                similar = [0.0, 0.0]
                if reading.similarity is not None:
                    row, _ = pool(window_features(rubric, reading.similarity, unit, reading.seen))
                    similar = [float(row[FEATURES.index(f"most_{name}")]) for name in ("covered", "cosine")]
                out.append(Decision(str(question.id), voice, labels[unit.id], grade.verdict(unit.id), *similar))
        return out


def attacked(bench: Bench, questions: Sequence[Question]) -> list[Decision]:
    """Every attack on every question. Off-topic answers are samples of another concept's questions."""
    rng = random.Random(SEED)
    out = []
    for question in questions:
        foreign = [q for q in questions if q.id.concept != question.id.concept]
        texts = [(name, attack(question, rng)) for name, attack in {**ATTACKS, **UNTRAINED_ATTACKS}.items()]
        texts += [("off-topic", rng.choice(rng.choice(foreign).samples).answer) for _ in range(3)]
        nothing = {c.id: MISSED for c in question.criteria}
        out += bench.decisions(question, [(name, text, nothing) for name, text in texts])
    return out


def span_hits(bench: Bench, questions: Sequence[Question]) -> Figure:
    """A paraphrase that the references do not hold, hidden between two answers that miss: do the spans lie in it?"""
    rng = random.Random(SEED)
    hits: list[bool] = []
    clusters: list[str] = []
    for question in questions:
        bench.encoder.forget()
        around = [s.answer.strip() for s in question.samples if s.voice in ("neighbour", "nonsense", "name-dropping")]
        for criterion in question.criteria:
            if len(around) < 2 or len(criterion.paraphrases) < 2:
                continue
            hidden = rng.choice(criterion.paraphrases)
            before, after = rng.sample(around, 2)
            answer = f"{before} {hidden[:1].upper()}{hidden[1:]}. {after}"
            rest = tuple(p for p in criterion.paraphrases if p != hidden)
            changed = [replace(c, paraphrases=rest) if c.id == criterion.id else c for c in question.criteria]
            grade = bench.grader.grade(answer, prompt=question.prompt, criteria=changed)
            verdict = grade.verdict(criterion.id)
            if verdict.kind is VerdictKind.MET:
                start, end = len(before) + 1, len(before) + 1 + len(hidden)
                inside = sum(max(0, min(s.end, end) - max(s.start, start)) for s in verdict.spans)
                hits.append(2 * inside >= sum(s.end - s.start for s in verdict.spans))
                clusters.append(str(question.id))
    return share(hits, clusters)


def milliseconds(questions: Sequence[Question]) -> dict[str, float]:
    """CPU time of one thread's work for about 150 words and 6 criteria, rubric known; and the time to load."""
    grader = LocalGrader()
    started = time.process_time()
    grader.warm_up()
    loaded = time.process_time() - started
    question = max(questions, key=lambda q: len(q.criteria))
    criteria = (*question.criteria, *next(q for q in questions if q is not question).criteria)[:6]
    answer = " ".join(question.model_answer.split()[:150])

    def grade() -> None:
        grader.grade(answer, prompt=question.prompt, criteria=criteria, misconceptions=question.misconceptions)

    first = time.process_time()
    grade()
    first = time.process_time() - first
    times = []
    for _ in range(10):
        before = time.process_time()
        grade()
        times.append(time.process_time() - before)
    return {"load": 1000 * loaded, "first": 1000 * first, "median": 1000 * float(np.median(times))}


def share(found: Sequence[bool], clusters: Sequence[str]) -> Figure:
    """How many of `found` are true."""
    values = np.array(found, dtype=float)
    return with_interval(lambda rows: float(values[rows].mean()), clusters, SEED)
