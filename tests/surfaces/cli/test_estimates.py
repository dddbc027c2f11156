"""An estimate in the terminal: asked, graded, looked at."""

from __future__ import annotations

import json

import pytest

from tests.surfaces.cli.conftest import Viva

ITEM = "cnn/parameters-of-a-convolution"


def test_show_puts_numbers_in_and_says_that_others_come(viva: Viva) -> None:
    shown = viva("bank", "show", ITEM)
    assert "[[" not in shown.out
    assert "other numbers at each attempt" in shown.out
    plain = json.loads(viva("bank", "show", ITEM, "--answer", "--json").out)
    given = plain["numbers"]
    result = (given["k"] ** 2 * given["c_in"] + 1) * given["c_out"]
    assert f"= {result:,} parameters" in plain["rubric"]["result"]["criterion"]
    assert f"{result:,} parameters" in plain["model_answer"]


def test_an_answer_is_graded_with_the_numbers_given(viva: Viva) -> None:
    shown = viva("grade", ITEM, "--numbers", "k=3,c_in=64,c_out=128", "--json", stdin="(9*64+1)*128 = 73,856")
    plain = json.loads(shown.out)
    assert plain["score"]["fraction"] == 1
    assert plain["grader"] == "numeric-1"
    assert plain["beside"] == "73,856 is right."
    assert plain["numbers"] == {"k": 3, "c_in": 64, "c_out": 128}


def test_a_slip_is_named_in_words(viva: Viva) -> None:
    shown = viva("grade", ITEM, "--numbers", "k=3,c_in=64,c_out=128", stdin="It is 73,728 parameters")
    assert "The biases were left out" in shown.out
    assert "You came to 73,728 parameters: 0.17 % too low. It is 73,856 parameters." in shown.out


@pytest.mark.parametrize("command", ["ask", "grade"])
def test_numbers_that_are_never_drawn_are_refused(viva: Viva, command: str) -> None:
    shown = viva(command, ITEM, "--numbers", "k=4,c_in=64,c_out=128", stdin="5")
    assert shown.code == 2
    assert f"{ITEM} is not asked with c_in=64,c_out=128,k=4" in shown.err


def test_each_piped_answer_is_to_new_numbers_and_the_history_keeps_them(viva: Viva) -> None:
    asked = [json.loads(viva("ask", ITEM, "--json", stdin="5 parameters").out)["numbers"] for _ in range(3)]
    assert len({json.dumps(numbers, sort_keys=True) for numbers in asked}) == 3
    kept = json.loads(viva("history", "--json").out)
    assert [row["numbers"] for row in kept] == list(reversed(asked))
