"""What every store promises."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Protocol

from vivavoce.domain.attempt import Appeal, Attempt, AttemptRecord, Draft
from vivavoce.domain.ids import ItemId
from vivavoce.domain.review import Review


@dataclass(frozen=True, slots=True)
class StoreInfo:
    """What `viva doctor` prints of a store."""

    backend: str
    location: str
    revision: str
    attempts: int
    reviews: int
    size_bytes: int | None


class Store(Protocol):
    """One learner's log. Append-only except for drafts. Every method is one transaction, durable when it returns.

    Methods raise `StorageBusyError`, `StorageCorruptError`, `StorageReadOnlyError` or `StorageError` and then have
    changed nothing. A store may be used from several threads.
    """

    def info(self) -> StoreInfo: ...

    def close(self) -> None: ...

    # drafts
    def save_draft(self, draft: Draft) -> None:
        """Insert or replace the draft of (item, writer)."""
        ...

    def discard_draft(self, item: ItemId, writer: str) -> None:
        """Remove a draft if it exists."""
        ...

    def drafts(self, item: ItemId | None = None) -> tuple[Draft, ...]:
        """All drafts (of an item), the newest first."""
        ...

    # attempts and reviews
    def record(self, attempt: Attempt, review: Review | None, *, writer: str | None) -> bool:
        """Attempt, review and the removal of `writer`'s draft in one transaction.

        False when an attempt of that id exists already: then nothing but the removal of that draft is done.
        """
        ...

    def attempt(self, attempt_id: str) -> AttemptRecord | None: ...

    def attempts(self, item: ItemId | None = None, *, limit: int | None = None) -> tuple[AttemptRecord, ...]:
        """Attempts (of an item) with their appeals, the newest first."""
        ...

    def add_review(self, review: Review) -> None:
        """Append a line (an override) to the log."""
        ...

    def reviews(self, item: ItemId | None = None) -> tuple[Review, ...]:
        """The log (of an item) in the order it was written."""
        ...

    def review_stamp(self) -> int:
        """A number that changes whenever a review is appended: for caches of replayed cards."""
        ...

    def add_appeal(self, appeal: Appeal) -> None: ...

    # whole state
    def dump(self) -> Iterator[dict[str, Any]]:
        """Every row as a plain JSON-able record with a `type` key (attempt, review, appeal, draft).

        The order is stable, and a record comes after those it refers to.
        """
        ...

    def restore(self, records: Iterator[dict[str, Any]]) -> dict[str, int]:
        """Add records of `dump` that are not there yet, in one transaction; counts added rows by type.

        Raises `ExportFormatError` on a record it does not understand, having changed nothing.
        """
        ...
