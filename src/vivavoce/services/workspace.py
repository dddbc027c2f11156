"""What a use case works with: the bank, the engines, the store, a clock and a source of ids, put together once."""

from __future__ import annotations

import threading
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from types import TracebackType

from vivavoce.domain.ids import ItemId
from vivavoce.domain.question import Question
from vivavoce.domain.review import Card
from vivavoce.engines.grader.base import Grader
from vivavoce.engines.scheduler.base import Scheduler
from vivavoce.plugins import make_grader, make_scheduler, pack_folders
from vivavoce.services.library import Library
from vivavoce.settings import Settings
from vivavoce.storage.base import Store
from vivavoce.storage.store import open_store


def _now() -> datetime:
    return datetime.now(UTC)


def _new_id() -> str:
    return uuid.uuid4().hex


@dataclass(slots=True)
class Workspace:
    """One learner's program. Safe to use from several threads."""

    settings: Settings
    library: Library
    grader: Grader
    scheduler: Scheduler
    store: Store
    clock: Callable[[], datetime] = _now
    new_id: Callable[[], str] = _new_id
    _cards: tuple[int, dict[ItemId, Card]] | None = None
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def question(self, item: str | ItemId) -> Question:
        """The question of that id. Raises `UnknownItemError` or `InvalidIdError`."""
        return self.library.bank.question(item)

    def cards(self) -> dict[ItemId, Card]:
        """Every card, replayed from the log and kept until the log grows."""
        with self._lock:
            stamp = self.store.review_stamp()
            if self._cards is None or self._cards[0] != stamp:
                self._cards = (stamp, self.scheduler.replay(self.store.reviews()))
            return self._cards[1]

    def close(self) -> None:
        self.store.close()

    def __enter__(self) -> Workspace:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def open_library(settings: Settings) -> Library:
    """The bank alone, for commands that need no store."""
    return Library(pack_folders(settings.packs))


def open_workspace(settings: Settings) -> Workspace:
    """Everything, with the store opened and migrated. Raises `StorageError` kinds."""
    return Workspace(
        settings=settings,
        library=open_library(settings),
        grader=make_grader(),
        scheduler=make_scheduler(settings.retention),
        store=open_store(settings.database),
    )
