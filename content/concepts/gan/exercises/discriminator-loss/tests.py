"""Oracle: element by element in float64 with math functions; gradients by central differences too."""

import math

import numpy as np


def log_sigmoid(x):
    return -math.log1p(math.exp(-x)) if x > 0 else x - math.log1p(math.exp(x))


def sigmoid(x):
    return math.exp(log_sigmoid(x))


def expected(real, fake, label=1.0):
    loss = sum(-label * log_sigmoid(x) - (1 - label) * log_sigmoid(-x) for x in map(float, real.flat)) / real.size
    loss += sum(-log_sigmoid(-x) for x in map(float, fake.flat)) / fake.size
    real_gradient = np.array([sigmoid(float(x)) - label for x in real.flat]).reshape(real.shape) / real.size
    fake_gradient = np.array([sigmoid(float(x)) for x in fake.flat]).reshape(fake.shape) / fake.size
    return loss, real_gradient, fake_gradient


def ask(t, real, fake, *label, scale=None):
    got = t.call("discriminator_loss", real, fake, *label)
    t.close(got, expected(real, fake, *label), scale=scale, what="(loss, real_gradient, fake_gradient)")
    return got


def example_small(t):
    """Two real and three generated examples."""
    ask(t, np.array([0.0, 2.0]), np.array([0.0, -1.0, 1.5]))


def test_random_logits(t):
    """Random logits of equal and unequal numbers."""
    for n, m in [(6, 6), (5, 9), (12, 3), (1, 4), (1, 1)]:
        ask(t, 2 * t.rng.normal(size=n) + 1, 2 * t.rng.normal(size=m) - 0.5)


def test_shapes(t):
    """Columns and maps of logits; the two shapes may differ."""
    ask(t, t.rng.normal(size=(5, 1)) + 1, t.rng.normal(size=(7, 1)))
    ask(t, t.rng.normal(size=(2, 3, 4)) + 1, t.rng.normal(size=(3, 2)))


def test_undecided(t):
    """Logits of 0 give twice log 2."""
    got = t.call("discriminator_loss", np.zeros(4), np.zeros(3))
    t.close(got[0], 2 * math.log(2), what="loss")


def test_label_smoothing(t):
    """A target below 1 for the real examples only, by position and by name."""
    real, fake = 2 * t.rng.normal(size=6) + 1, 2 * t.rng.normal(size=4)
    for label in (0.9, 0.7):
        ask(t, real, fake, label)
    got = t.call("discriminator_loss", real, fake, real_label=0.8)
    t.close(got, expected(real, fake, 0.8), what="(loss, real_gradient, fake_gradient)")


def test_gradients_are_those_of_the_loss(t):
    """The gradients agree with finite differences of the loss."""
    real, fake = t.rng.normal(size=4), t.rng.normal(size=(3, 2))
    for label in (1.0, 0.85):
        _, real_gradient, fake_gradient = t.call("discriminator_loss", real, fake, label)
        want = t.numeric_gradient(lambda x, label=label: expected(x, fake, label)[0], real)
        t.close(real_gradient, want, rtol=1e-7, what="real_gradient")
        want = t.numeric_gradient(lambda x, label=label: expected(real, x, label)[0], fake)
        t.close(fake_gradient, want, rtol=1e-7, what="fake_gradient")


def test_confident_and_wrong(t):
    """Logits far on the wrong side cost as much as they are large."""
    ask(t, np.array([-60 - t.rng.random(), -900.0, 3.0]), np.array([45 + t.rng.random(), 800.0]))
    ask(t, np.array([-1e4, 1e4]), np.array([1e4, -1e4, 0.0]), 0.9)


def test_confident_and_right(t):
    """Logits far on the right side cost nothing."""
    ask(t, np.array([30 + t.rng.random(), 900.0, 1e4]), np.array([-40.0, -750 - t.rng.random(), -1e4, -1.0]), scale=1.0)


def test_float32(t):
    """float32 logits, right to float32 precision."""
    real, fake = 3 * t.rng.normal(size=8), 3 * t.rng.normal(size=5)
    real[0], fake[0] = -120.0, 110.0
    ask(t, real.astype(np.float32), fake.astype(np.float32))


def test_other_memory_layouts(t):
    """Fortran order, strided and reversed arrays."""
    real, fake = t.rng.normal(size=(3, 4)) + 1, t.rng.normal(size=(5, 2))
    for one, two in zip(t.layouts(real).values(), t.layouts(fake).values(), strict=True):
        ask(t, one, two)
