"""Why are matrix products fast, and is the number of operations what counts?

The same product of two square matrices is computed by a loop in plain Python, by one product of matrix and vector for
each column, and by a single call, in double and in single precision. Beside them stands an elementwise product of two
long arrays. For each we count the arithmetic operations and divide by the processor time of the fastest of five tries.
What differs is how often a number that was fetched from memory is used: in a matrix product of size n it takes part in
n multiplications, in an elementwise product in one. This ratio is called arithmetic intensity.

What would change the outcome: matrices so small that the call itself costs more than the work (try size 16), arrays
that fit into the processor's cache, another library behind NumPy, or another kind of processor, such as a GPU.
"""

import time

import numpy as np

ARMS = {
    "python": "three nested loops in Python",
    "vectors": "one matrix-vector product for each column",
    "product": "one matrix product",
    "single": "one matrix product in single precision",
    "elementwise": "elementwise product of two long arrays",
}
MEASURES = {
    "speed": {
        "says": "arithmetic operations per second",
        "unit": "1/s",
        "log": True,
        "timing": True,
        "better": "higher",
    },
    "intensity": {"says": "operations per number moved", "log": True, "better": "higher"},
}
PARAMETERS = {
    "size": {"says": "rows and columns of the matrices", "default": 384, "low": 16, "high": 768},
    "length": {"says": "length of the arrays", "unit": "million", "default": 4.0, "low": 0.001, "high": 8},
}
CLAIMS = {
    "vectorised": {
        "says": "A vectorised matrix product is at least 100 times as fast as a loop in Python.",
        "test": "speed: product > python * 100",
    },
    "batched": {
        "says": "One product for a whole batch is at least twice as fast as one matrix-vector product per example.",
        "test": "speed: product > vectors * 2",
    },
    "operations-count": {
        "says": "The number of operations decides how long vectorised code takes: an elementwise product makes as many "
        "per second as a matrix product, to within a factor of 2.",
        "test": "speed: elementwise == product */ 2",
    },
    "single-precision": {
        "says": "Single instead of double precision makes a matrix product at least 1.5 times as fast.",
        "test": "speed: single > product * 1.5",
    },
}
SOURCES = ["williams-2009"]
BUDGET_S = 10


def measure(seed, size, length):
    """Operations per second and operations per number moved, for each arm."""
    rng = np.random.default_rng(seed)
    a, b = rng.standard_normal((2, size, size))
    a32, b32 = a.astype(np.float32), b.astype(np.float32)
    u, v = rng.standard_normal((2, int(length * 1e6)))
    out = np.empty_like(u)
    rows = max(1, 4096 // size)  # the loop computes a few entries of some rows: the whole would take minutes
    part, columns = a[:rows].tolist(), b.T[:16].tolist()
    full = 2 * size**3  # multiplications and additions
    runs = {
        "python": (2 * size * rows * 16, lambda: loop(part, columns)),
        "vectors": (full, lambda: np.stack([a @ column for column in b.T], axis=1)),
        "product": (full, lambda: a @ b),
        "single": (full, lambda: a32 @ b32),
        "elementwise": (len(u), lambda: np.multiply(u, v, out=out)),
    }
    moved = {"elementwise": 3 * len(u), "vectors": size**3, "python": size * rows * 16}
    return {
        arm: {"speed": operations / seconds(run), "intensity": operations / moved.get(arm, 3 * size**2)}
        for arm, (operations, run) in runs.items()
    }


def illustrate(seed, size, length):
    """Operations per second of the matrix product by its size."""
    rng = np.random.default_rng(seed)
    sizes = [8, 16, 32, 64, 128, 256, 512]
    lines = {"one matrix product": [], "one matrix-vector product per column": []}
    for n in sizes:
        a, b = rng.standard_normal((2, n, n))
        lines["one matrix product"].append(2 * n**3 / seconds(lambda a=a, b=b: a @ b) / 1e9)
        columns = seconds(lambda a=a, b=b: [a @ column for column in b.T])
        lines["one matrix-vector product per column"].append(2 * n**3 / columns / 1e9)
    title, x_label, y_label = "Speed by size of the matrices", "log2 of the size", "billion operations per second"
    figure = {"kind": "curves", "title": title, "x_label": x_label, "y_label": y_label, "log_y": True}
    return [figure | {"x": np.log2(sizes).tolist(), "lines": lines}]


def loop(rows, columns):
    """What a matrix product does, without any library."""
    result = []
    for row in rows:
        for column in columns:
            total = 0.0
            for x, y in zip(row, column, strict=True):
                total += x * y
            result.append(total)
    return result


def seconds(run):
    """Processor seconds of one run: the least of five tries, each long enough for the clock."""
    repeats, taken = 1, 0.0
    while taken < 0.005:
        repeats *= 2
        taken = clocked(run, repeats)
    return min(clocked(run, repeats) for _ in range(5)) / repeats


def clocked(run, repeats):
    """Processor seconds of so many runs, whatever else the machine is doing."""
    start = time.process_time()
    for _ in range(repeats):
        run()
    return time.process_time() - start
