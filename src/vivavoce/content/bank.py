"""The bank: every concept and question of the packs, by id, in teaching order."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import get_args

from rapidfuzz import process

from vivavoce.content.diagnostic import Diagnostic, did_you_mean
from vivavoce.content.files import PackReader, signature
from vivavoce.content.garbage import without_collections
from vivavoce.content.loader import LoadedConcept, load_concept, load_pack_file
from vivavoce.content.moved import Listed, load_moved, load_released, resolve_moves
from vivavoce.content.order import teaching_order
from vivavoce.content.reading import ContentFile
from vivavoce.content.schema import Area, PackFile
from vivavoce.domain.case import Case
from vivavoce.domain.concept import Concept
from vivavoce.domain.dispute import Dispute
from vivavoce.domain.errors import UnknownItemError
from vivavoce.domain.exercise import Exercise
from vivavoce.domain.ids import ItemId
from vivavoce.domain.lab import Lab, Recorded
from vivavoce.domain.question import Kind, Level, Question

_LEVELS = {level: n for n, level in enumerate(Level)}
_AREAS = get_args(Area)
_HARDNESS = {level.value: n for level, n in _LEVELS.items()}


@dataclass(frozen=True, slots=True)
class Bank:
    """What can be asked. Immutable; a changed file gives a new bank (see `needs_reload`)."""

    concepts: Mapping[str, Concept]
    """By id, prerequisites first."""
    questions: Mapping[ItemId, Question]
    """By id, in the order of the concepts, then level, then name. Drafts and retired ones are among them."""
    exercises: Mapping[ItemId, Exercise] = field(default_factory=dict)
    """In the same order."""
    cases: Mapping[ItemId, Case] = field(default_factory=dict)
    """In the same order. Their diagnoses are found by `question`, and are not among the questions."""
    labs: Mapping[ItemId, Lab] = field(default_factory=dict)
    """In the order of the concepts, then by name."""
    disputes: Mapping[tuple[str, str], Dispute] = field(default_factory=dict)
    """By concept and id, in the order of the concepts."""
    recorded: Mapping[ItemId, Recorded] = field(default_factory=dict)
    """Lab to the result that is shipped with it."""
    moved: Mapping[ItemId, ItemId] = field(default_factory=dict)
    """Ids that items once had to the ids they have now."""
    packs: Mapping[str, PackFile] = field(default_factory=dict)
    """By name, in loading order."""
    stamp: str = ""
    """Changes when any file of the packs does."""
    watched: Mapping[str, tuple[int, int] | None] = field(default_factory=dict)
    """Path of every file and folder that was looked at, with its `signature` then."""

    def question(self, item: str | ItemId) -> Question:
        """The question of an id, or of an id it once had.

        Raises `InvalidIdError` for a text that is no id, `UnknownItemError` with the nearest ids otherwise.
        """
        wanted = item if isinstance(item, ItemId) else ItemId.parse(item)
        now = wanted if wanted in self.questions or wanted in self.cases else self.moved.get(wanted, wanted)
        if now in self.questions:
            return self.questions[now]
        if now in self.cases:
            return self.cases[now].diagnosis
        raise UnknownItemError("item", str(wanted), self._nearest(str(wanted), [str(q) for q in self.questions]))

    def exercise(self, item: str | ItemId) -> Exercise:
        """The exercise of an id, or of an id it once had; for a case's id, its script. Raises as `question` does."""
        wanted = item if isinstance(item, ItemId) else ItemId.parse(item)
        for name in (wanted, self.moved.get(wanted, wanted)):
            if name in self.exercises:
                return self.exercises[name]
            if name in self.cases:
                return self.cases[name].exercise
        names = [str(e) for e in (*self.exercises, *self.cases)]
        raise UnknownItemError("exercise", str(wanted), self._nearest(str(wanted), names))

    def case(self, item: str | ItemId) -> Case:
        """The case of an id, or of an id it once had. Raises as `question` does."""
        wanted = item if isinstance(item, ItemId) else ItemId.parse(item)
        found = self.cases.get(wanted) or self.cases.get(self.moved.get(wanted, wanted))
        if found is None:
            raise UnknownItemError("case", str(wanted), self._nearest(str(wanted), [str(c) for c in self.cases]))
        return found

    def lab(self, item: str | ItemId) -> Lab:
        """The lab of an id, or of an id it once had. Raises as `question` does."""
        wanted = item if isinstance(item, ItemId) else ItemId.parse(item)
        found = self.labs.get(wanted) or self.labs.get(self.moved.get(wanted, wanted))
        if found is None:
            raise UnknownItemError("lab", str(wanted), self._nearest(str(wanted), [str(name) for name in self.labs]))
        return found

    def concept(self, concept_id: str) -> Concept:
        """Raises `UnknownItemError` with the nearest ids."""
        found = self.concepts.get(concept_id)
        if found is None:
            raise UnknownItemError("concept", concept_id, self._nearest(concept_id, list(self.concepts)))
        return found

    def questions_of(self, concept_id: str) -> tuple[Question, ...]:
        """The questions of a concept, easiest first."""
        return self.filter(concept=concept_id)

    def follows(self, concept_id: str) -> tuple[Concept, ...]:
        """The concepts that name this one as a prerequisite."""
        return tuple(c for c in self.concepts.values() if concept_id in c.prerequisites)

    def filter(
        self,
        *,
        concept: str | None = None,
        area: str | None = None,
        level: str | Level | None = None,
        kind: str | Kind | None = None,
    ) -> tuple[Question, ...]:
        """The questions that fit everything given, in the bank's order. An unknown value fits nothing."""
        return tuple(
            q
            for q in self.questions.values()
            if concept in (None, q.id.concept)
            and area in (None, self.concepts[q.id.concept].area)
            and level in (None, q.level)
            and kind in (None, q.kind)
        )

    def needs_reload(self) -> bool:
        """Whether a file was changed, added or removed since loading. Looks at times and sizes only."""
        return any(signature(path) != seen for path, seen in self.watched.items())

    def _nearest(self, wanted: str, names: Sequence[str]) -> tuple[str, ...]:
        return tuple(name for name, _, _ in process.extract(wanted[:200], names, limit=3, score_cutoff=65))


