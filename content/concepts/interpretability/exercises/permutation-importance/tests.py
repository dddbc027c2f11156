"""Oracle: the definition, value by value, with models and scores that stay on this side."""

import math

import numpy as np


def expected(predict, score, x, y, permutations):
    n, d = x.shape
    base = float(score(y, predict(np.array(x))))
    means, deviations = [], []
    for j in range(d):
        drops = []
        for permutation in permutations.tolist():
            rows = [[x[permutation[i], c] if c == j else x[i, c] for c in range(d)] for i in range(n)]
            drops.append(base - float(score(y, predict(np.array(rows, dtype=np.float64)))))
        mean = math.fsum(drops) / len(drops)
        means.append(mean)
        deviations.append(math.sqrt(math.fsum((v - mean) ** 2 for v in drops) / len(drops)))
    return np.array(means), np.array(deviations)


def negative_mse(y, predictions):
    return -float(np.mean((np.asarray(y, dtype=float) - np.asarray(predictions, dtype=float)) ** 2))


def r_squared(y, predictions):
    y, predictions = np.asarray(y, dtype=float), np.asarray(predictions, dtype=float)
    return 1 - float(((y - predictions) ** 2).sum() / ((y - y.mean()) ** 2).sum())


def accuracy(y, predictions):
    return float(np.mean(np.asarray(y) == np.asarray(predictions)))


def ask(t, predict, score, x, y, permutations):
    got = t.call("permutation_importance", predict, score, x, y, permutations)
    want = expected(predict, score, x, y, permutations)
    # deviations come from a difference of drops: rounding is measured against the score's size
    size = max(abs(score(y, predict(x))), float(np.abs(want[0]).max()), 1e-3)
    t.close(got, want, scale=size, what="(means, deviations)")


def shuffles(t, r, n):
    """Permutations that are one cycle each, hence not their own inverses for n > 2."""
    rows = []
    for _ in range(r):
        order = t.rng.permutation(n)
        permutation = np.empty(n, dtype=int)
        permutation[order] = np.roll(order, 1)
        rows.append(permutation)
    return np.array(rows)


def linear(weights):
    return lambda x: np.asarray(x) @ np.asarray(weights)


def example_first_column(t):
    """The example of the statement."""
    x, y = np.array([[1.0, 5.0], [2.0, 7.0]]), np.array([1.0, 2.0])
    ask(t, lambda a: np.asarray(a)[:, 0], negative_mse, x, y, np.array([[1, 0]]))


def nearly(t, x, weights):
    """A target that a linear model misses by a constant and a little: every feature has a positive importance."""
    return x @ np.array(weights) + 2 + 0.03 * t.rng.normal(size=len(x))


def test_linear_model(t):
    """A linear model with weights of different size."""
    x, weights = t.rng.normal(size=(20, 4)), [3.0, -1.0, 0.5, 0.7]
    ask(t, linear(weights), negative_mse, x, nearly(t, x, weights), shuffles(t, 4, 20))


def test_interactions(t):
    """A model in which features act together."""
    x = t.rng.normal(size=(25, 3)) + 1

    def predict(a):
        a = np.asarray(a)
        return a[:, 0] * a[:, 1] + np.sin(2 * a[:, 2]) * a[:, 0]

    ask(t, predict, negative_mse, x, predict(x), shuffles(t, 3, 25))


def test_classifier(t):
    """Accuracy of a classifier."""
    x = t.rng.normal(size=(60, 3))

    def predict(a):
        return (np.asarray(a) @ np.array([2.0, -1.0, 0.5]) > 0).astype(float)

    ask(t, predict, accuracy, x, predict(x), shuffles(t, 4, 60))


def test_other_score(t):
    """A score that is not a mean over examples."""
    x, weights = t.rng.normal(size=(20, 3)), [1.0, 0.5, 2.0]
    ask(t, linear(weights), r_squared, x, nearly(t, x, weights), shuffles(t, 3, 20))


def test_unused_feature(t):
    """A feature that the model does not use has importance 0."""
    x = t.rng.normal(size=(15, 3))
    ask(t, linear([1.5, 0.0, -2.0]), negative_mse, x, nearly(t, x, [1.5, 0.0, -2.0]), shuffles(t, 3, 15))


def test_negative_importance(t):
    """A feature that misleads the model has a negative importance."""
    x = t.rng.normal(size=(40, 2))
    ask(t, linear([-2.0, 1.0]), negative_mse, x, nearly(t, x, [2.0, 1.0]), shuffles(t, 3, 40))


def test_one_repeat(t):
    """A single permutation has no spread."""
    x = t.rng.normal(size=(12, 3))
    ask(t, linear([1.0, 2.0, 3.0]), negative_mse, x, nearly(t, x, [1.0, 2.0, 3.0]), shuffles(t, 1, 12))


def test_one_feature(t):
    """A single feature."""
    x = t.rng.normal(size=(10, 1))
    ask(t, linear([2.0]), negative_mse, x, nearly(t, x, [2.0]), shuffles(t, 3, 10))


def test_square_shapes(t):
    """As many features as examples and repeats."""
    x, weights = t.rng.normal(size=(5, 5)), [1.0, -2.0, 3.0, 0.5, 1.5]
    ask(t, linear(weights), negative_mse, x, nearly(t, x, weights), shuffles(t, 5, 5))


def test_permutation_that_moves_nothing(t):
    """The identity changes nothing, a later permutation does."""
    x = t.rng.normal(size=(9, 2))
    permutations = np.concatenate([np.arange(9)[None], shuffles(t, 2, 9)])
    ask(t, linear([1.0, -3.0]), negative_mse, x, nearly(t, x, [1.0, -3.0]), permutations)


def test_other_memory_layouts(t):
    """Fortran order, strided and reversed arrays."""
    x, permutations = t.rng.normal(size=(8, 3)), shuffles(t, 2, 8)
    y = nearly(t, x, [1.0, -2.0, 0.5])
    for array in t.layouts(x).values():
        ask(t, linear([1.0, -2.0, 0.5]), negative_mse, array, y, permutations)
