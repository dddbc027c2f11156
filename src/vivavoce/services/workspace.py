"""What a use case works with: the bank, the engines, the store, a clock and a source of ids, put together once."""

from __future__ import annotations

import threading
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from types import TracebackType

from vivavoce.domain.ids import ItemId
from vivavoce.domain.question import Question
from vivavoce.domain.review import Card, Review
from vivavoce.engines.grader.base import Grader
from vivavoce.engines.lab_runner.base import LabRunner
from vivavoce.engines.scheduler.base import Scheduler
from vivavoce.plugins import make_grader, make_lab_runner, make_scheduler, pack_folders
from vivavoce.services.experiment import Desk
from vivavoce.services.judge_host import JudgeHost
from vivavoce.services.library import Library
from vivavoce.settings import Settings
from vivavoce.storage.base import Store
from vivavoce.storage.store import open_store


def _now() -> datetime:
    return datetime.now(UTC)


def _new_id() -> str:
    return uuid.uuid4().hex


@dataclass(frozen=True, slots=True)
class _Memory:
    """The log as far as it is known, and the cards that its replay gives."""

    log: tuple[Review, ...]
    cards: Mapping[ItemId, Card]


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
    judging: JudgeHost = field(default_factory=JudgeHost)
    make_runner: Callable[[], LabRunner] = make_lab_runner
    labs: Desk = field(init=False)
    _memory: _Memory | None = None
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def __post_init__(self) -> None:
        self.labs = Desk(self.library, self.store.labs, self.clock, self.new_id, self.make_runner)

    def question(self, item: str | ItemId) -> Question:
        """The question of that id. Raises `UnknownItemError` or `InvalidIdError`."""
        return self.library.bank.question(item)

    def cards(self) -> Mapping[ItemId, Card]:
        """Every card, replayed from the log and kept until the log grows."""
        return self._current().cards

    def reviews(self) -> tuple[Review, ...]:
        """The whole log in the order of writing, kept until it grows."""
        return self._current().log

    def _current(self) -> _Memory:
        with self._lock:
            known = self._memory
            if known is None or self.store.review_stamp() != len(known.log):
                self._memory = known = self._grown(known) if known else self._replayed()
            return known

    def _replayed(self) -> _Memory:
        log = self.store.reviews()
        return _Memory(log, self.scheduler.replay(log))

    def _grown(self, known: _Memory) -> _Memory:
        """With the new lines; only the items that they concern are replayed."""
        new = self.store.reviews(skip=len(known.log))
        ids = {r.id for r in known.log}
        if not new or any(r.id in ids for r in new):
            return self._replayed()  # a line came in before one that is known: confirmed late
        log = known.log + new
        items = {r.item for r in new}
        return _Memory(log, {**known.cards, **self.scheduler.replay(tuple(r for r in log if r.item in items))})

    def close(self) -> None:
        self.labs.close()
        self.judging.close()
        self.store.close()

    def __enter__(self) -> Workspace:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def open_library(settings: Settings) -> Library:
    """The bank alone, for commands that need no store."""
    return Library(pack_folders(settings.packs), cache=settings.data_dir / "cache")


def open_workspace(settings: Settings) -> Workspace:
    """Everything, with the store opened and migrated. Raises `StorageError` kinds."""
    return Workspace(
        settings=settings,
        library=open_library(settings),
        grader=make_grader(),
        scheduler=make_scheduler(settings.retention),
        store=open_store(settings.database),
    )
