"""Cross-validation is followed step by step, on patients that are made here."""

import numpy as np


def recordings(rng, n_patients=40, effect=0.0, per_patient=(3, 7)):
    counts = rng.integers(*per_patient, size=n_patients)
    names = rng.permutation(10_000)[:n_patients] - 3000
    ill = rng.permutation(np.arange(n_patients) % 2)
    person = 2 * rng.normal(size=(n_patients, 6))
    person[:, 0] += effect * (2 * ill - 1)
    member = rng.permutation(np.repeat(np.arange(n_patients), counts))
    return person[member] + 0.2 * rng.normal(size=(len(member), 6)), ill[member], names[member]


def nearest(x_train, y_train, x_test):
    return y_train[((x_test[:, None] - x_train[None]) ** 2).sum(axis=2).argmin(axis=1)]


def symptom_too_good(t):
    """The estimate, and the accuracy on patients who came in afterwards."""
    figures = []
    for seed in range(4):
        x, y, patients = t.call("make_data", seed, 100)
        old = patients < 1050
        estimate = t.call("cross_validate", x[old], y[old], patients[old], 5, seed)["accuracy"]
        new = float((np.asarray(t.call("fit_predict", x[old], y[old], x[~old])) == y[~old]).mean())
        figures.append((estimate, new))
    lines = dict(zip(("cross-validation", "new patients"), zip(*figures, strict=True), strict=True))
    t.curves("Accuracy in four studies", lines, x_label="study", y_label="accuracy")
    t.check(np.mean([a - b for a, b in figures]) > 0.2, "the estimate is that for new patients")


def probe_neighbours(t):
    x, y, patients = t.call("make_data", 0)
    fold = np.asarray(t.call("cross_validate", x, y, patients)["fold"])
    apart = ((x[:, None] - x[None]) ** 2).sum(axis=2)
    apart[fold[:, None] == fold[None]] = np.inf
    same = float((patients[apart.argmin(axis=1)] == patients).mean())
    t.bars("Nearest training recording", {"of the same patient": same, "of another one": 1 - same})


def probe_folds(t):
    x, y, patients = t.call("make_data", 0)
    fold = np.asarray(t.call("cross_validate", x, y, patients)["fold"])
    rows = [[(fold == f).sum(), len(np.unique(patients[fold == f]))] for f in range(5)]
    rows = [[*row, right] for row, right in zip(rows, t.call("by_fold", x, y, patients), strict=True)]
    t.matrix("Folds", rows, columns=["recordings", "different patients", "accuracy"], row_label="fold")
    t.log("In all", f"{len(x)} recordings of {len(np.unique(patients))} patients")


def probe_by_k(t):
    data = t.call("make_data", 0)
    t.bars("Estimate", {f"{k} folds": t.call("cross_validate", *data, k)["accuracy"] for k in (2, 5, 10, 20)})


def probe_coin(t):
    x, _, patients = t.call("make_data", 0)
    rng = np.random.default_rng(4)
    by_row = rng.integers(2, size=len(x))
    by_patient = rng.integers(2, size=2000)[patients]
    labels = {"a coin for each recording": by_row, "a coin for each patient": by_patient}
    t.bars("Estimate", {k: t.call("cross_validate", x, y, patients)["accuracy"] for k, y in labels.items()})


def example_no_patient_on_both_sides(t):
    """On the script's own data, all recordings of a patient are in one fold."""
    x, y, patients = t.call("make_data", 3)
    fold = np.asarray(t.call("cross_validate", x, y, patients, 5, 3)["fold"])
    split = sum(len(np.unique(fold[patients == p])) > 1 for p in np.unique(patients))
    t.check(split == 0, f"the recordings of {split} patients are in several folds")


def test_folds_hold_whole_patients(t):
    """Each patient is in one fold; all folds are used and of about the same size."""
    for k, n_patients, seed in [(5, 40, 1), (3, 31, 2), (8, 60, 3)]:
        x, y, patients = recordings(t.rng, n_patients)
        fold = np.asarray(t.call("cross_validate", x, y, patients, k, seed)["fold"])
        t.check(
            fold.shape == y.shape and set(fold.tolist()) == set(range(k)), f"the folds are not numbered 0 to {k - 1}"
        )
        for p in np.unique(patients):
            t.check(len(np.unique(fold[patients == p])) == 1, "the recordings of a patient are in several folds")
        sizes = np.bincount(fold)
        t.check(sizes.max() <= 2.5 * sizes.min(), f"the folds hold {sizes.tolist()} recordings")


def test_predictions_come_from_the_other_folds(t):
    """Each prediction is that of the classifier fitted on all recordings of the other folds."""
    x, y, patients = recordings(t.rng, 36, 1.0)
    got = t.call("cross_validate", x, y, patients, 4, 5)
    fold = np.asarray(got["fold"])
    own = np.empty_like(y)
    for f in range(4):
        own[fold == f] = nearest(x[fold != f], y[fold != f], x[fold == f])
    t.check(np.array_equal(got["predictions"], own), "the predictions are not those of a fit on the other folds")
    right = float((own == y).mean())
    t.check(abs(got["accuracy"] - right) < 1e-9, f"reports {got['accuracy']:.3f}, it is {right:.3f}")


def test_coin_labels_are_at_chance(t):
    """With a coin's label for each patient, the mean estimate of many studies is about one half."""
    figures = [t.call("cross_validate", *recordings(t.rng, 40), 5, s)["accuracy"] for s in range(12)]
    t.check(abs(np.mean(figures) - 0.5) < 0.12, f"the mean is {np.mean(figures):.2f}")


def test_a_disease_that_shows_is_found(t):
    """With a strong effect the estimate is high."""
    figures = [t.call("cross_validate", *recordings(t.rng, 40, 8.0), 5, s)["accuracy"] for s in range(3)]
    t.check(np.mean(figures) > 0.9, f"the mean is {np.mean(figures):.2f}")


def test_the_seed_decides(t):
    """The same seed gives the same folds, another one others."""
    data = recordings(t.rng, 40)
    a, b, c = (np.asarray(t.call("cross_validate", *data, 5, seed)["fold"]) for seed in (1, 1, 2))
    t.check(np.array_equal(a, b) and not np.array_equal(a, c), "the seed does not decide the folds")


def test_the_order_of_the_rows(t):
    """Patients whose recordings stand apart are found as well as sorted ones."""
    x, y, patients = recordings(t.rng, 30)
    order = np.argsort(patients, kind="stable")
    fold = np.asarray(t.call("cross_validate", x[order], y[order], patients[order], 5, 1)["fold"])
    t.check(all(len(np.unique(fold[patients[order] == p])) == 1 for p in patients), "a patient is in several folds")
