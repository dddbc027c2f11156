"""A copy of the list, changed at the places that are to change."""

import numpy as np


def synonym_replacement(words, synonyms, p, u, v, keep):
    protected = set(keep)
    result = words.copy()
    for i in np.flatnonzero(np.asarray(u) < p):
        key = words[i].lower()
        if key in protected or not synonyms.get(key):
            continue
        new = synonyms[key][int(np.floor(v[i] * len(synonyms[key])))]
        if words[i][0] != words[i][0].lower():
            new = new[0].upper() + new[1:]
        result[i] = new
    return result
