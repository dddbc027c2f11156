"""Where the meaning of a text lies, for what compares texts."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from vivavoce.engines.grader.encoder.model import Encoder


def meaning_of(texts: Sequence[str]) -> list[list[float]]:
    """A vector of unit length for each text, by the sentence encoder."""
    return [encoded.sentence.tolist() for encoded in _encoder().encode(texts)]


@cache
def _encoder() -> Encoder:
    return Encoder()
