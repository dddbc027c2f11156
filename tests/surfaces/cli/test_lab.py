"""`viva lab` and `viva claims`: what a person and a program see."""

from __future__ import annotations

import csv
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.engines.lab_runner.small import DOUBLING
from tests.services.lab_support import ITEM, SLOW, a_fake, a_pack, a_result, a_workspace, record
from tests.surfaces.cli.conftest import Viva
from vivavoce.domain.lab_run import Way
from vivavoce.plugins import PackFolder
from vivavoce.services import workspace
from vivavoce.services.labs import lab_page
from vivavoce.services.library import Library
from vivavoce.services.workspace import Workspace
from vivavoce.surfaces.cli import lab as lab_commands
from vivavoce.surfaces.cli.lab_predict import ask_predictions


@pytest.fixture
def pack(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The small lab alone: reading the whole bank for every command takes most of a second."""
    folder = tmp_path / "pack"
    monkeypatch.setattr(workspace, "pack_folders", lambda extra: (PackFolder("small", folder),))
    record_small(folder)
    return folder


def record_small(folder: Path, factor: float = 2.0, code: str = DOUBLING) -> None:
    lab = a_pack(folder, code)
    record(lab, a_result(lab, factor=factor))


def lines(text: str) -> str:
    """As one line, however a table was wrapped."""
    return " ".join(text.split())


def test_list_shows_labs_with_the_outcomes_of_their_claims(viva: Viva, pack: Path) -> None:
    ran = viva("lab", "list", "--concept", "sums")
    assert ran.code == 0
    assert "sums/doubling Does doubling make a number larger? supported, refuted 2026-03-01 recorded" in lines(ran.out)
    assert "1 lab." in ran.out
    (one,) = json.loads(viva("lab", "list", "--concept", "sums", "--json").out)
    assert one["item"] == ITEM
    assert one["claims"]["smaller"] == {"says": "Doubling makes it smaller.", "outcome": "refuted"}
    assert one["parameters"]["low"]["high"] == 5
    assert viva("lab", "list", "--area", "nowhere").code == 1


def test_list_names_what_is_missing(viva: Viva, pack: Path) -> None:
    record_small(pack, code=DOUBLING.replace("import numpy as np", "import numpy as np\nimport no_such_package"))
    ran = viva("lab", "list", "--concept", "sums")
    assert "no_such_package" in lines(ran.out)
    page = lines(viva("lab", "show", ITEM).out)
    assert "SUPPORTED Doubling adds at least 0.1." in page
    assert "no_such_package" in page
    refused = viva("lab", "run", ITEM)
    assert (refused.code, refused.out) == (2, "")
    assert "pip install no_such_package" in lines(refused.err)


def test_doctor_says_which_labs_cannot_run_and_what_to_install(viva: Viva, pack: Path) -> None:
    assert "labs: all 1 can run" in lines(viva("doctor").out)
    record_small(pack, code=DOUBLING.replace("import numpy as np", "import numpy as np\nimport no_such_package"))
    out = lines(viva("doctor").out)
    assert "1 of 1 labs cannot run here; their recorded results are shown" in out
    assert "pip install no_such_package" in out


def test_show_says_question_claims_numbers_parameters_and_how_to_run_it(viva: Viva, pack: Path) -> None:
    out = lines(viva("lab", "show", ITEM).out)
    for part in (
        "Does doubling make a number larger?",
        "twice the number",
        "Proved 2026-03-01, as recorded",
        "SUPPORTED Doubling adds at least 0.1.",
        "8 of 8 seeds for it, 0 against",
        "REFUTED Doubling makes it smaller.",
        "Often said: “Doubling makes a number smaller.” Doubling a positive number makes it larger.",
        "low least number 1 -3 to 5",
        "viva lab run sums/doubling",
    ):
        assert part in out


def test_run_prints_the_verdict_with_effect_interval_seeds_and_dots(viva: Viva, pack: Path) -> None:
    ran = viva("lab", "run", ITEM)
    assert ran.code == 0
    out = lines(ran.out)
    assert "finished, 8 seeds low = 1 SUPPORTED Doubling adds at least 0.1." in out
    assert "more [" in out
    assert "REFUTED Doubling makes it smaller." in out
    assert out.count("● ") + out.count("◉") >= 8
    assert "░ within the margin" in out
    assert "98.3%" in out
    again = lines(viva("lab", "run", ITEM).out)
    assert "8 seeds, 8 of them measured earlier" in again


def test_another_setting_that_flips_the_outcome_is_named(viva: Viva, pack: Path) -> None:
    viva("lab", "run", ITEM)
    ran = viva("lab", "run", ITEM, "--set", "low=-3", "--seeds", "4")
    assert ran.code == 0
    assert "REFUTED Doubling adds at least 0.1." in lines(ran.out)
    assert "It flips: with low = 1 “larger” was supported" in lines(ran.out)
    assert "low = -3" in lines(viva("lab", "show", ITEM).out)


def test_run_writes_json_csv_and_a_picture(viva: Viva, pack: Path, tmp_path: Path) -> None:
    table, picture = tmp_path / "seeds.csv", tmp_path / "lab.svg"
    ran = viva("lab", "run", ITEM, "--json", "--seeds", "4", "--csv", str(table), "--plot", str(picture))
    assert ran.code == 0
    said = json.loads(ran.out)
    assert (said["lab"], said["state"], said["seeds"], said["reused"]) == (ITEM, "finished", 4, 0)
    assert said["origin"]["settings"] == {"low": 1}
    assert said["result"]["ruled"]["larger"]["outcome"] == "supported"
    assert len(list(csv.DictReader(table.read_text().splitlines()))) == 8
    assert "<svg" in picture.read_text()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("run", "sums/dubling"), 'no lab "sums/dubling". Did you mean "sums/doubling"'),
        (("show", "sums/dubling"), 'no lab "sums/dubling". Did you mean "sums/doubling"'),
        (("run", "doubling"), "no item id"),
        (("run", ITEM, "--set", "lwo=3"), 'did you mean "low"'),
        (("run", ITEM, "--set", "low"), "--set 'low' sets nothing; write it as name=value"),
        (("run", ITEM, "--set", "low=9"), "low = 9 is out of range; a whole number from -3 to 5"),
        (("run", ITEM, "--set", "low=nan"), "is no number"),
        (("run", ITEM, "--seeds", "0"), "0 seeds are too few"),
        (("run", ITEM, "--seeds", "abc"), "'abc' is no whole number"),
        (("run", ITEM, "--plot", "lab.gif"), "end it with .svg or .png"),
        (("run", ITEM, "--csv", "nowhere/at/all.csv"), "there is no folder nowhere/at"),
        (("verify",), "give --all"),
        (("verify", ITEM, "--all"), "give --all"),
        (("verify", "sums/dubling"), 'Did you mean "sums/doubling"'),
        (("export", "zz"), 'no run of a lab "zz"'),
    ],
)
def test_what_cannot_be_done_is_refused_with_what_can(
    viva: Viva, pack: Path, arguments: tuple[str, ...], said: str
) -> None:
    ran = viva("lab", *arguments)
    assert (ran.code, ran.out) == (2, "")
    assert said in lines(ran.err)


def test_a_lab_that_raises_is_shown_with_its_error_and_exit_code_1(viva: Viva, pack: Path) -> None:
    record_small(pack, code=DOUBLING.replace("number = ", "assert low != 2, 'too much'\n    number = "))
    ran = viva("lab", "run", ITEM, "--set", "low=2")
    assert ran.code == 1
    assert "failed, 0 seeds" in lines(ran.out)
    assert "AssertionError: too much" in ran.out


def test_there_is_no_picture_of_a_run_without_seeds(viva: Viva, pack: Path, tmp_path: Path) -> None:
    record_small(pack, code=DOUBLING.replace("number = ", "assert not seed, 'broken'\n    number = "))
    ran = viva("lab", "run", ITEM, "--plot", str(tmp_path / "lab.svg"))
    assert (ran.code, (tmp_path / "lab.svg").exists()) == (1, False)
    assert "nothing to draw" in ran.err


def test_verify_says_that_every_outcome_is_as_recorded(viva: Viva, pack: Path) -> None:
    ran = viva("lab", "verify", ITEM)
    assert ran.code == 0
    out = lines(ran.out)
    assert "sums/doubling larger supported" in out
    assert "1 lab, 2 claims: every outcome as recorded." in out
    assert "python 3." in out
    assert "numpy 2." in out


def test_verify_fails_when_an_outcome_changed_and_record_makes_it_the_new_one(viva: Viva, pack: Path) -> None:
    record_small(pack, factor=0.5)
    ran = viva("lab", "verify", ITEM)
    assert ran.code == 1
    assert "sums/doubling#larger: was refuted, is now supported" in ran.out
    assert "sums/doubling#smaller: was supported, is now refuted" in ran.out
    viva("lab", "verify", ITEM, "--record")
    assert viva("lab", "verify", ITEM).code == 0


def test_verify_fails_when_a_lab_fails(viva: Viva, pack: Path) -> None:
    record_small(pack, code=DOUBLING.replace("number = ", "assert not seed, 'broken'\n    number = "))
    ran = viva("lab", "verify", ITEM)
    assert ran.code == 1
    assert "AssertionError: broken" in ran.out


def test_export_prints_a_result_or_writes_it(viva: Viva, pack: Path, tmp_path: Path) -> None:
    recorded = json.loads(viva("lab", "export", ITEM).out)
    assert recorded["origin"]["at"].startswith("2026-03-01")
    run = json.loads(viva("lab", "run", ITEM, "--json", "--seeds", "4").out)["run"]
    own = json.loads(viva("lab", "export", run[:8]).out)
    assert len(own["result"]["measurements"]) == 4
    target = tmp_path / "out.csv"
    assert viva("lab", "export", ITEM, "--csv", "-o", str(target)).code == 0
    assert target.read_text().startswith("lab,seed,condition,arm,measure,value,unit\n")
    assert viva("lab", "export", ITEM, "-o", str(tmp_path)).code == 2


def test_the_ledger_shows_claims_rulings_and_numbers(viva: Viva, pack: Path) -> None:
    out = lines(viva("claims", "--concept", "sums").out)
    assert "Doubling makes a number smaller." in out
    assert "→ Doubling a positive number makes it larger." in out
    assert "4 claims, 1 of them disputed." in out
    (false,) = json.loads(viva("claims", "--concept", "sums", "--popular-but-false", "--json").out)
    assert (false["key"], false["outcome"], false["lab"]) == ("halves", "refuted", ITEM)
    assert viva("claims", "--concept", "sums", "--depends").code == 1
    assert "Did you mean" in viva("claims", "--concept", "sms").err


# predictions
@pytest.fixture
def small(tmp_path: Path) -> Iterator[Workspace]:
    lab = a_pack(tmp_path / "pack")
    (tmp_path / "data").mkdir()
    with a_workspace(tmp_path / "data", tmp_path / "pack", lambda: a_fake(a_result(lab))) as ws:
        yield ws


def typing(*answers: str) -> Callable[[str, str], str]:
    left = list(answers)

    def ask(prompt: str, style: str) -> str:
        if not left:
            raise EOFError
        return left.pop(0)

    return ask


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (("1", "3", "5", "2", "2"), [("larger", Way.ABOVE, 2, 0.95), ("smaller", Way.EQUAL, 0, 0.55)]),
        (("9", "x", "1", "1", "1"), [("larger", Way.ABOVE, 0, 0.4)]),
        (("", "3", "2", "4"), [("smaller", Way.BELOW, 1, 0.85)]),
        (("1", "", ""), []),
        ((), []),
    ],
    ids=["both", "after-slips", "first-skipped", "skipped-half-way", "ctrl-d"],
)
def test_three_short_answers_are_a_prediction_and_enter_skips(
    small: Workspace, typed: tuple[str, ...], kept: list[tuple[str, Way, int, float]]
) -> None:
    ask_predictions(small, lab_page(small, ITEM), typing(*typed))
    found = small.store.labs.predictions()
    assert [(p.claim, p.way, p.size, p.sure) for p in found] == kept


def test_a_claim_that_was_predicted_is_not_asked_again(small: Workspace) -> None:
    ask_predictions(small, lab_page(small, ITEM), typing("1", "3", "5", "1", "1", "1"))
    ask_predictions(small, lab_page(small, ITEM), typing("1", "1", "1"))
    assert len(small.store.labs.predictions()) == 2


def test_a_person_is_asked_first_and_sees_the_prediction_beside_the_verdict(
    viva: Viva, pack: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = ["1", "3", "5", "1", "1", "3"]
    monkeypatch.setattr(lab_commands, "interactive", lambda: True)
    monkeypatch.setattr("builtins.input", lambda prompt: answers.pop(0))
    ran = viva("lab", "run", ITEM)
    assert answers == []
    assert "✓ as you said: more than 0.1 above plain, by more than 1 (nearly certain, 95%). Brier 0.00" in lines(
        ran.out
    )
    assert "✗ not as you said: above plain" not in lines(ran.out)
    quiet = viva("lab", "run", ITEM, "--no-predict")
    assert "Predict first" not in quiet.out


# Ctrl-C
def test_ctrl_c_keeps_what_was_measured_and_labels_it(tmp_path: Path) -> None:
    a_pack(tmp_path / "pack", SLOW)
    environment = {
        **os.environ,
        "VIVAVOCE_DATA_DIR": str(tmp_path / "data"),
        "VIVAVOCE_PACKS": str(tmp_path / "pack"),
        "NO_COLOR": "1",
        "COLUMNS": "160",
    }
    program = [sys.executable, "-m", "vivavoce", "lab", "run", ITEM, "--seeds", "200"]
    run = subprocess.Popen(
        program, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    )
    with a_workspace_when_there(tmp_path) as ws:
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            runs = ws.store.labs.runs()
            if runs and len(ws.store.labs.measurements(runs[0].id)) >= 3:
                break
            time.sleep(0.1)
        os.killpg(run.pid, signal.SIGINT)  # as a terminal does: to the workers too
        out, err = run.communicate(timeout=60)
        assert (run.returncode, err) == (130, "")
        assert "cancelled: a partial result" in lines(out)
        assert "SUPPORTED Doubling adds at least 0.1." in lines(out)
        (view,) = ws.labs.history(ITEM)
        assert view.state.value == "cancelled"
        assert 3 <= view.done < 200


def a_workspace_when_there(tmp_path: Path) -> Workspace:
    """A second program on the same data, once the first has made it."""
    deadline = time.monotonic() + 60
    while not (tmp_path / "data" / "vivavoce.db").exists() and time.monotonic() < deadline:
        time.sleep(0.1)
    return a_workspace(tmp_path / "data", tmp_path / "pack")


def test_the_small_pack_is_what_these_tests_think_it_is(pack: Path) -> None:
    shelf = Library([PackFolder("small", pack)]).current()
    assert shelf.diagnostics == ()
