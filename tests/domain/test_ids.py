"""Item ids are read strictly and written as they are read."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vivavoce.domain.errors import InvalidIdError, UnknownItemError
from vivavoce.domain.ids import ItemId

slugs = st.from_regex(r"[a-z0-9]+(-[a-z0-9]+)*", fullmatch=True)


@given(slugs, slugs)
def test_an_id_is_read_as_it_is_written(concept: str, name: str) -> None:
    assert ItemId.parse(str(ItemId(concept, name))) == ItemId(concept, name)


def test_space_around_an_id_is_no_part_of_it() -> None:
    assert ItemId.parse(" dropout/why-scale\n") == ItemId("dropout", "why-scale")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "/",
        "dropout",
        "dropout/",
        "/why",
        "a/b/c",
        "Dropout/why",
        "a/b c",
        "a/-b",
        "a/b-",
        "a/b--c",
        "../b",
        "é/b",
        "a/b\0",
    ],
)
def test_what_is_no_id_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(InvalidIdError, match="is no item id; an id is concept/item in lower case, such as dropout/"):
        ItemId.parse(text)


@pytest.mark.parametrize(
    ("suggestions", "message"),
    [
        ((), 'no item "x/y".'),
        (("a/b",), 'no item "x/y". Did you mean "a/b"?'),
        (("a/b", "c/d", "e/f"), 'no item "x/y". Did you mean "a/b", "c/d" or "e/f"?'),
    ],
)
def test_an_unknown_id_names_the_nearest_that_exist(suggestions: tuple[str, ...], message: str) -> None:
    assert str(UnknownItemError("item", "x/y", suggestions)) == message
