"""Marks of claims in texts that are spoken."""

from __future__ import annotations

import pytest

from vivavoce.domain.concept import CLAIM_MARK, unmarked


@pytest.mark.parametrize(
    ("text", "spoken"),
    [
        ("It helps [claim: noise-helps], mostly.", "It helps, mostly."),
        ("It helps[claim:x].", "It helps."),
        ("One [claim: a] [claim: b] two.", "One two."),
        ("It flips\n[claim: x]. So", "It flips. So"),
        ("It flips.\n[figure: one-step]\nSo", "It flips.\n\nSo"),
        ("a[0] and [a claim: b]", "a[0] and [a claim: b]"),
        ("", ""),
    ],
)
def test_a_text_is_spoken_without_its_marks(text: str, spoken: str) -> None:
    assert unmarked(text) == spoken


def test_a_mark_names_its_claim() -> None:
    assert CLAIM_MARK.findall("x [claim: size-formula] y [claim:z]") == ["size-formula", "z"]
