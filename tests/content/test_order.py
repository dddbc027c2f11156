"""Teaching order."""

from __future__ import annotations

from graphlib import TopologicalSorter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vivavoce.content.order import teaching_order

names = st.sampled_from("abcdefgh")
graphs = st.dictionaries(names, st.lists(names, max_size=4))


@given(graphs)
def test_each_comes_once_and_after_what_it_needs_unless_in_a_cycle(needs: dict[str, list[str]]) -> None:
    order, cycles = teaching_order(needs)
    assert sorted(order) == sorted(needs)
    broken = {cycle[0] for cycle in cycles}
    for name, found in needs.items():
        for need in found:
            if need in needs and name not in broken:
                assert order.index(need) < order.index(name)


@given(graphs)
def test_cycles_are_reported_exactly_when_there_are_any(needs: dict[str, list[str]]) -> None:
    known = {name: [n for n in found if n in needs] for name, found in needs.items()}
    try:
        TopologicalSorter(known).prepare()
        cyclic = False
    except ValueError:  # graphlib.CycleError
        cyclic = True
    _, cycles = teaching_order(needs)
    assert bool(cycles) is cyclic
    for cycle in cycles:
        for name, need in zip(cycle, [*cycle[1:], cycle[0]], strict=True):
            assert need in needs[name]


@pytest.mark.parametrize(
    ("needs", "order", "cycles"),
    [
        ({}, [], []),
        ({"b": [], "a": ["b"], "c": []}, ["b", "a", "c"], []),
        ({"a": ["b"], "b": ["a"], "c": ["a"]}, ["a", "b", "c"], [["a", "b"]]),
        ({"a": ["a"]}, ["a"], [["a"]]),
        ({"a": ["gone"]}, ["a"], []),
    ],
)
def test_the_order_is_the_same_every_time(
    needs: dict[str, list[str]], order: list[str], cycles: list[list[str]]
) -> None:
    assert teaching_order(needs) == (order, cycles)


def test_of_those_that_could_come_next_the_lowest_rank_does() -> None:
    needs: dict[str, list[str]] = {"a": [], "b": [], "c": ["b"], "d": []}
    assert teaching_order(needs, {"a": (2, 0), "b": (0, 1), "c": (1, 0), "d": (0, 0)})[0] == ["d", "b", "c", "a"]
