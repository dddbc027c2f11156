def random_swap(words, pairs):
    """A copy of the list `words` with the words at the positions of each of the `pairs` (m, 2) exchanged in turn."""
    result = list(words)
    for i, j in pairs:
        result[i], result[j] = result[j], result[i]
    return result


def random_deletion(words, p, u, survivor):
    """The words with u[i] >= p (n,), or the one at `survivor` when there are none."""
    left = [word for word, draw in zip(words, u, strict=True) if draw >= p]
    return left or words[survivor : survivor + 1]
