"""An estimate is decided by the number that an answer comes to, and by no other that stands in it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vivavoce.domain.attempt import Flag, Grade, VerdictKind
from vivavoce.domain.question import Criterion, Expected, Misconception
from vivavoce.engines.grader.numbers import read_numbers
from vivavoce.engines.grader.numeric import Match, NumericGrader, compare

PROMPT = "A convolution has 64 input and 128 output channels, 3×3 filters and a bias each. How many parameters?"
CRITERIA = (
    Criterion("filter", "one filter", 1, False, "", expected=Expected(576, "weights", 0)),
    Criterion("result", "all of them", 2, True, "", expected=Expected(73_856, "parameters", 0.0005)),
)
SLIPS = (
    Misconception("no-bias", "Biases left out.", "128.", ("result",), expected=Expected(73_728, "parameters", 0.0005)),
)


def graded(answer: str) -> Grade:
    return NumericGrader().grade(answer, prompt=PROMPT, criteria=CRITERIA, misconceptions=SLIPS)


def kinds(answer: str) -> tuple[VerdictKind, VerdictKind]:
    first, last = graded(answer).verdicts
    return first.kind, last.kind


MET = (VerdictKind.MET, VerdictKind.MET)


@pytest.mark.parametrize(
    "answer",
    [
        "73,856",
        "73856 parameters",
        "3*3*64 = 576, plus 1 is 577, times 128 is 73,856.",
        "73,856: 577 per filter (576 + bias) times 128",
        "That's 73,856 parameters, since each of the 128 filters has 3*3*64+1 weights.",
        "The answer is 73,856. (3·3·64+1 = 577 per filter, times 128)",
        "So (9*64+1)*128 = 73856 parameters, about 0.3 MB in fp32.",
        "73856 parameters. In fp32 that's 295,424 bytes.",
        "Each filter sees 3x3x64 = 576 inputs plus one bias = 577. There are 128 such filters: 577*128=73,856.",
        "er, nine times 64, 576, and a bias, 577, and then 128 of those so, um, about 73.9 thousand parameters",
        "~73.9k params",
        "$(3^2 \\cdot 64 + 1) \\cdot 128 = 73{,}856$ or 73 856",
        "7.3856e4",
        "0.0739 M",
    ],
)
def test_a_right_result_is_met_however_it_is_said(answer: str) -> None:
    assert kinds(answer) == MET


@pytest.mark.parametrize(
    "answer",
    [
        "577 × 128",
        "295 thousand",
        "64 in, 128 out, 3 by 3",
        "73,856 would be too many; it is 8,192",
        "0.3 MB",
        "the answer is 73,857,000",
        "about 80 thousand",
    ],
)
def test_a_number_that_is_not_what_the_answer_comes_to_is_missed(answer: str) -> None:
    assert kinds(answer)[1] is VerdictKind.MISSED


def test_a_slip_is_recognised_by_its_number_and_quoted() -> None:
    answer = "3*3*64*128 = 73,728 parameters"
    grade = graded(answer)
    verdict = grade.verdict("result")
    assert (verdict.kind, verdict.misconception) == (VerdictKind.CONTRADICTED, "no-bias")
    assert [s.of(answer) for s in grade.misconceptions[0].spans] == ["73,728 parameters"]


def test_a_slip_that_was_corrected_is_none() -> None:
    grade = graded("Without biases 73,728, so with them the result is 73,856.")
    assert grade.misconceptions == ()
    assert grade.verdict("result").kind is VerdictKind.MET


def test_a_step_counts_by_itself_when_the_result_is_wrong() -> None:
    assert kinds("3*3*64 = 576 per filter, so 576 * 64 = 36,864") == (VerdictKind.MET, VerdictKind.MISSED)


def test_a_right_result_carries_a_step_that_was_done_in_the_head_and_says_by_which_words() -> None:
    answer = "It is 73,856."
    assert [v.spans[0].of(answer) for v in graded(answer).verdicts] == ["73,856", "73,856"]


def test_one_number_among_twenty_does_not_pass() -> None:
    others = [str(n) for n in range(70_001, 70_020)]
    assert kinds(", ".join([*others, "73,856"]))[1] is VerdictKind.UNSURE
    assert kinds(", ".join(["73,856", *others]))[1] is not VerdictKind.MET


def test_two_results_are_none() -> None:
    assert kinds("73,728 or 73,856")[1] is VerdictKind.UNSURE
    assert kinds("73,856 or 73,728")[1] is not VerdictKind.MET


@pytest.mark.parametrize("answer", ["73,856 bytes", "73.856", "about 74 k"])
def test_what_is_right_but_for_unit_scale_or_digits_is_partly(answer: str) -> None:
    assert kinds(answer)[1] is VerdictKind.PARTLY


@pytest.mark.parametrize(
    ("answer", "flag"),
    [("", Flag.EMPTY), ("I don't know.", Flag.DONT_KNOW), ("quite a lot of parameters", Flag.NO_NUMBER)],
)
def test_an_answer_without_a_number_says_why_it_is_none(answer: str, flag: Flag) -> None:
    grade = graded(answer)
    assert [f.flag for f in grade.flags] == [flag]
    assert {v.kind for v in grade.verdicts} == {VerdictKind.MISSED}


MEMORY = Expected(9_437_184, "bytes", 0.01)


@pytest.mark.parametrize(
    ("text", "match"),
    [
        ("9.44 MB", Match.RIGHT),
        ("9 MB", Match.RIGHT),  # MB is said for 2^20 bytes as well
        ("9.0 MiB", Match.RIGHT),
        ("9,437,184 bytes", Match.RIGHT),
        ("9437184", Match.RIGHT),
        ("75.5 Mbit", Match.RIGHT),
        ("9.44 MiB", Match.WRONG),
        ("9.44 Mbit", Match.WRONG),
        ("9.44", Match.NO_UNIT),
        ("9,437,184 parameters", Match.WRONG_UNIT),
        ("18.9 MB", Match.WRONG),
    ],
)
def test_memory_is_compared_in_the_unit_that_is_stated(text: str, match: Match) -> None:
    assert compare(read_numbers(text)[0], MEMORY, text).match is match


def test_a_multiply_add_is_two_operations() -> None:
    flops = Expected(2e9, "FLOPs", 0.01)
    for text, match in (("2 GFLOPs", Match.RIGHT), ("1 GMACs", Match.RIGHT), ("1 GFLOPs", Match.WRONG)):
        assert compare(read_numbers(text)[0], flops, text).match is match


def test_a_number_that_is_right_or_wrong_takes_no_rounding() -> None:
    side = Expected(28, "pixels", 0)
    for text, match in (("28", Match.RIGHT), ("28.0", Match.RIGHT), ("27.9", Match.WRONG), ("28.01", Match.WRONG)):
        assert compare(read_numbers(text)[0], side, text).match is match


def test_a_result_that_equals_a_number_of_the_question_can_be_said() -> None:
    criteria = (Criterion("result", "side", 2, True, "", expected=Expected(32, "pixels", 0)),)
    for answer in ("32", "(32 - 3 + 2)/1 + 1 = 32", "It stays at 32.", "32x32"):
        grade = NumericGrader().grade(answer, prompt="32 wide, kernel 3, padding 1?", criteria=criteria)
        assert grade.verdicts[0].kind is VerdictKind.MET, answer


@given(st.text(max_size=400))
def test_every_grade_keeps_what_a_grader_promises(answer: str) -> None:
    grade = graded(answer)
    assert [v.criterion for v in grade.verdicts] == ["filter", "result"]
    for verdict in grade.verdicts:
        assert all(0 <= s.start < s.end <= len(answer) for s in verdict.spans)
        assert verdict.spans or verdict.kind is VerdictKind.MISSED
    assert grade == graded(answer)


@given(st.integers(2, 10**9).filter(lambda n: abs(n / 73_856 - 1) > 0.01))
def test_no_other_number_is_the_result(number: int) -> None:
    assert graded(f"The answer is {number:,}.").verdict("result").kind is not VerdictKind.MET
