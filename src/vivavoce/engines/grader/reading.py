"""An answer made ready to be compared: guarded, cut into windows, encoded, beside one rubric."""

from __future__ import annotations

from dataclasses import dataclass

from vivavoce.engines.grader.encoder.model import Encoder
from vivavoce.engines.grader.features import Seen
from vivavoce.engines.grader.guards import Guarded, guard
from vivavoce.engines.grader.rubric import Rubric
from vivavoce.engines.grader.similarity import Similarity, compare
from vivavoce.engines.grader.windows import Window, windows


@dataclass(frozen=True, slots=True)
class Reading:
    """`similarity` and `seen` are by window, in order; None where the guards left nothing."""

    guarded: Guarded
    windows: tuple[Window, ...]
    seen: tuple[Seen, ...]
    similarity: Similarity | None


def read(encoder: Encoder, rubric: Rubric, prompt: str, answer: str) -> Reading:
    """Read `answer` to `prompt`. Raises `EncoderError`."""
    return read_guarded(encoder, rubric, answer, guard(answer, prompt))


def read_guarded(encoder: Encoder, rubric: Rubric, answer: str, guarded: Guarded) -> Reading:
    """The same with the guards' opinion given."""
    found = tuple(windows(answer, guarded.allowed))
    if not found:
        return Reading(guarded, (), (), None)
    seen = tuple(Seen.of(rubric.speller.fix_text(w.span.of(answer))) for w in found)
    similarity = compare(rubric.frame, encoder.encode([s.text for s in seen]), [s.stems for s in seen])
    return Reading(guarded, found, seen, similarity)
