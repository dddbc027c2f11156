"""Deletes from a copy, from the end."""


def random_swap(words, pairs):
    out = words[:]
    for k in range(len(pairs)):
        i, j = int(pairs[k][0]), int(pairs[k][1])
        kept = out[i]
        out[i] = out[j]
        out[j] = kept
    return out


def random_deletion(words, p, u, survivor):
    out = words[:]
    for k in range(len(words) - 1, -1, -1):
        if u[k] < p:
            del out[k]
    if words and not out:
        out.append(words[survivor])
    return out
