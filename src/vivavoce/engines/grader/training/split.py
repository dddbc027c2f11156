"""What training never sees. Every choice is made without it; the benchmark reports on it."""

from __future__ import annotations

HELD_OUT_CONCEPTS = frozenset({"attention", "dropout", "optimizers"})
HELD_OUT_VOICES = frozenset({"second-language", "analogy"})


def is_held_out(concept: str, voice: str) -> bool:
    """Whether an answer in this voice to a question of this concept is kept from training."""
    return concept in HELD_OUT_CONCEPTS or voice in HELD_OUT_VOICES
