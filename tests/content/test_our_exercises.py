"""Every exercise and case of ours, executed: right answers pass, planted mistakes fail, symptoms show."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from vivavoce.content.bank import load_bank
from vivavoce.domain.exercise import Framework
from vivavoce.domain.ids import ItemId
from vivavoce.engines.judge.audit import Fault, audit, audit_case
from vivavoce.engines.judge.run import Judge
from vivavoce.plugins import make_sandbox
from vivavoce.services.judge_host import available

BANK = load_bank([Path(__file__).parents[2] / "content"]).bank
EVERYTHING = {**BANK.exercises, **{item: case.exercise for item, case in BANK.cases.items()}}
VARIANTS = [(item, framework) for item, exercise in EVERYTHING.items() for framework in exercise.variants]


@pytest.fixture(scope="module")
def judge() -> Iterator[Judge]:
    sandbox = make_sandbox()
    yield Judge(sandbox)
    sandbox.close()


@pytest.mark.slow
@pytest.mark.parametrize(("item", "framework"), VARIANTS, ids=lambda value: str(value))
def test_right_answers_pass_and_planted_mistakes_fail(judge: Judge, item: ItemId, framework: Framework) -> None:
    if not available(framework):
        pytest.skip(f"{framework} is not installed")
    done = audit(EVERYTHING[item], judge, frozenset({framework}))
    assert [f for f in done.findings if f.fault is not Fault.SEEDS_DISAGREE] == []
    assert done.rejected == done.mistakes > 0


@pytest.mark.slow
@pytest.mark.parametrize("item", BANK.cases, ids=str)
def test_a_case_shows_its_symptom_and_its_probes_work(judge: Judge, item: ItemId) -> None:
    case = BANK.cases[item]
    if not all(available(framework) for framework in case.exercise.variants):
        pytest.skip("the framework is not installed")
    assert audit_case(case.exercise, tuple(case.probes), judge) == ()
