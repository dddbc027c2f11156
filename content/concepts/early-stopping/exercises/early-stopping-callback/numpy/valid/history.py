"""Keeps a list of the last epochs' verdicts."""

from collections import deque

import numpy as np


class EarlyStopping:
    def __init__(self, patience=5, min_delta=0.0, mode="min"):
        if mode not in {"min", "max"}:
            raise ValueError("mode")
        self.recent = deque(maxlen=patience)
        self.patience, self.min_delta, self.mode = patience, min_delta, mode
        self.best_metric = None
        self.best_epoch = None
        self.best_weights = None
        self.n = 0

    def _improves(self, metric):
        if np.isnan(metric):
            return False
        if self.best_metric is None:
            return True
        gain = self.best_metric - metric if self.mode == "min" else metric - self.best_metric
        return gain > self.min_delta

    def step(self, metric, weights):
        improved = self._improves(metric)
        self.recent.append(improved)
        if improved:
            self.best_metric = float(metric)
            self.best_epoch = self.n
            self.best_weights = {k: np.array(v, copy=True) for k, v in weights.items()}
        self.n += 1
        return len(self.recent) == self.patience and not any(self.recent)
