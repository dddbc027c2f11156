"""A result as plain data for `--json`."""

from __future__ import annotations

from typing import Any

from vivavoce.services.result import Result


def plain_result(result: Result) -> dict[str, Any]:
    """Everything a program would want to know; character offsets count in the answer given here as `text`."""
    attempt, points = result.record.attempt, result.score
    verdicts = {v.criterion: v for v in attempt.grade.verdicts}
    return {
        "item": str(attempt.item),
        "attempt": attempt.id or None,
        "grader": attempt.grade.grader,
        "score": {
            "earned": points.earned,
            "claimed": points.claimed,
            "unsure": points.open,
            "total": points.total,
            "fraction": points.fraction,
        },
        "verdicts": [
            {
                "criterion": row.criterion.id,
                "statement": row.criterion.statement,
                "must_have": row.criterion.must_have,
                "verdict": row.kind.value,
                "probability": row.probability,
                "points": row.points,
                "of": row.criterion.points,
                "claimed": row.claimed,
                "quotes": [
                    {"text": span.of(attempt.text), "start": span.start, "end": span.end}
                    for span in verdicts[row.criterion.id].spans
                ],
                "missing_parts": list(row.missing_parts),
                "say": row.say,
            }
            for row in result.criteria
        ],
        "misconceptions": [
            {
                "id": found.misconception.id,
                "statement": found.misconception.statement,
                "correction": found.misconception.correction,
                "quotes": list(found.quotes),
                "lab": str(found.misconception.lab) if found.misconception.lab else None,
            }
            for found in result.misconceptions
        ],
        "flags": [flagged.flag.value for flagged in result.flags],
        "numbers": dict(attempt.numbers) if attempt.numbers else None,
        "beside": result.beside.words if result.beside else None,
        "follow_up": result.follow_up.ask if result.follow_up else None,
        "text": attempt.text,
    }
