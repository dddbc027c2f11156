"""Does a high ROC AUC mean that a classifier is useful?

One classifier, a score that is higher for positives, is tested on data of three class ratios: as many positives as
negatives, 5 % positives and 1 %. The scores of each class are distributed alike in all of them, only how many of each
there are differs. Beside it stands a rule that says "negative" to everything.

What would change the outcome: classes that are better separated; scores whose distributions change with the ratio, as
they do when the classifier is trained anew; for accuracy, a threshold that was moved to suit the rare class.
"""

import numpy as np

ARMS = {
    "half": "tested where 50 % are positive",
    "rare": "tested where 5 % are positive",
    "very-rare": "tested where 1 % are positive",
    "always-negative": "5 % positive, and the answer is always negative",
}
MEASURES = {
    "auc": {"says": "area under the ROC curve", "better": "higher"},
    "ap": {"says": "average precision (area under precision-recall)", "better": "higher"},
    "accuracy": {"says": "accuracy at the threshold midway between the classes", "unit": "%", "better": "higher"},
    "precision": {"says": "precision where half of the positives are found", "unit": "%", "better": "higher"},
}
PARAMETERS = {
    "separation": {"says": "distance of the classes, in spreads", "default": 2.0, "low": 0.5, "high": 5.0},
    "examples": {"says": "examples in each test set", "default": 20000, "low": 2000, "high": 50000},
}
CLAIMS = {
    "auc-ignores-ratio": {
        "says": "ROC AUC does not depend on the class ratio: at 1 % positives it is the same within 0.02.",
        "test": "auc: very-rare == half +- 0.02",
    },
    "precision-recall-depends": {
        "says": "Average precision of the same classifier falls by at least 0.2 from 50 % positives to 1 %.",
        "test": "ap: very-rare < half - 0.2",
    },
    "high-auc-is-useful": {
        "says": "A ROC AUC above 0.9 means useful: at 1 % positives, when half are found, half the flags are right.",
        "test": "precision: very-rare > 50",
        "check": "auc: very-rare > 0.9",
    },
    "accuracy-is-fine": {
        "says": "Accuracy is fine at 95:5: it puts this classifier (midway threshold) above always saying negative.",
        "test": "accuracy: rare > always-negative",
        "check": "auc: rare > always-negative + 0.3",
    },
}
SOURCES = ["fawcett-2006", "saito-2015"]
BUDGET_S = 10

POSITIVES = {"half": 0.5, "rare": 0.05, "very-rare": 0.01, "always-negative": 0.05}


def measure(seed, separation, examples):
    """All measures of all arms, from the scores alone."""
    values = {}
    for arm in ARMS:
        y, scores = scored(seed, arm, separation, examples)
        fpr, tpr, precision = by_threshold(y, scores)
        values[arm] = {
            "auc": np.sum(np.diff(fpr) * (tpr[1:] + tpr[:-1]) / 2),
            "ap": np.sum(np.diff(tpr) * precision[1:]),
            "accuracy": 100 * np.mean((scores > separation / 2) == y),
            "precision": 100 * precision[np.searchsorted(tpr, 0.5)],
        }
    return values


def illustrate(seed, separation, examples):
    """Both curves at all three ratios."""
    grid = np.linspace(0.01, 1, 100)
    roc, precision_recall = {}, {}
    for arm in ("half", "rare", "very-rare"):
        fpr, tpr, precision = by_threshold(*scored(seed, arm, separation, examples))
        roc[arm] = np.interp(grid, fpr, tpr)
        precision_recall[arm] = precision[np.searchsorted(tpr, grid - 1e-9)]
    first = {
        "title": "ROC: the ratio does not show",
        "x_label": "false positive rate",
        "y_label": "recall",
        "lines": roc,
    }
    second = {"title": "Precision-recall: it does", "x_label": "recall", "y_label": "precision"}
    return [{"kind": "curves", "x": grid} | first, {"kind": "curves", "x": grid, "lines": precision_recall} | second]


def scored(seed, arm, separation, examples):
    """Labels and scores: one bell curve for each class, their centres `separation` apart."""
    rng = np.random.default_rng(seed)
    y = np.arange(examples) < round(POSITIVES[arm] * examples)
    scores = rng.normal(size=examples) + separation * y
    if arm == "always-negative":
        return y, np.zeros(examples)
    return y, scores


def by_threshold(y, scores):
    """False positive rate, recall and precision as the threshold falls, from flagging nothing to flagging all."""
    order = np.argsort(-scores, kind="stable")
    last = np.append(np.diff(scores[order]) != 0, True)  # equal scores are flagged together
    found, wrong = np.cumsum(y[order])[last], np.cumsum(~y[order])[last]
    fpr, tpr = np.append(0, wrong / np.sum(~y)), np.append(0, found / np.sum(y))
    return fpr, tpr, np.append(1, found / (found + wrong))
