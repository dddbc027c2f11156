"""What a rule is given and what it promises."""

from __future__ import annotations

import inspect
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar, Protocol

from vivavoce.content.bank import Bank, LoadedBank
from vivavoce.content.diagnostic import Diagnostic, Severity
from vivavoce.content.reading import ContentFile
from vivavoce.domain.attempt import Grade
from vivavoce.domain.concept import Concept
from vivavoce.domain.dispute import Dispute
from vivavoce.domain.estimate import Estimate
from vivavoce.domain.exercise import Exercise
from vivavoce.domain.figure import Figure
from vivavoce.domain.lab import Lab
from vivavoce.domain.question import Criterion, Misconception, Question, Status


class GraderLike(Protocol):
    """What the executing rules need of a grader; content imports no engine, so a service hands one in."""

    def grade(
        self,
        answer: str,
        *,
        prompt: str,
        criteria: Sequence[Criterion],
        misconceptions: Sequence[Misconception] = (),
    ) -> Grade: ...


class FoundLike(Protocol):
    """What the executing rules need of an audit's finding."""

    @property
    def fault(self) -> str: ...

    @property
    def framework(self) -> str: ...

    @property
    def subject(self) -> str: ...

    @property
    def detail(self) -> str: ...


class LabFoundLike(Protocol):
    """What the executing rules need of a finding about a lab."""

    @property
    def fault(self) -> str: ...

    @property
    def detail(self) -> str: ...


@dataclass(frozen=True, slots=True)
class LintContext:
    """The bank as loaded, and what to look at."""

    loaded: LoadedBank
    grader: GraderLike | None = None
    """None leaves out what has to be executed."""
    concepts: frozenset[str] | None = None
    """Look at these concepts only; None is all."""
    number_grader: GraderLike | None = None
    """Grades estimates whose numbers are drawn; needs no model, so it is handed in whenever there is one at all."""
    audit: Callable[[Exercise], Sequence[FoundLike]] | None = None
    """Executes an exercise or case; asked once by each rule, so it should remember. None leaves that out."""
    audit_lab: Callable[[Lab], Sequence[LabFoundLike]] | None = None
    """Executes a lab with a few seeds; should remember too."""
    meaning: Callable[[Sequence[str]], Sequence[Sequence[float]]] | None = None
    """Texts to vectors of unit length, near where the meaning is. None leaves out what compares meanings."""

    @property
    def bank(self) -> Bank:
        return self.loaded.bank

    def each_concept(self) -> Iterator[tuple[Concept, ContentFile]]:
        for concept in self.bank.concepts.values():
            if self.concepts is None or concept.id in self.concepts:
                yield concept, self.loaded.files[concept.id]

    def each_question(self) -> Iterator[tuple[Question, ContentFile]]:
        """Retired questions are left out: they only keep histories readable."""
        for question in self.bank.questions.values():
            wanted = self.concepts is None or question.id.concept in self.concepts
            if wanted and question.status is not Status.RETIRED:
                yield question, self.loaded.files[str(question.id)]

    def each_written(self) -> Iterator[tuple[Question, ContentFile]]:
        """Questions with a rubric of sentences: without those whose numbers are drawn."""
        for question, file in self.each_question():
            if question.estimate is None:
                yield question, file

    def each_estimate(self) -> Iterator[tuple[Question, Estimate, ContentFile]]:
        """Questions whose numbers are drawn."""
        for question, file in self.each_question():
            if question.estimate is not None:
                yield question, question.estimate, file

    def each_exercise(self) -> Iterator[tuple[Exercise, ContentFile]]:
        """Exercises, and cases as such, retired ones left out."""
        bank = self.bank
        for exercise in (*bank.exercises.values(), *(case.exercise for case in bank.cases.values())):
            wanted = self.concepts is None or exercise.id.concept in self.concepts
            if wanted and exercise.status is not Status.RETIRED:
                yield exercise, self.loaded.files[str(exercise.id)]

    def each_lab(self) -> Iterator[tuple[Lab, ContentFile]]:
        """Retired labs are left out."""
        for lab in self.bank.labs.values():
            wanted = self.concepts is None or lab.id.concept in self.concepts
            if wanted and lab.status is not Status.RETIRED:
                yield lab, self.loaded.files[f"{lab.id}:lab"]

    def each_figure(self) -> Iterator[tuple[Figure, Concept, ContentFile]]:
        for concept, _ in self.each_concept():
            for figure in concept.figures.values():
                yield figure, concept, self.loaded.files[f"{concept.id}:{figure.id}:figure"]

    def each_dispute(self) -> Iterator[tuple[Dispute, ContentFile]]:
        for dispute in self.bank.disputes.values():
            if self.concepts is None or dispute.concept in self.concepts:
                yield dispute, self.loaded.files[f"{dispute.concept}:disputed"]

    def while_loading(self, code: str) -> Iterator[Diagnostic]:
        """What the loader reported under a code."""
        folders = [folder / "concepts" for folder in self.loaded.folders]
        for found in self.loaded.diagnostics:
            inside = [found.path.relative_to(f).parts[:1] for f in folders if found.path.is_relative_to(f)]
            wanted = self.concepts is None or any(part and part[0] in self.concepts for part in inside)
            if found.code == code and wanted:
                yield found


class Rule(ABC):
    """One thing that can be wrong with content. The docstring of each rule is its page in the documentation."""

    code: ClassVar[str]
    title: ClassVar[str]
    severity: ClassVar[Severity] = Severity.ERROR

    @abstractmethod
    def check(self, context: LintContext) -> Iterator[Diagnostic]:
        """Everything of this kind that is wrong in `context`."""

    @classmethod
    def documentation(cls) -> str:
        """What the rule catches, why, and an example, as Markdown."""
        return inspect.cleandoc(cls.__doc__ or "")

    def found(
        self, file: ContentFile | Path, keys: Sequence[Any], message: str, remedy: str, severity: Severity | None = None
    ) -> Diagnostic:
        """A diagnostic of this rule at the place of `keys` in `file`."""
        path, line = (file, 0) if isinstance(file, Path) else (file.path, file.line(*keys))
        return Diagnostic(path, line, self.code, message, remedy, severity or self.severity)


class LoadingRule(Rule):
    """A rule that the loader applies already, because what breaks it cannot be used at all."""

    def check(self, context: LintContext) -> Iterator[Diagnostic]:
        yield from context.while_loading(self.code)
