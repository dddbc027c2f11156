"""The runner with real worker processes."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from tests.engines.lab_runner.small import DOUBLING, HEAD, MEASURE, STATED, load
from vivavoce.domain.exhibit import Curves
from vivavoce.domain.lab import Lab, LabResult, Outcome, RunState
from vivavoce.engines.lab_runner.audit import LabFault, audit
from vivavoce.engines.lab_runner.base import Plan, Progress, Request, plan_for
from vivavoce.engines.lab_runner.run import ProcessRunner


def run(lab: Lab, **changes: float) -> LabResult:
    return ProcessRunner().run(Request(lab, {**lab.defaults(), **changes}, plan_for(lab)))


def test_a_run_ends_at_the_first_look_at_which_all_is_decided(tmp_path: Path) -> None:
    result = run(load(tmp_path))
    assert result.state is RunState.FINISHED
    assert {name: r.outcome for name, r in result.ruled.items()} == {
        "larger": Outcome.SUPPORTED,
        "smaller": Outcome.REFUTED,
    }
    assert [m.seed for m in result.measurements] == list(range(8))
    assert result.confidence == pytest.approx(1 - 0.05 / 3)


def test_an_undecided_claim_gets_more_seeds(tmp_path: Path) -> None:
    undecided = DOUBLING.replace("plain + 0.1", "plain + 1.5")  # the mean of uniform numbers from 1 to 2
    result = run(load(tmp_path, undecided))
    assert len(result.measurements) > 8


def test_parameters_reach_the_lab_as_whole_numbers(tmp_path: Path) -> None:
    code = DOUBLING.replace("number = ", "assert type(low) is int\n    number = ")
    result = run(load(tmp_path, code), low=-3.0)
    assert result.error == ""
    assert result.ruled["smaller"].outcome is Outcome.SUPPORTED


def test_the_same_seed_gives_the_same_numbers_in_any_number_of_workers(tmp_path: Path) -> None:
    lab = load(tmp_path)
    runner = ProcessRunner()
    one, two = (runner.run(Request(lab, lab.defaults(), Plan((9,), 60, workers))) for workers in (1, 2))
    assert [m.values for m in one.measurements] == [m.values for m in two.measurements]


def test_known_seeds_are_not_measured_again(tmp_path: Path) -> None:
    lab = load(tmp_path)
    first = run(lab)
    broken = load(tmp_path / "broken", DOUBLING.replace("number = ", "raise OSError\n    number = "))
    known = {m.seed: m for m in first.measurements}
    result = ProcessRunner().run(Request(broken, broken.defaults(), plan_for(broken), known))
    assert result.state is RunState.FINISHED
    assert result.ruled == first.ruled


def test_progress_is_reported_seed_by_seed(tmp_path: Path) -> None:
    lab, seen = load(tmp_path), list[Progress]()
    ProcessRunner().run(Request(lab, lab.defaults(), plan_for(lab)), seen.append)
    assert [p.done for p in seen] == list(range(1, 9))
    assert {p.planned for p in seen} == {8}
    assert seen[-1].seconds_left == 0


def test_cancelling_keeps_what_was_measured_and_says_so(tmp_path: Path) -> None:
    slow = HEAD + "import time\n" + STATED + MEASURE.replace("number =", "time.sleep(0.2)\n    number =")
    lab, seen = load(tmp_path, slow), list[Progress]()
    started = time.monotonic()
    result = ProcessRunner().run(
        Request(lab, lab.defaults(), Plan((256,), 600)), seen.append, cancelled=lambda: len(seen) >= 3
    )
    assert result.state is RunState.CANCELLED
    assert 3 <= len(result.measurements) < 20
    assert time.monotonic() - started < 30


def test_a_run_over_its_limit_ends_with_what_it_has(tmp_path: Path) -> None:
    endless = DOUBLING.replace("number = ", "if seed == 2:\n        while True:\n            pass\n    number = ")
    lab = load(tmp_path, endless)
    result = ProcessRunner().run(Request(lab, lab.defaults(), Plan((3,), 4.0)))
    assert result.state is RunState.OUT_OF_TIME
    assert "4 s" in result.error
    assert [m.seed for m in result.measurements] == [0, 1]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("raise ArithmeticError('seven')", "ArithmeticError: seven"),
        ("import os; os._exit(3)", "exit status 3"),
        ("return {}", "gave no 'size' for arm 'plain'"),
        ("return {'plain': {'size': 'much'}, 'double': {'size': 1}}", "could not convert string to float"),
        ("import no_such_package", "No module named 'no_such_package'"),
    ],
)
def test_a_lab_that_fails_gives_a_result_that_says_how(tmp_path: Path, line: str, said: str) -> None:
    result = run(load(tmp_path, DOUBLING.replace("number = ", f"{line}\n    number = ")))
    assert result.state is RunState.FAILED
    assert said in result.error
    assert result.measurements == ()


def test_what_a_lab_prints_is_no_reply(tmp_path: Path) -> None:
    noisy = DOUBLING.replace("number = ", "print('{\"error\": 1}' * 10000)\n    number = ")
    assert run(load(tmp_path, noisy)).state is RunState.FINISHED


def test_not_a_number_in_an_arm_is_a_finding_not_a_failure(tmp_path: Path) -> None:
    result = run(load(tmp_path, DOUBLING.replace('{"size": 2 * number}', '{"size": float("nan")}')))
    assert result.state is RunState.FINISHED
    assert result.ruled["larger"].effects[0].diverged == {"double": 8}


def test_seeds_trained_together_are_always_the_same_ones(tmp_path: Path) -> None:
    batched = MEASURE.replace("def measure(seed, low):", "def measure_batch(seeds, low):").replace(
        "    number = np.random.default_rng(seed).uniform(low, low + 1)\n",
        "    assert list(seeds) in ([0, 1, 2], [3, 4, 5], [6, 7, 8])\n",
    )
    body = '    return [{"plain": {"size": s}, "double": {"size": s + 1.0}} for s in seeds]\n'
    code = HEAD + STATED + "BATCH = 3\n" + batched.partition("    return")[0] + body
    result = run(load(tmp_path, code))
    assert result.error == ""
    assert [m.seed for m in result.measurements] == list(range(8))


def test_an_illustration_comes_with_the_result(tmp_path: Path) -> None:
    line = '{"kind": "curves", "title": "T", "x": [1, 2], "lines": {"a": [low, float("inf")]}}'
    shown = f'\n\ndef illustrate(seed, low):\n    """A line."""\n    return [{line}]\n'
    result = run(load(tmp_path, DOUBLING + shown))
    assert result.illustrations == (Curves("T", "", "", (1.0, 2.0), {"a": (1.0, None)}),)


def test_workers_end_with_the_run(tmp_path: Path) -> None:
    code = DOUBLING.replace('{"size": number}', '{"size": os.getpid()}').replace(
        "import numpy", "import os\nimport numpy"
    )
    result = run(load(tmp_path, code))
    for measurement in result.measurements:
        with pytest.raises(ProcessLookupError, match="No such process"):
            os.kill(int(measurement.values[""]["plain"]["size"]), 0)


def test_an_audit_of_a_sound_lab_finds_nothing(tmp_path: Path) -> None:
    assert audit(load(tmp_path), None, ProcessRunner()) == ()


def test_an_audit_finds_numbers_that_differ_between_two_runs(tmp_path: Path) -> None:
    lab = load(tmp_path, DOUBLING.replace("default_rng(seed)", "default_rng()"))
    assert [f.fault for f in audit(lab, None, ProcessRunner())] == [LabFault.NOT_DETERMINISTIC]
