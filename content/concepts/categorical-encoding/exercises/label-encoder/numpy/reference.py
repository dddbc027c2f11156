import numpy as np


class LabelEncoder:
    """Whole numbers for categories, in sorted or in a given order."""

    def __init__(self, order=None, unseen=None):
        """`order` lists the categories from lowest to highest; `unseen` is the code of a value without one."""
        self.order = order
        self.unseen = unseen

    def fit(self, values):
        """Learn the codes from a list."""
        self.categories = list(self.order) if self.order is not None else sorted(set(values))
        self.code = {category: i for i, category in enumerate(self.categories)}
        missing = set(values) - set(self.code)
        if missing:
            raise ValueError(f"{missing} are not in the given order")
        return self

    def transform(self, values):
        """Array (len(values),) of codes."""
        codes = [self.code.get(value, self.unseen) for value in values]
        if None in codes:
            raise ValueError(f"{values[codes.index(None)]!r} was not seen by fit")
        return np.array(codes, dtype=int)

    def inverse_transform(self, codes):
        """The list of values that belong to a list of codes."""
        if any(not 0 <= code < len(self.categories) for code in codes):
            raise ValueError(f"codes must be between 0 and {len(self.categories) - 1}")
        return [self.categories[code] for code in codes]
