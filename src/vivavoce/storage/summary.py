"""Figures that the database counts itself, so that a page need not read ten thousand answers."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, String, func, select

from vivavoce.domain.attempt import Mode, VerdictKind
from vivavoce.domain.errors import StorageCorruptError
from vivavoce.domain.ids import ItemId
from vivavoce.storage.base import Totals
from vivavoce.storage.tables import appeals, attempts


def newest_of_each(learner: str, item: ItemId | None) -> Select[Any]:
    """`id` of the newest answer to each item (or to one), follow-ups aside, and their `number`."""
    newest_first = (attempts.c.submitted_at.desc(), attempts.c.seq.desc())
    ranked = select(
        attempts.c.id,
        func.count().over(partition_by=attempts.c.item).label("number"),
        func.row_number().over(partition_by=attempts.c.item, order_by=newest_first).label("place"),
    ).where(attempts.c.learner == learner, attempts.c.mode != Mode.FOLLOW_UP.value)
    if item is not None:
        ranked = ranked.where(attempts.c.item == str(item))
    found = ranked.subquery()
    return select(found.c.id, found.c.number).where(found.c.place == 1)


def totals(connection: Connection, learner: str, place: str) -> Totals:
    """`Store.totals`. Raises `StorageCorruptError` for a verdict or a time that no Vivavoce wrote."""
    mine = attempts.c.learner == learner
    lines = connection.execute(select(attempts.c.mode, attempts.c.submitted_at, attempts.c.seconds).where(mine)).all()
    kinds = connection.execute(_verdicts(connection, learner)).all()
    withdrawn = select(appeals.c.withdraws).where(appeals.c.learner == learner, appeals.c.withdraws.is_not(None))
    standing = select(appeals.c.attempt, appeals.c.criterion).where(
        appeals.c.learner == learner, appeals.c.withdraws.is_(None), appeals.c.id.not_in(withdrawn)
    )
    try:
        return Totals(
            answers=sum(line.mode != Mode.FOLLOW_UP for line in lines),
            moments=tuple(datetime.fromisoformat(line.submitted_at) for line in lines),
            seconds=sum(line.seconds for line in lines),
            verdicts={VerdictKind(kind): count for kind, count in kinds},
            claimed=connection.execute(select(func.count()).select_from(standing.distinct().subquery())).scalar_one(),
        )
    except ValueError as error:
        raise StorageCorruptError(f"{place}: {error}. The row was not written by Vivavoce") from error


def _verdicts(connection: Connection, learner: str) -> Select[str, int]:
    if connection.dialect.name == "sqlite":
        each = func.json_each(attempts.c.grade, "$.verdicts").table_valued("value")
        kind = func.json_extract(each.c.value, "$.kind")
    else:
        each = func.json_array_elements(attempts.c.grade["verdicts"]).table_valued("value")
        kind = func.json_extract_path_text(each.c.value, "kind")
    found = kind.cast(String).label("kind")
    return (
        select(found, func.count())
        .select_from(attempts.join(each, each.c.value.is_not(None)))
        .where(attempts.c.learner == learner, attempts.c.mode != Mode.FOLLOW_UP.value)
        .group_by(found)
    )
