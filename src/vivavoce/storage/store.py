"""The one store there is: SQLAlchemy on SQLite or PostgreSQL, the same code for both."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Connection, Select, Table, and_, delete, func, select, text

from vivavoce.domain.attempt import Appeal, Attempt, AttemptRecord, Draft
from vivavoce.domain.errors import StorageError
from vivavoce.domain.ids import ItemId
from vivavoce.domain.review import Review
from vivavoce.storage.base import Latest, StoreInfo, Totals
from vivavoce.storage.code_store import SqlCodeStore
from vivavoce.storage.codec import Stored, encode
from vivavoce.storage.database import Database, server_database, sqlite_database
from vivavoce.storage.faults import explained
from vivavoce.storage.files import prepare, size_bytes
from vivavoce.storage.lab_store import SqlLabStore
from vivavoce.storage.migrate import bring_up_to_date, revision
from vivavoce.storage.rows import append, rows_of
from vivavoce.storage.summary import newest_of_each, totals
from vivavoce.storage.tables import ME, appeals, attempts, drafts, lab_runs, reviews
from vivavoce.storage.transfer import dump, insert, read, restore, to_row

Kind = TypeVar("Kind", bound=Stored)

_ALL = 2**62  # SQLite has no OFFSET without a LIMIT


def open_store(url: str | Path) -> SqlStore:
    """The store at a file path, `sqlite:///path` or `postgresql://…`, made or migrated when needed.

    Raises `StorageReadOnlyError`, `StorageCorruptError`, `StorageBusyError`, `StorageNewerError`, and `StorageError`
    for what is no place for a store. Then nothing that was there before is changed.
    """
    database = _database(url)
    try:
        bring_up_to_date(database)
    except BaseException:
        database.close()
        raise
    return SqlStore(database)


def _database(url: str | Path) -> Database:
    if isinstance(url, str) and url.partition("://")[1]:
        scheme, _, rest = url.partition("://")
        if scheme.partition("+")[0] != "sqlite":
            return server_database(url)
        if not rest.startswith("/") or len(rest) < 2:
            raise StorageError(f"{url} names no file; write sqlite:///relative/path or sqlite:////absolute/path")
        url = rest[1:]
    if not str(url).strip() or "\0" in str(url):
        raise StorageError(f"{str(url)!r} names no file; the path of a database file or a database URL is expected")
    path = Path(url).expanduser().absolute()
    prepare(path)
    return sqlite_database(path)


class SqlStore:
    """`Store` on an opened database, for one learner."""

    def __init__(self, database: Database, learner: str = ME) -> None:
        self._database = database
        self._learner = learner
        self._code = SqlCodeStore(database, learner)
        self._labs = SqlLabStore(database, learner)

    @property
    def code(self) -> SqlCodeStore:
        return self._code

    @property
    def labs(self) -> SqlLabStore:
        return self._labs

    def info(self) -> StoreInfo:
        database = self._database
        with database.reading() as connection:
            counts = {t.name: connection.execute(self._count(t)).scalar_one() for t in (attempts, reviews, lab_runs)}
            size = None
            if database.file is None:
                size = connection.execute(text("SELECT pg_database_size(current_database())")).scalar_one()
        if database.file is not None:
            with explained(database.place):
                size = size_bytes(database.file)
        found = revision(database)
        return StoreInfo(
            database.backend,
            database.place,
            found,
            counts["attempts"],
            counts["reviews"],
            counts["lab_runs"],
            size,
        )

    def close(self) -> None:
        self._database.close()

    # drafts
    def save_draft(self, draft: Draft) -> bool:
        row = to_row(encode(draft), self._learner)
        with self._database.writing() as connection:
            return self._put_draft(connection, row)

    def discard_draft(self, item: ItemId, writer: str, *, submitted: bool = True) -> None:
        with self._database.writing() as connection:
            spared = () if submitted else (drafts.c.submission.is_(None),)
            connection.execute(delete(drafts).where(self._draft_of(item, writer), *spared))

    def drafts(self, item: ItemId | None = None) -> tuple[Draft, ...]:
        query = self._mine(drafts, item).order_by(drafts.c.updated_at.desc(), drafts.c.item, drafts.c.writer)
        with self._database.reading() as connection:
            return self._read(connection, "draft", query, Draft)

    # attempts and reviews
    def record(self, attempt: Attempt, review: Review | None, *, writer: str | None) -> bool:
        row = to_row(encode(attempt), self._learner)
        review_row = None if review is None else to_row(encode(review), self._learner)
        with self._database.writing() as connection:
            is_new = append(connection, attempts, row)
            if is_new and review_row is not None:
                self._require(connection, reviews, review_row["replaces"], f"review {review_row['id']!r} replaces")
                append(connection, reviews, review_row)
            if writer is not None:
                this = drafts.c.submission["attempt_id"].as_string() == attempt.id
                connection.execute(delete(drafts).where(self._draft_of(attempt.item, writer), this))
        return is_new

    def attempt(self, attempt_id: str) -> AttemptRecord | None:
        found = self._attempts(self._mine(attempts).where(attempts.c.id == attempt_id))
        return found[0] if found else None

    def attempts(self, item: ItemId | None = None, *, limit: int | None = None) -> tuple[AttemptRecord, ...]:
        newest_first = (attempts.c.submitted_at.desc(), attempts.c.seq.desc())
        return self._attempts(self._mine(attempts, item).order_by(*newest_first).limit(limit))

    def latest(self, item: ItemId | None = None) -> dict[ItemId, Latest]:
        with self._database.reading() as connection:
            counts = {row.id: row.number for row in connection.execute(newest_of_each(self._learner, item))}
        records = self._attempts(self._mine(attempts, item).where(attempts.c.id.in_(counts)))
        return {r.attempt.item: Latest(r, counts[r.attempt.id]) for r in records}

    def totals(self) -> Totals:
        with self._database.reading() as connection:
            return totals(connection, self._learner, self._database.place)

    def add_review(self, review: Review) -> None:
        row = to_row(encode(review), self._learner)
        with self._database.writing() as connection:
            self._require(connection, attempts, review.attempt, f"review {review.id!r} rates")
            self._require(connection, reviews, review.replaces, f"review {review.id!r} replaces")
            append(connection, reviews, row)

    def reviews(self, item: ItemId | None = None, *, skip: int = 0) -> tuple[Review, ...]:
        query = self._mine(reviews, item).order_by(reviews.c.seq)
        with self._database.reading() as connection:
            return self._read(connection, "review", query.limit(_ALL).offset(skip) if skip else query, Review)

    def review_stamp(self) -> int:
        # Not the highest number: two transactions may be confirmed in the other order than they took their numbers.
        with self._database.reading() as connection:
            return int(connection.execute(self._count(reviews)).scalar_one())

    def add_appeal(self, appeal: Appeal) -> None:
        row = to_row(encode(appeal), self._learner)
        with self._database.writing() as connection:
            self._require(connection, attempts, appeal.attempt, f"appeal {appeal.id!r} is about")
            self._require(connection, appeals, appeal.withdraws, f"appeal {appeal.id!r} withdraws")
            append(connection, appeals, row)

    # whole state
    def dump(self) -> Iterator[dict[str, Any]]:
        with self._database.reading() as connection:
            yield from dump(connection, self._learner)

    def restore(self, records: Iterable[dict[str, Any]]) -> dict[str, int]:
        with self._database.writing() as connection:
            return restore(connection, records, self._learner)

    def _mine(self, table: Table, item: ItemId | None = None) -> Select[Any]:
        return rows_of(table, self._learner, item)

    def _count(self, table: Table) -> Select[Any]:
        return select(func.count()).select_from(table).where(table.c.learner == self._learner)

    def _read(self, connection: Connection, kind: str, query: Select[Any], wanted: type[Kind]) -> tuple[Kind, ...]:
        values = (read(kind, row, self._database.place) for row in connection.execute(query).mappings())
        return tuple(value for value in values if isinstance(value, wanted))

    def _attempts(self, query: Select[Any]) -> tuple[AttemptRecord, ...]:
        ids = query.with_only_columns(attempts.c.id).subquery()
        about = self._mine(appeals).where(appeals.c.attempt.in_(select(ids.c.id))).order_by(appeals.c.seq)
        with self._database.reading() as connection:
            found = self._read(connection, "attempt", query, Attempt)
            said: dict[str, list[Appeal]] = {}
            for appeal in self._read(connection, "appeal", about, Appeal):
                said.setdefault(appeal.attempt, []).append(appeal)
        return tuple(AttemptRecord(a, tuple(said.get(a.id, ()))) for a in found)

    def _put_draft(self, connection: Connection, row: dict[str, Any]) -> bool:
        key = ["learner", "item", "writer"]
        new = {name: value for name, value in row.items() if name not in key}
        free = drafts.c.submission.is_(None) if row["submission"] is None else None
        statement = insert(connection, drafts).values(row)
        statement = statement.on_conflict_do_update(index_elements=key, set_=new, where=free)
        return connection.execute(statement, execution_options={"preserve_rowcount": True}).rowcount == 1

    def _draft_of(self, item: ItemId, writer: str) -> ColumnElement[bool]:
        return and_(drafts.c.learner == self._learner, drafts.c.item == str(item), drafts.c.writer == writer)

    def _require(self, connection: Connection, table: Table, wanted: str | None, what: str) -> None:
        """Raises `StorageError` when a row refers to one that is not there."""
        if wanted is None:
            return
        if connection.execute(self._mine(table).where(table.c.id == wanted)).first() is None:
            raise StorageError(
                f"{self._database.place}: {what} {wanted!r}, which is not among the {table.name}; nothing was written"
            )
