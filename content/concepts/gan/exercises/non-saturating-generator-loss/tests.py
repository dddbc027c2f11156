"""Oracle: element by element in float64 with math functions; the gradient by central differences too."""

import math

import numpy as np


def log_sigmoid(x):
    return -math.log1p(math.exp(-x)) if x > 0 else x - math.log1p(math.exp(x))


def expected(fake):
    flat = [float(x) for x in fake.flat]
    loss = sum(-log_sigmoid(x) for x in flat) / len(flat)
    gradient = [-math.exp(log_sigmoid(-x)) / len(flat) for x in flat]
    return loss, np.array(gradient).reshape(fake.shape)


def ask(t, fake):
    got = t.call("non_saturating_generator_loss", fake)
    loss, gradient = expected(fake)
    t.close(got, (loss, gradient), scale=1 / fake.size, what="(loss, gradient)")
    t.close(got[0], loss, what="loss")


def example_small(t):
    """Three generated examples."""
    ask(t, np.array([0.0, -1.0, 1.5]))


def test_random_logits(t):
    """Random logits of several numbers."""
    for n in (1, 4, 9, 64):
        ask(t, 2 * t.rng.normal(size=n) - 0.5)


def test_shapes(t):
    """Columns and maps of logits."""
    for shape in [(7, 1), (3, 2), (2, 3, 4)]:
        ask(t, t.rng.normal(size=shape) - 0.3)


def test_gradient_is_that_of_the_loss(t):
    """The gradient agrees with finite differences of the loss."""
    fake = t.rng.normal(size=(3, 2))
    _, gradient = t.call("non_saturating_generator_loss", fake)
    t.close(gradient, t.numeric_gradient(lambda x: expected(x)[0], fake), rtol=1e-7, what="gradient")


def test_rejected_with_confidence(t):
    """Logits far below 0: the discriminator is sure that the examples are generated."""
    ask(t, np.array([-60 - t.rng.random(), -900.0, -1e4]))
    ask(t, np.array([-35 - t.rng.random(), -700.0]))


def test_accepted_with_confidence(t):
    """Logits far above 0: the discriminator is fooled."""
    ask(t, np.array([45 + t.rng.random(), 900.0, 1e4]))
    ask(t, np.array([30 + t.rng.random(), 300.0]))


def test_tiny_values(t):
    """A tiny loss is right relative to itself, not only to 1."""
    for x in (25 + t.rng.random(), 45 + t.rng.random(), 200 + t.rng.random()):
        loss, _ = t.call("non_saturating_generator_loss", np.array([x]))
        t.close(loss, expected(np.array([x]))[0], rtol=1e-9, scale=0.0, what="loss")


def test_strength_of_the_gradient(t):
    """Rejected examples move the generator at full strength."""
    _, gradient = t.call("non_saturating_generator_loss", np.full(5, -12 - t.rng.random()))
    t.check(
        np.all(np.abs(np.abs(gradient) - 0.2) < 1e-5),
        "the gradient on rejected examples has the wrong strength",
        got=gradient,
    )


def test_float32(t):
    """float32 logits, right to float32 precision."""
    fake = (3 * t.rng.normal(size=9)).astype(np.float32)
    fake[:2] = -120, 130
    ask(t, fake)


def test_other_memory_layouts(t):
    """Fortran order, strided and reversed arrays."""
    for array in t.layouts(t.rng.normal(size=(5, 4))).values():
        ask(t, array)
