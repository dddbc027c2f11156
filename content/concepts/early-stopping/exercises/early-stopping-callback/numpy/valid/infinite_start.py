"""The best metric begins at infinity inside; properties show None; deepcopy; epochs are compared, none are counted."""

import copy
import math


class EarlyStopping:
    def __init__(self, patience=5, min_delta=0.0, mode="min"):
        if mode == "min":
            self._better = lambda new, old: new < old - min_delta
            self._best = math.inf
        elif mode == "max":
            self._better = lambda new, old: new > old + min_delta
            self._best = -math.inf
        else:
            raise ValueError(mode)
        self.patience = patience
        self.best_epoch = None
        self.best_weights = None
        self._epochs = 0

    @property
    def best_metric(self):
        return None if self.best_epoch is None else self._best

    def step(self, metric, weights):
        if self._better(metric, self._best):
            self._best, self.best_epoch = metric, self._epochs
            self.best_weights = copy.deepcopy(weights)
        self._epochs += 1
        last = -1 if self.best_epoch is None else self.best_epoch
        return self._epochs - 1 - last >= self.patience
