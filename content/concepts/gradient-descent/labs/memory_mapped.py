"""Can one train on a file that is larger than the memory one may use?

A classification set is written to a file in a temporary folder, sorted by class as exports often are. A linear
classifier makes one pass over it with mini-batches: from an array that was loaded whole; from a memory map, of which
each batch copies only its own rows; from the map but in the order of the file; and from a random tenth of the rows,
loaded. We measure the most memory that Python held at once, against the size of the file, and the test accuracy. File
and memory are small so that it takes a second; only their ratio matters.

What would change the outcome: a network whose own activations outgrow the batch; very small files; a slow disk, where
random rows cost time and one would shuffle whole blocks instead. The labels are held in memory by every arm and are not
counted. Pages that the operating system keeps of the mapped file are its cache: it gives them back when memory is
short, and they are not counted here.
"""

import tempfile
import tracemalloc
from pathlib import Path

import numpy as np

ARMS = {
    "loaded": "the whole file in memory, shuffled batches",
    "mapped": "the file memory-mapped, the same shuffled batches",
    "in-order": "the file memory-mapped, batches in the order of the file",
    "sample": "a random tenth of the rows, loaded, ten passes",
}
MEASURES = {
    "memory": {
        "says": "most memory held, against the size of the file",
        "unit": "%",
        "better": "lower",
        "timing": True,
    },
    "accuracy": {"says": "accuracy on test rows", "unit": "%", "better": "higher"},
}
PARAMETERS = {
    "rows": {"says": "rows of the file", "default": 40000, "low": 5000, "high": 100000},
    "batch": {"says": "rows in a batch", "default": 64, "low": 16, "high": 512},
}
CLAIMS = {
    "must-fit-in-memory": {
        "says": "The training set has to fit in memory: without that, training needs over half of its size.",
        "test": "memory: mapped > 50",
        "check": "memory: loaded > 95",
    },
    "same-result": {
        "says": "Training from a memory map ends in the same accuracy as training from memory, within 0.01 points.",
        "test": "accuracy: mapped == loaded +- 0.01",
    },
    "a-sample-will-do": {
        "says": "A tenth of the rows that fits into memory does as well as the whole file, within half a point.",
        "test": "accuracy: sample == mapped +- 0.5",
    },
    "order-matters": {
        "says": "Reading the sorted file in its own order costs at least 5 points of accuracy.",
        "test": "accuracy: in-order < mapped - 5",
    },
}
SOURCES = ["gbc-5", "gbc-8"]
BUDGET_S = 10

FEATURES, CLASSES, RATE = 64, 10, 0.2


def measure(seed, rows, batch):
    """Memory and accuracy of each way to read the file. The folder and its file are removed at the end."""
    rows, batch = int(rows), int(batch)
    with tempfile.TemporaryDirectory() as folder:
        rng, path = np.random.default_rng(seed), Path(folder) / "data.npy"
        means = 0.25 * rng.normal(size=(CLASSES, FEATURES))
        labels = np.sort(rng.integers(0, CLASSES, rows))
        np.save(path, (means[labels] + rng.normal(size=(rows, FEATURES))).astype(np.float32))
        y_test = rng.integers(0, CLASSES, 5000)
        x_test = means[y_test] + rng.normal(size=(5000, FEATURES))
        found = {}
        for arm in ARMS:
            tracemalloc.start()
            weights = train(arm, path, labels, batch, np.random.default_rng(seed))
            peak = tracemalloc.get_traced_memory()[1]
            tracemalloc.stop()
            right = (x_test @ weights[:-1] + weights[-1]).argmax(axis=1) == y_test
            found[arm] = {"memory": 100 * peak / path.stat().st_size, "accuracy": 100 * right.mean()}
    return found


def train(arm, path, labels, batch, rng):
    """Mini-batch descent on softmax regression, as many updates for every arm; the rate falls to zero."""
    x = np.load(path, mmap_mode=None if arm == "loaded" else "r")  # nothing is read yet where it is mapped
    order = np.arange(len(x)) if arm == "in-order" else rng.permutation(len(x)).astype(np.int32)
    if arm == "sample":
        kept = np.sort(order[: len(x) // 10])
        x, labels = x[kept], labels[kept]
        order = np.concatenate([rng.permutation(len(x)) for _ in range(10)]).astype(np.int32)
    weights, steps = np.zeros((FEATURES + 1, CLASSES), np.float32), len(order) // batch
    for step in range(steps):
        rows = order[step * batch : (step + 1) * batch]
        inputs = np.column_stack([x[rows], np.ones(len(rows), np.float32)])  # copies these rows and no others
        logits = inputs @ weights
        odds = np.exp(logits - logits.max(axis=1, keepdims=True))
        error = odds / odds.sum(axis=1, keepdims=True)
        error[np.arange(len(rows)), labels[rows]] -= 1
        weights -= RATE * (1 - step / steps) * inputs.T @ error / len(rows)
    return weights
