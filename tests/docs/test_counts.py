"""What the documents count is what the bank holds."""

from __future__ import annotations

import re
from pathlib import Path

from vivavoce.content.bank import load_bank
from vivavoce.domain.question import Status

ROOT = Path(__file__).parents[2]


def test_the_readme_and_the_changelog_count_what_the_bank_holds() -> None:
    bank = load_bank([ROOT / "content"]).bank
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    concepts = {concept.id for concept in bank.concepts.values() if not concept.draft}
    ready = [question for question in bank.questions.values() if question.status is Status.READY]
    counted = f"{len(ready)} questions on {len(concepts)} concepts"
    assert counted in readme
    listed = re.search(r"^- (\d+) concepts with their lessons and (\d+) questions", changelog, flags=re.M)
    assert listed is not None
    assert (int(listed[1]), int(listed[2])) == (len(concepts), len(ready))


def test_the_readme_and_the_changelog_count_the_labs_and_the_disputed_sentences() -> None:
    bank = load_bank([ROOT / "content"]).bank
    labs = [lab for lab in bank.labs.values() if lab.status is Status.READY]
    for page in ("README.md", "CHANGELOG.md"):
        text = " ".join((ROOT / page).read_text(encoding="utf-8").split())
        assert f"{len(labs)} labs" in text
        assert f"{len(bank.disputes)} sentences that are often said" in text


def test_the_changelog_counts_the_estimates_that_draw_numbers() -> None:
    bank = load_bank([ROOT / "content"]).bank
    drawn = [q for q in bank.questions.values() if q.estimate is not None]
    assert f"{len(drawn)} estimates among the questions" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def test_the_readme_counts_the_exercises_and_cases() -> None:
    bank = load_bank([ROOT / "content"]).bank
    counted = f"{len(bank.exercises)} exercises and {len(bank.cases)} cases"
    assert counted in (ROOT / "README.md").read_text(encoding="utf-8")
    assert counted in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
