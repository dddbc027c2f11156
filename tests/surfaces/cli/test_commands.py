from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.surfaces.cli.conftest import Viva

ITEM = "vanishing-exploding-gradients/why-deep-sigmoid-stalls"
GOOD = (
    "Going backwards you multiply one derivative for every layer, so the gradient of the first layer is a product of "
    "twenty factors. The sigmoid's derivative is at most 0.25, so the product gets tiny. I would use ReLU, because its "
    "slope is one where it is active, so it does not shrink the signal."
)


def test_the_version_is_printed(viva: Viva) -> None:
    assert viva("--version").out.startswith("viva 0.")


def test_help_names_every_command_with_what_it_does(viva: Viva) -> None:
    shown = viva("--help")
    assert shown.code == 0
    for command in ("practice", "ask", "grade", "bank", "history", "stats", "export", "import", "content", "doctor"):
        assert f" {command} " in shown.out


def test_the_bank_is_listed_filtered_and_as_json(viva: Viva) -> None:
    shown = viva("bank", "list", "--concept", "dropout", "--json")
    rows = json.loads(shown.out)
    assert rows
    assert {row["item"].split("/")[0] for row in rows} == {"dropout"}
    assert {row["standing"] for row in rows} == {"new"}


def test_a_misspelt_concept_is_answered_with_the_nearest_and_exit_code_2(viva: Viva) -> None:
    shown = viva("bank", "list", "--concept", "dropuot")
    assert shown.code == 2
    assert 'no concept "dropuot". Did you mean "dropout"' in shown.err
    assert shown.out == ""


def test_no_match_is_exit_code_1(viva: Viva) -> None:
    assert viva("bank", "search", "zzzzqqqq").code == 1


def test_search_forgives_typing_errors(viva: Viva) -> None:
    assert "dropout" in viva("bank", "search", "droput").out


def test_a_question_is_shown_without_its_answer_unless_asked(viva: Viva) -> None:
    assert "residual" not in viva("bank", "show", ITEM).out
    assert "residual" in viva("bank", "show", ITEM, "--answer").out


def test_a_lesson_is_shown(viva: Viva) -> None:
    assert "Dropout" in viva("bank", "show", "dropout").out


def test_grading_prints_verdicts_whose_quotes_are_words_of_the_answer(viva: Viva) -> None:
    shown = viva("grade", ITEM, "--json", stdin=GOOD)
    assert shown.code == 0, shown.err
    graded = json.loads(shown.out)
    assert [v["criterion"] for v in graded["verdicts"]] == ["product", "small-factor", "remedy"]
    assert graded["score"]["total"] == 6
    quotes = [q for v in graded["verdicts"] for q in v["quotes"]]
    assert quotes
    assert all(GOOD[q["start"] : q["end"]] == q["text"] for q in quotes)
    assert graded["score"]["fraction"] >= 0.5


def test_grading_keeps_nothing_but_the_loaded_bank(viva: Viva, tmp_path: Path) -> None:
    viva("grade", ITEM, stdin=GOOD)
    assert [path.name for path in (tmp_path / "data").iterdir()] == ["cache"]


def test_an_empty_answer_is_refused_with_what_to_do(viva: Viva) -> None:
    shown = viva("grade", ITEM, stdin="  \n")
    assert shown.code == 2
    assert "the answer is empty; write at least a sentence" in shown.err


@pytest.mark.parametrize(
    "text",
    [
        "no",
        "a\x00b",
        "🙂" * 50,
        "שלום עולם זה מבחן",
        "<script>alert(1)</script>",
        b"\xff\xfe broken bytes",
        "[bold]x[/]",
    ],
    ids=["one word", "NUL", "emoji", "right-to-left", "script", "not UTF-8", "console markup"],
)
def test_odd_answers_are_graded_without_credit_and_without_a_crash(viva: Viva, text: str | bytes) -> None:
    shown = viva("grade", ITEM, "--json", stdin=text)
    assert shown.code == 0, shown.err
    assert json.loads(shown.out)["score"]["earned"] == 0
    assert viva("grade", ITEM, stdin=text).code == 0


def test_asking_with_piped_text_keeps_the_attempt_and_history_stats_and_export_show_it(
    viva: Viva, tmp_path: Path
) -> None:
    asked = viva("ask", ITEM, "--json", stdin=GOOD)
    assert asked.code == 0, asked.err
    attempt = json.loads(asked.out)["attempt"]
    (past,) = json.loads(viva("history", "--json").out)
    assert (past["attempt"], past["text"]) == (attempt, GOOD)
    assert attempt[:8] in viva("history").out
    assert json.loads(viva("stats", "--json").out)["answers"] == 1
    file = tmp_path / "backup.jsonl"
    assert viva("export", str(file)).code == 0
    assert attempt in file.read_text()
    assert viva("--data-dir", str(tmp_path / "other"), "import", str(file)).err.startswith("2 records added")
    assert json.loads(viva("--data-dir", str(tmp_path / "other"), "history", "--json").out) == [past]


def test_practice_without_a_terminal_says_what_to_use_instead(viva: Viva) -> None:
    shown = viva("practice")
    assert shown.code == 2
    assert "viva grade ITEM < answer.txt" in shown.err


