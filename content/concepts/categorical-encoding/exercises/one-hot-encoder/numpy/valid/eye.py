"""Rows of an identity matrix with one more row, of zeros, for the unseen."""

import numpy as np


class OneHotEncoder:
    def __init__(self, drop_first=False, unseen="error"):
        self.first = 1 if drop_first else 0
        self.strict = unseen == "error"

    def fit(self, values):
        self.known = sorted(dict.fromkeys(values))
        self.table = np.vstack([np.eye(len(self.known)), np.zeros(len(self.known))])
        return self

    def transform(self, values):
        rows = [self.known.index(v) if v in self.known else -1 for v in values]
        if self.strict and -1 in rows:
            raise ValueError(f"unseen: {values[rows.index(-1)]}")
        return self.table[np.array(rows, dtype=int)][:, self.first :]
