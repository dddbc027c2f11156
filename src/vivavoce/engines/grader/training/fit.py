"""Rows to a head: logistic regression and boosted trees, averaged in log-odds, calibrated across concepts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
from sklearn.ensemble import GradientBoostingClassifier
from sklearn.linear_model import LogisticRegression

from vivavoce.engines.grader.encoder.format import Floats
from vivavoce.engines.grader.head import Model, logistic

Truth = npt.NDArray[np.bool_]
REGULARISATION = 0.1
TREES = {
    "n_estimators": 150,
    "max_depth": 3,
    "learning_rate": 0.06,
    "subsample": 0.7,
    "max_features": 0.5,
    "min_samples_leaf": 20,
}


def fit_model(
    x: Floats, y: Truth, weights: Floats, features: Sequence[str], columns: Sequence[int], seed: int
) -> dict[str, Any]:
    """The JSON of an uncalibrated `Model` on `columns` of `x`."""
    mine = x[:, list(columns)].astype(np.float64)
    mean, scale = mine.mean(axis=0), mine.std(axis=0)
    scale[scale < 1e-6] = 1.0
    linear = LogisticRegression(C=REGULARISATION, max_iter=2000).fit((mine - mean) / scale, y, sample_weight=weights)
    boosted = GradientBoostingClassifier(random_state=seed, **TREES).fit(mine, y, sample_weight=weights)
    prior = float(np.average(y, weights=weights))
    return {
        "features": [features[c] for c in columns],
        "mean": _rounded(mean),
        "scale": _rounded(scale),
        "weights": _rounded(linear.coef_[0]),
        "offset": float(linear.intercept_[0]),
        "base": float(np.log(prior / (1.0 - prior))),
        "trees": [_tree(e[0].tree_, boosted.learning_rate) for e in boosted.estimators_],
        "slope": 1.0,
        "shift": 0.0,
    }


def calibrate(data: dict[str, Any], probabilities: Floats, y: Truth) -> dict[str, Any]:
    """`data` with slope and offset under which the cross-fitted, uncalibrated `probabilities` fit `y` best (Platt)."""
    p = np.clip(probabilities, 1e-6, 1 - 1e-6)
    line = LogisticRegression(C=1e6).fit(np.log(p / (1 - p))[:, None], y)
    return data | {"slope": float(line.coef_[0, 0]), "shift": float(line.intercept_[0])}


def calibrated(data: dict[str, Any], probabilities: Floats) -> Floats:
    """Uncalibrated probabilities under the slope and offset of `data`."""
    p = np.clip(probabilities, 1e-6, 1 - 1e-6)
    return logistic(data["slope"] * np.log(p / (1 - p)) + data["shift"])


def predict(data: dict[str, Any], x: Floats, features: Sequence[str]) -> Floats:
    """Probabilities of a model in JSON: through the code that grades, so that training cannot differ from it."""
    return Model.from_json(data, features)(x)


def _tree(tree: Any, rate: float) -> dict[str, list[float]]:
    leaf = tree.children_left < 0
    return {
        "feature": [int(v) for v in np.where(leaf, -1, tree.feature)],
        "threshold": _rounded(np.where(leaf, 0.0, tree.threshold)),
        "left": [int(v) for v in np.maximum(tree.children_left, 0)],
        "right": [int(v) for v in np.maximum(tree.children_right, 0)],
        "value": _rounded(np.where(leaf, tree.value[:, 0, 0] * rate, 0.0)),
    }


def _rounded(values: Floats) -> list[float]:
    return [float(f"{v:.6g}") for v in values]
