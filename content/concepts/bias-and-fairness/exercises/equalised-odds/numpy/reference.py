import numpy as np


def _gap(rates):
    known = rates[~np.isnan(rates)]
    return known.max() - known.min() if len(known) else 0.0


def equalised_odds(labels, predictions, groups):
    """True and false positive rates (k,) per group, and the larger of their two gaps; a missing rate is NaN."""
    kinds = np.unique(groups)

    def rates(truth):
        parts = [predictions[(groups == g) & (labels == truth)] for g in kinds]
        return np.array([part.mean() if len(part) else np.nan for part in parts])

    tpr, fpr = rates(1), rates(0)
    return tpr, fpr, max(_gap(tpr), _gap(fpr))
