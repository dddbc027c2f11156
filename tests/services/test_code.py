"""Exercises and cases through the services: what is kept, what is shown, what it is worth."""

from __future__ import annotations

import itertools
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.services.support import Clock, SayingGrader
from vivavoce.domain.attempt import VerdictKind
from vivavoce.domain.errors import BadInputError, UnknownItemError
from vivavoce.domain.exercise import Confinement, Outcome, TestResult
from vivavoce.domain.exhibit import Curves
from vivavoce.engines.judge.fake import UnsafeSandbox
from vivavoce.plugins import PackFolder, make_scheduler
from vivavoce.services.answer import Answer, submit
from vivavoce.services.case_score import case_score
from vivavoce.services.code_drafts import code_drafts, discard_code_draft, save_code_draft
from vivavoce.services.disclose import (
    buy_probe,
    give_up,
    hints_shown,
    probe_exhibits,
    probes_bought,
    show_hint,
    symptom,
)
from vivavoce.services.drafts import open_drafts
from vivavoce.services.exercises import exercise_rows, exercise_view
from vivavoce.services.judge_host import JudgeHost
from vivavoce.services.judging import CodeAnswer, planned_tests, run_examples, submit_code
from vivavoce.services.library import Library
from vivavoce.services.outcome_words import WORDS, conventions_say, nearest_says, rules_say, summary
from vivavoce.services.overview import overview
from vivavoce.services.practise import plan
from vivavoce.services.workspace import Workspace
from vivavoce.settings import load_settings
from vivavoce.storage.store import open_store

FIXTURES = Path(__file__).parents[1] / "content" / "lint" / "fixtures"
DOUBLE, CASE = "dropout/double", "dropout/flat-loss"
RIGHT, WRONG = "def double(x):\n    return x * 2\n", "def double(x):\n    return x / 2\n"
PROBE = '\n\ndef probe_step(t):\n    """The step."""\n    t.bars("step", {"step": 0.0})\n'


@pytest.fixture
def ws(tmp_path: Path, clock: Clock, grader: SayingGrader) -> Iterator[Workspace]:
    pack = tmp_path / "pack"
    shutil.copytree(FIXTURES / "E203", pack)
    shutil.copytree(FIXTURES / "E210" / "concepts/dropout/cases", pack / "concepts/dropout/cases")
    tests = pack / "concepts/dropout/cases/flat-loss/tests.py"
    tests.write_text(
        tests.read_text().partition("\n\ndef probe_step")[0]
        + PROBE
        + '''

def test_falls(t):
    """The loss falls."""
    losses = t.call("train", 5)
    t.check(losses[-1] < losses[0] / 2, "it does not fall")
'''
    )
    settings = load_settings({}, data_dir=tmp_path)
    numbers = itertools.count(1)
    with Workspace(
        settings=settings,
        library=Library([PackFolder("core", pack)]),
        grader=grader,
        scheduler=make_scheduler(settings.retention),
        store=open_store(settings.database),
        clock=clock,
        new_id=lambda: f"id{next(numbers)}",
        judging=JudgeHost(make=UnsafeSandbox),
    ) as workspace:
        yield workspace


def answer(code: str, name: str = "s1", item: str = DOUBLE, seconds: float = 30.0) -> CodeAnswer:
    return CodeAnswer(item, "numpy", code, name, "tab", seconds)


def test_a_submission_is_judged_by_every_test_and_kept(ws: Workspace) -> None:
    told: list[TestResult] = []
    submission = submit_code(ws, answer(RIGHT), told.append)
    assert submission.report.passed
    assert [t.name for t in told] == [name for name, _ in planned_tests(ws, DOUBLE)]
    assert ws.store.code.submission("s1") == submission
    assert (submission.code, submission.seconds, submission.hints) == (RIGHT, 30.0, 0)


def test_the_same_submission_twice_is_judged_once(ws: Workspace) -> None:
    first = submit_code(ws, answer(WRONG))
    assert submit_code(ws, answer(RIGHT)) == first


def test_run_takes_the_examples_and_keeps_nothing(ws: Workspace) -> None:
    report = run_examples(ws, DOUBLE, "numpy", RIGHT)
    assert [t.name for t in report.tests] == ["example_ones"]
    assert ws.store.code.submissions() == ()


def test_the_code_is_a_draft_before_it_is_judged(ws: Workspace) -> None:
    def crash(result: TestResult) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        submit_code(ws, answer(RIGHT), crash)
    assert [d.code for d in code_drafts(ws, DOUBLE, "numpy")] == [RIGHT]


def test_drafts_are_kept_by_framework_and_writer_and_are_no_answers(ws: Workspace) -> None:
    save_code_draft(ws, DOUBLE, "numpy", "tab1", "a = 1\r\n\0")
    save_code_draft(ws, DOUBLE, "numpy", "tab2", "b")
    assert {d.writer: d.code for d in code_drafts(ws, DOUBLE, "numpy")} == {"tab1": "a = 1\n\u2400", "tab2": "b"}
    assert open_drafts(ws) == ()
    save_code_draft(ws, DOUBLE, "numpy", "tab1", "  ")
    discard_code_draft(ws, DOUBLE, "numpy", "tab2")
    assert code_drafts(ws, DOUBLE, "numpy") == ()


