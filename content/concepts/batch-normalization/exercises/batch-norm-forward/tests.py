"""Oracle: feature by feature in float64 with plain sums; both definitions of the running variance are followed."""

import math

import numpy as np

CONVENTION = "running-variance"


class Expected:
    """A layer for each definition of the running variance."""

    def __init__(self, gamma, beta, momentum=0.1, eps=1e-5):
        self.gamma, self.beta = [np.asarray(v, dtype=np.float64) for v in (gamma, beta)]
        self.momentum, self.eps = momentum, eps
        d = len(self.gamma)
        self.mean = np.zeros(d)
        self.var = {"unbiased": np.ones(d), "biased": np.ones(d)}

    def train(self, x):
        x = np.asarray(x, dtype=np.float64)
        n, d = x.shape
        y = np.empty((n, d))
        for j in range(d):
            mean = math.fsum(x[:, j]) / n
            squares = math.fsum((v - mean) ** 2 for v in x[:, j])
            y[:, j] = self.gamma[j] * (x[:, j] - mean) / math.sqrt(squares / n + self.eps) + self.beta[j]
            self.mean[j] += self.momentum * (mean - self.mean[j])
            self.var["biased"][j] += self.momentum * (squares / n - self.var["biased"][j])
            self.var["unbiased"][j] += self.momentum * (squares / (n - 1) - self.var["unbiased"][j])
        return y

    def eval(self, x):
        x = np.asarray(x, dtype=np.float64)
        return {
            name: (x - self.mean) * (self.gamma / (var + self.eps) ** 0.5) + self.beta for name, var in self.var.items()
        }


def make(t, d, dtype=np.float64, **options):
    gamma, beta = t.rng.uniform(0.5, 2, size=d).astype(dtype), t.rng.normal(size=d).astype(dtype)
    gamma[0] *= -1
    return t.new("BatchNorm", gamma, beta, **options), Expected(gamma, beta, **options)


def data(t, n, d, dtype=np.float64):
    return (t.rng.normal(size=(n, d)) * t.rng.uniform(0.5, 3, size=d) + t.rng.uniform(1, 4, size=d)).astype(dtype)


def state(t, layer, want, rtol=None):
    t.close(layer.get("running_mean"), want.mean, what="running_mean", rtol=rtol)
    t.either(layer.get("running_var"), CONVENTION, want.var, what="running_var", rtol=rtol)


def train(t, layer, want, x, rtol=None):
    y = layer.call("forward", x)
    t.close(y, want.train(x), what="y in training mode", rtol=rtol)
    return y


def evaluate(t, layer, want, x, rtol=None):
    y = layer.call("forward", x)
    t.either(y, CONVENTION, want.eval(x), what="y in evaluation mode", rtol=rtol)


def example_training_mode(t):
    """Four examples, two features, in training mode."""
    x = np.array([[1.0, 10.0], [2.0, 10.0], [3.0, 14.0], [6.0, 14.0]])
    layer = t.new("BatchNorm", np.array([1.0, 2.0]), np.array([0.0, 5.0]))
    train(t, layer, Expected([1.0, 2.0], [0.0, 5.0]), x)


def example_one_step_then_evaluation(t):
    """One training batch, the running statistics, then one example in evaluation mode."""
    layer, want = make(t, 2)
    train(t, layer, want, data(t, 4, 2))
    state(t, layer, want)
    layer.call("eval")
    evaluate(t, layer, want, data(t, 1, 2))


def test_training_output(t):
    """Outputs in training mode for several shapes and options."""
    for n, d, options in [(2, 3, {}), (7, 4, {"eps": 0.3}), (5, 1, {"momentum": 0.7, "eps": 1e-3}), (3, 6, {})]:
        layer, want = make(t, d, **options)
        train(t, layer, want, data(t, n, d))


def test_start(t):
    """A new layer's running statistics, and its evaluation before any training."""
    layer, want = make(t, 3, eps=0.2)
    state(t, layer, want)
    layer.call("eval")
    evaluate(t, layer, want, data(t, 4, 3))


