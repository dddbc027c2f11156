"""Which rows of a syllabus the bank covers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from vivavoce.content.bank import Bank, load_bank
from vivavoce.content.coverage import Coverage, Match, State, coverage, render
from vivavoce.content.syllabus import Entry, RowKind, load_syllabus
from vivavoce.domain.errors import BadInputError

OURS = Path(__file__).parents[2] / "content"
SYLLABUS = """
- id: dropout
  area: regularization
  asks: [Why are the kept units scaled?, How large is the cost of a forward pass?]
  points: [the expected input of the next layer stays the same]
  disputed: [scaling is optional]
  runs: [lab - measure it]
- id: gan
  asks: [What is it?]
  points: [a game, of two]
"""


@pytest.fixture
def bank(write_pack: Callable[..., Path], concept: Callable[..., str], question: Callable[..., str]) -> Bank:
    held = {"no-need": {"statement": "Scaling is optional.", "correction": "Without it the sizes differ."}}
    files = {
        "concepts/dropout/concept.md": concept("A unit is zero.\n\nKept units grow."),
        "concepts/dropout/questions/why-scale.yaml": question(misconceptions=held),
        "concepts/dropout/questions/old.yaml": question(status="retired", prompt="How large is the cost of a pass?"),
        "concepts/attention/concept.md": concept(title="Attention"),
    }
    return load_bank([write_pack(files)]).bank


@pytest.fixture
def found(bank: Bank, tmp_path: Path) -> Coverage:
    (tmp_path / "syllabus.yaml").write_text(SYLLABUS)
    return coverage(load_syllabus(tmp_path / "syllabus.yaml"), bank)


def test_each_row_is_matched_with_the_passage_that_says_it(found: Coverage) -> None:
    best = {(row.kind, row.text): (row.state, row.matches[0].id, row.matches[0].place) for row in found.rows[:1]}
    assert best == {
        (RowKind.ASK, "Why are the kept units scaled?"): (State.COVERED, "dropout/why-scale", "prompt"),
    }
    by_kind = {row.kind: row for row in found.rows}
    point, disputed = by_kind[RowKind.POINT], by_kind[RowKind.DISPUTED]
    assert (point.state, point.matches[0].place) == (State.COVERED, "rubric.scale")
    assert (disputed.state, disputed.matches[0].place) == (State.COVERED, "misconceptions.no-need")


def test_a_retired_question_covers_nothing(found: Coverage) -> None:
    row = next(row for row in found.rows if "forward pass" in row.text)
    assert row.state is State.OPEN
    assert all(match.id != "dropout/old" for match in row.matches)


def test_absent_and_further_concepts_are_listed(found: Coverage) -> None:
    assert [entry.concept for entry in found.absent] == ["gan"]
    assert found.beyond == ("attention",)


def test_the_counts_hold_the_rows_of_absent_concepts_as_open(found: Coverage) -> None:
    counted = {kind: dict(states) for kind, states in found.counts().items()}
    assert counted == {
        RowKind.ASK: {State.COVERED: 1, State.OPEN: 2},
        RowKind.POINT: {State.COVERED: 1, State.OPEN: 2},
        RowKind.DISPUTED: {State.COVERED: 1},
        RowKind.RUN: {State.OPEN: 1},
    }


def test_the_report_shows_what_is_open_and_the_counts(found: Coverage) -> None:
    assert render(found) == (
        "dropout\n"
        "  open    ask       How large is the cost of a forward pass?\n"
        "  open    run       lab - measure it\n"
        "gan: not in the bank (3 rows)\n"
        "ask       3 rows: 1 covered, 0 weak, 2 open\n"
        "point     3 rows: 1 covered, 0 weak, 2 open\n"
        "disputed  1 rows: 1 covered, 0 weak, 0 open\n"
        "run       1 rows: 0 covered, 0 weak, 1 open"
    )
    assert "covered ask       Why are the kept units scaled?" in render(found, everything=True)


def test_the_same_input_gives_the_same_result(bank: Bank, tmp_path: Path) -> None:
    (tmp_path / "syllabus.yaml").write_text(SYLLABUS)
    entries = load_syllabus(tmp_path / "syllabus.yaml")
    assert coverage(entries, bank) == coverage(entries, bank)
    assert all(isinstance(match, Match) for row in coverage(entries, bank).rows for match in row.matches)


def test_a_syllabus_is_read_with_its_runs(tmp_path: Path) -> None:
    (tmp_path / "s.yaml").write_text(SYLLABUS)
    first, second = load_syllabus(tmp_path / "s.yaml")
    assert first.rows[RowKind.RUN] == ("lab - measure it",)
    none: tuple[str, ...] = ()
    rows = {
        RowKind.ASK: ("What is it?",),
        RowKind.POINT: ("a game", "of two"),
        RowKind.DISPUTED: none,
        RowKind.RUN: none,
    }
    assert second == Entry("gan", rows)


def test_a_row_said_in_other_words_is_found_by_meaning(bank: Bank) -> None:
    entry = Entry("dropout", {RowKind.POINT: ("the mean stays as it was",)})

    def meaning(texts: Sequence[str]) -> list[list[float]]:
        return [[1.0, 0.0] if "expected input" in t or "mean stays" in t else [0.0, 1.0] for t in texts]

    (by_words,), (by_meaning,) = coverage([entry], bank).rows, coverage([entry], bank, meaning).rows
    assert by_words.state is not State.COVERED
    assert (by_meaning.state, by_meaning.matches[0].place) == (State.COVERED, "rubric.scale")


def test_what_has_to_run_is_found_among_labs_exercises_and_cases() -> None:
    bank = load_bank([OURS]).bank
    wanted = ("exercise - inverted dropout forward and backward", "lab - generalisation gap against rate and data size")
    rows = coverage([Entry("dropout", {RowKind.RUN: wanted})], bank).rows
    assert [row.matches[0].place for row in rows] == ["exercise", "lab"]
    assert rows[0].matches[0].id == "dropout/inverted-dropout"


def test_a_ruling_covers_a_disputed_row() -> None:
    bank = load_bank([OURS]).bank
    dispute = next(dispute for (home, _), dispute in bank.disputes.items() if home == "dropout")
    (row,) = coverage([Entry("dropout", {RowKind.DISPUTED: (dispute.says,)})], bank).rows
    assert row.state is State.COVERED
    assert f"disputed.{dispute.id}" in [match.place for match in row.matches]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a: 1", "found no list; a syllabus is a list of entries"),
        ("- id: a\n- id: [", ":2: not valid YAML"),
        ("- id: a\n- id: b\n- id: a\n", ':3: the id "a" is listed twice'),
        ("- id: Big One\n", ":1: the id is 'Big One'; it must be the id of a concept"),
        ("- asks: [x]\n", ":1: the id is None"),
        ("- word\n", ":1: an entry must have keys"),
        ("- id: a\n  asks: word\n", ":2: `asks` must be a list of texts"),
        (
            "- id: a\n  points:\n  - ok\n  - SVM: margins\n",
            ":4: row 2 of `points` must be a text; put one that contains",
        ),
    ],
)
def test_a_malformed_syllabus_is_refused_with_its_place(tmp_path: Path, text: str, message: str) -> None:
    (tmp_path / "s.yaml").write_text(text)
    with pytest.raises(BadInputError, match=r"s\.yaml") as error:
        load_syllabus(tmp_path / "s.yaml")
    assert message in str(error.value)


def test_every_malformed_entry_is_named_at_once(tmp_path: Path) -> None:
    (tmp_path / "s.yaml").write_text("- id: A\n- id: B\n")
    with pytest.raises(BadInputError, match=r"(?s):1: .*:2: "):
        load_syllabus(tmp_path / "s.yaml")


def test_a_missing_syllabus_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInputError, match=r"nowhere\.yaml\s+is\s+missing"):
        load_syllabus(tmp_path / "nowhere.yaml")