def test_what_does_not_fit_is_refused_with_what_would(ws: Workspace) -> None:
    with pytest.raises(BadInputError, match="has no 'torch' variant; it has numpy"):
        save_code_draft(ws, DOUBLE, "torch", "tab", "x")
    with pytest.raises(BadInputError, match="at most 1,000,000 are kept"):
        save_code_draft(ws, DOUBLE, "numpy", "tab", "x" * 1_000_001)
    with pytest.raises(UnknownItemError, match="dropout/double"):
        exercise_view(ws, "dropout/doubel")


def test_the_list_says_where_one_stands(ws: Workspace) -> None:
    assert {str(r.exercise.id): r.state for r in exercise_rows(ws)} == {DOUBLE: "new", CASE: "new"}
    submit_code(ws, answer(WRONG))
    assert {str(r.exercise.id): (r.state, r.attempts) for r in exercise_rows(ws)}[DOUBLE] == ("tried", 1)
    submit_code(ws, answer(RIGHT, "s2"))
    assert {str(r.exercise.id): (r.state, r.is_case) for r in exercise_rows(ws)} == {
        DOUBLE: ("passed", False),
        CASE: ("new", True),
    }


def test_the_page_shows_hints_one_by_one_and_the_solution_after_a_pass_or_giving_up(ws: Workspace) -> None:
    assert (exercise_view(ws, DOUBLE).hints_shown, exercise_view(ws, DOUBLE).may_see_solution) == (0, False)
    assert [show_hint(ws, DOUBLE) for _ in range(3)] == [1, 2, 2]
    assert submit_code(ws, answer(WRONG)).hints == 2
    assert not exercise_view(ws, DOUBLE).may_see_solution
    give_up(ws, DOUBLE)
    view = exercise_view(ws, DOUBLE)
    assert (view.may_see_solution, view.solved, view.rejects) == (True, False, 10)
    assert [s.id for s in view.history] == ["s1"]
    assert view.confinement is Confinement.LIMITED
    assert "float64" in view.tolerance


def test_a_report_is_put_into_words(ws: Workspace) -> None:
    exercise = ws.library.bank.exercise(DOUBLE)
    report = submit_code(ws, answer(WRONG)).report
    assert summary(report) == "1 of 4 tests passed"  # twice nothing is half of nothing
    assert nearest_says(exercise, report) == "You return x / 2."
    assert conventions_say(exercise, report) == ()
    assert "The inputs must not be changed in place." in rules_say(exercise, report.framework)
    assert set(WORDS) == set(Outcome)


def test_a_case_shows_its_symptom_and_sells_probes(ws: Workspace) -> None:
    (curve,) = symptom(ws, CASE)
    assert isinstance(curve, Curves)
    assert curve.lines["training"] == (1.0,) * 5
    with pytest.raises(BadInputError, match="has not been bought"):
        probe_exhibits(ws, CASE, "step")
    with pytest.raises(UnknownItemError, match="stepp"):
        buy_probe(ws, CASE, "stepp")
    bought = buy_probe(ws, CASE, "step")
    assert probe_exhibits(ws, CASE, "step") == bought == buy_probe(ws, CASE, "step")
    assert probes_bought(ws, CASE) == ("step",)


def test_a_case_is_worth_finding_fixing_and_time_less_what_was_bought(ws: Workspace, grader: SayingGrader) -> None:
    assert case_score(ws, CASE).points == 0
    grader.says = {"zero-step": VerdictKind.MET}
    fixed = ws.library.bank.exercise(CASE).variants
    code = next(iter(fixed.values())).reference
    submit(ws, Answer(CASE, "The step is zero.", "a1", "tab", 60.0))
    submit_code(ws, answer("def train(steps):\n    return [1.0] * steps\n", "s1", CASE))
    assert not case_score(ws, CASE).fixed
    submit_code(ws, answer(code, "s2", CASE))
    buy_probe(ws, CASE, "step")
    show_hint(ws, CASE)
    score = case_score(ws, CASE)
    assert (score.fixed, score.probes_cost, score.hints_cost, score.seconds) == (True, 5, 5, 120.0)
    assert hints_shown(ws, CASE) == 1
    assert dict(score.parts)["fixed"] == 45
    assert score.found == 1.0
    assert score.points == 45 + 45 + 10 - 5 - 5


def test_a_diagnosis_is_no_question_of_the_daily_plan(ws: Workspace, clock: Clock) -> None:
    submit(ws, Answer(CASE, "The step is zero.", "a1", "tab", 60.0))
    clock.move(days=30)
    assert plan(ws) == ()
    assert (overview(ws).due, overview(ws).next_due) == (0, None)


def test_a_framework_that_is_not_installed_says_what_to_install_and_counts_for_nothing(
    ws: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("vivavoce.services.judge_host.available", lambda framework: False)
    submission = submit_code(ws, answer(RIGHT))
    assert submission.report.outcome is Outcome.SANDBOX_ERROR
    assert "-m pip install" in submission.report.message
    assert exercise_rows(ws)[0].state == "new"
    assert [choice.available for choice in exercise_view(ws, DOUBLE).frameworks] == [False]
