"""Tuples, a heap, and finished hypotheses kept apart; arrays handed to the model."""

import heapq

import numpy as np


def beam_search(next_log_probs, start, end, beam_width, max_length, alpha=0.0):
    live, done = [((start,), np.float64(0))], []
    n = 0
    while live and n < max_length:
        n += 1
        pool = list(done)
        for tokens, total in live:
            values = np.asarray(next_log_probs(np.array(tokens)))
            for k in np.argsort(values)[::-1][:beam_width]:
                s = total + values[k]
                pool.append((s / n**alpha, (*tokens, k), s))
        top = heapq.nlargest(beam_width, pool, key=lambda item: item[0])
        done = [item for item in top if item[1][-1] == end]
        live = [(item[1], item[2]) for item in top if item[1][-1] != end]
    return tuple((tokens, score) for score, tokens, _ in top)
