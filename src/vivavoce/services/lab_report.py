"""Every recorded result on one page of the documentation, which `python -m vivavoce.services.lab_report` writes."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path

from vivavoce.content.bank import Bank, load_bank
from vivavoce.domain.dispute import Dispute
from vivavoce.domain.lab import Lab, Recorded
from vivavoce.plugins import core_pack
from vivavoce.services.lab_words import OUTCOME_WORDS, numbers_text

PAGE = Path(__file__).parents[3] / "docs" / "explanation" / "lab-results.md"

_HEAD = """# What the labs found

Made from the recorded results by `python3 tasks.py docs`; `viva lab verify --all` measures all of it anew and fails
when an outcome changed. How an outcome is decided, and what it does not say: [labs.md](labs.md). Brackets are intervals
at 98.3 % (three looks that together keep 95 %); *n* is the number of seeds."""


def results_page(bank: Bank) -> str:
    """The page as Markdown."""
    shown = [(lab, bank.recorded[item]) for item, lab in bank.labs.items() if item in bank.recorded]
    parts = [_HEAD, _provenance([recorded for _, recorded in shown]), "## Disputed sentences", _disputes(bank)]
    parts += ["## Labs", *(_lab(lab, recorded) for lab, recorded in shown)]
    return "\n\n".join(parts) + "\n"


def _provenance(recorded: Iterable[Recorded]) -> str:
    origins = [r.origin for r in recorded]
    days = sorted(o.at[:10] for o in origins)
    found: dict[str, set[str]] = {}
    for origin in origins:
        for name, version in origin.versions.items():
            found.setdefault(name, set()).add(version)
    versions = "; ".join(f"{name} {', '.join(sorted(found[name]))}" for name in sorted(found))
    machines = "; ".join(sorted({o.machine for o in origins}))
    return f"{len(origins)} labs, measured {days[0]} to {days[-1]} on: {machines}. Versions: {versions}."


def _disputes(bank: Bank) -> str:
    lines = ["| concept | often said | ruling | by |", "|---|---|---|---|"]
    for dispute in bank.disputes.values():
        cells = (dispute.concept, _cell(dispute.says), OUTCOME_WORDS[dispute.ruling], _evidence(dispute))
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


def _evidence(dispute: Dispute) -> str:
    if dispute.lab is not None:
        return f"`{dispute.lab}`"
    return ", ".join((*dispute.sources_against, *dispute.sources_for))


def _lab(lab: Lab, recorded: Recorded) -> str:
    seeds = len(recorded.result.measurements)
    settings = f" Settings: {lab.axis}." if lab.axis else ""
    lines = [
        f"### {lab.id}",
        "",
        f"{lab.question} *n* = {seeds}.{settings}",
        "",
        "| claim | outcome | effect |",
        "|---|---|---|",
    ]
    for name, ruled in recorded.result.ruled.items():
        if name in lab.claims:
            cells = (_cell(lab.claims[name].says), OUTCOME_WORDS[ruled.outcome], _cell(numbers_text(lab, ruled)))
            lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


if __name__ == "__main__":
    PAGE.write_text(results_page(load_bank([core_pack()]).bank), "utf-8")
    sys.stdout.write(f"{PAGE}\n")
