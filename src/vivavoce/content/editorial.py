"""`editorial.yaml` of a pack: what second readers found in each concept, by kind."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

from vivavoce.content.diagnostic import Diagnostic
from vivavoce.content.files import PackReader
from vivavoce.content.reading import ContentFile, parsed_yaml
from vivavoce.content.schema import Model, Slug, Text
from vivavoce.content.shape import validate

EDITORIAL = "editorial.yaml"

FindingKind = Literal[
    "untrue", "incomplete", "unspoken", "unobservable", "label", "source", "figure", "language", "duplicate"
]
Count = Annotated[int, Field(ge=0)]


class Read(Model):
    """One concept read by somebody who did not write it."""

    author: Text = Field(description="Letter of who wrote most of it.")
    reader: Text = Field(description="Letter of who read it.")
    questions: Count = Field(description="How many questions were read.")
    found: dict[FindingKind, Count] = Field(description="Findings by kind.")
    left: Count = Field(default=0, description="How many of them are not mended.")


class EditorialFile(Model):
    """`editorial.yaml` at the root of a pack."""

    concepts: dict[Slug, Read] = Field(description="Concept id to its reading.")


@dataclass(frozen=True, slots=True)
class Editorial:
    """The record of one pack; empty for a pack that keeps none."""

    concepts: Mapping[str, Read] = field(default_factory=dict)
    file: ContentFile | None = None
    diagnostics: tuple[Diagnostic, ...] = ()


def load_editorial(folder: Path) -> Editorial:
    """Never raises: what is wrong with the file is among the diagnostics."""
    reader, path = PackReader(folder), folder / EDITORIAL
    text = reader.text(path, required=False)
    parsed = parsed_yaml(reader, path, text) if text is not None else None
    model = validate(EditorialFile, parsed, reader, path) if parsed else None
    if parsed is None or model is None:
        return Editorial(diagnostics=tuple(reader.diagnostics))
    return Editorial(model.concepts, ContentFile(path, parsed.marks), tuple(reader.diagnostics))
