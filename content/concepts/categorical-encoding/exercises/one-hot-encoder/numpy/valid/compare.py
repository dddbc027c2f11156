"""Comparison of all values with all categories by broadcasting."""

import numpy as np


class OneHotEncoder:
    def __init__(self, drop_first=False, unseen="error"):
        self.drop_first, self.unseen = drop_first, unseen

    def fit(self, values):
        self.categories = np.unique(np.array(values, dtype=object))

    def transform(self, values):
        column = np.empty((len(values), 1), dtype=object)
        column[:, 0] = values
        hits = column == self.categories[None, :]
        if self.unseen == "error" and not hits.any(axis=1).all():
            raise ValueError("unseen category")
        return hits[:, int(self.drop_first) :].astype(np.int8)
