"""A run or a recorded result as a file for other programs."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

from vivavoce.domain.errors import BadInputError, UnknownItemError
from vivavoce.domain.lab import Lab, LabResult, Origin
from vivavoce.domain.lab_record import number_record, origin_record, result_record
from vivavoce.services.workspace import Workspace


def chosen_result(ws: Workspace, what: str) -> tuple[Lab, Origin, LabResult]:
    """What a run (its id or the beginning of it) came to; of a lab, its newest finished run or else what is recorded.

    Raises `UnknownItemError`, and `BadInputError` for an id that begins several runs and a lab that has no result.
    """
    if "/" not in what:
        begun = [run.id for run in ws.store.labs.runs() if what and run.id.startswith(what)]
        if len(begun) > 1:
            raise BadInputError(f"{len(begun)} runs begin with {what!r}; give more of the id")
        if not begun:
            raise UnknownItemError("run of a lab", what)
        view = ws.labs.watch(begun[0])
        return ws.library.bank.lab(view.run.item), view.run.origin, view.result
    lab = ws.library.bank.lab(what)
    for run in ws.store.labs.finished(lab.id)[:1]:
        return lab, run.origin, ws.labs.watch(run.id).result
    recorded = ws.library.bank.recorded.get(lab.id)
    if recorded is None:
        raise BadInputError(f"{lab.id} has no result yet; `viva lab run {lab.id}` makes one")
    return lab, recorded.origin, recorded.result


def as_csv(lab: Lab, result: LabResult) -> str:
    """One row for each seed, condition, arm and measure, with a header. What diverged is nan, inf or -inf."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(("lab", "seed", "condition", "arm", "measure", "value", "unit"))
    for measurement in result.measurements:
        for condition, arms in measurement.values.items():
            for arm, taken in arms.items():
                for name, value in taken.items():
                    unit = lab.measures[name].unit if name in lab.measures else ""
                    row = (lab.id, measurement.seed, condition, arm, name, number_record(value), unit)
                    writer.writerow(row)
    return text.getvalue()


def as_json(lab: Lab, origin: Origin, result: LabResult) -> str:
    """`plain` as a text."""
    return json.dumps(plain(lab, origin, result), indent=1, ensure_ascii=False) + "\n"


def plain(lab: Lab, origin: Origin, result: LabResult) -> dict[str, Any]:
    """Everything: question, claims with tests and rulings, origin, measurements."""
    claims = {
        name: {"says": claim.says, "test": claim.test.text, "check": claim.check.text if claim.check else None}
        for name, claim in lab.claims.items()
    }
    measures = {name: {"says": m.says, "unit": m.unit, "by_ratio": m.log} for name, m in lab.measures.items()}
    return {
        "lab": str(lab.id),
        "question": lab.question,
        "arms": dict(lab.arms),
        "measures": measures,
        "claims": claims,
        "origin": origin_record(origin),
        "result": result_record(result),
    }
