"""A dictionary in each direction and an explicit loop."""

import numpy as np


class LabelEncoder:
    def __init__(self, order=None, unseen=None):
        self.order, self.unseen = order, unseen
        self.to_code, self.to_value = {}, {}

    def fit(self, values):
        if self.order is None:
            names = sorted(set(values))
        else:
            names = self.order
            for v in values:
                if v not in names:
                    raise ValueError(v)
        self.to_code = dict(zip(names, range(len(names)), strict=True))
        self.to_value = dict(enumerate(names))

    def transform(self, values):
        out = np.empty(len(values), dtype=np.int32)
        for i, v in enumerate(values):
            if v in self.to_code:
                out[i] = self.to_code[v]
            elif self.unseen is not None:
                out[i] = self.unseen
            else:
                raise ValueError("unseen " + str(v))
        return out

    def inverse_transform(self, codes):
        try:
            return [self.to_value[c] for c in codes]
        except KeyError as error:
            raise ValueError(f"unknown code {error}") from None
