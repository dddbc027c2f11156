"""What training never sees. Every choice is made without it; the benchmark reports on it."""

from __future__ import annotations

HELD_OUT_CONCEPTS = frozenset(
    {
        "supervised-unsupervised",  # foundations
        "optimizers",  # training
        "hyperparameter-tuning",
        "dropout",  # regularization
        "cross-validation",  # evaluation
        "face-recognition",  # vision
        "attention",  # sequences
        "autoencoder",  # generative
        "graph-neural-networks",  # advanced
        "ethics-and-privacy",  # trust
        "frameworks",  # production
    }
)
"""A fifth of the 55 concepts, one or two of every area, chosen by name before any answer to them was graded."""
HELD_OUT_VOICES = frozenset({"second-language", "analogy"})


def is_held_out(concept: str, voice: str) -> bool:
    """Whether an answer in this voice to a question of this concept is kept from training."""
    return concept in HELD_OUT_CONCEPTS or voice in HELD_OUT_VOICES
