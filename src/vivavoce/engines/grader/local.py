"""The grader that ships: offline, criterion by criterion, each verdict with the words that decided it."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Sequence

from vivavoce.domain.attempt import MAX_ANSWER_CHARS, Flag, Flagged, Grade, MisconceptionFound, Verdict, VerdictKind
from vivavoce.domain.question import Criterion, Misconception
from vivavoce.engines.grader.decide import find, judge
from vivavoce.engines.grader.encoder.model import Encoder
from vivavoce.engines.grader.features import FEATURES
from vivavoce.engines.grader.head import Head, load_head
from vivavoce.engines.grader.reading import Reading, read
from vivavoce.engines.grader.rubric import Rubric, compile_rubric
from vivavoce.engines.grader.text import words

REMEMBERED = 64
"""Rubrics kept compiled: more than one practises in a sitting."""
OFF_TOPIC = 0.2
"""An answer none of whose windows comes closer (cosine) to any text of the rubric is about something else."""
SHORT = 5
"""An answer of fewer words that earned nothing is told that it was too short."""


class LocalGrader:
    """Implements `Grader`. Loads on first use; may be used from several threads."""

    def __init__(self, encoder: Encoder | None = None, head: Head | None = None) -> None:
        self._encoder = encoder or Encoder()
        self._head = head
        self._rubrics: OrderedDict[str, Rubric] = OrderedDict()
        self._lock = threading.Lock()

    @property
    def name(self) -> str:
        return "local-1"

    def warm_up(self) -> None:
        """Read the encoder and the head. Raises `EncoderError`."""
        self._encoder.load()
        self._loaded_head()

    def grade(
        self,
        answer: str,
        *,
        prompt: str,
        criteria: Sequence[Criterion],
        misconceptions: Sequence[Misconception] = (),
    ) -> Grade:
        """Grade `answer`; what is beyond `MAX_ANSWER_CHARS` characters is not read. Raises only `EncoderError`."""
        head = self._loaded_head()
        rubric = self._rubric(prompt, criteria, misconceptions)
        reading = read(self._encoder, rubric, prompt, answer[:MAX_ANSWER_CHARS])
        beliefs = find(head, rubric, rubric.misconceptions, reading)
        held = {b.unit.id: b.met for b in beliefs}
        parts = find(head, rubric, rubric.parts, reading)
        verdicts = tuple(
            judge(head, found, [p for p in parts if p.unit.parent == found.unit.id], held)
            for found in find(head, rubric, rubric.criteria, reading)
        )
        shown = tuple(
            MisconceptionFound(b.unit.id, b.met, b.spans)
            for b in beliefs
            if b.met >= head.thresholds.held_from and b.spans
        )
        return Grade(verdicts, shown, _flags(answer, reading, verdicts), self.name)

    def _loaded_head(self) -> Head:
        with self._lock:
            if self._head is None:
                self._head = load_head(FEATURES)
            return self._head

    def _rubric(self, prompt: str, criteria: Sequence[Criterion], misconceptions: Sequence[Misconception]) -> Rubric:
        key = repr((prompt, tuple(criteria), tuple(misconceptions)))
        with self._lock:
            if key in self._rubrics:
                self._rubrics.move_to_end(key)
                return self._rubrics[key]
        compiled = compile_rubric(self._encoder, prompt, criteria, misconceptions)
        with self._lock:
            self._rubrics[key] = compiled
            while len(self._rubrics) > REMEMBERED:
                self._rubrics.popitem(last=False)
        return compiled


def _flags(answer: str, reading: Reading, verdicts: Sequence[Verdict]) -> tuple[Flagged, ...]:
    """The guards' flags, and those that need the comparison."""
    flags = reading.guarded.flags
    if flags or any(v.kind is not VerdictKind.MISSED for v in verdicts):
        return flags
    if len(words(answer)) < SHORT:
        return (Flagged(Flag.TOO_SHORT),)
    if reading.similarity is not None and reading.similarity.cosine.max() < OFF_TOPIC:
        return (Flagged(Flag.OFF_TOPIC),)
    return flags
