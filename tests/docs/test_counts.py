"""What the documents count is what the bank holds."""

from __future__ import annotations

import re
from pathlib import Path

from vivavoce.content.bank import load_bank

ROOT = Path(__file__).parents[2]


def test_the_readme_and_the_changelog_count_what_the_bank_holds() -> None:
    bank = load_bank([ROOT / "content"]).bank
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    counted = f"{len(bank.questions)} questions on {len(bank.concepts)} concepts"
    assert counted in readme
    listed = re.search(r"^- \d+ concepts with their lessons and (\d+) questions: ([^.]+)\.", changelog, flags=re.M)
    assert listed is not None
    assert int(listed.group(1)) == len(bank.questions)
    assert set(re.split(r",\s+", listed.group(2))) == set(bank.concepts)
