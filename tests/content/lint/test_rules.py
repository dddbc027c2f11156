"""Each rule with its bad fixture and its printed snapshot.

A snapshot that is missing is written, and the test fails once so that somebody reads it. To renew one, delete it.
"""

from __future__ import annotations

import math
import re
import shutil
import string
from collections.abc import Sequence
from pathlib import Path

import pytest

from vivavoce.content.bank import load_bank
from vivavoce.content.diagnostic import Severity
from vivavoce.content.lint import RULES, LintContext, Rule, check
from vivavoce.content.lint.docs import render as render_docs
from vivavoce.content.lint.report import render
from vivavoce.domain.attempt import Grade, Verdict, VerdictKind
from vivavoce.domain.exercise import Exercise
from vivavoce.domain.lab import Lab
from vivavoce.domain.question import Criterion, Misconception
from vivavoce.engines.grader.numeric import NumericGrader
from vivavoce.engines.judge.audit import Finding, audit, audit_case
from vivavoce.engines.judge.fake import UnsafeSandbox
from vivavoce.engines.judge.run import Judge
from vivavoce.engines.lab_runner.audit import LabFinding
from vivavoce.engines.lab_runner.audit import audit as audit_lab
from vivavoce.engines.lab_runner.run import ProcessRunner

HERE = Path(__file__).parent
DOCUMENTATION = Path(__file__).parents[3] / "docs" / "authors" / "lint-rules.md"


class LastWordGrader:
    """Meets a criterion when the answer has the statement's last word."""

    def grade(
        self, answer: str, *, prompt: str, criteria: Sequence[Criterion], misconceptions: Sequence[Misconception] = ()
    ) -> Grade:
        verdicts = []
        for criterion in criteria:
            met = criterion.statement.rstrip(".").split()[-1] in answer.rstrip(".").split()
            verdicts.append(
                Verdict(criterion.id, VerdictKind.MET if met else VerdictKind.MISSED, 0.9 if met else 0.1, ())
            )
        return Grade(tuple(verdicts))


def by_letters(texts: Sequence[str]) -> list[list[float]]:
    """Vectors of unit length by how often each letter stands in a text."""
    vectors = []
    for text in texts:
        counts = [text.lower().count(letter) for letter in string.ascii_lowercase]
        length = math.hypot(*counts) or 1.0
        vectors.append([count / length for count in counts])
    return vectors


def context(packs: list[Path]) -> LintContext:
    judge = Judge(UnsafeSandbox())
    loaded = load_bank(packs)

    def audited(exercise: Exercise) -> tuple[Finding, ...]:
        case = loaded.bank.cases.get(exercise.id)
        of_case = audit_case(exercise, tuple(case.probes), judge) if case else ()
        return audit(exercise, judge).findings + of_case

    def audited_lab(lab: Lab) -> tuple[LabFinding, ...]:
        return audit_lab(lab, loaded.bank.recorded.get(lab.id), ProcessRunner())

    return LintContext(
        loaded,
        LastWordGrader(),
        number_grader=NumericGrader(),
        audit=audited,
        audit_lab=audited_lab,
        meaning=by_letters,
    )


def bad_packs(rule: Rule, tmp_path: Path) -> list[Path]:
    """The rule's fixture, copied, with what cannot be kept in a repository added."""
    root = tmp_path / rule.code
    shutil.copytree(HERE / "fixtures" / rule.code, root)
    questions = root / "concepts" / "dropout" / "questions"
    if rule.code == "F005":
        with (questions / "export.yaml").open("wb") as file:
            file.truncate(50_000_000)  # sparse: takes no room
    if rule.code == "F006":
        (tmp_path / "elsewhere.yaml").write_text("kind: explain\n")
        (questions / "elsewhere.yaml").symlink_to(tmp_path / "elsewhere.yaml")
    packs = sorted(path.parent for path in root.glob("*/pack.yaml"))
    return packs or [root]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_a_rule_prints_what_its_snapshot_says(rule: Rule, tmp_path: Path) -> None:
    packs = bad_packs(rule, tmp_path)
    found = check(context(packs), (rule,))
    printed = render(found, tmp_path / rule.code).replace(str(tmp_path / rule.code), "<pack>") + "\n"
    printed = re.sub(r"\bseed \d gave", "seed 0 gave", printed)  # of several workers any may be the first to fail
    snapshot = HERE / "snapshots" / f"{rule.code}.txt"
    if not snapshot.exists():
        snapshot.write_text(printed, "utf-8")
        pytest.fail(f"{snapshot.name} was written; read it and run again")
    assert printed == snapshot.read_text("utf-8")
    assert found
    assert {d.code for d in found} == {rule.code}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_a_rule_is_documented_with_what_why_and_an_example(rule: Rule) -> None:
    text = rule.documentation()
    assert re.match(r"[A-Z`].+\.", text)
    assert "\n*Why:* " in text
    assert "\n*Example:* " in text
    assert rule.title


def test_codes_are_unique_and_in_order() -> None:
    codes = [rule.code for rule in RULES]
    assert codes == sorted(set(codes), key=lambda code: ("FCQEL".index(code[0]), code))


def test_every_rule_lives_in_a_file_that_begins_with_its_code() -> None:
    for rule in RULES:
        assert type(rule).__module__.rpartition(".")[2].startswith(rule.code.lower() + "_")


def test_every_fixture_and_snapshot_belongs_to_a_rule() -> None:
    codes = {rule.code for rule in RULES}
    assert {path.name for path in (HERE / "fixtures").iterdir()} == codes
    assert {path.stem for path in (HERE / "snapshots").iterdir()} == codes


def test_every_code_that_loading_can_report_has_a_rule() -> None:
    source = Path(__file__).parents[3] / "src" / "vivavoce" / "content"
    reported = {
        code for path in source.glob("*.py") for code in re.findall(r'"([FCQEL]\d{3})"', path.read_text("utf-8"))
    }
    assert {"F001", "C001", "C004", "C007"} <= reported
    assert reported <= {rule.code for rule in RULES}


def test_the_documentation_page_is_current() -> None:
    assert DOCUMENTATION.read_text("utf-8") == render_docs(), "run: python3 tasks.py docs"


def test_warning_rules_never_report_errors(tmp_path: Path) -> None:
    for rule in (rule for rule in RULES if rule.severity is Severity.WARNING):
        found = check(context(bad_packs(rule, tmp_path)), (rule,))
        assert {d.severity for d in found} == {Severity.WARNING}, rule.code