@dataclass(frozen=True, slots=True)
class LoadedBank:
    """A bank with everything that was wrong on the way, and where each thing was written."""

    bank: Bank
    diagnostics: tuple[Diagnostic, ...]
    files: Mapping[str, ContentFile] = field(default_factory=dict)
    """Id of a concept or question, as text, to its file."""
    folders: tuple[Path, ...] = ()
    """The packs' folders, in loading order."""
    moves: Mapping[ItemId, Listed] = field(default_factory=dict)
    released: Mapping[ItemId, Listed] = field(default_factory=dict)


def load_bank(folders: Sequence[Path]) -> LoadedBank:
    """Every pack, side by side. Never raises: what cannot be read is reported and left out.

    An id that two packs use belongs to the pack that comes first.
    """
    with without_collections():
        return _loaded(folders)


def _loaded(folders: Sequence[Path]) -> LoadedBank:
    readers = [PackReader(folder) for folder in folders]
    packs: dict[str, PackFile] = {}
    loaded: dict[str, tuple[LoadedConcept, PackReader]] = {}
    moves: dict[ItemId, Listed] = {}
    released: dict[ItemId, Listed] = {}
    for reader in readers:
        pack = load_pack_file(reader)
        if pack is not None:
            packs.setdefault(pack.name, pack)
        for one in _concepts(reader, pack.name if pack else reader.root.name):
            if one.concept.id in loaded:
                _report_taken(reader, one, loaded[one.concept.id][0])
            else:
                loaded[one.concept.id] = (one, reader)
        for old, new in load_moved(reader).items():
            moves.setdefault(old, new)
        for item, listed in load_released(reader).items():
            released.setdefault(item, listed)
    order = _in_order(loaded)
    files: dict[str, ContentFile] = {}
    concepts: dict[str, Concept] = {}
    questions: dict[ItemId, Question] = {}
    exercises: dict[ItemId, Exercise] = {}
    cases: dict[ItemId, Case] = {}
    labs: dict[ItemId, Lab] = {}
    recorded: dict[ItemId, Recorded] = {}
    disputes: dict[tuple[str, str], Dispute] = {}
    for name in order:
        one, _ = loaded[name]
        concepts[name], files[name] = one.concept, one.file
        for question, file in sorted(one.questions, key=lambda pair: (_LEVELS[pair[0].level], pair[0].id)):
            questions[question.id], files[str(question.id)] = question, file
        for exercise, file in sorted(one.exercises, key=lambda pair: (_LEVELS[pair[0].level], pair[0].id)):
            exercises[exercise.id] = exercise
            files.setdefault(str(exercise.id), file)
        for case, file in sorted(one.cases, key=lambda pair: (_LEVELS[pair[0].exercise.level], pair[0].id)):
            cases[case.id] = case
            files.setdefault(str(case.id), file)
        for dispute, file in one.disputes:
            disputes[name, dispute.id] = dispute
            files[f"{name}:disputed"] = file
        for figure, file in one.figures:
            files[f"{name}:{figure.id}:figure"] = file
        for loaded_lab in sorted(one.labs, key=lambda found: found.lab.id):
            lab = loaded_lab.lab
            labs[lab.id] = lab
            files[f"{lab.id}:lab"] = loaded_lab.file
            if loaded_lab.recorded is not None:
                recorded[lab.id] = loaded_lab.recorded
    watched = {path: seen for reader in readers for path, seen in reader.watched.items()}
    bank = Bank(
        concepts=MappingProxyType(concepts),
        questions=MappingProxyType(questions),
        exercises=MappingProxyType(exercises),
        cases=MappingProxyType(cases),
        labs=MappingProxyType(labs),
        disputes=MappingProxyType(disputes),
        recorded=MappingProxyType(recorded),
        moved=MappingProxyType(resolve_moves(moves)),
        packs=MappingProxyType(packs),
        stamp=hashlib.sha256(repr(sorted(watched.items())).encode()).hexdigest()[:16],
        watched=MappingProxyType(watched),
    )
    diagnostics = tuple(sorted(d for reader in readers for d in reader.diagnostics))
    return LoadedBank(bank, diagnostics, MappingProxyType(files), tuple(folders), moves, released)


