"""Every kind of content file and its model."""

from __future__ import annotations

from pydantic import BaseModel

from vivavoce.content.code_schema import CaseFile, ExerciseFile, MistakesFile
from vivavoce.content.estimate_schema import EstimateFile
from vivavoce.content.figure_schema import AnyFigureFile
from vivavoce.content.schema import ConceptFile, DisputedFile, PackFile, QuestionFile

FILE_KINDS: dict[str, type[BaseModel]] = {
    "pack": PackFile,
    "concept": ConceptFile,
    "disputed": DisputedFile,
    "question": QuestionFile,
    "estimate": EstimateFile,
    "figure": AnyFigureFile,
    "exercise": ExerciseFile,
    "mistakes": MistakesFile,
    "case": CaseFile,
}
"""File kind to its model; each gets `content/schema/<kind>.json`."""
