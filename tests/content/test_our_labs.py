"""Every lab of ours, executed with a few seeds: it runs, inside its budget, the same twice, as recorded."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path

import pytest

from vivavoce.content.bank import load_bank
from vivavoce.content.lint import LintContext, check
from vivavoce.content.recorded_file import recorded_path
from vivavoce.domain.ids import ItemId
from vivavoce.domain.lab import LOOKS, Outcome, RunState
from vivavoce.engines.lab_runner.audit import audit
from vivavoce.engines.lab_runner.base import WHOLE_ERROR
from vivavoce.engines.lab_runner.decide import rule_all
from vivavoce.engines.lab_runner.run import ProcessRunner

LOADED = load_bank([Path(__file__).parents[2] / "content"])
BANK = LOADED.bank


@pytest.mark.slow
@pytest.mark.parametrize("item", BANK.labs, ids=str)
def test_a_lab_runs_in_its_budget_the_same_twice_and_as_recorded(item: ItemId) -> None:
    lab = BANK.labs[item]
    for package in lab.needs:
        if importlib.util.find_spec(package) is None:
            pytest.skip(f"{package} is not installed")
    # One worker: the tests themselves run on every core.
    assert audit(lab, BANK.recorded.get(item), ProcessRunner(), workers=1) == ()


def test_no_lab_rule_finds_anything_not_even_a_warning_of_substance() -> None:
    found = [d for d in check(LintContext(LOADED)) if d.code.startswith("L") and d.code != "L306"]
    assert [str(d) for d in found] == []


@pytest.mark.parametrize("item", BANK.labs, ids=str)
def test_a_recorded_result_follows_from_its_own_measurements(item: ItemId) -> None:
    lab, result = BANK.labs[item], BANK.recorded[item].result
    assert result.state is RunState.FINISHED
    assert result.confidence == pytest.approx(1 - WHOLE_ERROR / len(LOOKS))
    assert len(result.measurements) >= LOOKS[0]
    again = rule_all(lab, result.measurements, result.confidence)
    assert {name: r.outcome for name, r in again.items()} == {name: r.outcome for name, r in result.ruled.items()}


@pytest.mark.parametrize("item", BANK.labs, ids=str)
def test_a_recorded_result_names_no_place_on_the_machine_that_measured_it(item: ItemId) -> None:
    text = recorded_path(BANK.labs[item]).read_text("utf-8")
    assert not re.search(r"(?:^|[\s\"(])/(?:home|root|work|tmp|usr|Users)/", text)


def test_a_lab_is_two_or_three_screens_of_code() -> None:
    lines = sorted(lab.code.count("\n") for lab in BANK.labs.values())
    assert lines[len(lines) // 2] <= 130
    assert lines[-1] <= 160


def test_every_ruling_by_a_lab_is_decided() -> None:
    assert [d.id for d in BANK.disputes.values() if d.ruling is Outcome.INCONCLUSIVE] == []


def test_every_claim_of_every_concept_has_evidence() -> None:
    bare = [
        f"{concept.id}#{key}"
        for concept in BANK.concepts.values()
        for key, claim in concept.claims.items()
        if not claim.sources and claim.lab is None
    ]
    assert bare == []
