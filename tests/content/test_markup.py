"""Markdown to safe HTML."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vivavoce.content.markup import formulas, prose, to_html, to_inline_html, to_plain

ALLOWED = {
    "p", "em", "strong", "code", "pre", "a", "span", "div", "ul", "ol", "li", "blockquote", "hr", "br",
    "h1", "h2", "h3", "h4", "h5", "h6", "table", "thead", "tbody", "tr", "th", "td",
}  # fmt: skip


class Audit(HTMLParser):
    """Collects what a page must not have."""

    def __init__(self) -> None:
        super().__init__()
        self.bad: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in ALLOWED:
            self.bad.append(tag)
        for name, value in attrs:
            if name.startswith("on") or name in ("src", "srcdoc", "formaction"):
                self.bad.append(name)
            # An empty target leads to the page itself.
            if name == "href" and value and not value.lower().startswith(("http://", "https://", "#claim-")):
                self.bad.append(f"href={value}")


def audit(html: str) -> list[str]:
    parser = Audit()
    parser.feed(html)
    parser.close()
    return parser.bad


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("A *b* `c`.", "<p>A <em>b</em> <code>c</code>.</p>"),
        ("## Title", "<h2>Title</h2>"),
        ("$a<b$", '<p><span class="math inline">a&lt;b</span></p>'),
        ("$$\nx & y\n$$", '<div class="math block">x &amp; y</div>'),
        ("so $$x$$ is", '<p>so <span class="math block">x</span> is</p>'),
        ("costs $5 or $6", "<p>costs $5 or $6</p>"),
        (r"\$x\$", "<p>$x$</p>"),
        ("$W_l * x_l$", '<p><span class="math inline">W_l * x_l</span></p>'),
        ("<b>x</b>", "<p>&lt;b&gt;x&lt;/b&gt;</p>"),
        ("[x](https://a.org)", '<p><a href="https://a.org" rel="noopener noreferrer">x</a></p>'),
        ("[x](javascript:alert(1))", "<p>[x](javascript:alert(1))</p>"),
        ("[x](data:text/html,hi)", "<p>[x](data:text/html,hi)</p>"),
        ("[x](/local)", "<p>[x](/local)</p>"),
    ],
)
def test_markdown_becomes_html(text: str, html: str) -> None:
    assert to_html(text) == html


def test_a_claim_mark_becomes_a_link_with_its_number() -> None:
    html = to_html("One [claim: b]. Two [claim: a].", ["a", "b"])
    assert html == (
        '<p>One <a class="claim" href="#claim-b" aria-label="Evidence 2">2</a>.'
        ' Two <a class="claim" href="#claim-a" aria-label="Evidence 1">1</a>.</p>'
    )
    assert '">other</a>' in to_html("[claim: other]", ["a"])
    assert "claim" not in to_html("`[claim: a]`".replace("claim", "clam"), ["a"])


def test_one_line_has_no_paragraph_around_it() -> None:
    assert to_inline_html("a *b* $c$") == 'a <em>b</em> <span class="math inline">c</span>'


def test_plain_text_has_no_marks() -> None:
    text = "## Head\n\nOne *two* $x^2$\nthree [claim: a]. [Four](https://x.org)\n\n- five\n\n$$\ny\n$$"
    assert to_plain(text) == "Head One two x^2 three. Four five y"


def test_formulas_and_prose_know_their_lines() -> None:
    text = "One $a$\ntwo $b$.\n\n$$\nc\n$$\n\nfour `$d$`"
    assert formulas(text) == [(0, "a"), (1, "b"), (3, "\nc\n")]
    assert prose(text) == [(0, "One "), (1, "two "), (1, "."), (7, "four ")]


_DANGEROUS = """<script> </script> <img src=x onerror=a> [a]( javascript: https://x.org ) $ $$ ` [claim: a] &lt;
" ' < > ![x]( * <https://x.org> <javascript:x> &#106;avascript:"""
fragments = st.lists(st.sampled_from([*_DANGEROUS.split(), "\n", " "]) | st.text(max_size=5), max_size=14).map("".join)


@given(fragments)
def test_no_text_can_put_anything_active_into_the_page(text: str) -> None:
    assert audit(to_html(text)) == []
    assert audit(to_inline_html(text)) == []
    assert "\n" not in to_plain(text)


def test_the_audit_itself_finds_active_content() -> None:
    assert audit('<p onclick="x"><a href="javascript:1">y</a><script>z</script>') == [
        "onclick",
        "href=javascript:1",
        "script",
    ]


def test_plain_text_has_no_mark_of_a_figure() -> None:
    assert to_plain("Before.\n\n[figure: one-step]\n\nAfter.") == "Before. After."
