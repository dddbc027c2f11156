"""What every store promises."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from vivavoce.domain.attempt import Appeal, Attempt, AttemptRecord, Draft, VerdictKind
from vivavoce.domain.ids import ItemId
from vivavoce.domain.lab import Measurement, Origin
from vivavoce.domain.lab_run import KeptMeasurement, LabEnd, LabRun, Prediction
from vivavoce.domain.review import Review
from vivavoce.domain.submission import CodeSubmission, Disclosure


@dataclass(frozen=True, slots=True)
class StoreInfo:
    """What `viva doctor` prints of a store."""

    backend: str
    location: str
    revision: str
    attempts: int
    reviews: int
    lab_runs: int
    size_bytes: int | None


@dataclass(frozen=True, slots=True)
class Latest:
    """The last answer to an item, follow-ups aside, and how many there were."""

    record: AttemptRecord
    attempts: int


@dataclass(frozen=True, slots=True)
class Totals:
    """What a log adds up to, counted by the database: cheap however long the log is."""

    answers: int
    """Attempts, follow-ups aside."""
    moments: tuple[datetime, ...]
    """When each attempt was submitted, follow-ups included, in no promised order."""
    seconds: float
    """Of all attempts, follow-ups included."""
    verdicts: Mapping[VerdictKind, int]
    """Verdicts of the answers, follow-ups aside; kinds that never came are left out."""
    claimed: int
    """Criteria under appeal, withdrawn ones left out."""


@dataclass(frozen=True, slots=True)
class CodeStanding:
    """What came of an exercise so far, failures of ours left out."""

    submissions: int
    passed: bool


class CodeStore(Protocol):
    """The part of a store that keeps submitted code. Promises what `Store` promises."""

    def record(self, submission: CodeSubmission) -> bool:
        """Append; False, with nothing changed, when a submission of that id exists already."""
        ...

    def submission(self, submission_id: str) -> CodeSubmission | None: ...

    def submissions(self, item: ItemId | None = None, *, limit: int | None = None) -> tuple[CodeSubmission, ...]:
        """Submissions (to an item), the newest first."""
        ...

    def standings(self) -> dict[ItemId, CodeStanding]:
        """For each item that code was submitted to, counted by the database."""
        ...

    def disclose(self, disclosure: Disclosure) -> None:
        """Append what was shown."""
        ...

    def disclosures(self, item: ItemId | None = None) -> tuple[Disclosure, ...]:
        """What was shown (for an item), in the order in which it was."""
        ...


class LabStore(Protocol):
    """The part of a store that keeps runs of labs and predictions. Promises what `Store` promises."""

    def begin(self, run: LabRun) -> bool:
        """Append a run that starts; False, with nothing changed, when one of that id exists already."""
        ...

    def keep(self, measurements: Sequence[KeptMeasurement]) -> None:
        """Append what seeds gave, all or none; a seed of a run that is there already stays as it is.

        Raises `StorageError` for a run that was never begun.
        """
        ...

    def end(self, end: LabEnd) -> bool:
        """Append how a run ended; False, with nothing changed, when it has ended already."""
        ...

    def run(self, run_id: str) -> LabRun | None: ...

    def runs(self, item: ItemId | None = None, *, limit: int | None = None) -> tuple[LabRun, ...]:
        """Runs (of a lab), the newest first."""
        ...

    def finished(self, item: ItemId | None = None) -> tuple[LabRun, ...]:
        """Those that ran to their end, the newest first."""
        ...

    def ends(self, runs: Sequence[str]) -> dict[str, LabEnd]:
        """Run to its end; runs without one are left out."""
        ...

    def measurements(self, run_id: str) -> tuple[KeptMeasurement, ...]:
        """What a run's seeds gave, by seed."""
        ...

    def known(self, item: ItemId, origin: Origin) -> dict[int, tuple[str, Measurement]]:
        """Seed to what it gave, and the run that measured it, with the same code, settings and versions."""
        ...

    def predict(self, prediction: Prediction) -> bool:
        """Append; False, with nothing changed, when one of that id exists already."""
        ...

    def predictions(self, item: ItemId | None = None) -> tuple[Prediction, ...]:
        """Predictions (about a lab), in the order in which they were made."""
        ...


class Store(Protocol):
    """One learner's log. Append-only except for drafts. Every method is one transaction, durable when it returns.

    Methods raise `StorageBusyError`, `StorageCorruptError`, `StorageReadOnlyError` or `StorageError` and then have
    changed nothing. A store may be used from several threads.
    """

    @property
    def code(self) -> CodeStore:
        """Submitted code, in the same database."""
        ...

    @property
    def labs(self) -> LabStore:
        """Runs of labs and predictions, in the same database."""
        ...

    def info(self) -> StoreInfo: ...

    def close(self) -> None: ...

    # drafts
    def save_draft(self, draft: Draft) -> bool:
        """Insert or replace the draft of (item, writer).

        False, with nothing changed, for a draft without a submission where there is one with: a late autosave must not
        undo a submit.
        """
        ...

    def discard_draft(self, item: ItemId, writer: str, *, submitted: bool = True) -> None:
        """Remove a draft if it exists. `submitted` False spares one that carries a submission."""
        ...

    def drafts(self, item: ItemId | None = None) -> tuple[Draft, ...]:
        """All drafts (of an item), the newest first."""
        ...

    # attempts and reviews
    def record(self, attempt: Attempt, review: Review | None, *, writer: str | None) -> bool:
        """Attempt, review and the removal of the draft that `writer` submitted as this attempt, in one transaction.

        What `writer` has typed or submitted since then stays. False when an attempt of that id exists already: then
        nothing but the removal of that draft is done.
        """
        ...

    def attempt(self, attempt_id: str) -> AttemptRecord | None: ...

    def attempts(self, item: ItemId | None = None, *, limit: int | None = None) -> tuple[AttemptRecord, ...]:
        """Attempts (of an item) with their appeals, the newest first."""
        ...

    def latest(self, item: ItemId | None = None) -> dict[ItemId, Latest]:
        """For each item that was answered (or for one), its last answer and how many there were."""
        ...

    def totals(self) -> Totals:
        """What the whole log adds up to."""
        ...

    def add_review(self, review: Review) -> None:
        """Append a line (an override) to the log."""
        ...

    def reviews(self, item: ItemId | None = None, *, skip: int = 0) -> tuple[Review, ...]:
        """The log (of an item) in the order it was written, without its first `skip` lines."""
        ...

    def review_stamp(self) -> int:
        """The number of reviews, which grows whenever one is appended: for caches of the log."""
        ...

    def add_appeal(self, appeal: Appeal) -> None: ...

    # whole state
    def dump(self) -> Iterator[dict[str, Any]]:
        """Every row as a plain JSON-able record with a `type` key, such as attempt or review.

        The order is stable, and a record comes after those it refers to.
        """
        ...

    def restore(self, records: Iterator[dict[str, Any]]) -> dict[str, int]:
        """Add records of `dump` that are not there yet, in one transaction; counts added rows by type.

        Raises `ExportFormatError` on a record it does not understand, having changed nothing.
        """
        ...