def test_a_bad_setting_is_named_with_what_would_be_right(viva: Viva, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VIVAVOCE_PORT", "eighty")
    shown = viva("history")
    assert shown.code == 2
    assert "VIVAVOCE_PORT is 'eighty'; it must be a whole number from 1 to 65535" in shown.err


def test_a_corrupt_database_is_exit_code_3_and_left_as_it_is(viva: Viva, tmp_path: Path) -> None:
    file = tmp_path / "data" / "vivavoce.db"
    file.parent.mkdir()
    file.write_bytes(b"this is not a database, but somebody's text" * 100)
    before = file.read_bytes()
    shown = viva("history")
    assert shown.code == 3
    assert str(file) in shown.err
    assert file.read_bytes() == before


def test_what_is_no_export_is_refused_with_its_line(viva: Viva, tmp_path: Path) -> None:
    file = tmp_path / "x.jsonl"
    file.write_text("hello\n")
    shown = viva("import", str(file))
    assert shown.code == 2
    assert "line 1: not JSON" in shown.err


def test_doctor_finds_everything_well_here(viva: Viva) -> None:
    shown = viva("doctor", "--json")
    findings = {f["name"]: f for f in json.loads(shown.out)}
    assert shown.code == 0, shown.out
    assert {"vivavoce", "data folder", "database", "bank", "grader"} <= set(findings)
    assert not [f for f in findings.values() if f["state"] == "problem"]


def test_doctor_reports_a_broken_database_and_ends_with_1(viva: Viva, tmp_path: Path) -> None:
    file = tmp_path / "data" / "vivavoce.db"
    file.parent.mkdir()
    file.write_bytes(b"no database" * 500)
    shown = viva("doctor")
    assert shown.code == 1
    assert "✗ database" in shown.out


def test_a_new_question_is_valid_at_once_and_check_says_what_is_missing(viva: Viva, tmp_path: Path) -> None:
    pack = tmp_path / "my-pack"
    assert viva("content", "new", "my-idea/why", "--pack", str(pack)).code == 0
    checked = viva("content", "check", str(pack), "--no-grade")
    assert "TODO" in checked.out
    again = viva("content", "new", "my-idea/why", "--pack", str(pack))
    assert again.code == 2
    assert "is already there" in again.err


def test_a_pack_named_in_the_settings_stands_beside_ours(
    viva: Viva, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pack = tmp_path / "my-pack"
    viva("content", "new", "my-idea/why", "--pack", str(pack))
    monkeypatch.setenv("VIVAVOCE_PACKS", str(pack))
    items = [row["item"] for row in json.loads(viva("bank", "list", "--json").out)]
    assert "my-idea/why" in items
    assert ITEM in items


def test_a_closed_pipe_ends_quietly(tmp_path: Path) -> None:
    done = subprocess.run(
        f"{sys.executable} -m vivavoce bank list | head -1",
        shell=True,
        capture_output=True,
        text=True,
        env={**os.environ, "VIVAVOCE_DATA_DIR": str(tmp_path)},
        check=False,
    )
    assert done.stdout.startswith("item")
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["bank", "list", "--level", "hard"], "'basic', 'intermediate'"),
        (["bank", "list", "--kind", "essay"], "'explain'"),
        (["bank", "list", "--area", "cooking"], "no area 'cooking'; it is one of "),
        (["--port", "99999"], "65535"),
    ],
    ids=" ".join,
)
def test_a_value_that_no_question_has_is_refused_with_those_there_are(
    viva: Viva, arguments: list[str], says: str
) -> None:
    shown = viva(*arguments)
    assert shown.code == 2
    assert says in " ".join(shown.err.split())


def test_a_failed_export_leaves_the_earlier_file_and_nothing_else(viva: Viva, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    (folder / "backup.jsonl").mkdir(parents=True)
    shown = viva("export", str(folder / "backup.jsonl"))
    assert shown.code == 2
    assert "Is a directory" in shown.err
    assert [p.name for p in folder.iterdir()] == ["backup.jsonl"]


@pytest.mark.skipif(not Path("/dev/full").is_char_device(), reason="this system has no /dev/full")
def test_an_export_to_a_full_disk_says_so_on_standard_output_too(tmp_path: Path) -> None:
    done = subprocess.run(
        f"{sys.executable} -m vivavoce export > /dev/full",
        shell=True,
        capture_output=True,
        text=True,
        env={**os.environ, "VIVAVOCE_DATA_DIR": str(tmp_path)},
        check=False,
    )
    assert done.returncode == 2
    assert "the export is not complete: No space left on device" in done.stderr


def test_an_export_into_a_pipe_is_written_into_it_and_does_not_replace_it(viva: Viva, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    assert viva("export", str(pipe)).code == 0
    assert pipe.is_fifo()
    assert b"vivavoce-export" in os.read(reader, 1000)
    os.close(reader)


def test_a_list_that_a_program_reads_has_every_item_on_one_line(viva: Viva, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    items = [row["item"] for row in json.loads(viva("bank", "list", "--json").out)]
    lines = viva("bank", "list").out.splitlines()
    assert [line.split()[0] for line in lines[1 : 1 + len(items)]] == items


def test_an_empty_piped_answer_leaves_what_a_terminal_typed(viva: Viva) -> None:
    assert viva("ask", ITEM, stdin=" ").code == 2
    assert json.loads(viva("history", "--json").out) == []


def test_doctor_names_a_setting_that_does_not_exist_and_the_one_meant(
    viva: Viva, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VIVAVOCE_RETENTON", "0.8")
    found = {f["name"]: f for f in json.loads(viva("doctor", "--json").out)}["settings"]
    assert found["state"] == "warning"
    assert found["found"] == "VIVAVOCE_RETENTON is no setting; did you mean VIVAVOCE_RETENTION?"


def test_doctor_says_what_to_do_when_the_data_folder_cannot_be_made(viva: Viva, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    found = {f["name"]: f for f in json.loads(viva("--data-dir", str(tmp_path / "file" / "x"), "doctor", "--json").out)}
    assert found["data folder"]["state"] == "problem"
    assert "VIVAVOCE_DATA_DIR" in found["data folder"]["remedy"]
