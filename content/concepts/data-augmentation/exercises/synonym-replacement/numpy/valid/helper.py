"""A helper for one word and a comprehension."""


def _new_word(word, options, choice):
    new = options[min(int(len(options) * choice), len(options) - 1)]
    return "".join([new[0].upper(), *new[1:]]) if word[0].isupper() else new


def synonym_replacement(words, synonyms, p, u, v, keep):
    usable = {w: s for w, s in synonyms.items() if len(s) > 0 and w not in keep}
    return tuple(
        _new_word(w, usable[w.lower()], b) if a < p and w.lower() in usable else w
        for w, a, b in zip(words, u.tolist(), v.tolist(), strict=True)
    )
