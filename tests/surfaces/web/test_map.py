"""The map of concepts: every concept a link, in teaching order, with its state in words."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from tests.services.support import SayingGrader
from tests.surfaces.web.support import Html
from vivavoce.domain.attempt import VerdictKind
from vivavoce.domain.concept import Concept
from vivavoce.services.map import mapped
from vivavoce.surfaces.web.map_drawing import GAP_X, NODE_WIDTH, drawn_map


def labels(page: Html) -> list[str]:
    return [a.attrs["aria-label"] for a in page.all("a", class_="node")]


def test_every_concept_is_a_link_that_says_where_one_stands(see: Callable[..., Html]) -> None:
    page = see("/map")
    assert labels(page) == ["Dropout: new, 1 question", "Attention: new, 1 question"]
    assert [a.attrs["href"] for a in page.all("a", class_="node")] == ["/concepts/dropout", "/concepts/attention"]
    link = page.one("path", class_="link")
    assert (link.attrs["data-from"], link.attrs["data-to"]) == ("dropout", "attention")
    assert [h.text for h in page.all("h3")] == ["Needs nothing before it", "Step 2"]
    assert "builds on Dropout" in page.text


def test_an_answer_changes_the_word_and_the_sign(
    see: Callable[..., Html], submit: Callable[..., str], grader: SayingGrader
) -> None:
    submit()
    page = see("/map")
    assert labels(page)[0] == "Dropout: weak, 0 of 1 strong"
    assert page.all("path", class_="sign-weak")
    grader.says = dict.fromkeys(("random-zero", "test-time", "co-adaptation"), VerdictKind.MET)
    submit("Units are dropped at random.")
    assert labels(see("/map"))[0].startswith(("Dropout: learning", "Dropout: strong"))


def test_what_to_learn_next_stands_on_the_map_and_at_home(
    see: Callable[..., Html], submit: Callable[..., str], grader: SayingGrader
) -> None:
    for path in ("/map", "/"):
        page = see(path)
        assert "What to learn next" in [h.text for h in page.all("h2")]
        assert "Dropout needs nothing before it" in page.text
    grader.says = dict.fromkeys(("random-zero", "test-time", "co-adaptation"), VerdictKind.MET)
    submit("Units are dropped at random.")
    assert "Attention builds on Dropout, which you know" in see("/map").text
    assert "/practise?within=attention" in [a.attrs["href"] for a in see("/").all("a")]


@given(st.lists(st.lists(st.integers(0, 30), max_size=3), min_size=1, max_size=30))
def test_no_two_concepts_cover_one_another_and_lines_lead_to_the_right(needs: list[list[int]]) -> None:
    concepts = [
        Concept(
            f"c{n}",
            f"Concept number {n} " * (1 + n % 3),
            "training",
            "basic",
            "",
            tuple(f"c{m}" for m in found if m < n),
            "",
        )
        for n, found in enumerate(needs)
    ]
    drawn = drawn_map(mapped(concepts, ()))
    assert [node.place.concept.id for node in drawn.nodes] == [c.id for c in concepts]
    columns: dict[float, list[tuple[float, float]]] = {}
    for node in drawn.nodes:
        assert 0 <= node.x <= drawn.width - NODE_WIDTH
        assert 0 <= node.y <= drawn.height - node.height
        columns.setdefault(node.x, []).append((node.y, node.y + node.height))
    for spans in columns.values():
        spans.sort()
        assert all(a[1] < b[0] for a, b in pairwise(spans))
    x = {node.place.concept.id: node.x for node in drawn.nodes}
    assert all(x[link.target] - x[link.source] >= NODE_WIDTH + GAP_X for link in drawn.links)
