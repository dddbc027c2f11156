"""`viva code`: start, run, submit, show, hint, solution, watch; with the real judge of this machine."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.surfaces.cli.conftest import Viva

ITEM = "loss-functions/softmax-cross-entropy"
CONTENT = Path(__file__).parents[3] / "content" / "concepts"
REFERENCE = CONTENT / "loss-functions/exercises/softmax-cross-entropy/numpy/reference.py"


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_the_list_holds_exercises_with_their_frameworks(viva: Viva) -> None:
    ran = viva("code", "list", "--concept", "loss-functions", "--json")
    rows = {row["item"]: row for row in json.loads(ran.out)}
    assert (rows[ITEM]["state"], rows[ITEM]["frameworks"]) == ("new", ["numpy", "torch"])


def test_start_writes_the_starter_once(viva: Viva, tmp_path: Path) -> None:
    assert viva("code", "start", ITEM).code == 0
    text = (tmp_path / "solution.py").read_text()
    assert "def softmax_cross_entropy(logits, labels):" in text
    assert "raise NotImplementedError" in text
    (tmp_path / "solution.py").write_text("mine")
    again = viva("code", "start", ITEM)
    assert again.code == 2
    assert "is there already" in again.err
    assert (tmp_path / "solution.py").read_text() == "mine"


def test_a_right_solution_passes_and_is_kept(viva: Viva) -> None:
    ran = viva("code", "submit", ITEM, str(REFERENCE))
    assert ran.code == 0
    assert "8 of 8 tests passed" in ran.out
    listed = viva("code", "list", "--concept", "loss-functions", "--json")
    assert {r["item"]: r["state"] for r in json.loads(listed.out)}[ITEM] == "passed"
    shown = viva("code", "solution", ITEM)
    assert "log_p = z - np.log" in shown.out


def test_a_wrong_solution_fails_with_its_reason_and_the_exit_code_1(viva: Viva, tmp_path: Path) -> None:
    wrong = REFERENCE.read_text().replace("labels].mean()", "labels].sum()")
    (tmp_path / "solution.py").write_text(wrong)
    ran = viva("code", "submit", ITEM, "solution.py", "--json")
    assert ran.code == 1
    report = json.loads(ran.out)
    assert (report["outcome"], report["passed"]) == ("wrong_value", False)
    assert report["nearest_mistake"]["id"] == "sum-loss"
    failure = next(t["failure"] for t in report["tests"] if t["failure"])
    assert "logits" in failure["inputs"]
    text = viva("code", "run", ITEM, "solution.py")
    assert text.code == 1
    assert "You sum the loss over the examples" in text.out


def test_bad_files_are_refused_by_name(viva: Viva, tmp_path: Path) -> None:
    assert "cannot be read" in viva("code", "run", ITEM, "nothing.py").err
    (tmp_path / "latin.py").write_bytes(b"x = '\xe9'")
    assert "is not UTF-8 (byte 5)" in viva("code", "run", ITEM, "latin.py").err
    (tmp_path / "long.py").write_text("#" + "x" * 300_000)
    assert "at most 262,144" in viva("code", "submit", ITEM, "long.py").err
    assert 'Did you mean "loss-functions/softmax' in viva("code", "run", "loss-functions/softmax-entropy", "x.py").err
    assert "has no 'jax' variant" in viva("code", "start", ITEM, "--framework", "jax").err


def test_hints_come_one_by_one_and_the_solution_on_giving_up(viva: Viva) -> None:
    assert "Hint 1 of 3" in viva("code", "hint", ITEM).out
    second = viva("code", "hint", ITEM).out
    assert "Hint 1 of 3" in second
    assert "Hint 2 of 3" in second
    refused = viva("code", "solution", ITEM)
    assert refused.code == 2
    assert "--give-up" in refused.err
    assert "def softmax_cross_entropy" in viva("code", "solution", ITEM, "--give-up").out


def test_show_prints_statement_and_rules(viva: Viva) -> None:
    shown = viva("code", "show", ITEM).out
    assert "softmax_cross_entropy(logits, labels)" in shown
    assert "must not be changed in place" in shown


@pytest.mark.skipif(sys.platform == "win32", reason="ends by a signal")
def test_watch_runs_again_when_the_file_is_saved(tmp_path: Path) -> None:
    file = tmp_path / "solution.py"
    file.write_text("def softmax_cross_entropy(logits, labels): return 0.0, logits * 0\n")
    command = [sys.executable, "-m", "vivavoce", "--data-dir", str(tmp_path / "d"), "code", "watch", ITEM, str(file)]
    environment = {**os.environ, "NO_COLOR": "1", "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as watching:
        assert watching.stdout is not None
        seen = ""
        while "0 of 1 tests passed" not in seen:
            seen += watching.stdout.readline()
        time.sleep(0.05)  # another time stamp
        file.write_text(REFERENCE.read_text())
        while "1 of 1 tests passed" not in seen:
            seen += watching.stdout.readline()
        watching.send_signal(signal.SIGINT)
        assert watching.wait(20) == 130
