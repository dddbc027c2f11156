"""One pass through the sorted examples, group by group, in plain Python."""

from itertools import groupby


def roc_auc(y_true, scores):
    pairs = sorted(zip(scores.tolist(), y_true.tolist(), strict=True))
    seen_negative, won, n_pos = 0, 0.0, 0
    for _, group in groupby(pairs, key=lambda pair: pair[0]):
        labels = [label for _, label in group]
        pos = sum(labels)
        neg = len(labels) - pos
        won += pos * (seen_negative + neg / 2)
        seen_negative += neg
        n_pos += pos
    if n_pos == 0 or seen_negative == 0:
        raise ValueError("both classes must occur")
    return won / (n_pos * seen_negative)
