"""A matrix of candidate totals, with rows of minus infinity for finished hypotheses."""

import numpy as np


def beam_search(next_log_probs, start, end, beam_width, max_length, alpha=0.0):
    beams, totals, finished = [[start]], np.zeros(1), [False]
    for _ in range(max_length):
        if all(finished):
            break
        rows = []
        v = None
        for tokens, stop in zip(beams, finished, strict=False):
            rows.append(None if stop else np.asarray(next_log_probs(list(tokens))))
            v = v if rows[-1] is None else len(rows[-1])
        table = np.full((len(beams), v), -np.inf)
        ranks = np.full((len(beams), v), -np.inf)
        for i, row in enumerate(rows):
            if row is None:
                table[i, end] = totals[i]
                ranks[i, end] = totals[i] / (len(beams[i]) - 1) ** alpha
            else:
                table[i] = totals[i] + row
                ranks[i] = table[i] / len(beams[i]) ** alpha
        order = np.argsort(-ranks, axis=None)[: min(beam_width, int(np.isfinite(ranks).sum()))]
        parents, tokens = np.unravel_index(order, ranks.shape)
        new = []
        for p, k in zip(parents, tokens, strict=False):
            new.append(beams[p] if finished[p] else beams[p] + [int(k)])
        totals, beams = table[parents, tokens], new
        finished = [b[-1] == end and len(b) > 1 for b in beams]
    return [(b, float(s) / (len(b) - 1) ** alpha) for b, s in zip(beams, totals, strict=False)]
