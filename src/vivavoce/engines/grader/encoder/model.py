"""The encoder's forward pass (BERT, 6 layers of 384) in NumPy."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from vivavoce.engines.grader.encoder.format import FOLDER, VOCABULARY, Floats, read_weights
from vivavoce.engines.grader.encoder.wordpiece import Token, WordPiece

LAYERS = 6
MIDDLE = 3
"""Tokens are also taken after this layer: less blended with their sentence than at the end, they compare words."""
HEADS = 12
MAX_TOKENS = 254
"""The length that the model was tuned on, less its two control tokens."""
BATCH_TOKENS = 768
"""Padded tokens per batch: the intermediate arrays stay within a processor's cache."""


@dataclass(frozen=True, slots=True)
class Encoded:
    """One text as vectors. All are of unit length, so a dot product is a cosine."""

    sentence: Floats  # (384,)
    tokens: tuple[Token, ...]
    contextual: Floats  # (len(tokens), 384), of the last layer
    middle: Floats  # (len(tokens), 384), of the layer `MIDDLE`


class Encoder:
    """Loads on first use; one instance may be used by several threads."""

    def __init__(self, folder: Path = FOLDER) -> None:
        self._folder = folder
        self._lock = threading.Lock()
        self._loaded: tuple[WordPiece, dict[str, Floats]] | None = None

    def load(self) -> tuple[WordPiece, dict[str, Floats]]:
        """Read the files, once. Raises `EncoderError` when one is missing or damaged."""
        with self._lock:
            if self._loaded is None:
                weights = read_weights(self._folder)
                self._loaded = WordPiece.load(self._folder / VOCABULARY), weights
            return self._loaded

    def encode(self, texts: Sequence[str]) -> list[Encoded]:
        """Each text as vectors, in order. What is beyond `MAX_TOKENS` of a text is not looked at."""
        pieces, weights = self.load()
        tokens = [pieces.tokenize(text, MAX_TOKENS) for text in texts]
        encoded: list[Encoded | None] = [None] * len(texts)
        for batch in _batches([len(t) + 2 for t in tokens]):
            width = max(len(tokens[i]) for i in batch) + 2
            ids = np.zeros((len(batch), width), dtype=np.int64)
            mask = np.zeros((len(batch), width), dtype=np.float32)
            for row, i in enumerate(batch):
                line = [pieces.first, *(t.id for t in tokens[i]), pieces.last]
                ids[row, : len(line)] = line
                mask[row, : len(line)] = 1.0
            middle, hidden = _forward(ids, mask, weights)  # (batch, width, 384) both
            for row, i in enumerate(batch):
                end = len(tokens[i]) + 2
                inside, halfway = hidden[row, :end], middle[row, 1 : end - 1]
                encoded[i] = Encoded(_unit(inside.mean(axis=0)), tuple(tokens[i]), _unit(inside[1:-1]), _unit(halfway))
        return [e for e in encoded if e is not None]


def _batches(lengths: Sequence[int]) -> list[list[int]]:
    """Indices grouped by similar length, so that little is spent on padding."""
    batches: list[list[int]] = []
    for i in sorted(range(len(lengths)), key=lambda i: lengths[i]):
        if batches and (len(batches[-1]) + 1) * lengths[i] <= BATCH_TOKENS:
            batches[-1].append(i)
        else:
            batches.append([i])
    return batches


def _forward(ids: npt.NDArray[np.int64], mask: Floats, w: dict[str, Floats]) -> tuple[Floats, Floats]:
    """The hidden states after `MIDDLE` layers and after all."""
    batch, width = ids.shape
    places = w["embeddings.position_embeddings.weight"][:width]
    x = w["embeddings.word_embeddings.weight"][ids] + places + w["embeddings.token_type_embeddings.weight"][0]
    x = _norm(x, w, "embeddings.LayerNorm").reshape(batch * width, -1)  # (batch * width, 384)
    hidden_from = (1.0 - mask)[:, None, None, :] * np.float32(-1e9)  # padding is never attended to
    middle = x
    for layer in range(LAYERS):
        at = f"encoder.layer.{layer}."
        q, k, v = (_heads(_linear(x, w, f"{at}attention.self.{n}"), batch, width) for n in ("query", "key", "value"))
        scores = q @ k.transpose(0, 1, 3, 2) / np.float32(np.sqrt(q.shape[-1])) + hidden_from  # (b, head, query, key)
        scores -= scores.max(axis=-1, keepdims=True)
        np.exp(scores, out=scores)
        scores /= scores.sum(axis=-1, keepdims=True)
        mixed = (scores @ v).transpose(0, 2, 1, 3).reshape(batch * width, -1)
        x = _norm(x + _linear(mixed, w, f"{at}attention.output.dense"), w, f"{at}attention.output.LayerNorm")
        inner = _gelu(_linear(x, w, f"{at}intermediate.dense"))  # (batch * width, 1536)
        x = _norm(x + _linear(inner, w, f"{at}output.dense"), w, f"{at}output.LayerNorm")
        if layer + 1 == MIDDLE:
            middle = x
    return middle.reshape(batch, width, -1), x.reshape(batch, width, -1)


def _linear(x: Floats, w: dict[str, Floats], name: str) -> Floats:
    product: Floats = x @ w[name + ".weight"].T
    product += w[name + ".bias"]
    return product


def _heads(x: Floats, batch: int, width: int) -> Floats:
    return x.reshape(batch, width, HEADS, -1).transpose(0, 2, 1, 3)  # (batch, head, width, 32)


def _norm(x: Floats, w: dict[str, Floats], name: str) -> Floats:
    x = x - x.mean(axis=-1, keepdims=True)
    variance = np.square(x).mean(axis=-1, keepdims=True)
    x /= np.sqrt(variance + np.float32(1e-12))
    return x * w[name + ".weight"] + w[name + ".bias"]


def _gelu(x: Floats) -> Floats:
    return x * (_erf(x * np.float32(np.sqrt(0.5))) + np.float32(1.0)) * np.float32(0.5)


_ERF_ABOVE: tuple[float, ...] = (
    -2.72614225801306e-10,
    2.77068142495902e-08,
    -2.10102402082508e-06,
    -5.69250639462346e-05,
)
_ERF_ABOVE += (-7.34990630326855e-04, -2.95459980854025e-03, -1.60960333262415e-02)
_ERF_BELOW: tuple[float, ...] = (
    -1.45660718464996e-05,
    -2.13374055278905e-04,
    -1.68282697438203e-03,
    -7.37332916720468e-03,
)
_ERF_BELOW += (-1.42647390514189e-02,)


def _erf(x: Floats) -> Floats:
    """The error function, which NumPy has not, as a quotient of polynomials; within 1e-6 of `math.erf`."""
    x = np.clip(x, np.float32(-4.0), np.float32(4.0))
    square = x * x
    return x * _polynomial(square, _ERF_ABOVE) / _polynomial(square, _ERF_BELOW)


def _polynomial(x: Floats, coefficients: tuple[float, ...]) -> Floats:
    total = np.full_like(x, coefficients[0])
    for coefficient in coefficients[1:]:
        total *= x
        total += np.float32(coefficient)
    return total


def _unit(x: Floats) -> Floats:
    length = np.sqrt(np.square(x).sum(axis=-1, keepdims=True))
    unit: Floats = (x / np.maximum(length, np.float32(1e-12))).astype(np.float32)
    return unit
