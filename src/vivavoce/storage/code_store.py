"""Submitted code and disclosures in the database."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, Table, case, func, select

from vivavoce.domain.exercise import Outcome
from vivavoce.domain.ids import ItemId
from vivavoce.domain.submission import CodeSubmission, Disclosure
from vivavoce.storage.base import CodeStanding
from vivavoce.storage.codec import encode
from vivavoce.storage.database import Database
from vivavoce.storage.rows import append, rows_of
from vivavoce.storage.tables import disclosures, submissions
from vivavoce.storage.transfer import read, to_row


class SqlCodeStore:
    """`CodeStore` on an opened database, for one learner."""

    def __init__(self, database: Database, learner: str) -> None:
        self._database = database
        self._learner = learner

    def record(self, submission: CodeSubmission) -> bool:
        return self._add(submissions, submission)

    def submission(self, submission_id: str) -> CodeSubmission | None:
        found = self._submissions(self._mine(submissions).where(submissions.c.id == submission_id))
        return found[0] if found else None

    def submissions(self, item: ItemId | None = None, *, limit: int | None = None) -> tuple[CodeSubmission, ...]:
        newest_first = (submissions.c.submitted_at.desc(), submissions.c.seq.desc())
        return self._submissions(self._mine(submissions, item).order_by(*newest_first).limit(limit))

    def standings(self) -> dict[ItemId, CodeStanding]:
        table = submissions.c
        passed = func.max(case((table.outcome == Outcome.PASSED.value, 1), else_=0))
        query = (
            select(table.item, func.count().label("number"), passed.label("passed"))
            .where(table.learner == self._learner, table.outcome != Outcome.SANDBOX_ERROR.value)
            .group_by(table.item)
        )
        with self._database.reading() as connection:
            return {
                ItemId.parse(row.item): CodeStanding(int(row.number), bool(row.passed))
                for row in connection.execute(query)
            }

    def disclose(self, disclosure: Disclosure) -> None:
        self._add(disclosures, disclosure)

    def disclosures(self, item: ItemId | None = None) -> tuple[Disclosure, ...]:
        query = self._mine(disclosures, item).order_by(disclosures.c.seq)
        with self._database.reading() as connection:
            rows = connection.execute(query).mappings()
            values = (read("disclosure", row, self._database.place) for row in rows)
            return tuple(value for value in values if isinstance(value, Disclosure))

    def _submissions(self, query: Select[Any]) -> tuple[CodeSubmission, ...]:
        with self._database.reading() as connection:
            rows = connection.execute(query).mappings()
            values = (read("submission", row, self._database.place) for row in rows)
            return tuple(value for value in values if isinstance(value, CodeSubmission))

    def _mine(self, table: Table, item: ItemId | None = None) -> Select[Any]:
        return rows_of(table, self._learner, item)

    def _add(self, table: Table, value: CodeSubmission | Disclosure) -> bool:
        row = to_row(encode(value), self._learner)
        with self._database.writing() as connection:
            return append(connection, table, row)
