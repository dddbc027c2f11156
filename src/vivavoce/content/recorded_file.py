"""The text of a recorded result, one seed a line, so that a change is readable."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from vivavoce.domain.lab import Lab, Recorded
from vivavoce.domain.lab_record import recorded_record


def recorded_path(lab: Lab) -> Path:
    """Beside the lab."""
    return Path(lab.path).with_suffix(".json")


def recorded_text(recorded: Recorded) -> str:
    """JSON that the loader reads back."""
    record = recorded_record(recorded)
    seeds, shown = record["result"].pop("measurements"), record["result"].pop("illustrations")
    head = json.dumps(record, indent=1, ensure_ascii=False)
    assert head.endswith("\n }\n}")
    return f'{head[:-5]},\n  "measurements": {_lines(seeds)},\n  "illustrations": {_lines(shown)}\n }}\n}}\n'


def _lines(records: list[dict[str, Any]]) -> str:
    inner = ",\n".join("   " + json.dumps(r, ensure_ascii=False, separators=(",", ":")) for r in records)
    return f"[\n{inner}\n  ]" if records else "[]"
