"""The report is compared with the service, and the service with a service written here."""

import numpy as np


def plants(rng, n, shift=0.0):
    z = rng.normal(size=(n, 6))
    effect = np.array([1.0, 1.0, -1.0, 0.7, 0.0, -0.4])
    y = (2 * z @ effect + 0.5 * rng.normal(size=n) > 0).astype(float)
    scale = np.array([50.0, 3.0, 400.0, 10.0, 1.0, 0.2])
    return scale * (5 + z + shift * np.sign(effect)), y


def expected(x_train, y_train, x):
    """The specified model: training statistics, logistic regression."""
    mean, std = x_train.mean(axis=0), x_train.std(axis=0) + 1e-8
    z, w, b = (x_train - mean) / std, np.zeros(x_train.shape[1]), 0.0
    for _ in range(300):
        error = 1 / (1 + np.exp(-(z @ w + b))) - y_train
        w, b = w - 0.5 * (z.T @ error / len(z) + 1e-3 * w), b - 0.5 * error.mean()
    return 1 / (1 + np.exp(-((x - mean) / std @ w + b)))


def served(t, x_train, y_train, rows):
    return np.array([t.call("serve", x_train, y_train, row) for row in rows])


def symptom_two_figures(t):
    """The accuracy by the report and by the service, on the same rows."""
    x, y = t.call("make_data", 0)
    new, truth = t.call("make_data", 1, 150, True)
    old, old_truth = t.call("make_data", 2, 150)
    figures = {
        "report, last month": t.call("report", x, y, old, old_truth)["accuracy"],
        "service, last month": float(((served(t, x, y, old) > 0.5) == (old_truth > 0.5)).mean()),
        "report, this month": t.call("report", x, y, new, truth)["accuracy"],
        "service, this month": float(((served(t, x, y, new) > 0.5) == (truth > 0.5)).mean()),
    }
    t.bars("Accuracy", figures)
    t.check(figures["report, this month"] - figures["service, this month"] > 0.12, "report and service agree")


def probe_inputs(t):
    x, _ = t.call("make_data", 0)
    new, _ = t.call("make_data", 1, 150, True)
    rows = [x.mean(axis=0), new.mean(axis=0), x.std(axis=0), new.std(axis=0)]
    t.matrix("Bands", rows, rows=["mean, training", "mean, this month", "std, training", "std, this month"])


def probe_by_size(t):
    x, y = t.call("make_data", 0)
    new, truth = t.call("make_data", 1, 300, True)
    sizes = (2, 5, 20, 100, 300)
    t.bars("Reported accuracy", {f"{n} rows": t.call("report", x, y, new[:n], truth[:n])["accuracy"] for n in sizes})


def probe_one_row(t):
    x, y = t.call("make_data", 0)
    new, truth = t.call("make_data", 1, 150, True)
    both = np.column_stack([t.call("report", x, y, new, truth)["probabilities"][:8], served(t, x, y, new[:8])])
    t.matrix("Probabilities", both, columns=["report", "service"], row_label="row")


def probe_strange_rows(t):
    x, y = t.call("make_data", 0)
    new, truth = t.call("make_data", 1, 150, True)
    longer = np.vstack([new, new[:40] + 200])
    after = t.call("report", x, y, longer, np.append(truth, truth[:40]))["probabilities"][:5]
    before = t.call("report", x, y, new, truth)["probabilities"][:5]
    t.matrix("Probabilities", np.column_stack([before, after]), columns=["before", "after"], row_label="row")


def example_report_and_service_agree(t):
    """On the script's own data, report and service give the same probabilities."""
    x, y = t.call("make_data", 3)
    new, truth = t.call("make_data", 4, 40, True)
    got = np.asarray(t.call("report", x, y, new, truth)["probabilities"])
    worst = np.abs(got - served(t, x, y, new)).max()
    t.check(worst < 1e-6, f"a probability differs by {worst:.3f}")


def test_the_report_agrees_with_the_specified_service(t):
    """The report's probabilities are those of the model with training statistics, shifted or not."""
    for shift in (0.0, 1.0, -0.6):
        (x, y), (new, truth) = plants(t.rng, 250), plants(t.rng, 60, shift)
        got = np.asarray(t.call("report", x, y, new, truth)["probabilities"])
        t.check(np.abs(got - expected(x, y, new)).max() < 1e-3, "the report is not that of the specified model")


def test_the_service_is_as_it_was(t):
    """The service returns what it returned before."""
    (x, y), (new, _) = plants(t.rng, 250), plants(t.rng, 8, 0.8)
    t.check(np.abs(served(t, x, y, new) - expected(x, y, new)).max() < 1e-3, "the service returns something else")


def test_rows_do_not_depend_on_the_file(t):
    """A row has the same probability in any file, even alone."""
    (x, y), (new, truth) = plants(t.rng, 200), plants(t.rng, 50, 0.5)
    whole = np.asarray(t.call("report", x, y, new, truth)["probabilities"])
    alone = np.asarray(t.call("report", x, y, new[:1], truth[:1])["probabilities"])
    strange = np.asarray(t.call("report", x, y, np.vstack([new, 3 * new]), np.append(truth, truth))["probabilities"])
    t.check(abs(alone[0] - whole[0]) < 1e-6, "a row alone has another probability than in the file")
    t.check(np.abs(strange[:50] - whole).max() < 1e-6, "strange rows change the probabilities of the others")


def test_the_accuracy_is_the_accuracy(t):
    """The accuracy is that of the returned probabilities; without a shift it is high, with one it is not."""
    x, y = plants(t.rng, 300)
    figures = {}
    for shift in (0.0, 1.2):
        new, truth = plants(t.rng, 400, shift)
        got = t.call("report", x, y, new, truth)
        own = float(((np.asarray(got["probabilities"]) > 0.5) == (truth > 0.5)).mean())
        t.check(abs(got["accuracy"] - own) < 1e-9, f"reports {got['accuracy']:.3f}, it is {own:.3f}")
        figures[shift] = got["accuracy"]
    t.check(figures[0.0] > 0.88, f"without a shift the accuracy is {figures[0.0]:.2f}")
    t.check(figures[1.2] < 0.85, f"with a strong shift the report still says {figures[1.2]:.2f}")
