"""The decision: features to calibrated probabilities, by one small model for all questions, read from JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from vivavoce.domain.errors import EncoderError
from vivavoce.engines.grader.encoder.format import Floats

PATH = Path(__file__).parent / "weights" / "head.json"


@dataclass(frozen=True, slots=True)
class Tree:
    """A regression tree as arrays: node i sends x left when `x[feature[i]] <= threshold[i]`; leaves have feature -1."""

    feature: npt.NDArray[np.int64]
    threshold: Floats
    left: npt.NDArray[np.int64]
    right: npt.NDArray[np.int64]
    value: Floats

    def __call__(self, x: Floats) -> Floats:
        """(rows, features) to (rows,)."""
        at = np.zeros(len(x), dtype=np.int64)
        rows = np.arange(len(x))
        while True:
            feature = self.feature[at]
            inner = feature >= 0
            if not inner.any():
                return self.value[at]
            goes_left = x[rows, np.maximum(feature, 0)] <= self.threshold[at]
            at = np.where(inner, np.where(goes_left, self.left[at], self.right[at]), at)


@dataclass(frozen=True, slots=True)
class Model:
    """The mean of a logistic regression and boosted trees, in log-odds, then one slope and offset that calibrate it."""

    columns: tuple[int, ...]
    mean: Floats
    scale: Floats
    weights: Floats
    offset: float
    base: float
    trees: tuple[Tree, ...]
    slope: float
    shift: float

    def __call__(self, x: Floats) -> Floats:
        """(rows, all features) to probabilities (rows,)."""
        mine = x[:, list(self.columns)].astype(np.float64)
        linear = (mine - self.mean) / self.scale @ self.weights + self.offset
        boosted = self.base + np.sum([t(mine) for t in self.trees], axis=0) if self.trees else linear
        return logistic(self.slope * 0.5 * (linear + boosted) + self.shift)

    @classmethod
    def from_json(cls, data: Mapping[str, Any], features: Sequence[str]) -> Model:
        numbers = {k: np.asarray(data[k], dtype=np.float64) for k in ("mean", "scale", "weights")}
        trees = tuple(
            Tree(
                np.asarray(t["feature"], dtype=np.int64),
                np.asarray(t["threshold"], dtype=np.float64),
                np.asarray(t["left"], dtype=np.int64),
                np.asarray(t["right"], dtype=np.int64),
                np.asarray(t["value"], dtype=np.float64),
            )
            for t in data["trees"]
        )
        return cls(
            columns=tuple(features.index(name) for name in data["features"]),
            **numbers,
            offset=data["offset"],
            base=data["base"],
            trees=trees,
            slope=data["slope"],
            shift=data["shift"],
        )


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Where probabilities become verdicts. One set for all questions."""

    unsure: tuple[float, float]
    """Between these probabilities of *met* no verdict is given."""
    contradicted_from: float
    """A contradiction is asserted from this probability on."""
    part_from: float
    """A part counts as said from this probability on."""
    held_from: float
    """A misconception counts as held from this probability on."""

    def with_part_from(self, value: float) -> Thresholds:
        """The same with another `part_from`."""
        return replace(self, part_from=value)

    def as_json(self) -> dict[str, Any]:
        """As `load_head` reads it."""
        return {"thresholds": asdict(self)}


@dataclass(frozen=True, slots=True)
class Head:
    """What was learned, and where it decides."""

    met: Model
    contradicted: Model
    thresholds: Thresholds
    learned: Mapping[str, Any]
    """From what it was made: data hash, concepts, seed, versions, cross-validated figures."""


def load_head(features: Sequence[str], path: Path = PATH) -> Head:
    """Raises `EncoderError` when the file is missing, damaged or for other features."""
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        return Head(
            met=Model.from_json(data["met"], features),
            contradicted=Model.from_json(data["contradicted"], features),
            thresholds=Thresholds(**data["thresholds"] | {"unsure": tuple(data["thresholds"]["unsure"])}),
            learned=data["learned"],
        )
    except OSError as error:
        raise EncoderError(f"the grader's head {path} cannot be read ({error.strerror}); reinstall Vivavoce") from error
    except (ValueError, KeyError, TypeError, IndexError) as error:
        raise EncoderError(
            f"the grader's head {path} does not fit this version ({error}); train it again with "
            "`python -m vivavoce.services.train_grader`"
        ) from error


def logistic(x: Floats) -> Floats:
    """1 / (1 + e^-x), without overflow."""
    return np.where(x >= 0, 1.0 / (1.0 + np.exp(-np.abs(x))), np.exp(-np.abs(x)) / (1.0 + np.exp(-np.abs(x))))
