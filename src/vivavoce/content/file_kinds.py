"""Every kind of content file and its model."""

from __future__ import annotations

from vivavoce.content.code_schema import CaseFile, ExerciseFile, MistakesFile
from vivavoce.content.schema import ConceptFile, DisputedFile, Model, PackFile, QuestionFile

FILE_KINDS: dict[str, type[Model]] = {
    "pack": PackFile,
    "concept": ConceptFile,
    "disputed": DisputedFile,
    "question": QuestionFile,
    "exercise": ExerciseFile,
    "mistakes": MistakesFile,
    "case": CaseFile,
}
"""File kind to its model; each gets `content/schema/<kind>.json`."""
