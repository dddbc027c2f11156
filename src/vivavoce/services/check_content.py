"""Lint content, executing what can be executed: samples and model answers go through the real grader."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from vivavoce.content.bank import Bank, load_bank
from vivavoce.content.diagnostic import Diagnostic, Severity
from vivavoce.content.lint import LintContext, check
from vivavoce.content.lint.report import failed, render, render_json
from vivavoce.domain.attempt import Grade
from vivavoce.domain.errors import BadInputError
from vivavoce.domain.exercise import Exercise
from vivavoce.domain.ids import ItemId
from vivavoce.domain.lab import Lab
from vivavoce.domain.question import Criterion, Misconception, Status
from vivavoce.engines.grader.base import Grader
from vivavoce.engines.grader.numeric import NumericGrader
from vivavoce.engines.judge.audit import Finding, audit, audit_case
from vivavoce.engines.lab_runner.audit import LabFinding
from vivavoce.engines.lab_runner.audit import audit as audit_of_lab
from vivavoce.engines.lab_runner.base import LabRunner
from vivavoce.plugins import make_grader, make_lab_runner
from vivavoce.services.judge_host import JudgeHost, available


def default_grader() -> Grader:
    """The grader that executing rules use: the one that grades answers."""
    return make_grader()


def lab_runner() -> LabRunner:
    """What executing rules run labs with."""
    return make_lab_runner()


@dataclass(frozen=True, slots=True)
class Checked:
    """What was found, and over how much."""

    diagnostics: tuple[Diagnostic, ...]
    concepts: int
    questions: int
    exercises: int
    """Cases among them."""
    labs: int
    base: Path | None = field(default=None)

    @property
    def failed(self) -> bool:
        """Warnings alone do not fail."""
        return failed(self.diagnostics)

    def text(self, *, warnings: bool = True) -> str:
        """For a person."""
        shown = [d for d in self.diagnostics if warnings or d.severity is Severity.ERROR]
        return render(shown, self.base)

    def json(self) -> str:
        """For a program."""
        return render_json(self.diagnostics, self.base)


def check_content(
    packs: Sequence[Path],
    wanted: Sequence[str] = (),
    *,
    grader: Grader | None = None,
    graded: Callable[[int, int], None] = lambda done, total: None,
    judging: JudgeHost | None = None,
    judged: Callable[[int, int], None] = lambda done, total: None,
    labs: LabRunner | None = None,
    ran: Callable[[int, int], None] = lambda done, total: None,
    meaning: Callable[[Sequence[str]], Sequence[Sequence[float]]] | None = None,
) -> Checked:
    """Check whole packs, or the concepts in `wanted`: ids, item ids or paths of files and folders.

    A path outside the packs is checked as a pack of its own. `graded`, `judged` and `ran` are told of progress:
    answers graded, exercises and labs executed, of how many. A lab whose packages are missing is not executed.
    Questions are compared by `meaning`, which gives vectors of unit length.
    Raises `BadInputError` for something that is none of these.
    """
    folders, names = _targets(packs, wanted)
    loaded = load_bank(folders)
    unknown = names - set(loaded.bank.concepts) - {d.path.parent.name for d in loaded.diagnostics}
    if unknown:
        loaded.bank.concept(sorted(unknown)[0])
    concepts = frozenset(names) if names else None
    context = LintContext(loaded, None, concepts, number_grader=NumericGrader(), meaning=meaning)
    questions = [q for q, _ in context.each_question()]
    exercises = len(list(context.each_exercise()))
    if grader is not None:
        total = sum(len(q.samples) + 1 for q in questions if q.status is not Status.RETIRED)
        context = replace(context, grader=_Counting(grader, total, graded))
    if judging is not None:
        context = replace(context, audit=_Auditor(judging, loaded.bank, exercises, judged))
    every_lab = [lab for lab, _ in context.each_lab()]
    if labs is not None:
        context = replace(context, audit_lab=_LabAuditor(labs, loaded.bank, len(every_lab), ran))
    found = check(context)
    base = Path.cwd()
    return Checked(found, len(list(context.each_concept())), len(questions), exercises, len(every_lab), base)


def _targets(packs: Sequence[Path], wanted: Sequence[str]) -> tuple[list[Path], set[str]]:
    """Pack folders to load and names of the concepts to look at (empty: all of them)."""
    folders, names, own = [p.resolve() for p in packs], set[str](), list[Path]()
    for text in wanted:
        path = Path(text)
        if not path.exists():
            names.add(text.partition("/")[0])
            continue
        path = path.resolve()
        inside = next((p for p in (path, *path.parents) if p.parent.name == "concepts"), None)
        if inside is not None:
            names.add(inside.name)
            folders += [f for f in [inside.parent.parent] if f not in folders]
        elif (path / "pack.yaml").is_file() or (path / "concepts").is_dir():
            own.append(path)
        else:
            raise BadInputError(
                f"{text} is no pack and lies in none; a pack is a folder with pack.yaml and concepts/. "
                "Give a pack, a concept's folder, or a concept's id"
            )
    return (own if own and not names else folders + [f for f in own if f not in folders]), names


@dataclass(slots=True)
class _Auditor:
    """Executes each exercise once, whatever number of rules ask, and counts."""

    host: JudgeHost
    bank: Bank
    total: int
    judged: Callable[[int, int], None]
    known: dict[ItemId, tuple[Finding, ...]] = field(default_factory=dict)

    def __call__(self, exercise: Exercise) -> tuple[Finding, ...]:
        found = self.known.get(exercise.id)
        if found is None:
            found = self.known[exercise.id] = self._audited(exercise)
            self.judged(len(self.known), self.total)
        return found

    def _audited(self, exercise: Exercise) -> tuple[Finding, ...]:
        case = self.bank.cases.get(exercise.id)
        runnable = frozenset(f for f in exercise.variants if available(f))
        with self.host.judge() as judge:
            found = audit(exercise, judge, runnable).findings
            if case is not None and runnable:
                found += audit_case(exercise, tuple(case.probes), judge)
        return found


@dataclass(slots=True)
class _LabAuditor:
    """Executes each lab once, whatever number of rules ask, and counts."""

    runner: LabRunner
    bank: Bank
    total: int
    ran: Callable[[int, int], None]
    known: dict[ItemId, tuple[LabFinding, ...]] = field(default_factory=dict)

    def __call__(self, lab: Lab) -> tuple[LabFinding, ...]:
        found = self.known.get(lab.id)
        if found is None:
            missing = any(importlib.util.find_spec(package) is None for package in lab.needs)
            found = () if missing else audit_of_lab(lab, self.bank.recorded.get(lab.id), self.runner)
            self.known[lab.id] = found
            self.ran(len(self.known), self.total)
        return found


@dataclass(slots=True)
class _Counting:
    """A grader that counts what it has done."""

    grader: Grader
    total: int
    graded: Callable[[int, int], None]
    done: int = 0

    def grade(
        self, answer: str, *, prompt: str, criteria: Sequence[Criterion], misconceptions: Sequence[Misconception] = ()
    ) -> Grade:
        grade = self.grader.grade(answer, prompt=prompt, criteria=criteria, misconceptions=misconceptions)
        self.done += 1
        self.graded(self.done, self.total)
        return grade
