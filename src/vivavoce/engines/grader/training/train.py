"""Rows to the head that ships. Every choice here is made on predictions for concepts that the model had not seen."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from typing import Any

import numpy as np
import numpy.typing as npt
import sklearn

from vivavoce.domain.attempt import VerdictKind
from vivavoce.engines.grader.decide import kind_of
from vivavoce.engines.grader.encoder.format import Floats
from vivavoce.engines.grader.features import FEATURES
from vivavoce.engines.grader.head import Thresholds
from vivavoce.engines.grader.training.examples import CONTRADICTED, MET, MISSED, PARTLY, Example
from vivavoce.engines.grader.training.figures import calibration_error, kappa, macro_f1, precision, recall
from vivavoce.engines.grader.training.fit import Truth, calibrate, calibrated, fit_model, predict

WEIGHTS = {"model": 1.0, "follow-up": 0.5, "verbatim": 0.5, "denied": 0.3, "reversed": 0.3, "fewer": 0.15}
"""Of rows that are no samples; attacks have `ATTACK`. All but the model answers stay under a fifth of the weight."""
ATTACK = 0.3
FOLDS = 8
"""Of concepts, for predictions by models that have not seen them."""
PART = 0.2
BELIEF = 0.2
UNSURE_SHARE = 0.12
"""The band without a verdict is the widest around 1/2 that leaves no more than this share of the decisions open …"""
UNSURE_EDGE = 0.75
"""… and never reaches beyond this."""
SURE = 0.75
"""A contradiction or a misconception is asserted where at least this share of such assertions is right …"""
CONTRADICTED_FROM = 0.8
"""… and a contradiction never below this probability: telling somebody wrongly that they said the opposite costs more
trust than a contradiction that counts as missed."""
WORTH = {VerdictKind.MET: 1.0, VerdictKind.PARTLY: 0.5}
TRUE_WORTH = {MET: 1.0, PARTLY: 0.5, MISSED: 0.0, CONTRADICTED: 0.0}


def train(rows: Sequence[Example], seed: int, say: Callable[[str], None], jobs: int = 1) -> dict[str, Any]:
    """The JSON of the head. `rows` hold nothing that is held out. `say` gets a line per step, which `jobs` share."""
    x = np.array([r.features for r in rows])
    label = np.array([r.label for r in rows])
    kind = np.array([r.kind for r in rows])
    natural = np.array([r.natural for r in rows])
    concept = np.array([r.concept for r in rows])
    weights = np.array([_weight(r) for r in rows])
    models, probability = {}, {}
    for target in (MET, CONTRADICTED):
        right = label == target
        models[target], probability[target] = _cross_fitted(x, right, weights, concept, natural, seed, say, jobs)
    met, contradicted = probability[MET], probability[CONTRADICTED]
    own = kind == "misconception"
    thresholds = Thresholds(
        unsure=_band(met[natural]),
        contradicted_from=max(CONTRADICTED_FROM, _surely(contradicted[natural], label[natural] == CONTRADICTED)),
        part_from=0.5,
        held_from=_surely(met[own], label[own] == MET),
    )
    answers = _group(rows, met, contradicted)
    thresholds = thresholds.with_part_from(_best_part(thresholds, answers))
    figures = _figures(thresholds, answers, label[natural], met[natural]) | {
        "held_precision": precision(label[own] == MET, met[own] >= thresholds.held_from),
        "held_recall": recall(label[own] == MET, met[own] >= thresholds.held_from),
    }
    say("cross-validated by concept: " + ", ".join(f"{k} {v:.3f}" for k, v in figures.items()))
    return {
        "met": models[MET],
        "contradicted": models[CONTRADICTED],
        **thresholds.as_json(),
        "learned": {
            "data": hashlib.sha256(x.tobytes() + "".join(label).encode()).hexdigest(),
            "rows": len(rows),
            "answers": int(natural.sum()),
            "concepts": sorted(set(concept)),
            "seed": seed,
            "numpy": np.__version__,
            "scikit-learn": sklearn.__version__,
            "cross-validated": {k: round(v, 4) for k, v in figures.items()},
            "baselines": _baselines(x[natural], label[natural] == MET),
        },
    }


def _weight(row: Example) -> float:
    if row.kind != "criterion":
        return 0.0 if row.label == PARTLY else PART if row.kind == "part" else BELIEF
    return 1.0 if row.natural else WEIGHTS.get(row.voice, ATTACK)


def _cross_fitted(
    x: Floats,
    y: Truth,
    weights: Floats,
    concept: npt.NDArray[Any],
    natural: Truth,
    seed: int,
    say: Callable[[str], None],
    jobs: int,
) -> tuple[dict[str, Any], Floats]:
    """A calibrated model of all rows, and for each row the probability by a model that has not seen its concept."""
    out = np.zeros(len(y))
    folds = [np.isin(concept, names) for names in _folds(sorted(set(concept)))]
    everything = np.ones(len(y), dtype=np.bool_)
    with ProcessPoolExecutor(jobs) as pool:
        fits = [pool.submit(_fit, x[seen], y[seen], weights[seen], seed) for seen in (everything, *(~f for f in folds))]
        whole, *others = [fit.result() for fit in fits]
    for unseen, model in zip(folds, others, strict=True):
        out[unseen] = predict(model, x[unseen], FEATURES)
        say(f"  without {', '.join(sorted(set(concept[unseen])))}: {unseen.sum()} rows")
    model = calibrate(whole, out[natural], y[natural])
    return model, calibrated(model, out)


def _folds(concepts: Sequence[str]) -> list[list[str]]:
    """Every concept in one of at most `FOLDS` groups."""
    return [list(concepts[n::FOLDS]) for n in range(min(FOLDS, len(concepts)))]


def _fit(x: Floats, y: Truth, weights: Floats, seed: int) -> dict[str, Any]:
    return fit_model(x, y, weights, FEATURES, range(len(FEATURES)), seed)


def _band(met: Floats) -> tuple[float, float]:
    for edge in np.arange(UNSURE_EDGE, 0.5, -0.005):
        if ((met >= 1.0 - edge) & (met < edge)).mean() <= UNSURE_SHARE:
            return round(float(1.0 - edge), 3), round(float(edge), 3)
    return 0.5, 0.5


def _surely(probability: Floats, y: Truth) -> float:
    """The least threshold from which on at least `SURE` of what is asserted is true."""
    for threshold in np.arange(0.3, 0.95, 0.01):
        said = probability >= threshold
        if said.any() and y[said].mean() >= SURE:
            return round(float(threshold), 2)
    return 0.95


Answer = tuple[Example, float, float, list[float]]


def _group(rows: Sequence[Example], met: Floats, contradicted: Floats) -> list[Answer]:
    """Per natural decision its row, both probabilities, and those of its criterion's parts."""
    parts: dict[tuple[str, str, str], list[float]] = {}
    for row, p in zip(rows, met, strict=True):
        if row.kind == "part":
            parts.setdefault((row.question, row.answer, row.parent), []).append(float(p))
    return [
        (row, float(m), float(c), parts.get((row.question, row.answer, row.unit), []))
        for row, m, c in zip(rows, met, contradicted, strict=True)
        if row.natural
    ]


