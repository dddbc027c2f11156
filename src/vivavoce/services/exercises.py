"""Exercises and cases as pages and terminals show them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from vivavoce.domain.case import Case
from vivavoce.domain.concept import Concept
from vivavoce.domain.errors import BadInputError
from vivavoce.domain.exercise import Confinement, Exercise, Framework, Variant
from vivavoce.domain.ids import ItemId
from vivavoce.domain.question import Status
from vivavoce.domain.submission import CodeDraft, CodeSubmission, DisclosureKind
from vivavoce.engines.judge.compare import default_rtol
from vivavoce.services.code_drafts import code_drafts
from vivavoce.services.judge_host import NOTES, advice
from vivavoce.services.workspace import Workspace

HISTORY = 50
"""Submissions that a page lists."""


@dataclass(frozen=True, slots=True)
class ExerciseRow:
    """One line of the list."""

    exercise: Exercise
    concept: Concept
    case: Case | None
    state: str
    """`new`, `tried` or `passed`."""
    attempts: int

    @property
    def is_case(self) -> bool:
        return self.case is not None

    @property
    def draft(self) -> bool:
        """Its concept has no lesson yet, or it is a draft itself."""
        return self.concept.draft or self.exercise.status is Status.DRAFT

    @property
    def frameworks(self) -> tuple[Framework, ...]:
        return tuple(self.exercise.variants)


@dataclass(frozen=True, slots=True)
class FrameworkChoice:
    """A variant that can be chosen, with what to install when it cannot run."""

    framework: Framework
    advice: str

    @property
    def available(self) -> bool:
        return not self.advice


@dataclass(frozen=True, slots=True)
class ExerciseView:
    """Everything that the page of one exercise shows."""

    exercise: Exercise
    concept: Concept
    case: Case | None
    framework: Framework
    frameworks: tuple[FrameworkChoice, ...]
    draft: CodeDraft | None
    """The newest, of any tab or terminal."""
    history: tuple[CodeSubmission, ...]
    """The newest first, of every framework."""
    hints_shown: int
    gave_up: bool
    solved: bool
    confinement: Confinement
    tolerance: str

    @property
    def variant(self) -> Variant:
        return self.exercise.variants[self.framework]

    @property
    def starter(self) -> str:
        return self.variant.starter

    @property
    def may_see_solution(self) -> bool:
        return self.solved or self.gave_up

    @property
    def rejects(self) -> int:
        """Planted mistakes that the tests reject; `viva content check` holds it to that."""
        return len(self.variant.mistakes)

    @property
    def confinement_note(self) -> str:
        return NOTES[self.confinement]


def exercise_rows(ws: Workspace) -> tuple[ExerciseRow, ...]:
    """Every exercise and case that is not retired, in the bank's order."""
    bank, standings = ws.library.bank, ws.store.code.standings()
    found = []
    both: dict[ItemId, tuple[Exercise, Case | None]] = {key: (e, None) for key, e in bank.exercises.items()}
    both.update({key: (case.exercise, case) for key, case in bank.cases.items()})
    order = {concept: n for n, concept in enumerate(bank.concepts)}
    for key, (exercise, case) in sorted(both.items(), key=lambda pair: order[pair[0].concept]):
        if exercise.status is Status.RETIRED:
            continue
        standing = standings.get(key)
        state = "new" if standing is None else "passed" if standing.passed else "tried"
        concept = bank.concepts[key.concept]
        found.append(ExerciseRow(exercise, concept, case, state, standing.submissions if standing else 0))
    return tuple(found)


def exercise_view(ws: Workspace, item: str, framework: str | None = None) -> ExerciseView:
    """The page of an exercise or case. Raises `UnknownItemError`, and `BadInputError` for a framework it lacks."""
    bank = ws.library.bank
    exercise = bank.exercise(item)
    chosen = chosen_framework(exercise, framework)
    history = ws.store.code.submissions(exercise.id, limit=HISTORY)
    shown = ws.store.code.disclosures(exercise.id)
    drafts = code_drafts(ws, item, chosen)
    standing = ws.store.code.standings().get(exercise.id)
    return ExerciseView(
        exercise=exercise,
        concept=bank.concepts[exercise.id.concept],
        case=bank.cases.get(exercise.id),
        framework=chosen,
        frameworks=tuple(FrameworkChoice(f, advice(f)) for f in exercise.variants),
        draft=drafts[0] if drafts else None,
        history=history,
        hints_shown=min(
            len({d.detail for d in shown if d.kind is DisclosureKind.HINT}),
            len(exercise.hints),
        ),
        gave_up=any(d.kind is DisclosureKind.SOLUTION for d in shown),
        solved=standing is not None and standing.passed,
        confinement=ws.judging.confinement,
        tolerance=_tolerance(),
    )


def chosen_framework(exercise: Exercise, framework: str | None) -> Framework:
    """The variant of that name, or the first. Raises `BadInputError` naming those that there are."""
    there = tuple(exercise.variants)
    if not framework:
        return there[0]
    if framework not in there:
        raise BadInputError(f"{exercise.id} has no {framework!r} variant; it has {', '.join(there)}")
    return Framework(framework)


def _tolerance() -> str:
    kinds = ("float64", "float32", "float16")
    return ", ".join(f"{default_rtol(np.dtype(kind)):.0e} for {kind}" for kind in kinds)
