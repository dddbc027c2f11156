"""Statements that every part of the store makes in the same way."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Select, Table, select

from vivavoce.domain.ids import ItemId
from vivavoce.storage.transfer import insert


def rows_of(table: Table, learner: str, item: ItemId | None = None) -> Select[Any]:
    """A learner's rows (about an item)."""
    query = select(table).where(table.c.learner == learner)
    return query if item is None else query.where(table.c.item == str(item))


def append(connection: Connection, table: Table, row: dict[str, Any]) -> bool:
    """Append a row; False when one of that id is there. The database decides, so that two at once are one."""
    statement = insert(connection, table).values(row).on_conflict_do_nothing(index_elements=["learner", "id"])
    # Inline: `seq` is not asked back, which would leave the count of rows unknown.
    return connection.execute(statement.inline(), execution_options={"preserve_rowcount": True}).rowcount == 1
