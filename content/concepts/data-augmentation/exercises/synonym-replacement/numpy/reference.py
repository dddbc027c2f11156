def synonym_replacement(words, synonyms, p, u, v, keep):
    """A copy of the list `words` (n) with word i replaced where u[i] < p; v[i] chooses among its synonyms."""
    result = []
    for word, replace, choice in zip(words, u, v, strict=True):
        options = synonyms.get(word.lower(), [])
        if replace < p and options and word.lower() not in keep:
            new = options[int(choice * len(options))]
            word = new[:1].upper() + new[1:] if word[:1].isupper() else new
        result.append(word)
    return result
