"""A question and everything that is known about a good answer to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from vivavoce.domain.concept import unmarked
from vivavoce.domain.estimate import Estimate, Numbers
from vivavoce.domain.ids import ItemId, LabRef

ALL_MET = "all-met"
"""The trigger of the follow-up that goes deeper."""


class Level(StrEnum):
    """The author's hardness (the scheduler's learned number is called difficulty)."""

    BASIC = "basic"
    INTERMEDIATE = "intermediate"
    ADVANCED = "advanced"


class Kind(StrEnum):
    """What a question asks its reader to do."""

    EXPLAIN = "explain"
    COMPARE = "compare"
    DERIVE = "derive"
    ESTIMATE = "estimate"
    READ_THE_PLOT = "read-the-plot"
    SPOT_THE_ERROR = "spot-the-error"
    DESIGN = "design"
    DEBUG = "debug"
    RAPID_FIRE = "rapid-fire"


class Status(StrEnum):
    """Where an item is in its life. Retired items stay, so that histories stay readable."""

    DRAFT = "draft"
    READY = "ready"
    RETIRED = "retired"


@dataclass(frozen=True, slots=True)
class Binding:
    """Which predicates belong to an entity and which belong to its rival: what a role swap gets wrong."""

    about: tuple[str, ...]
    right: tuple[str, ...] = ()
    wrong: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Expected:
    """The number that decides a criterion, or gives a misconception away."""

    value: float
    unit: str
    """A name of `vivavoce.domain.quantity.UNITS`."""
    within: float
    """Relative distance that still counts."""


@dataclass(frozen=True, slots=True)
class Criterion:
    """One observable statement of a rubric."""

    id: str
    statement: str
    points: int
    must_have: bool
    missing: str
    """What an interviewer says when it was left out."""
    paraphrases: tuple[str, ...] = ()
    parts: Mapping[str, str] = field(default_factory=dict)
    """Sub-statements; some but not all of them covered is *partly*."""
    bindings: tuple[Binding, ...] = ()
    forms: tuple[str, ...] = ()
    """Accepted spellings of a number or formula that the statement stands on."""
    expected: Expected | None = None
    """Set where a number alone decides it: a step of an estimate whose numbers are drawn."""


@dataclass(frozen=True, slots=True)
class Misconception:
    """A false belief that answers show, and what is true instead."""

    id: str
    statement: str
    correction: str
    contradicts: tuple[str, ...] = ()
    """Criteria that cannot be met by someone who holds it."""
    samples: tuple[str, ...] = ()
    """Sentences people say who hold it."""
    lab: LabRef | None = None
    expected: Expected | None = None
    """Set where it is recognised by the number that it leads to."""


@dataclass(frozen=True, slots=True)
class FollowUp:
    """What is asked next: about the criterion that was left out, or deeper when all was met."""

    id: str
    when: str
    """A criterion id, or `all-met`."""
    ask: str
    answer: str
    criterion: Criterion | None = None
    """For `all-met`: what the answer is graded by. Otherwise the triggering criterion grades it."""


@dataclass(frozen=True, slots=True)
class Sample:
    """An answer with the criteria it meets: the rubric's test case."""

    answer: str
    voice: str
    meets: tuple[str, ...] = ()
    partly: tuple[str, ...] = ()
    contradicts: tuple[str, ...] = ()
    holds: tuple[str, ...] = ()
    """Misconceptions it shows."""


@dataclass(frozen=True, slots=True)
class Question:
    """One question of the bank."""

    id: ItemId
    kind: Kind
    level: Level
    minutes: float
    prompt: str
    why: str
    criteria: tuple[Criterion, ...]
    misconceptions: tuple[Misconception, ...]
    model_answer: str
    """May hold marks of its concept's claims; `spoken_answer` holds none."""
    short_answer: str
    follow_ups: tuple[FollowUp, ...]
    likelihood: Mapping[str, float]
    """Chance of being asked in an interview loop, by role: an author's estimate."""
    sources: tuple[str, ...]
    samples: tuple[Sample, ...]
    status: Status
    graded_hash: str
    """Hash of the part that grading depends on; stored with every attempt."""
    pack: str = ""
    figure: str = ""
    """A figure of its concept that stands below the prompt; empty without one."""
    estimate: Estimate | None = None
    """Set where the numbers are drawn anew for each attempt. The texts of such a question of the bank show names in
    their place; `vivavoce.domain.drawn.as_asked` puts numbers in."""
    numbers: Numbers | None = None
    """What was drawn; set only by `as_asked`."""

    @property
    def spoken_answer(self) -> str:
        """The model answer without marks of claims: for terminals, counts and files."""
        return unmarked(self.model_answer)

    def criterion(self, criterion_id: str) -> Criterion:
        """Raises `KeyError` for an id that is not in the rubric."""
        for criterion in self.criteria:
            if criterion.id == criterion_id:
                return criterion
        raise KeyError(criterion_id)

    def misconception(self, misconception_id: str) -> Misconception:
        """Raises `KeyError` for an id that the question does not list."""
        for misconception in self.misconceptions:
            if misconception.id == misconception_id:
                return misconception
        raise KeyError(misconception_id)
