"""A counter for each class, without NumPy; lists of indices are returned."""


def stratified_k_fold(labels, k, permutation):
    labels = [int(y) for y in labels]
    sizes = {y: labels.count(y) for y in labels}
    if not (2 <= k <= max(sizes.values())):
        raise ValueError("k")
    dealt = dict.fromkeys(sizes, -1)
    fold_of = {}
    for i in (int(p) for p in permutation):
        dealt[labels[i]] += 1
        fold_of[i] = dealt[labels[i]] % k
    return [([i for i in fold_of if fold_of[i] != f], [i for i in fold_of if fold_of[i] == f]) for f in range(k)]
