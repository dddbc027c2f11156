"""Markdown for pages."""

from __future__ import annotations

from vivavoce.domain.concept import Claim, Concept, Source
from vivavoce.domain.ids import ItemId, LabRef
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


def test_a_mark_leads_to_the_lab_that_measured_its_claim_or_to_the_sources() -> None:
    concept = Concept(
        id="dropout",
        title="Dropout",
        area="",
        level="",
        summary="",
        prerequisites=(),
        lesson="",
        claims={
            "cited": Claim("It works.", ("a-2014", "b-2015")),
            "measured": Claim("It *helps*.", lab=LabRef(ItemId("dropout", "noise"), "helps")),
        },
        sources={
            "a-2014": Source('A "2014"', "https://a.org", "section 4"),
            "b-2015": Source("B", "https://b.org", "p. 2"),
        },
    )
    made = markup.block("x [claim: cited] y [claim: measured]", markup.claim_marks(concept, "/concepts/dropout"))
    cited = "cited: A &quot;2014&quot;, section 4; B, p. 2"
    assert made == (
        f'<p>x <a class="claim" href="/concepts/dropout#claim-cited" aria-label="Evidence 1, {cited}"'
        f' title="{cited}">1</a>'
        ' y <a class="claim measured" href="/lab/dropout/noise#claim-helps"'
        ' aria-label="Evidence 2, measured here: It helps." title="measured here: It helps.">2</a></p>'
    )
