"""Models of exercises and cases to domain values."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from vivavoce.content.code_schema import CaseFile, ExerciseFile, LimitsFile
from vivavoce.content.convert import Dangling, known, to_question
from vivavoce.content.schema import QuestionFile
from vivavoce.domain.case import Case, Probe
from vivavoce.domain.exercise import Ban, Choice, Exercise, Framework, Limits, Variant
from vivavoce.domain.ids import ItemId
from vivavoce.domain.question import Kind


@dataclass(frozen=True, slots=True)
class Material:
    """The code that belongs to an item."""

    variants: Mapping[Framework, Variant]
    tests: Path
    tests_text: str
    pack: str


def to_exercise(
    item: ItemId, file: ExerciseFile, material: Material, sources: Iterable[str], dangling: Dangling
) -> Exercise:
    """The exercise with its hash."""
    return Exercise(
        id=item,
        title=file.title,
        level=file.level,
        minutes=file.minutes,
        statement=file.statement,
        why=file.why,
        hints=file.hints,
        explanation=file.explanation,
        variants=material.variants,
        tests=str(material.tests),
        limits=_limits(file.limits),
        conventions={
            name: {key: Choice(choice.says, choice.used_by) for key, choice in choices.items()}
            for name, choices in file.conventions.items()
        },
        bans=tuple(Ban(name, because) for name, because in file.bans.items()),
        may_change=file.may_change,
        sources=known(file.sources, tuple(sources), ("sources",), "source", dangling),
        status=file.status,
        judged_hash=judged_hash(material.tests_text, file.limits, file.bans),
        pack=material.pack,
    )


def to_case(item: ItemId, file: CaseFile, material: Material, sources: Iterable[str], dangling: Dangling) -> Case:
    """The case: its script as an exercise, its diagnosis as a question of the same id."""
    kept = known(file.sources, tuple(sources), ("sources",), "source", dangling)
    exercise = Exercise(
        id=item,
        title=file.title,
        level=file.level,
        minutes=file.minutes,
        statement=file.task,
        why=file.diagnosis.why,
        hints=file.hints,
        explanation=file.explanation,
        variants=material.variants,
        tests=str(material.tests),
        limits=_limits(file.limits),
        sources=kept,
        status=file.status,
        judged_hash=judged_hash(material.tests_text, file.limits, {}),
        pack=material.pack,
    )
    d = file.diagnosis
    question = QuestionFile(
        kind=Kind.DEBUG,
        level=file.level,
        minutes=d.minutes,
        status=file.status,
        prompt=d.prompt,
        why=d.why,
        rubric=d.rubric,
        misconceptions=d.misconceptions,
        model_answer=d.model_answer,
        short_answer=d.short_answer,
        follow_ups=d.follow_ups,
        likelihood=d.likelihood,
        sources=kept,
        samples=d.samples,
    )

    def inside(at: tuple[object, ...], kind: str, name: str, existing: Iterable[str]) -> None:
        dangling(("diagnosis", *at), kind, name, existing)

    return Case(
        exercise=exercise,
        diagnosis=to_question(item, question, tuple(sources), {}, material.pack, inside),
        story=file.story,
        probes={key: Probe(key, p.title, p.says, p.cost) for key, p in file.probes.items()},
    )


def judged_hash(tests: str, limits: LimitsFile, bans: Mapping[str, str]) -> str:
    """Hash of what judging depends on: tests, limits and bans, not the reasons."""
    judged = {"tests": tests, "limits": [limits.cpu_s, limits.memory_mib], "bans": sorted(bans)}
    canonical = json.dumps(judged, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()[:16]


def _limits(file: LimitsFile) -> Limits:
    return Limits(cpu_s=file.cpu_s, memory_mib=file.memory_mib)
