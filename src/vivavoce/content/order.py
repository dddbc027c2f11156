"""Concepts in an order in which each comes after what it builds on."""

from __future__ import annotations

import heapq
from collections.abc import Mapping, Sequence


def teaching_order(
    needs: Mapping[str, Sequence[str]], rank: Mapping[str, Sequence[int]] | None = None
) -> tuple[list[str], list[list[str]]]:
    """Ids so that prerequisites come first, and the cycles that had to be broken for it.

    Among those that could come next, the one of the lowest rank does, then the alphabetically first. A cycle is broken
    at its alphabetically first member. Prerequisites outside `needs` are ignored.
    """
    ranks = rank or {}
    waiting = {name: {need for need in found if need in needs} for name, found in needs.items()}
    follows: dict[str, list[str]] = {name: [] for name in needs}
    for name, found in waiting.items():
        for need in found:
            follows[need].append(name)
    ready = sorted((tuple(ranks.get(name, ())), name) for name, found in waiting.items() if not found)
    order: list[str] = []
    cycles: list[list[str]] = []
    while len(order) < len(needs):
        if not ready:
            cycle = _cycle(waiting)
            cycles.append(cycle)
            waiting[cycle[0]].clear()
            ready = [((), cycle[0])]
        _, name = heapq.heappop(ready)
        order.append(name)
        del waiting[name]
        for follower in follows[name]:
            if follower in waiting and name in waiting[follower]:
                waiting[follower].remove(name)
                if not waiting[follower]:
                    heapq.heappush(ready, (tuple(ranks.get(follower, ())), follower))
    return order, cycles


def _cycle(waiting: Mapping[str, set[str]]) -> list[str]:
    """A cycle among what waits for one another, beginning with its alphabetically first member."""
    path = [min(waiting)]
    while (need := min(waiting[path[-1]])) not in path:
        path.append(need)
    cycle = path[path.index(need) :]
    first = cycle.index(min(cycle))
    return cycle[first:] + cycle[:first]
