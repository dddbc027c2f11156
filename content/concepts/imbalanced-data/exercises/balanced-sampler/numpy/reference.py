import numpy as np


def balanced_sampler(labels, u):
    """Probability of each example (n,), and the indices (m,) drawn with `u` (m, 2): class first, then a member."""
    _, number, counts = np.unique(labels, return_inverse=True, return_counts=True)
    probabilities = 1 / (len(counts) * counts[number])
    members = np.argsort(number, kind="stable")  # those of the first class, then of the second, ...
    starts = np.cumsum(counts) - counts
    drawn = np.floor(u[:, 0] * len(counts)).astype(int)  # class numbers
    within = np.floor(u[:, 1] * counts[drawn]).astype(int)
    return probabilities, members[starts[drawn] + within]
