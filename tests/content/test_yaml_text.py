"""The strict reading of YAML."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from vivavoce.content import yaml_text
from vivavoce.content.yaml_text import Marks, Problem, parse

QUESTIONS = Path(__file__).parents[2] / "content" / "concepts" / "vanishing-exploding-gradients" / "questions"

plain = st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "S", "Zs")), max_size=30)
values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**12), 10**12)
    | st.floats(allow_nan=False, allow_infinity=False)
    | plain,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(plain, inner, max_size=4),
    max_leaves=12,
)


@given(values)
def test_json_is_read_as_json_is_meant(value: object) -> None:
    # Every JSON text is YAML, so the standard library's writer is an independent oracle.
    assert parse(json.dumps(value, ensure_ascii=False)).value == value


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("12", 12),
        ("-3", -3),
        ("0.5", 0.5),
        ("1e-3", 0.001),
        ("true", True),
        ("null", None),
        ("~", None),
        ("", None),
        ("no", "no"),
        ("yes", "yes"),
        ("on", "on"),
        ("1:30", "1:30"),
        ("2024-01-01", "2024-01-01"),
        ("0x1f", "0x1f"),
        ("1/4", "1/4"),
        ("1_000", "1_000"),
        (".inf", ".inf"),
        ("-", ["-"]),
        ('"12"', "12"),
        ("'true'", "true"),
        ("9" * 400, "9" * 400),
    ],
)
def test_text_is_text_unless_it_is_a_plain_number_or_word(written: str, read: object) -> None:
    value = parse(f"key: {written}\n").value
    assert value == {"key": read} or (written == "-" and value is None)


def test_keys_are_always_text() -> None:
    assert parse("1: a\ntrue: b\n").value == {"1": "a", "true": "b"}


def test_marks_give_the_line_of_every_key_and_item() -> None:
    text = "a: 1\nb:\n  c: x\n  d:\n    - one\n    - two\n    - {e: 1,\n       f: 2}\n"
    marks = parse(text).marks
    assert marks.at() == 1
    assert marks.at("b") == 2
    assert marks.at("b", "c") == 3
    assert marks.at("b", "d", 1) == 6
    assert marks.at("b", "d", 2, "f") == 8


def test_marks_of_what_is_not_there_are_those_of_its_parent() -> None:
    marks = parse("a:\n  b: 1\n").marks
    assert marks.at("a", "missing", "deeper") == 1
    assert Marks(7).at("x") == 7


def test_lines_count_from_the_given_first_line() -> None:
    assert parse("a: 1\nb: [", first_line=10).problems[0].line == 11
    assert parse("a: 1\nb: 2", first_line=10).marks.at("b") == 11


def test_a_repeated_key_keeps_the_first_and_is_reported_with_both_lines() -> None:
    parsed = parse("a: 1\nb: 2\na: 3\n")
    assert parsed.value == {"a": 1, "b": 2}
    assert parsed.problems == [
        Problem(3, 'key "a" is written twice, first on line 1', "Remove or rename one of them.", True)
    ]


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("a: b: c", 1, "mapping values are not allowed"),
        ("a: 1\nb: [1, 2", 2, "not valid YAML"),
        ('a: "\\s"', 1, "escape"),
        ("a: &x 1", 1, "anchors"),
        ("a: 1\nb: *x", 2, "anchors"),
        ("a: !!python/object:os.system x", 1, "!!python/object:os.system"),
        ("a: 1\n---\nb: 2", 2, "second document"),
        ("? [a, b]\n: 1", 1, "key that is not a text"),
        ("a: 1\nb: \x07", 2, "not valid YAML"),
        ("a: 1\n\tb: 2", 2, "not valid YAML"),
    ],
)
def test_what_cannot_be_read_is_a_problem_with_its_line(text: str, line: int, message: str) -> None:
    parsed = parse(text)
    assert parsed.value is None
    assert [(p.line, p.twice) for p in parsed.problems] == [(line, False)]
    assert message in parsed.problems[0].message
    assert parsed.problems[0].remedy


@pytest.mark.parametrize(
    "text", ["[" * 300_000, "- " * 300_000, "{a: " * 100_000, "a:\n" + "".join(" " * n + "b:\n" for n in range(1, 60))]
)
def test_deep_nesting_is_refused_and_does_not_crash_the_process(text: str) -> None:
    parsed = parse(text)
    assert parsed.value is None
    assert "nested more than 20 levels" in parsed.problems[0].message


@pytest.mark.parametrize("text", ["", "\n\n", "# only a comment\n"])
def test_an_empty_text_is_no_value_and_no_problem(text: str) -> None:
    parsed = parse(text)
    assert parsed.value is None
    assert parsed.problems == []


@given(st.text(max_size=200))
def test_no_text_makes_it_raise(text: str) -> None:
    parsed = parse(text)
    assert parsed.problems or parsed.value is None or parse(text).value == parsed.value


@pytest.mark.parametrize("text", [path.read_text("utf-8") for path in sorted(QUESTIONS.glob("*.yaml"))[:3]])
def test_python_s_own_parser_reads_what_libyaml_reads(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    fast = parse(text)
    monkeypatch.setattr(yaml_text, "_Loader", yaml.SafeLoader)
    slow = parse(text)
    assert slow == fast
    assert fast.value


def test_python_s_own_parser_survives_deep_nesting_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(yaml_text, "_Loader", yaml.SafeLoader)
    assert "nested more than 20 levels" in parse("[" * 100_000).problems[0].message
