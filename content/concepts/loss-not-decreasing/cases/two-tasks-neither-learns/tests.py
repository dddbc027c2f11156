"""What the script does is measured on machines that are made here."""

import numpy as np


def machines(rng, n):
    kind = rng.permutation(np.arange(n) % 3)
    x = 1.3 * rng.normal(size=(3, 8))[kind] + 0.5 * rng.normal(size=(n, 8))
    warmth = x @ np.array([0.5, -0.5, 0.4, 0, 0, 0, 0.3, 0])
    warmth = (warmth - warmth.mean()) / warmth.std()
    return x.astype(np.float32), kind, (warmth + 0.05 * rng.normal(size=n)).astype(np.float32)


def symptom_both_flat(t):
    """Both losses after each epoch."""
    data = t.call("make_data", 0)
    got = t.call("train", *data, data[0], 0)
    t.curves("Training losses", {"kind": got["kind_losses"], "warmth": got["warmth_losses"]})
    t.check(np.ptp(got["kind_losses"]) < 1e-6 and np.ptp(got["warmth_losses"]) < 1e-6, "a loss changes")


def probe_gradient_norms(t):
    t.bars("Gradient norm after one backward pass", t.call("gradient_norms", *t.call("make_data", 0), 0))


def probe_inputs(t):
    x, kind, warmth = t.call("make_data", 0)
    both = np.column_stack([x, warmth])
    t.matrix("Sensors and warmth", [both.mean(axis=0), both.std(axis=0)], rows=["mean", "std"])
    t.bars("Machines of each kind", {f"kind {k}": float((kind == k).sum()) for k in range(3)})


def probe_parts(t):
    data = t.call("make_data", 0)
    got = t.call("train", *data, data[0], 0)
    t.curves("Total and parts", {k: got[k] for k in ("losses", "kind_losses", "warmth_losses")})


def probe_total(t):
    names = t.call("origin_of_total", *t.call("make_data", 0), 0)
    t.log("How the total was made", "total\n" + "\n".join(f"  <- {name}" for name in names))


def example_both_losses_fall(t):
    """On the script's own data both losses fall to less than a half."""
    data = t.call("make_data", 3)
    got = t.call("train", *data, data[0], 3)
    for name in ("kind_losses", "warmth_losses"):
        first, last = got[name][0], got[name][-1]
        t.check(last < 0.3, f"{name} goes from {first:.3f} to {last:.3f}")


def test_both_tasks_are_learned(t):
    """New machines are judged rightly in both respects, for several seeds."""
    for seed in (0, 1):
        x, kind, warmth = machines(t.rng, 500)
        got = t.call("train", x[:256], kind[:256], warmth[:256], x[256:], seed)
        right = (np.asarray(got["probabilities"]).argmax(axis=1) == kind[256:]).mean()
        error = float(np.mean((np.asarray(got["warmth"]) - warmth[256:]) ** 2))
        t.check(right > 0.85, f"{right:.2f} of the new kinds are right")
        t.check(error < 0.25, f"the squared error of the new warmths is {error:.2f}")


def test_the_weight_counts(t):
    """With weight 0 the warmth is not learned, with a larger weight it is, and the total follows the formula."""
    x, kind, warmth = machines(t.rng, 256)
    last = {}
    for weight in (0.0, 0.5):
        got = t.call("train", x, kind, warmth, x, 4, 30, 0.05, weight)
        total = np.array(got["kind_losses"]) + weight * np.array(got["warmth_losses"])
        t.check(np.abs(total - got["losses"]).max() < 1e-4, "the total is not kind + weight * warmth")
        t.check(got["kind_losses"][-1] < 0.6, "the kind is not learned")
        last[weight] = got["warmth_losses"][-1]
    t.check(last[0.5] < 0.3, f"with the weight 0.5 the warmth is not learned ({last[0.5]:.2f})")
    t.check(last[0.0] > 0.5, f"with the weight 0 the warmth is learned all the same ({last[0.0]:.2f})")


def test_the_losses_are_the_losses(t):
    """The reported losses are those of what is returned."""
    x, kind, warmth = machines(t.rng, 200)
    got = t.call("train", x, kind, warmth, x, 5, 6)
    t.check(len(got["losses"]) == 6, "there is not one loss for each epoch")
    p = np.asarray(got["probabilities"], dtype=np.float64)
    own = (
        -np.log(np.clip(p[np.arange(200), kind], 1e-12, None)).mean(),
        np.mean((np.asarray(got["warmth"]) - warmth) ** 2),
    )
    for name, value in zip(("kind_losses", "warmth_losses"), own, strict=True):
        t.check(abs(got[name][-1] - value) < 1e-3 * (1 + value), f"{name}: {got[name][-1]:.4f}, it is {value:.4f}")


def test_the_first_step_follows_the_total(t):
    """One small step lowers the total, and twice the rate moves the predictions twice as far."""
    x, kind, warmth = machines(t.rng, 64)
    zero, one, two = (t.call("train", x, kind, warmth, x, 6, 1, lr, 2.0) for lr in (0.0, 1e-3, 2e-3))
    t.check(one["losses"][-1] < zero["losses"][-1] - 1e-6, "a step does not lower the total")
    for name in ("probabilities", "warmth"):
        a, b, c = (np.asarray(got[name], dtype=np.float64) for got in (zero, one, two))
        t.check(np.abs((c - a) - 2 * (b - a)).max() < 0.1 * np.abs(b - a).max(), "the step is not the gradient's")