def test_running_statistics(t):
    """Running statistics over five batches of different sizes."""
    layer, want = make(t, 3, momentum=0.3)
    for n in (2, 5, 3, 8, 4):
        train(t, layer, want, data(t, n, 3))
        state(t, layer, want)


def test_default_momentum(t):
    """Running statistics with the default momentum."""
    layer, want = make(t, 4)
    for n in (3, 6):
        train(t, layer, want, data(t, n, 4))
    state(t, layer, want)


def test_evaluation_leaves_the_state(t):
    """Evaluation uses the running statistics and does not change them."""
    layer, want = make(t, 3, momentum=0.4, eps=0.1)
    for _ in range(3):
        train(t, layer, want, data(t, 4, 3))
    layer.call("eval")
    for n in (1, 5, 2):
        evaluate(t, layer, want, 10 + data(t, n, 3))
        state(t, layer, want)


def test_back_to_training(t):
    """Modes switched to and fro."""
    layer, want = make(t, 2, momentum=0.25)
    train(t, layer, want, data(t, 3, 2))
    layer.call("eval")
    evaluate(t, layer, want, data(t, 2, 2))
    layer.call("train")
    train(t, layer, want, data(t, 6, 2))
    state(t, layer, want)
    layer.call("eval")
    evaluate(t, layer, want, data(t, 1, 2))


def test_two_layers(t):
    """Two layers do not share their state."""
    (one, want_one), (two, want_two) = make(t, 3), make(t, 3, momentum=0.5)
    train(t, one, want_one, data(t, 4, 3))
    train(t, two, want_two, data(t, 5, 3))
    two.call("eval")
    train(t, one, want_one, data(t, 4, 3))
    evaluate(t, two, want_two, data(t, 2, 3))
    state(t, one, want_one)
    state(t, two, want_two)


def test_constant_feature(t):
    """A feature that is the same in the whole batch."""
    layer, want = make(t, 3)
    x = data(t, 4, 3)
    x[:, 1] = 3.0
    train(t, layer, want, x)
    state(t, layer, want)


def test_large_mean(t):
    """Features with a mean of a million and a variance near one."""
    layer, want = make(t, 3, momentum=0.5)
    x = 1e6 + t.rng.normal(size=(6, 3))
    train(t, layer, want, x, rtol=1e-6)
    state(t, layer, want, rtol=1e-6)


def test_float32(t):
    """float32 in, right to float32 precision, and what PyTorch needs to train and save the layer."""
    layer, want = make(t, 4, np.float32, momentum=0.2)
    y = train(t, layer, want, data(t, 6, 4, np.float32), rtol=1e-4)
    state(t, layer, want, rtol=1e-4)
    if t.framework.value == "torch":
        t.check(y.requires_grad, "the output does not require a gradient: `gamma` and `beta` must be nn.Parameters")
        saved = layer.call("state_dict")
        missing = {"gamma", "beta", "running_mean", "running_var"} - set(saved)
        t.check(not missing, f"the state_dict lacks {', '.join(sorted(missing))}")
        t.check(not saved["running_mean"].requires_grad, "the running statistics are parameters; they must be buffers")


def test_gradient(t):
    """In PyTorch, the gradient for x in training mode, and running statistics that keep no graph."""
    if t.framework.value != "torch":
        layer, want = make(t, 4, eps=0.05)
        train(t, layer, want, data(t, 3, 4))
        return
    layer, want = make(t, 3, eps=0.05)
    x, c = data(t, 5, 3), t.rng.normal(size=(5, 3))
    (got,) = t.gradients("BatchNorm.forward", layer, x, wrt=(1,), cotangent=c)
    slope = t.numeric_gradient(lambda v: float((c * want.train(v)).sum()), x)
    t.close(got, slope, rtol=1e-5, scale=1.0, what="the gradient for x in training mode")
    for name in ("running_mean", "running_var"):
        kept = layer.get(name).requires_grad
        t.check(not kept, f"{name} requires a gradient after a training step: it keeps the graph of every batch alive")


def test_other_memory_layouts(t):
    """Fortran order, strided and reversed arrays."""
    for array in t.layouts(data(t, 5, 4)).values():
        layer, want = make(t, 4)
        train(t, layer, want, array)
