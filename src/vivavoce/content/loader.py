"""One concept folder to one `Concept` and its items, collecting every diagnostic instead of raising the first.

A file with an error is left out; the rest loads. Codes: F0xx the file, C001 its keys and values, C007 references.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path

from vivavoce.content.code_loader import CodeContext, load_cases, load_exercises
from vivavoce.content.convert import to_concept, to_disputes, to_question
from vivavoce.content.estimate_convert import to_estimate
from vivavoce.content.estimate_schema import EstimateFile, draws_numbers
from vivavoce.content.figure_loader import load_figures
from vivavoce.content.files import PackReader
from vivavoce.content.lab_loader import LoadedLab, load_labs
from vivavoce.content.reading import ContentFile, dangling_in, parsed_yaml
from vivavoce.content.schema import ConceptFile, DisputedFile, PackFile, QuestionFile
from vivavoce.content.shape import validate
from vivavoce.domain.case import Case
from vivavoce.domain.concept import Concept
from vivavoce.domain.dispute import Dispute
from vivavoce.domain.exercise import Exercise
from vivavoce.domain.figure import Figure
from vivavoce.domain.ids import ItemId
from vivavoce.domain.question import Question

_FRONT_MATTER = re.compile(r"\A---[ \t]*\n((?:.*\n)*?)---[ \t]*(?:\n|\Z)")


@dataclass(frozen=True, slots=True)
class LoadedConcept:
    """What could be read of one folder."""

    concept: Concept
    file: ContentFile
    questions: tuple[tuple[Question, ContentFile], ...]
    exercises: tuple[tuple[Exercise, ContentFile], ...] = ()
    cases: tuple[tuple[Case, ContentFile], ...] = ()
    labs: tuple[LoadedLab, ...] = ()
    disputes: tuple[tuple[Dispute, ContentFile], ...] = ()
    figures: tuple[tuple[Figure, ContentFile], ...] = ()


def load_pack_file(reader: PackReader) -> PackFile | None:
    """`pack.yaml`, or None after reporting why not."""
    path = reader.root / "pack.yaml"
    text = reader.text(path)
    parsed = parsed_yaml(reader, path, text) if text is not None else None
    return validate(PackFile, parsed, reader, path) if parsed else None


def load_concept(reader: PackReader, folder: Path, pack: str) -> LoadedConcept | None:
    """The concept of a folder with every readable question; None after reporting why there is no concept."""
    if not reader.is_id(folder, folder.name):
        return None
    entries = reader.folder(folder)
    for entry in entries:
        if entry.name not in ("concept.md", "disputed.yaml") and not entry.is_dir():
            reader.stray(
                entry,
                "a concept's folder",
                "concept.md, disputed.yaml and the folders figures/, questions/, exercises/, cases/ and labs/",
            )
    read = _concept_file(reader, folder / "concept.md")
    found = [_question_file(reader, entry) for entry in reader.folder(folder / "questions", required=False)]
    figures = load_figures(reader, folder)
    if read is None:
        return None
    model, file, lesson = read
    drawn = {figure.id: figure for figure, _ in figures}
    concept = to_concept(folder.name, model, lesson, drawn, pack, dangling_in(reader, file))
    questions = []
    for question_file, question_model in filter(None, found):
        item = ItemId(folder.name, question_file.path.stem)
        report = dangling_in(reader, question_file)
        if isinstance(question_model, EstimateFile):
            made = to_estimate(item, question_model, concept.sources, pack, report)
        else:
            made = to_question(item, question_model, concept.sources, drawn, pack, report)
        questions.append((made, question_file))
    code = CodeContext(folder.name, concept.sources, pack)
    exercises, cases = load_exercises(reader, folder, code), load_cases(reader, folder, code)
    labs = load_labs(reader, folder, code)
    disputes = _disputes(reader, folder, concept) if any(e.name == "disputed.yaml" for e in entries) else ()
    return LoadedConcept(
        concept, file, tuple(questions), tuple(exercises), tuple(cases), tuple(labs), disputes, tuple(figures)
    )


def _concept_file(reader: PackReader, path: Path) -> tuple[ConceptFile, ContentFile, str] | None:
    text = reader.text(path)
    if text is None:
        return None
    match = _FRONT_MATTER.match(text)
    if not match:
        remedy = "Begin with a line `---`, then the keys (title, area, level, ...), then a line `---`, then the lesson."
        reader.report("F001", path, 1, "no front matter found", remedy)
        return None
    parsed = parsed_yaml(reader, path, match[1], first_line=2)
    model = validate(ConceptFile, parsed, reader, path) if parsed else None
    if model is None or parsed is None:
        return None
    rest = text[match.end() :]
    lesson = rest.strip("\n")
    begins = text.count("\n", 0, match.end() + len(rest) - len(rest.lstrip("\n"))) + 1
    return model, ContentFile(path, parsed.marks, begins), lesson.rstrip()


def _disputes(reader: PackReader, folder: Path, concept: Concept) -> tuple[tuple[Dispute, ContentFile], ...]:
    path = folder / "disputed.yaml"
    text = reader.text(path)
    parsed = parsed_yaml(reader, path, text) if text is not None else None
    model = validate(DisputedFile, parsed, reader, path) if parsed else None
    if parsed is None or model is None:
        return ()
    file = ContentFile(path, parsed.marks)
    found = to_disputes(concept.id, model, concept.sources, dangling_in(reader, file))
    return tuple((dispute, file) for dispute in found)


def _question_file(
    reader: PackReader, entry: os.DirEntry[str]
) -> tuple[ContentFile, QuestionFile | EstimateFile] | None:
    path = Path(entry.path)
    if path.suffix != ".yaml":
        reader.stray(entry, "questions/", "files named <question-id>.yaml")
        return None
    if not reader.is_id(path, path.stem):
        return None
    text = reader.text(path)
    parsed = parsed_yaml(reader, path, text) if text is not None else None
    if parsed is None:
        return None
    model: QuestionFile | EstimateFile | None
    if draws_numbers(parsed.value):
        model = validate(EstimateFile, parsed, reader, path)
    else:
        model = validate(QuestionFile, parsed, reader, path)
    return (ContentFile(path, parsed.marks), model) if model else None
