import numpy as np


class OneHotEncoder:
    """One column of 0 and 1 for each category of the training data, in sorted order."""

    def __init__(self, drop_first=False, unseen="error"):
        """`unseen` is "error" or "zeros"."""
        self.drop_first = drop_first
        self.unseen = unseen

    def fit(self, values):
        """Learn the categories of a list."""
        self.column = {category: j for j, category in enumerate(sorted(set(values)))}
        return self

    def transform(self, values):
        """Array (len(values), k), or with k - 1 columns when the first category is dropped."""
        encoded = np.zeros((len(values), len(self.column)))
        for i, value in enumerate(values):
            if value in self.column:
                encoded[i, self.column[value]] = 1
            elif self.unseen == "error":
                raise ValueError(f"{value!r} is not one of the {len(self.column)} categories seen by fit")
        return encoded[:, 1:] if self.drop_first else encoded
