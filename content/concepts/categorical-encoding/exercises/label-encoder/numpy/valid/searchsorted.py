"""np.searchsorted with a check of what was found."""

import numpy as np


class LabelEncoder:
    def __init__(self, order=None, unseen=None):
        self.order = order
        self.unseen = unseen

    def fit(self, values):
        known = np.array(self.order) if self.order is not None else np.unique(values)
        if not np.isin(values, known).all():
            raise ValueError("values outside of the order")
        self.known = known
        self.sorter = np.argsort(known)
        return self

    def transform(self, values):
        if len(values) == 0:
            return np.zeros(0, dtype=int)
        values = np.asarray(values)
        at = np.minimum(np.searchsorted(self.known, values, sorter=self.sorter), len(self.known) - 1)
        codes = self.sorter[at]
        bad = self.known[codes] != values
        if bad.any():
            if self.unseen is None:
                raise ValueError("unseen")
            codes[bad] = self.unseen
        return codes

    def inverse_transform(self, codes):
        codes = np.asarray(codes, dtype=int)
        if ((codes < 0) | (codes >= len(self.known))).any():
            raise ValueError("codes out of range")
        return self.known[codes].tolist()
