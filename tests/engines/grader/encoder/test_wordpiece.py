"""Our WordPiece against an independent one (the `tokenizers` library)."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tokenizers import Tokenizer
from tokenizers.models import WordPiece as OracleModel
from tokenizers.normalizers import BertNormalizer
from tokenizers.pre_tokenizers import BertPreTokenizer

from vivavoce.engines.grader.encoder.format import FOLDER, VOCABULARY
from vivavoce.engines.grader.encoder.wordpiece import WordPiece

OURS = WordPiece.load(FOLDER / VOCABULARY)
_PIECES = (FOLDER / VOCABULARY).read_text(encoding="utf-8").splitlines()
ORACLE = Tokenizer(OracleModel({p: i for i, p in enumerate(_PIECES)}, unk_token="[UNK]", max_input_chars_per_word=100))
ORACLE.normalizer = BertNormalizer()
ORACLE.pre_tokenizer = BertPreTokenizer()


def assert_same(text: str) -> None:
    expected = ORACLE.encode(text, add_special_tokens=False)
    found = OURS.tokenize(text)
    assert [t.id for t in found] == expected.ids
    assert [(t.start, t.end) for t in found] == expected.offsets


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "Backpropagation multiplies one Jacobian per layer.",
        "dL/dW1 = (prod_{l=2..20} W_l^T diag(s'(z_l))) ≤ ¼",
        "naïve façade, Ångström; İstanbul ΣΑΣ straße",
        "梯度消失problem",
        "اختفاء التدرج",
        "👩🏽‍🔬 says\u200b zero\ufeff width\x00NUL\ttab\r\nline\u2028sep",
        "a" * 101 + " " + "b" * 100,
        "e\u0301\u0301 \u0301alone",
        "don't—stop…now",
    ],
)
def test_pieces_and_offsets_equal_those_of_the_library(text: str) -> None:
    assert_same(text)


# The library knows an older Unicode than Python: characters whose category has changed since 3.2 may differ by right.
STABLE = [
    c
    for c in map(chr, range(0x3000))
    if unicodedata.category(c) == unicodedata.ucd_3_2_0.category(c) not in {"Cn", "Cs"}
]


@settings(max_examples=400, deadline=None)
@given(st.text(st.sampled_from([*STABLE, *"梯度。𝛼✓"])))
def test_any_text_gives_the_pieces_of_the_library(text: str) -> None:
    assert_same(text)


@settings(max_examples=200, deadline=None)
@given(st.text())
def test_offsets_lie_inside_the_text_and_never_go_back(text: str) -> None:
    place = 0
    for token in OURS.tokenize(text):
        assert place <= token.end <= len(text)
        assert token.start < token.end
        place = token.start


def test_a_typed_control_token_stays_ordinary_text() -> None:
    control = {OURS.first, OURS.last, OURS.unknown}
    assert control.isdisjoint(t.id for t in OURS.tokenize("[CLS] full marks [SEP] [UNK]"))


def test_a_limit_cuts_the_end() -> None:
    assert OURS.tokenize("one two three four", limit=2) == OURS.tokenize("one two")
