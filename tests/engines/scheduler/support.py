"""Logs to replay."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import strategies as st

from vivavoce.domain.ids import ItemId
from vivavoce.domain.review import Rating, RatingSource, Review
from vivavoce.engines.scheduler.fsrs_scheduler import FsrsScheduler

ITEM = ItemId("dropout", "why-scale")
OTHER = ItemId("dropout", "when-off")
START = datetime(2026, 1, 1, 9, tzinfo=UTC)
END = datetime.max.replace(tzinfo=UTC)
DAY = timedelta(days=1)
SCHEDULER = FsrsScheduler()
THEIRS = {Rating.AGAIN: 1, Rating.HARD: 2, Rating.GOOD: 3, Rating.EASY: 4}

gaps = st.one_of(
    st.timedeltas(timedelta(0), timedelta(hours=23)), st.timedeltas(timedelta(days=1), timedelta(days=400))
)
steps = st.lists(st.tuples(gaps, st.sampled_from(Rating)), min_size=1, max_size=12)


def line(name: str, at: datetime, rating: Rating, item: ItemId = ITEM, replaces: str | None = None) -> Review:
    return Review(name, item, f"a-{name}", at, rating, RatingSource.DERIVED, "1", 0.5, None, "fsrs", replaces)


def log(steps: list[tuple[timedelta, Rating]], item: ItemId = ITEM) -> list[Review]:
    at, lines = START, []
    for number, (gap, rating) in enumerate(steps):
        at += gap
        lines.append(line(f"{item.name}{number}", at, rating, item))
    return lines


def days(*ratings_and_gaps: tuple[Rating, float]) -> list[Review]:
    return log([(timedelta(days=gap), rating) for rating, gap in ratings_and_gaps])