def _concepts(reader: PackReader, pack: str) -> Iterator[LoadedConcept]:
    folder = reader.root / "concepts"
    for entry in reader.folder(folder):
        if not entry.is_dir():
            reader.stray(entry, "concepts/", "one folder per concept")
        elif one := load_concept(reader, Path(entry.path), pack):
            yield one


def _report_taken(reader: PackReader, one: LoadedConcept, first: LoadedConcept) -> None:
    message = f'the concept "{one.concept.id}" is also in the pack "{first.concept.pack}", which comes first'
    remedy = f"Rename this folder, or remove one of the two (the other is {first.file.path})."
    reader.report("C002", one.file.path, 0, message, remedy)


def _in_order(loaded: Mapping[str, tuple[LoadedConcept, PackReader]]) -> list[str]:
    for one, reader in loaded.values():
        for n, need in enumerate(one.concept.prerequisites):
            if need not in loaded:
                near = tuple(name for name, _, _ in process.extract(need, list(loaded), limit=2, score_cutoff=70))
                message = f'prerequisite "{need}" is no concept of the bank'
                remedy = did_you_mean(near) or "Name the folder of a concept, or remove it."
                reader.report("C003", one.file.path, one.file.line("prerequisites", n), message, remedy)
    needs = {name: one.concept.prerequisites for name, (one, _) in loaded.items()}
    # What is basic comes early, and rooms stay together where nothing forces them apart.
    ranks = {name: (_HARDNESS[one.concept.level], _AREAS.index(one.concept.area)) for name, (one, _) in loaded.items()}
    order, cycles = teaching_order(needs, ranks)
    for cycle in cycles:
        one, reader = loaded[cycle[0]]
        message = (
            f"prerequisites go round in a circle: {cycle[0]} needs {', which needs '.join([*cycle[1:], cycle[0]])}"
        )
        reader.report(
            "C003", one.file.path, one.file.line("prerequisites"), message, "Remove one of these prerequisites."
        )
    return order
