def beam_search(next_log_probs, start, end, beam_width, max_length, alpha=0.0):
    """The `beam_width` best hypotheses as pairs (list of token ids, score), best first."""
    beam = [([start], 0.0)]  # tokens, plain sum of log-probabilities
    for _ in range(max_length):
        candidates = []
        for tokens, total in beam:
            if len(tokens) > 1 and tokens[-1] == end:
                candidates.append((tokens, total))
                continue
            log_p = next_log_probs(tokens)
            candidates += [([*tokens, k], total + float(log_p[k])) for k in range(len(log_p))]
        candidates.sort(key=lambda pair: _score(*pair, alpha), reverse=True)
        beam = candidates[:beam_width]
        if all(tokens[-1] == end for tokens, _ in beam):
            break
    return [(tokens, _score(tokens, total, alpha)) for tokens, total in beam]


def _score(tokens, total, alpha):
    return total / (len(tokens) - 1) ** alpha
