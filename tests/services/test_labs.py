"""What is said of a lab before it runs: cards, the page, settings and seeds as they are typed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.engines.lab_runner.small import DOUBLING
from tests.services.lab_support import ITEM, a_fake, a_pack, a_result, a_workspace, record
from tests.services.support import Clock
from vivavoce.domain.errors import BadInputError, UnknownItemError
from vivavoce.domain.lab import Lab, Outcome, Parameter, RunState
from vivavoce.engines.lab_runner.fake import FakeLabRunner
from vivavoce.services.flips import flips, would_change
from vivavoce.services.lab_needs import advice, missing
from vivavoce.services.labs import lab_cards, lab_page, range_text, read_seeds, read_settings
from vivavoce.services.workspace import Workspace

BOTH = {"larger": Outcome.SUPPORTED, "smaller": Outcome.REFUTED}
OTHER = {"larger": Outcome.REFUTED, "smaller": Outcome.SUPPORTED}


@pytest.fixture
def lab(tmp_path: Path) -> Lab:
    return a_pack(tmp_path / "pack")


@pytest.fixture
def fake() -> FakeLabRunner:
    return a_fake()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def ws(tmp_path: Path, lab: Lab, fake: FakeLabRunner, clock: Clock) -> Iterator[Workspace]:
    (tmp_path / "data").mkdir()
    with a_workspace(tmp_path / "data", tmp_path / "pack", lambda: fake, clock) as space:
        yield space


def test_a_lab_without_a_result_has_a_card_that_says_so(ws: Workspace) -> None:
    (card,) = lab_cards(ws)
    assert (str(card.lab.id), card.concept.title, card.missing) == (ITEM, "Sums", ())
    assert (card.standing, card.own, card.at, card.recorded) == ({}, False, "", None)


def test_the_recorded_result_stands_until_the_reader_has_a_full_run(tmp_path: Path, lab: Lab, clock: Clock) -> None:
    record(lab, a_result(lab))
    (tmp_path / "data").mkdir()
    mirrored, partial = a_result(lab, factor=0.5), a_result(lab, factor=0.5, state=RunState.CANCELLED)
    fake = a_fake(partial, mirrored, mirrored, mirrored)
    with a_workspace(tmp_path / "data", tmp_path / "pack", lambda: fake, clock) as ws:
        (card,) = lab_cards(ws)
        assert (card.standing, card.own, card.at) == (BOTH, False, "2026-03-01T09:00:00+00:00")
        clock.move(days=1)
        ws.labs.wait(ws.labs.start(ITEM, {}))  # cancelled
        ws.labs.wait(ws.labs.start(ITEM, {"low": 2}))  # another setting
        ws.labs.wait(ws.labs.start(ITEM, {}, seeds=2))  # fewer seeds than the lab asks for
        assert lab_cards(ws)[0].standing == BOTH
        ws.labs.wait(ws.labs.start(ITEM, {}))
        (card,) = lab_cards(ws)
        assert (card.standing, card.own, card.at) == (OTHER, True, "2026-03-02T09:00:00+00:00")
        assert card.recorded is not None


def test_a_run_of_an_older_version_of_the_lab_no_longer_stands(tmp_path: Path, lab: Lab) -> None:
    (tmp_path / "data").mkdir()
    with a_workspace(tmp_path / "data", tmp_path / "pack", lambda: a_fake(a_result(lab))) as ws:
        ws.labs.wait(ws.labs.start(ITEM, {}))
        assert lab_cards(ws)[0].own
    record(lab, a_result(lab))
    a_pack(tmp_path / "pack", DOUBLING.replace("2 * number", "3 * number"))
    with a_workspace(tmp_path / "data", tmp_path / "pack") as ws:
        page = lab_page(ws, ITEM)
        assert (page.card.own, page.stale, len(page.runs)) == (False, True, 1)


def test_a_page_has_the_claims_and_disputes_that_rest_on_the_lab(ws: Workspace) -> None:
    page = lab_page(ws, ITEM)
    assert list(page.claims) == [("sums", "adds"), ("sums", "measured")]
    assert [d.id for d in page.disputes] == ["halves"]
    assert (page.runs, page.predictions, page.advice, page.stale) == ((), {}, "", False)
    with pytest.raises(UnknownItemError, match=r'no lab "sums/dubling". Did you mean "sums/doubling"'):
        lab_page(ws, "sums/dubling")


@pytest.mark.parametrize("status", ["draft", "retired"])
def test_a_lab_that_is_not_ready_is_not_listed_and_still_has_a_page(tmp_path: Path, status: str) -> None:
    a_pack(tmp_path / "pack", DOUBLING.replace("CLAIMS =", f'STATUS = "{status}"\nCLAIMS ='))
    (tmp_path / "data").mkdir()
    with a_workspace(tmp_path / "data", tmp_path / "pack") as ws:
        assert lab_cards(ws) == ()
        assert str(lab_page(ws, ITEM).lab.id) == ITEM


def test_settings_are_as_given_or_else_the_defaults(lab: Lab) -> None:
    assert read_settings(lab, {}) == {"low": 1}
    assert read_settings(lab, {"low": "-3"}) == {"low": -3}
    assert type(read_settings(lab, {"low": "2.0"})["low"]) is int


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"lwo": "2"}, r"no parameter 'lwo' \(did you mean \"low\"\?\); it has: low"),
        ({"depth": "2"}, r"no parameter 'depth'; it has: low"),
        ({"low": "6"}, "low = 6 is out of range; a whole number from -3 to 5 is expected"),
        ({"low": "1.5"}, "low = 1.5 is not whole"),
        ({"low": "nan"}, "low = 'nan' is no number; a whole number from -3 to 5"),
        ({"low": "inf"}, "low = 'inf' is no number"),
        ({"low": "1,5"}, "low = '1,5' is no number"),
        ({"low": ""}, "low = '' is no number"),
        ({"low": "9" * 400}, "is no number"),
    ],
)
def test_a_setting_that_cannot_be_is_named_with_what_can(lab: Lab, given: dict[str, str], said: str) -> None:
    with pytest.raises(BadInputError, match=said):
        read_settings(lab, given)


def test_a_parameter_that_is_a_word_takes_one_of_its_choices(lab: Lab) -> None:
    word = replace(lab, parameters={"act": Parameter("act", "activation", "relu", choices=("relu", "tanh"))})
    assert read_settings(word, {"act": "tanh"}) == {"act": "tanh"}
    with pytest.raises(BadInputError, match=r"act = 'tan' is no choice \(did you mean \"tanh\"\?\); .*relu, tanh"):
        read_settings(word, {"act": "tan"})


def test_ranges_are_said_with_their_unit() -> None:
    assert range_text(Parameter("p", "rate", 0.5, 0.1, 0.9, "%")) == "0.1 to 0.9 %"
    assert range_text(Parameter("p", "steps", 3, 1, 9)) == "1 to 9"
    assert range_text(Parameter("p", "kind", "a", choices=("a", "b"))) == "a, b"


def test_a_number_of_seeds_is_read_or_left_to_the_lab() -> None:
    assert [read_seeds(text) for text in ("", "  ", "2", " 256 ")] == [None, None, 2, 256]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("0", "0 seeds are too few: a run has 2 to 256"),
        ("-3", "-3 seeds are too few"),
        ("1", "1 seeds are too few"),
        ("257", "257 seeds are too many"),
        ("abc", "'abc' is no whole number: a run has 2 to 256"),
        ("8.0", "'8.0' is no whole number"),
        ("²", "'²' is no whole number"),
    ],
)
def test_a_number_of_seeds_that_cannot_be_is_named_with_what_can(text: str, said: str) -> None:
    with pytest.raises(BadInputError, match=said):
        read_seeds(text)


def test_what_is_missing_is_named_as_it_is_installed(lab: Lab) -> None:
    assert missing(replace(lab, needs=("json", "no_such_package"))) == ("no_such_package",)
    assert advice(()) == ""
    assert "pip install torch scikit-learn" in advice(("torch", "scikit-learn"), "linux")
    assert "CPU build" in advice(("torch",), "linux")
    assert "CPU build" not in advice(("torch",), "darwin")


def test_a_run_with_another_setting_and_another_outcome_is_where_a_claim_flips(
    ws: Workspace, lab: Lab, fake: FakeLabRunner
) -> None:
    fake.results += [a_result(lab), a_result(lab, factor=0.5), a_result(lab)]
    for settings in ({}, {"low": -3}, {"low": 4}):
        ws.labs.wait(ws.labs.start(ITEM, settings))
    first = ws.labs.history(ITEM)[-1]
    found = flips(first.result.ruled, first.run.origin.settings, ws.labs.history(ITEM))
    assert {(f.claim, f.outcome, f.settings["low"]) for f in found} == {
        ("larger", Outcome.REFUTED, -3),
        ("smaller", Outcome.SUPPORTED, -3),
    }


def test_the_paragraph_on_what_would_change_the_outcome_is_found(lab: Lab) -> None:
    method = "How.\n\nWhat would change the outcome: negative\nnumbers.\n\nMore."
    assert would_change(replace(lab, method=method)) == "What would change the outcome: negative numbers."
    assert would_change(lab) == "What would change the outcome: negative numbers."
    assert would_change(replace(lab, method="How.")) == ""
