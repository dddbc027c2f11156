"""Figures: where they stand on pages, that their texts stay texts, and that nothing covers anything."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from tests.surfaces.web.support import ITEM, Html
from vivavoce.domain.exhibit import Arrow, Box, Diagram, Frame, Points, Shape, Tone
from vivavoce.surfaces.web.diagram import DrawnDiagram, drawn_diagram
from vivavoce.surfaces.web.diagram_grid import Rect, placed, text_width
from vivavoce.surfaces.web.points import scatter

ALERTS = re.compile(r"<script>alert|<b>p</b>|<img src=x>|</text><script>|<rises>|<without>")


def test_a_lesson_shows_its_figures_where_their_marks_stand(see: Callable[..., Html]) -> None:
    page = see("/concepts/dropout")
    figures = [n.attrs["id"] for n in page.all("figure")]
    assert figures == ["figure-network", "figure-classes"]
    order = [n for n in page.nodes if n.tag in ("figure", "h2")]
    place = [n.attrs.get("id", "") or n.text for n in order]
    assert place.index("figure-network") < place.index("Why") < place.index("figure-classes")
    assert "[figure" not in page.text


@pytest.mark.parametrize("where", ["question", "result", "history"])
def test_a_question_shows_its_figure_below_the_prompt(
    see: Callable[..., Html], submit: Callable[..., str], where: str
) -> None:
    address = {"question": f"/questions/{ITEM}", "history": f"/history?item={ITEM}"}.get(where) or submit()
    page = see(address)
    assert page.one("figure").attrs["id"] == "figure-losses"
    tags = [(n.tag, n.attrs.get("class", "")) for n in page.nodes]
    prompt = next(i for i, (_, c) in enumerate(tags) if c.startswith("prompt"))
    assert ("figure", "exhibit drawn") in tags[prompt : prompt + 12]


@pytest.mark.parametrize("address", ["/concepts/dropout", f"/questions/{ITEM}"])
def test_texts_in_figures_are_shown_and_not_obeyed(client: TestClient, see: Callable[..., Html], address: str) -> None:
    text = client.get(address).text
    assert not ALERTS.search(text)
    assert [s for s in see(address).all("script") if "src" not in s.attrs] == []
    shown = see("/concepts/dropout")
    assert "</text><script>alert(1)</script>" in [n.text for n in shown.all("text")]


def test_a_picture_has_its_words_for_those_who_cannot_see_it(see: Callable[..., Html]) -> None:
    drawing = see("/concepts/dropout").one("svg", class_="diagram")
    assert drawing.attrs["role"] == "img"
    assert drawing.attrs["aria-label"].endswith('Two boxes and an arrow "><script>alert("alt")</script>')
    assert "rises" in see(f"/questions/{ITEM}").one("svg", class_="plot").attrs["aria-label"]


def test_points_differ_by_shape_and_stand_in_a_table(see: Callable[..., Html]) -> None:
    page = see("/concepts/dropout")
    points = page.one("svg", class_="points")
    assert points.attrs["aria-label"] == "Two classes. Two clouds."
    drawn = scatter(Points("Two classes", "x1", "x2", {"a": ((0, 0), (1, 1)), "b": ((0, 1),)}))
    assert [g.sign for g in drawn.groups] == ["circle", "square"]
    assert drawn.table == (("a", "0", "0"), ("a", "1", "1"), ("b", "0", "1"))


def test_an_arrow_is_straight_where_nothing_stands_in_the_way() -> None:
    boxes = {"a": Box("a", 0, 0), "b": Box("b", 1, 0), "c": Box("c", 2, 0)}
    straight = drawn_diagram(Diagram("x", boxes, (Arrow("a", "b"),)))
    assert straight.arrows[0].path.count("L") == 1
    around = drawn_diagram(Diagram("x", boxes, (Arrow("a", "c"),)))
    assert around.arrows[0].path.count("L") > 1
    assert not _inside(around, "b", boxes)


def test_two_arrows_to_and_fro_do_not_lie_on_one_another() -> None:
    boxes = {"a": Box("a", 0, 0), "b": Box("b", 1, 0)}
    there, back = drawn_diagram(Diagram("x", boxes, (Arrow("a", "b"), Arrow("b", "a")))).arrows
    assert _points(there.path)[0][1] != pytest.approx(_points(back.path)[0][1], abs=4)


_WORDS = st.text("abcdefgh WM\n", min_size=1, max_size=40).filter(lambda text: text.strip() != "")
_BOXES = st.dictionaries(
    st.tuples(st.integers(0, 5), st.integers(0, 5)),
    st.tuples(_WORDS, st.sampled_from(Shape), st.sampled_from(Tone)),
    min_size=1,
    max_size=9,
).map(lambda found: {f"{c}-{r}": Box(says, c, r, shape, tone) for (c, r), (says, shape, tone) in found.items()})


@st.composite
def diagrams(draw: st.DrawFn) -> Diagram:
    boxes = draw(_BOXES)
    name = st.sampled_from(sorted(boxes))
    words = st.sampled_from(["", "a word", "several words beside it"])
    arrows = draw(st.lists(st.builds(Arrow, name, name, words, st.booleans()), max_size=8))
    frames = draw(st.lists(st.builds(Frame, st.lists(name, min_size=1, max_size=3).map(tuple), words), max_size=2))
    return Diagram("x", boxes, tuple(arrows), tuple(frames))


@settings(max_examples=60, deadline=None)
@given(diagrams())
def test_boxes_never_cover_one_another_and_everything_lies_inside_the_picture(diagram: Diagram) -> None:
    boxes = placed(diagram)
    for one, other in itertools.combinations(boxes.values(), 2):
        assert one.rect.overlap(other.rect) == 0
    drawn = drawn_diagram(diagram)
    picture = Rect(drawn.left + drawn.width / 2, drawn.top + drawn.height / 2, drawn.width, drawn.height).grown(0.2)
    for arrow in drawn.arrows:
        assert all(picture.holds(x, y) for x, y in _points(arrow.path))
    for box in boxes.values():
        assert picture.holds(box.rect.left, box.rect.top)
        assert picture.holds(box.rect.right, box.rect.bottom)
        assert max(text_width(line) for line in box.lines) <= box.rect.width


@given(st.lists(st.tuples(st.floats(-1e6, 1e6), st.floats(-1e6, 1e6)), min_size=1, max_size=20))
def test_every_point_lies_between_the_axes(pairs: list[tuple[float, float]]) -> None:
    drawn = scatter(Points("x", "x", "y", {"a": tuple(pairs)}))
    assert all(54 <= x <= 450 and 12 <= y <= 210 for x, y in drawn.groups[0].places)


def _points(path: str) -> list[tuple[float, float]]:
    return [(float(x), float(y)) for x, y in re.findall(r"(-?[\d.]+) (-?[\d.]+)", path)]


def _inside(drawn: DrawnDiagram, name: str, boxes: dict[str, Box]) -> bool:
    rect = drawn.boxes[list(boxes).index(name)].rect
    return any(rect.holds(x, y) for arrow in drawn.arrows for x, y in _points(arrow.path))
