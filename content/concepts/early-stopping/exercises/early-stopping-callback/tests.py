"""Oracle: the definition applied to the whole history after every epoch."""

import math

import numpy as np


def best_of(metrics, min_delta, mode):
    """Index of the best epoch by the definition, and the number of epochs since; (None, all) if there is none."""
    sign = 1 if mode == "min" else -1
    best = None
    for i, m in enumerate(metrics):
        if not math.isnan(m) and (best is None or sign * (metrics[best] - m) > min_delta):
            best = i
    return best, len(metrics) if best is None else len(metrics) - 1 - best


def weights(t):
    return {"w": t.rng.normal(size=(2, 3)), "b": t.rng.normal(size=3)}


def run(t, metrics, patience=None, min_delta=None, mode=None):
    """Every epoch judged, up to the one that stops."""
    given = {"patience": patience, "min_delta": min_delta, "mode": mode}
    stopper = t.new("EarlyStopping", **{k: v for k, v in given.items() if v is not None})
    patience, min_delta, mode = patience or 5, min_delta or 0.0, mode or "min"
    check(t, stopper, None, [], [])
    seen, history = [], []
    for metric in metrics:
        seen.append(float(metric))
        history.append(weights(t))
        best, since = best_of(seen, min_delta, mode)
        stop = stopper.call("step", seen[-1], history[-1])
        t.equal(stop, since >= patience, what=f"step in epoch {len(seen) - 1} (metrics {[round(m, 4) for m in seen]})")
        check(t, stopper, best, seen, history)
        if since >= patience:
            return len(seen)
    return None


def check(t, stopper, best, seen, history):
    for name, want in (
        ("best_metric", None if best is None else seen[best]),
        ("best_epoch", best),
        ("best_weights", None if best is None else history[best]),
    ):
        t.close(stopper.get(name), want, what=f"{name} after {len(seen)} epochs")


def noisy(t, values):
    """The values shifted a little; distances between them stay clear of any threshold."""
    return (np.array(values) + t.rng.uniform(-0.001, 0.001, size=len(values))) * 1.0


def example_stops(t):
    """Patience 2: the third epoch is the best."""
    run(t, [1.0, 0.8, 0.7, 0.9, 0.75], patience=2)


def example_goes_on(t):
    """Patience 3: an improvement comes in time."""
    run(t, [1.0, 1.2, 1.1, 0.9, 0.95], patience=3)


def test_counts_in_a_row(t):
    """Only epochs in a row count, and an improvement starts the count anew."""
    stopped = run(t, noisy(t, [5, 6, 4, 5, 3, 5, 2, 4, 5, 6, 1]), patience=3)
    t.check(stopped == 10, f"training stopped after {stopped} epochs; wanted 10")


def test_each_patience(t):
    """Several values of patience, the smallest too."""
    for patience in (1, 2, 4, 7):
        run(t, noisy(t, [3, 2, *t.rng.uniform(2.5, 4, size=10)]), patience=patience)


def test_default_options(t):
    """The default patience, with nothing else given."""
    run(t, noisy(t, [3, 2, 4, 5, 6, 7, 8, 9, 10]))
    run(t, noisy(t, [3, 2, 1.9, 1.8, 4, 5, 6, 7, 1.7]))


def test_larger_is_better(t):
    """mode="max"."""
    run(t, noisy(t, [0.2, 0.5, 0.4, 0.6, 0.7, 0.1, 0.65, 0.3]), patience=3, mode="max")
    run(t, noisy(t, [-5, -3, -4, -2, -6, -7]), patience=2, mode="max")


def test_least_difference(t):
    """min_delta: too small a gain is none, but small gains add up against the best."""
    run(t, noisy(t, [1.0, 0.95, 0.9, 0.85, 0.8, 0.75, 0.7, 0.68, 0.66, 0.65, 0.64]), patience=4, min_delta=0.12)
    run(t, noisy(t, [1.0, 0.95, 0.9, 0.85, 0.8]), patience=2, min_delta=0.12)
    run(t, noisy(t, [0.1, 0.15, 0.2, 0.25, 0.3, 0.32, 0.34, 0.35]), patience=3, min_delta=0.12, mode="max")


def test_exactly_the_least_difference(t):
    """A gain of exactly min_delta, or of nothing, is no improvement."""
    start = float(t.rng.integers(5, 9))
    run(t, [start, start - 0.5, start - 0.5, start - 0.75, start - 1.5], patience=4, min_delta=0.5)
    run(t, [start, start, start, start], patience=3)
    run(t, [start, start + 0.5, start + 0.5, start + 1.5], patience=4, min_delta=0.5, mode="max")


def test_negative_and_zero_metrics(t):
    """Metrics around and below zero, and exactly zero as the best."""
    run(t, [0.0, *noisy(t, [1, 2, -1, -3, -2, -2.5])], patience=3)
    run(t, [1.0, 0.0, *noisy(t, [0.5, 0.25, 0.75])], patience=2)
    run(t, [0.0, *noisy(t, [-1, -2, -3])], patience=2, mode="max")


def test_not_a_number(t):
    """NaN is never an improvement, not even as the first metric."""
    nan = math.nan
    run(t, [nan, *noisy(t, [3, 2]), nan, nan, *noisy(t, [1, 2]), nan, nan], patience=3)
    run(t, [nan, nan], patience=2)
    run(t, [nan, *noisy(t, [1, 2]), nan, 3.0], patience=2, mode="max")


def test_weights_are_copied(t):
    """The best weights stay when the loop goes on changing its arrays in place."""
    live = t.live_array((2, 3))
    stopper = t.new("EarlyStopping", patience=3)
    best = None
    for metric in (2.0, 1.0, 1.5, 1.2):
        value = float(t.rng.normal())
        live.call("fill", value)
        stopper.call("step", metric, {"w": live})
        best = value if metric in (2.0, 1.0) else best
        live.call("fill", value + 100.0)
        t.close(stopper.get("best_weights"), {"w": np.full((2, 3), best)}, what="best_weights")


def test_two_callbacks(t):
    """Two callbacks do not share their state."""
    one, two = t.new("EarlyStopping", patience=2), t.new("EarlyStopping", patience=3, mode="max")
    seen, history = [], []
    for metric in noisy(t, [3, 2, 4]):
        seen.append(float(metric))
        history.append(weights(t))
        for stopper, mode in ((one, "min"), (two, "max")):
            t.equal(stopper.call("step", seen[-1], history[-1]), False, what="step")
            check(t, stopper, best_of(seen, 0.0, mode)[0], seen, history)
    t.equal(one.call("step", 5.0, weights(t)), True, what="step")


def test_goes_on_after_a_stop(t):
    """A loop that goes on although it was told to stop."""
    for mode in ("min", "max"):
        stopper = t.new("EarlyStopping", patience=2, mode=mode)
        seen, history = [], []
        for metric in noisy(t, [3, 5, 1, 3, 2, 1.5, 2.5, 6, 0.5, 3, 2, 2.5]):
            seen.append(float(metric))
            history.append(weights(t))
            best, since = best_of(seen, 0.0, mode)
            stop = stopper.call("step", seen[-1], history[-1])
            t.equal(stop, since >= 2, what=f"step in epoch {len(seen) - 1} (metrics {[round(m, 4) for m in seen]})")
            check(t, stopper, best, seen, history)


def test_refuses(t):
    """An unknown mode is refused."""
    for mode in ("least", "", "MIN", "minimum"):
        t.new_raises("EarlyStopping", mode=mode)
