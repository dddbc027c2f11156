"""One answer to one item and what a grader said of it. An attempt is never edited."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from vivavoce.domain.estimate import Numbers
from vivavoce.domain.ids import ItemId
from vivavoce.domain.question import Question

MAX_ANSWER_CHARS = 20_000
"""Longer than any spoken answer (about 3,300 words); what is beyond is refused, and the draft kept."""


class VerdictKind(StrEnum):
    """What was decided about one criterion."""

    MET = "met"
    PARTLY = "partly"
    MISSED = "missed"
    CONTRADICTED = "contradicted"
    UNSURE = "unsure"


class Flag(StrEnum):
    """What was noticed about an answer as a whole before it was graded."""

    EMPTY = "empty"
    TOO_SHORT = "too-short"
    OFF_TOPIC = "off-topic"
    COPIED_QUESTION = "copied-question"
    KEYWORD_LIST = "keyword-list"
    INSTRUCTION = "instruction-like"
    DONT_KNOW = "dont-know"
    NOT_ENGLISH = "not-english"
    NO_NUMBER = "no-number"
    """An estimate without a number in it."""


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """`answer[start:end]`: the words that decided something."""

    start: int
    end: int

    def of(self, answer: str) -> str:
        return answer[self.start : self.end]


@dataclass(frozen=True, slots=True)
class PartVerdict:
    """What was decided about one sub-part of a criterion."""

    part: str
    met: bool
    probability: float


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was decided about one criterion, and by which words."""

    criterion: str
    kind: VerdictKind
    probability: float
    """Calibrated probability that the criterion is met, in [0, 1]."""
    spans: tuple[Span, ...] = ()
    """The deciding words. Never empty for met, partly and contradicted."""
    parts: tuple[PartVerdict, ...] = ()
    misconception: str | None = None
    """For *contradicted*: the misconception that was recognised, if it was one of the listed."""


@dataclass(frozen=True, slots=True)
class MisconceptionFound:
    """A listed misconception recognised in an answer."""

    misconception: str
    probability: float
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Flagged:
    """Why (part of) an answer was not considered. A flag without spans concerns the whole answer."""

    flag: Flag
    spans: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Grade:
    """Everything a grader says of one answer."""

    verdicts: tuple[Verdict, ...]
    misconceptions: tuple[MisconceptionFound, ...] = ()
    flags: tuple[Flagged, ...] = ()
    grader: str = ""
    """Name and version of what graded, such as `local-1`."""

    def verdict(self, criterion: str) -> Verdict:
        """Raises `KeyError` for a criterion that was not graded."""
        for verdict in self.verdicts:
            if verdict.criterion == criterion:
                return verdict
        raise KeyError(criterion)


@dataclass(frozen=True, slots=True)
class Score:
    """Points by how sure they are. `earned` is what was shown; the rest is shown beside it, never mixed in."""

    earned: float
    """Met in full, partly at half."""
    claimed: float
    """More that the candidate says was said (appeals), not confirmed."""
    open: float
    """More that may have been earned: unsure and not claimed."""
    total: int

    @property
    def fraction(self) -> float:
        """Earned over total, in [0, 1]."""
        return self.earned / self.total if self.total else 0.0

    @property
    def fraction_with_claims(self) -> float:
        return (self.earned + self.claimed) / self.total if self.total else 0.0


_WORTH = {VerdictKind.MET: 1.0, VerdictKind.PARTLY: 0.5}


def score(points: dict[str, int], grade: Grade, claimed: frozenset[str] = frozenset()) -> Score:
    """The score of a grade. `points` maps the graded criteria to their worth; `claimed` are appealed criteria."""
    earned = claims = unresolved = 0.0
    for verdict in grade.verdicts:
        worth = points[verdict.criterion]
        won = worth * _WORTH.get(verdict.kind, 0.0)
        earned += won
        if verdict.criterion in claimed:
            claims += worth - won
        elif verdict.kind is VerdictKind.UNSURE:
            unresolved += worth
    return Score(earned, claims, unresolved, sum(points[v.criterion] for v in grade.verdicts))


def question_points(question: Question) -> dict[str, int]:
    """Criterion id to points."""
    return {c.id: c.points for c in question.criteria}


class Mode(StrEnum):
    """How an attempt came to be."""

    PRACTICE = "practice"
    FOLLOW_UP = "follow-up"


@dataclass(frozen=True, slots=True)
class Attempt:
    """One submitted answer with its grade. `id` is chosen by the client so that a repeated submit is one attempt."""

    id: str
    item: ItemId
    graded_hash: str
    mode: Mode
    text: str
    grade: Grade
    points: dict[str, int]
    """Worth of each graded criterion at the time."""
    submitted_at: datetime
    """With time zone, UTC."""
    seconds: float
    """Time from opening the question to submitting."""
    follow_up: str | None = None
    """For mode follow-up: the follow-up's id."""
    parent: str | None = None
    """For mode follow-up: the attempt that triggered it."""
    numbers: Numbers | None = None
    """Drawn for this attempt, at a question that draws some."""


@dataclass(frozen=True, slots=True)
class Appeal:
    """*I did say this*: a candidate's disagreement with one verdict; a labelled example for the grader."""

    id: str
    attempt: str
    criterion: str
    at: datetime
    note: str = ""
    withdraws: str | None = None
    """Id of the appeal that this one takes back."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A text that was typed and not yet graded. One per item and writer (a tab, a terminal)."""

    item: ItemId
    writer: str
    text: str
    updated_at: datetime
    opened_at: datetime
    submission: Submission | None = None
    """Set once submit was pressed: grading is under way, or was interrupted."""
    numbers: Numbers | None = None
    """Those that the text answers to, at a question that draws some."""


@dataclass(frozen=True, slots=True)
class Submission:
    """What is needed to grade a draft after a crash exactly as if nothing had happened."""

    attempt_id: str
    submitted_at: datetime
    seconds: float
    follow_up: str | None = None
    parent: str | None = None


def live_appeals(appeals: tuple[Appeal, ...]) -> frozenset[str]:
    """Criteria under appeal once withdrawals are applied."""
    withdrawn = {a.withdraws for a in appeals if a.withdraws}
    return frozenset(a.criterion for a in appeals if not a.withdraws and a.id not in withdrawn)


@dataclass(frozen=True, slots=True)
class AttemptRecord:
    """An attempt with all that was said of it later."""

    attempt: Attempt
    appeals: tuple[Appeal, ...] = field(default=())

    @property
    def score(self) -> Score:
        return score(self.attempt.points, self.attempt.grade, live_appeals(self.appeals))
