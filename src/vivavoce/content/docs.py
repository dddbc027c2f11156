"""Tables of every key for `docs/authors/format.md`. `python -m vivavoce.content.docs` writes them into the page."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from vivavoce.content.code_schema import (
    CaseFile,
    ChoiceFile,
    DiagnosisFile,
    ExerciseFile,
    LimitsFile,
    MistakeFile,
    MistakesFile,
    ProbeFile,
    ReplaceFile,
)
from vivavoce.content.estimate_schema import EstimateFile, NumberName, SlipFile, StepFile, UnitName
from vivavoce.content.figure_schema import (
    ArrowFile,
    BarsFile,
    BoxFile,
    CurvesFile,
    DiagramFile,
    FigureFile,
    FigureKind,
    FrameFile,
    MatrixFile,
    PointsFile,
    RangeFile,
)
from vivavoce.content.lab_schema import LabClaimFile, LabFile, MeasureFile, ParameterFile
from vivavoce.content.schema import (
    Area,
    BindingFile,
    ClaimFile,
    ConceptFile,
    CriterionFile,
    DisputedFile,
    DisputeFile,
    FollowUpFile,
    MisconceptionFile,
    PackFile,
    QuestionFile,
    Role,
    SaidBy,
    SampleFile,
    Slug,
    SourceFile,
    Voice,
)
from vivavoce.domain.exhibit import Shape, Tone
from vivavoce.domain.lab import Outcome
from vivavoce.domain.question import Kind, Level, Status

PAGE = Path(__file__).parents[3] / "docs" / "authors" / "format.md"
_MODELS: dict[str, type[BaseModel]] = {
    "pack": PackFile,
    "concept": ConceptFile,
    "claim": ClaimFile,
    "source": SourceFile,
    "question": QuestionFile,
    "criterion": CriterionFile,
    "binding": BindingFile,
    "misconception": MisconceptionFile,
    "follow-up": FollowUpFile,
    "sample": SampleFile,
    "estimate": EstimateFile,
    "step": StepFile,
    "slip": SlipFile,
    "figure": FigureFile,
    "diagram": DiagramFile,
    "box": BoxFile,
    "arrow": ArrowFile,
    "frame": FrameFile,
    "curves": CurvesFile,
    "range": RangeFile,
    "bars": BarsFile,
    "matrix": MatrixFile,
    "points": PointsFile,
    "exercise": ExerciseFile,
    "limits": LimitsFile,
    "choice": ChoiceFile,
    "mistakes": MistakesFile,
    "mistake": MistakeFile,
    "replacement": ReplaceFile,
    "case": CaseFile,
    "diagnosis": DiagnosisFile,
    "probe": ProbeFile,
    "lab": LabFile,
    "measure": MeasureFile,
    "parameter": ParameterFile,
    "lab-claim": LabClaimFile,
    "disputed": DisputedFile,
    "dispute": DisputeFile,
}
_VALUES: dict[str, Any] = {
    "area": get_args(Area),
    "level": tuple(Level),
    "kind": tuple(Kind),
    "status": tuple(Status),
    "role": get_args(Role),
    "voice": get_args(Voice),
    "unit": get_args(UnitName),
    "figure": get_args(FigureKind),
    "shape": tuple(Shape),
    "tone": tuple(Tone),
    "framework": ("numpy", "torch"),
    "said_by": get_args(SaidBy),
    "ruling": tuple(Outcome),
}
_SECTION = re.compile(r"<!-- made: (?P<name>[a-z-]+) -->\n.*?<!-- end -->", re.DOTALL)


def render_tables() -> dict[str, str]:
    """Name of a table to its Markdown, with the marks around it."""
    tables = {name: _keys(model) for name, model in _MODELS.items()}
    tables["values"] = "\n".join(
        ["| key | values |", "|---|---|"]
        + [f"| {name} | {', '.join(f'`{value}`' for value in values if value)} |" for name, values in _VALUES.items()]
    )
    return {name: f"<!-- made: {name} -->\n{table}\n<!-- end -->" for name, table in tables.items()}


def refresh(page: str) -> str:
    """`page` with every table between its marks renewed."""
    tables = render_tables()
    return _SECTION.sub(lambda match: tables[match["name"]], page)


def _keys(model: type[BaseModel]) -> str:
    lines = ["| key | value | |", "|---|---|---|"]
    shared = FigureFile.model_fields if issubclass(model, FigureFile) and model is not FigureFile else {}
    for name, field in model.model_fields.items():
        if name in shared:
            continue  # said once for all kinds of figures
        needed = "**needed**. " if field.is_required() else ""
        says = f"{needed}{field.description or ''}{_default(field)}"
        lines.append(f"| `{field.alias or name}` | {_type(field.annotation)} | {says} |")
    return "\n".join(lines)


def _default(field: FieldInfo) -> str:
    if field.is_required() or field.default in (None, (), {}, ""):
        return ""
    default = field.default
    return f" Default: `{str(default).lower() if isinstance(default, bool) else default}`."


def _type(annotation: Any) -> str:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return next(name for name, model in _MODELS.items() if model is annotation)
    if get_args(annotation) == ("estimate",):
        return "`estimate`"
    for values in _VALUES.values():
        if tuple(getattr(annotation, "__members__", {}).values()) == values or get_args(annotation) == values:
            return "see values"
    if annotation == Slug:
        return "id"
    simple = {str: "text", int: "whole number", float: "number", bool: "true or false"}
    if annotation in simple:
        return simple[annotation]
    origin, inner = get_origin(annotation), get_args(annotation)
    if origin is Literal:
        return "see values"
    if origin is tuple:
        return f"list of {_type(inner[0])}".replace("list of id", "list of ids")
    if origin is dict:
        return f"{'name' if inner[0] in (str, NumberName) else 'id'}: {_type(inner[1])}"
    if set(inner) == {int, float}:
        return "number"
    if origin in (Union, UnionType):
        return _type(inner[0])
    return _type(inner[0])  # Annotated


if __name__ == "__main__":
    PAGE.write_text(refresh(PAGE.read_text("utf-8")), "utf-8")
    sys.stdout.write(f"{PAGE}\n")
