class EarlyStopping:
    def __init__(self, patience=5, min_delta=0.0, mode="min"):
        """Stop after `patience` epochs in a row without an improvement of more than `min_delta`."""
        if mode not in ("min", "max"):
            raise ValueError(f"mode must be 'min' or 'max', not {mode!r}")
        self.patience, self.min_delta = patience, min_delta
        self.sign = 1 if mode == "min" else -1
        self.best_metric = self.best_epoch = self.best_weights = None
        self.epoch, self.waited = -1, 0

    def step(self, metric, weights):
        """Whether to stop after an epoch with this validation `metric` and these `weights`, a dictionary of arrays."""
        self.epoch += 1
        first = self.best_metric is None and metric == metric  # NaN differs from itself
        if first or (self.best_metric is not None and self.sign * (self.best_metric - metric) > self.min_delta):
            self.best_metric, self.best_epoch = metric, self.epoch
            self.best_weights = {name: w.copy() for name, w in weights.items()}
            self.waited = 0
        else:
            self.waited += 1
        return self.waited >= self.patience
