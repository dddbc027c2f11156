"""The page of results says what the recorded files say."""

from __future__ import annotations

from pathlib import Path

from vivavoce.content.bank import load_bank
from vivavoce.services.lab_report import PAGE, results_page

CONTENT = Path(__file__).parents[2] / "content"


def test_the_page_of_results_is_current() -> None:
    assert PAGE.read_text("utf-8") == results_page(load_bank([CONTENT]).bank), "run: python3 tasks.py docs"


def test_the_page_names_every_claim_of_every_lab() -> None:
    page = PAGE.read_text("utf-8")
    for lab in load_bank([CONTENT]).bank.labs.values():
        assert f"### {lab.id}\n" in page
        assert lab.question in page