def _best_part(thresholds: Thresholds, answers: Sequence[Answer]) -> float:
    """The threshold with the least error of credit on criteria with parts."""
    with_parts = [a for a in answers if a[3]]

    def error(part_from: float) -> float:
        tried = thresholds.with_part_from(part_from)
        return sum(abs(WORTH.get(kind_of(tried, m, c, p), 0.0) - TRUE_WORTH[row.label]) for row, m, c, p in with_parts)

    return round(float(min(np.arange(0.3, 0.96, 0.05), key=error)), 2)


def _figures(
    thresholds: Thresholds, answers: Sequence[Answer], label: npt.NDArray[Any], met: Floats
) -> dict[str, float]:
    kinds = np.array([kind_of(thresholds, m, c, p).value for _, m, c, p in answers])
    truth = label == MET
    three_true = np.where(truth, MET, np.where(label == CONTRADICTED, CONTRADICTED, MISSED))
    sided = np.where(kinds == "unsure", np.where(met >= 0.5, MET, MISSED), np.where(kinds == PARTLY, MISSED, kinds))
    sure = kinds != "unsure"
    said = kinds == CONTRADICTED
    return {
        "macro_f1": macro_f1(truth, sided == MET),
        "macro_f1_decided": macro_f1(truth[sure], sided[sure] == MET),
        "macro_f1_3way": macro_f1(three_true, sided),
        "kappa": kappa(truth, sided == MET),
        "ece": calibration_error(truth, met),
        "unsure": float((~sure).mean()),
        "precision_met": precision(truth[sure], sided[sure] == MET),
        "recall_met": recall(truth[sure], sided[sure] == MET),
        "precision_contradicted": precision(label == CONTRADICTED, said),
        "recall_contradicted": recall(label == CONTRADICTED, said),
        "precision_partly": precision(label == PARTLY, kinds == PARTLY),
        "recall_partly": recall(label == PARTLY, kinds == PARTLY),
    }


def _baselines(x: Floats, y: Truth) -> dict[str, dict[str, float]]:
    """What the benchmark compares with: one threshold on one similarity, the best for these answers."""
    out = {}
    for name in ("covered", "cosine"):
        values = x[:, FEATURES.index(f"most_{name}")]
        grid = np.quantile(values, np.linspace(0.05, 0.95, 91))
        out[name] = {"from": round(float(max(grid, key=lambda t: macro_f1(y, values >= t))), 5)}
    return out
