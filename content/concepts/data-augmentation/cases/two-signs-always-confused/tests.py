"""Arrows are drawn here, and the labels of augmented images are read off the pixels."""

import numpy as np

SIGNS = ("left", "right", "up", "down")


def arrow(k):
    image = np.zeros((9, 9))
    image[4, 2:7] = 1.0
    for j in range(3):
        image[4 - j, 2 + j] = image[4 + j, 2 + j] = 1.0
    return [image, image[:, ::-1], image.T, image.T[::-1]][k]


def shifted(image, rows, columns):
    return np.roll(image, (rows, columns), axis=(0, 1))


def signs(rng, n, noise=0.05, shift=False):
    y = rng.permutation(np.arange(n) % 4)
    moves = rng.integers(-1, 2, size=(n, 2)) if shift else np.zeros((n, 2), dtype=int)
    x = np.stack([shifted(arrow(k), *m) for k, m in zip(y, moves, strict=True)])
    return x + noise * rng.normal(size=x.shape), y


PATTERNS = np.stack([shifted(arrow(k), r, c) for k in range(4) for r in (-1, 0, 1) for c in (-1, 0, 1)])


def read(x):
    """The sign and the shift that fit each image best."""
    apart = ((np.asarray(x)[:, None] - PATTERNS[None]) ** 2).sum(axis=(2, 3))
    best = apart.argmin(axis=1)
    return best // 9, best % 9, apart.min(axis=1)


def confusion(probabilities, y):
    table = np.zeros((4, 4))
    np.add.at(table, (y, np.asarray(probabilities).argmax(axis=1)), 1)
    return table / table.sum(axis=1, keepdims=True)


def symptom_confusion(t):
    """The confusion matrix on clean images, and the training loss."""
    x, y = t.call("make_data", 0)
    new, truth = t.call("make_data", 1, 400)
    got = t.call("train", x, y, new, 0)
    table = confusion(got["probabilities"], truth)
    t.matrix("Share of each answer", table, rows=SIGNS, columns=SIGNS, row_label="sign", column_label="answer")
    t.curves("Training loss", {"training": got["losses"]})
    t.check(min(table[0, 0], table[1, 1]) < 0.8 and min(table[2, 2], table[3, 3]) > 0.9, "all signs are readable")


def probe_images(t):
    images, labels = t.call("augment", *t.call("make_data", 0), 1)
    wrong = read(images)[0] != np.asarray(labels)
    for k in range(4):
        mine = np.asarray(labels) == k
        index = np.flatnonzero(mine & wrong)[:1] if (mine & wrong).any() else np.flatnonzero(mine)[:1]
        t.matrix(f"Labelled {SIGNS[k]}", np.asarray(images)[index[0]].round(1))


def probe_counts(t):
    x, y = t.call("make_data", 0)
    _, labels = t.call("augment", x, y, 1)
    rows = [[float((np.asarray(v) == k).sum()) for k in range(4)] for v in (y, labels)]
    t.matrix("Images of each label", rows, rows=["before", "after"], columns=SIGNS)


def probe_losses(t):
    x, y = t.call("make_data", 0)
    p = np.asarray(t.call("train", x, y, x, 0)["probabilities"])
    own = -np.log(np.clip(p[np.arange(len(y)), y], 1e-12, None))
    t.bars("Cross-entropy on clean images", {s: float(own[y == k].mean()) for k, s in enumerate(SIGNS)})


def probe_clean(t):
    x, y = t.call("make_data", 0)
    params = t.call("init_params", 0)
    for start in list(range(0, 240, 40)) * 15:
        params = t.call("sgd_step", params, x[start : start + 40], y[start : start + 40], 0.3)
    table = confusion(t.call("forward", params, x)[2], y)
    t.matrix("Share of each answer, without augmentation", table, rows=SIGNS, columns=SIGNS)


def example_all_signs(t):
    """On the script's own data, every sign is read rightly in at least nine cases of ten."""
    x, y = t.call("make_data", 3)
    new, truth = t.call("make_data", 4, 200)
    table = confusion(t.call("train", x, y, new, 3)["probabilities"], truth)
    t.check(table.diagonal().min() > 0.9, f"shares of right answers: {table.diagonal().round(2).tolist()}")


def test_all_signs_also_shifted(t):
    """New images, clean and shifted, are read rightly, for several seeds."""
    for seed in (0, 1):
        x, y = signs(t.rng, 240)
        new, truth = signs(t.rng, 400, 0.1, shift=True)
        table = confusion(t.call("train", x, y, new, seed)["probabilities"], truth)
        t.check(table.diagonal().min() > 0.85, f"shares of right answers: {table.diagonal().round(2).tolist()}")


def test_labels_belong_to_the_images(t):
    """The label of every augmented image is the sign that one sees on it."""
    for seed in (1, 2, 3):
        x, y = signs(t.rng, 200)
        images, labels = t.call("augment", x, y, seed)
        t.check(np.shape(images) == x.shape and np.shape(labels) == y.shape, "the shapes are not those of the input")
        wrong = int((read(images)[0] != np.asarray(labels)).sum())
        t.check(wrong == 0, f"{wrong} of 200 augmented images show another sign than their label says")


def test_shifts_and_noise_are_kept(t):
    """All nine shifts occur about equally often, with noise, and another seed gives other images."""
    x, y = signs(t.rng, 900, 0.0)
    images, _ = t.call("augment", x, y, 7)
    _, shift, rest = read(images)
    counts = np.bincount(shift, minlength=9)
    t.check(counts.min() > 50 and counts.max() < 160, f"the nine shifts occur {counts.tolist()} times")
    spread = float(np.sqrt(rest.mean() / 81))
    t.check(0.08 < spread < 0.12, f"the pixel noise has the standard deviation {spread:.3f}; wanted about 0.1")
    again, other = (np.asarray(t.call("augment", x, y, seed)[0]) for seed in (7, 8))
    t.check(np.array_equal(again, images) and not np.array_equal(other, images), "the seed does not decide the images")


def test_every_class_stays_in_play(t):
    """Each sign is still about as frequent after the augmentation as before."""
    x, y = signs(t.rng, 400)
    counts = np.bincount(np.asarray(t.call("augment", x, y, 5)[1]), minlength=4)
    t.check(counts.min() > 70, f"after the augmentation the signs occur {counts.tolist()} times")


def test_training_is_augmented_anew(t):
    """The training loss is that of noisy, shifted images, and it becomes low."""
    x, y = signs(t.rng, 240)
    losses = t.call("train", x, y, x[:5], 2)["losses"]
    t.check(len(losses) == 40 and losses[-1] < 0.35, f"the training loss ends at {losses[-1]:.3f}")
    falls = np.diff(losses)
    t.check((falls > 0).any() or losses[0] > 0.5, "the images are the same in each epoch")
