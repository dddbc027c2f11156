"""Markdown for pages."""

from __future__ import annotations

from vivavoce.services import markup


def test_a_title_has_formulas_but_no_links_of_its_own() -> None:
    text = "Why $\\sqrt{d}$, as [they](https://example.org) say?\n\nA second paragraph."
    assert markup.title(text) == 'Why <span class="math inline">\\sqrt{d}</span>, as they say?'


def test_raw_html_is_shown_not_obeyed() -> None:
    for made in (markup.block("<b>x</b>"), markup.line("<b>x</b>"), markup.title("<b>x</b>")):
        assert "&lt;b&gt;x" in made


def test_claim_marks_are_numbered_in_the_order_of_the_claims() -> None:
    numbers = markup.claim_numbers(["first", "second"])
    assert numbers == {"first": 1, "second": 2}
    assert '<a class="claim" href="#claim-second"' in markup.block("So [claim: second].", tuple(numbers))
    assert ">2</a>" in markup.block("So [claim: second].", tuple(numbers))
