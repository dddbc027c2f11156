"""Labs and results made up for their pictures."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence

from vivavoce.content.lab_test import parse_test
from vivavoce.domain.ids import ItemId
from vivavoce.domain.lab import PLAIN, Lab, LabClaim, LabResult, Measure, Measurement, RunState
from vivavoce.engines.lab_runner.decide import rule_all

ACCURACY = Measure("accuracy", "test accuracy", "%", better="higher")
RATIO = Measure("ratio", "first over last gradient norm", log=True)
TRAINS = Measure("trains", "runs that train", yes_no=True, better="higher")
ARMS = {"sigmoid": "one", "relu": "another", "batch-norm": "a third"}
Value = Callable[[str, str, random.Random], float]
"""Condition, arm and a source of chance to a value."""


def lab(measure: Measure, test: str, conditions: Sequence[str] = (PLAIN,), axis: str = "") -> Lab:
    claim = LabClaim("the-claim", "What is claimed <&> tested.", parse_test(test, {measure.name: measure}, ARMS))
    return Lab(
        id=ItemId("made-up", "lab"),
        question="Which?",
        method="",
        arms=ARMS,
        measures={measure.name: measure},
        claims={claim.id: claim},
        conditions=tuple(conditions),
        axis=axis,
    )


def result(of: Lab, value: Value, seeds: int = 8, state: RunState = RunState.FINISHED) -> LabResult:
    chance = random.Random(0)
    name = next(iter(of.measures))
    measurements = tuple(
        Measurement(n, {c: {arm: {name: float(value(c, arm, chance))} for arm in of.arms} for c in of.conditions}, 1.0)
        for n in range(seeds)
    )
    return LabResult(state, measurements, rule_all(of, measurements, 0.983), 0.983)
