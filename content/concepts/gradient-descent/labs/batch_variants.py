"""Is stochastic gradient descent with one sample the fast one?

One small network learns to read digits by full-batch, mini-batch and single-sample gradient descent, and the loss over
the whole training set is compared when all three have seen the same number of samples, and when all three have used the
same processor time. "Fast" is taken to mean time; what single samples save in samples is a claim of its own, split off
after a first look at the results. Both runs are short. Every variant may choose among four learning rates the one that
ends lowest.

What would change the outcome: a graphics processor, where a batch of 32 takes hardly longer than one sample and single
samples fall back further; a program without the overhead of Python at each step, where they catch up; a longer or a
tiny time limit. On time, each machine answers for itself: the margins here are wide.
"""

from time import thread_time

import numpy as np
from sklearn.datasets import load_digits

ARMS = {
    "full": "each step uses the whole training set",
    "mini": "each step uses a small random batch",
    "single": "each step uses one random sample",
}
MEASURES = {
    "loss": {
        "says": "cross-entropy of the training set",
        "unit": "nats",
        "better": "lower",
        "log": True,
        "timing": True,
    },
}
CONDITIONS = ["equal samples", "equal time"]
AXIS = "what the variants have in common"
PARAMETERS = {
    "epochs": {"says": "passes over the training set at equal samples", "default": 3, "low": 1, "high": 20},
    "time": {"says": "processor time at equal time", "unit": "ms", "default": 60, "low": 20, "high": 300},
    "batch": {"says": "samples in a mini-batch", "default": 32, "low": 2, "high": 256},
}
CLAIMS = {
    "single-is-fast": {
        "says": "Single samples are the fast variant: at equal time they end at 0.8 of the mini-batches' loss or less.",
        "test": "loss: single < mini / 1.25",
        "conditions": ["equal time"],
    },
    "single-saves-samples": {
        "says": "For the same number of samples seen, single samples end at most at 0.8 of the mini-batches' loss.",
        "test": "loss: single < mini / 1.25",
        "conditions": ["equal samples"],
    },
    "mini-beats-full": {
        "says": "Mini-batches end with at most half the loss of full batches, at equal samples and at equal time.",
        "test": "loss: mini < full / 2",
    },
    "mini-beats-single-in-time": {
        "says": "At equal time, mini-batches end with at most 0.8 of the loss of single samples.",
        "test": "loss: mini < single / 1.25",
        "conditions": ["equal time"],
    },
}
SOURCES = ["gbc-8", "bottou-2018"]
BUDGET_S = 15

IMAGES, LABELS = load_digits(return_X_y=True)
IMAGES = (IMAGES / 16 - 0.3).astype(np.float32)
SIZE, WIDTH = 1000, 32
RATES = {"full": (0.1, 0.3, 1.0, 3.0), "mini": (0.03, 0.1, 0.3, 1.0), "single": (0.003, 0.01, 0.03, 0.1)}


def measure(seed, epochs, time, batch):
    """Loss of each variant at its best rate, at equal samples and at equal time."""
    sizes = {"full": SIZE, "mini": int(batch), "single": 1}
    found = {condition: {} for condition in CONDITIONS}
    for arm, size in sizes.items():
        runs = [descend(seed, size, rate, samples=epochs * SIZE)[-1][1] for rate in RATES[arm]]
        found["equal samples"][arm] = {"loss": min(runs)}
        runs = [descend(seed, size, rate, seconds=time / 1000)[-1][1] for rate in RATES[arm]]
        found["equal time"][arm] = {"loss": min(runs)}
    return found


def illustrate(seed, epochs, time, batch):
    """Loss against samples seen, each variant at its best rate."""
    marks = np.linspace(0, epochs * SIZE, 10 * int(epochs) + 1)
    lines = {}
    for arm, size in {"full": SIZE, "mini": int(batch), "single": 1}.items():
        runs = [descend(seed, size, rate, samples=epochs * SIZE, marks=marks) for rate in RATES[arm]]
        best = np.array(min(runs, key=lambda run: run[-1][1]))  # (moment, samples and loss)
        lines[arm] = np.interp(marks, best[:, 0], best[:, 1]).tolist()
    x_label, y_label, title = "samples seen", "cross-entropy of the training set (nats)", "Loss by samples seen"
    return [
        {"kind": "curves", "title": title, "x_label": x_label, "y_label": y_label, "x": marks.tolist(), "lines": lines}
    ]


def descend(seed, size, rate, samples=np.inf, seconds=np.inf, marks=()):
    """Gradient descent until the samples or the time are used up; the loss at the end, and where marks are passed."""
    rng = np.random.default_rng(seed)
    rows = rng.permutation(len(IMAGES))[:SIZE]
    x, y = IMAGES[rows], np.eye(10, dtype=np.float32)[LABELS[rows]]
    w1 = rng.normal(0, (2 / 64) ** 0.5, (64, WIDTH)).astype(np.float32)
    w2 = rng.normal(0, (1 / WIDTH) ** 0.5, (WIDTH, 10)).astype(np.float32)
    b1, b2 = np.zeros(WIDTH, np.float32), np.zeros(10, np.float32)
    order = np.concatenate([rng.permutation(SIZE) for _ in range(40)])  # shuffled anew for every pass
    seen, passed, history, start = 0, 0, [], thread_time()

    def loss():
        logits = np.maximum(x @ w1 + b1, 0) @ w2 + b2
        top = logits.max(axis=1, keepdims=True)
        value = np.log(np.exp(logits - top).sum(axis=1)) + top[:, 0] - (logits * y).sum(axis=1)
        return float(value.mean())

    while seen < samples and thread_time() - start < seconds:
        if passed < len(marks) and seen >= marks[passed]:
            history.append((seen, loss()))
            passed += 1
        batch = order[seen % len(order) :][:size]
        h = np.maximum(x[batch] @ w1 + b1, 0)
        logits = h @ w2 + b2
        odds = np.exp(logits - logits.max(axis=1, keepdims=True))
        error = (odds / odds.sum(axis=1, keepdims=True) - y[batch]) / len(batch)  # gradient by the logits
        back = (error @ w2.T) * (h > 0)
        w2 -= rate * h.T @ error
        b2 -= rate * error.sum(axis=0)
        w1 -= rate * x[batch].T @ back
        b1 -= rate * back.sum(axis=0)
        seen += len(batch)
    return [*history, (seen, loss())]
