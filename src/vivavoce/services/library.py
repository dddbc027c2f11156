"""The bank as it is on disk now, with its search index; reloaded when a file changes."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from vivavoce.content.bank import Bank, load_bank
from vivavoce.content.cache import BankCache
from vivavoce.content.diagnostic import Diagnostic
from vivavoce.content.search import SearchIndex
from vivavoce.plugins import PackFolder

_CHECK_EVERY_S = 1.0
"""Files are looked at for changes no more often than this."""


@dataclass(frozen=True, slots=True)
class Shelf:
    """One state of the bank."""

    bank: Bank
    diagnostics: tuple[Diagnostic, ...]
    search: SearchIndex


class Library:
    """Gives the current `Shelf`; an author's change shows after a reload of the page."""

    def __init__(
        self,
        packs: Sequence[PackFolder],
        ticks: Callable[[], float] = time.monotonic,
        *,
        cache: Path | None = None,
    ) -> None:
        """`cache` is a folder in which to keep what loading gave; None keeps nothing."""
        self.packs = tuple(packs)
        self._cache = BankCache(cache, self.folders) if cache else None
        self._ticks = ticks
        self._lock = threading.Lock()
        self._shelf: Shelf | None = None
        self._checked = float("-inf")

    @property
    def folders(self) -> tuple[Path, ...]:
        return tuple(p.folder for p in self.packs if p.folder is not None)

    def current(self) -> Shelf:
        """The bank as it is now; an unreadable change leaves the readable rest (see `diagnostics`)."""
        with self._lock:
            now = self._ticks()
            if self._shelf is not None and now - self._checked < _CHECK_EVERY_S:
                return self._shelf
            self._checked = now
            if self._shelf is None or self._shelf.bank.needs_reload():
                self._shelf = self._loaded()
            return self._shelf

    def _loaded(self) -> Shelf:
        if self._cache is None:
            loaded = load_bank(self.folders)
            return Shelf(loaded.bank, loaded.diagnostics, SearchIndex(loaded.bank))
        kept = self._cache.load()
        if kept is None:
            loaded = load_bank(self.folders)
            kept = loaded.bank, loaded.diagnostics
            self._cache.save(*kept)
        bank, diagnostics = kept
        return Shelf(bank, diagnostics, SearchIndex(bank, file=self._cache.search_file(bank)))

    @property
    def bank(self) -> Bank:
        return self.current().bank
