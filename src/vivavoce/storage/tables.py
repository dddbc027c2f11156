"""The tables, as the newest migration leaves them. A test holds the two together."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Column,
    DateTime,
    Dialect,
    Double,
    ForeignKeyConstraint,
    Index,
    Integer,
    MetaData,
    PrimaryKeyConstraint,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
)
from sqlalchemy.types import TypeEngine

from vivavoce.storage.fields import moment_text

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}
"""Every constraint has a name that both databases agree on, so that a later migration can change it."""

ME = "me"
"""The only learner of a local database. The column is there so that a class can share one."""


class UtcTime(TypeDecorator[str]):
    """A time as the codec writes it: text in SQLite (which has no times), a time with zone in PostgreSQL."""

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        kind: TypeEngine[Any] = Text() if dialect.name == "sqlite" else DateTime(timezone=True)
        return dialect.type_descriptor(kind)

    def process_bind_param(self, value: str | None, dialect: Dialect) -> Any:
        if value is None or dialect.name == "sqlite":
            return value
        return datetime.fromisoformat(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> str | None:
        return moment_text(value.astimezone(UTC)) if isinstance(value, datetime) else value


metadata = MetaData(naming_convention=NAMING)


def _key(name: str, **options: Any) -> Column[Any]:
    return Column(name, Text, nullable=False, **options)


def _seq() -> Column[int]:
    # The order of writing. SQLite counts only in a column declared INTEGER.
    return Column("seq", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=True)


attempts = Table(
    "attempts",
    metadata,
    _seq(),
    _key("learner"),
    _key("id"),
    _key("item"),
    _key("graded_hash"),
    _key("mode"),
    _key("text"),
    Column("grade", JSON, nullable=False),
    Column("points", JSON, nullable=False),
    Column("submitted_at", UtcTime, nullable=False),
    Column("seconds", Double, nullable=False),
    Column("follow_up", Text),
    Column("parent", Text),
    Column("data_version", Integer, nullable=False),
    Column("numbers", JSON(none_as_null=True)),
    UniqueConstraint("learner", "id"),
    Index(None, "learner", "item", "submitted_at"),
    Index(None, "learner", "submitted_at"),
)

reviews = Table(
    "reviews",
    metadata,
    _seq(),
    _key("learner"),
    _key("id"),
    _key("item"),
    _key("attempt"),
    Column("at", UtcTime, nullable=False),
    _key("rating"),
    _key("source"),
    _key("map_version"),
    Column("raw_score", Double, nullable=False),
    Column("predicted_recall", Double),
    _key("model"),
    Column("replaces", Text),
    Column("data_version", Integer, nullable=False),
    UniqueConstraint("learner", "id"),
    ForeignKeyConstraint(["learner", "attempt"], ["attempts.learner", "attempts.id"]),
    ForeignKeyConstraint(["learner", "replaces"], ["reviews.learner", "reviews.id"]),
    Index(None, "learner", "item"),
)

appeals = Table(
    "appeals",
    metadata,
    _seq(),
    _key("learner"),
    _key("id"),
    _key("attempt"),
    _key("criterion"),
    Column("at", UtcTime, nullable=False),
    _key("note"),
    Column("withdraws", Text),
    Column("data_version", Integer, nullable=False),
    UniqueConstraint("learner", "id"),
    ForeignKeyConstraint(["learner", "attempt"], ["attempts.learner", "attempts.id"]),
    ForeignKeyConstraint(["learner", "withdraws"], ["appeals.learner", "appeals.id"]),
    Index(None, "learner", "attempt"),
)

drafts = Table(
    "drafts",
    metadata,
    _key("learner"),
    _key("item"),
    _key("writer"),
    _key("text"),
    Column("updated_at", UtcTime, nullable=False),
    Column("opened_at", UtcTime, nullable=False),
    Column("submission", JSON(none_as_null=True)),
    Column("data_version", Integer, nullable=False),
    Column("numbers", JSON(none_as_null=True)),
    PrimaryKeyConstraint("learner", "item", "writer"),
)

submissions = Table(
    "submissions",
    metadata,
    _seq(),
    _key("learner"),
    _key("id"),
    _key("item"),
    _key("judged_hash"),
    _key("framework"),
    _key("outcome"),
    _key("code"),
    Column("report", JSON, nullable=False),
    Column("submitted_at", UtcTime, nullable=False),
    Column("seconds", Double, nullable=False),
    Column("hints", Integer, nullable=False),
    Column("data_version", Integer, nullable=False),
    UniqueConstraint("learner", "id"),
    Index(None, "learner", "item", "submitted_at"),
)

disclosures = Table(
    "disclosures",
    metadata,
    _seq(),
    _key("learner"),
    _key("id"),
    _key("item"),
    _key("kind"),
    _key("detail"),
    Column("at", UtcTime, nullable=False),
    Column("data_version", Integer, nullable=False),
    UniqueConstraint("learner", "id"),
    Index(None, "learner", "item"),
)

lab_runs = Table(
    "lab_runs",
    metadata,
    _seq(),
    _key("learner"),
    _key("id"),
    _key("item"),
    Column("origin", JSON, nullable=False),
    Column("looks", JSON, nullable=False),
    Column("started_at", UtcTime, nullable=False),
    Column("data_version", Integer, nullable=False),
    UniqueConstraint("learner", "id"),
    Index(None, "learner", "item", "started_at"),
)

lab_measurements = Table(
    "lab_measurements",
    metadata,
    _seq(),
    _key("learner"),
    _key("id"),
    _key("run"),
    Column("seed", Integer, nullable=False),
    Column("seconds", Double, nullable=False),
    Column("measured", JSON, nullable=False),
    Column("taken_from", Text),
    Column("data_version", Integer, nullable=False),
    UniqueConstraint("learner", "id"),
    ForeignKeyConstraint(["learner", "run"], ["lab_runs.learner", "lab_runs.id"]),
    Index(None, "learner", "run"),
)

lab_ends = Table(
    "lab_ends",
    metadata,
    _seq(),
    _key("learner"),
    _key("id"),  # of the run
    _key("state"),
    Column("ended_at", UtcTime, nullable=False),
    Column("seconds", Double, nullable=False),
    Column("confidence", Double, nullable=False),
    Column("ruled", JSON, nullable=False),
    _key("error"),
    Column("illustrations", JSON, nullable=False),
    Column("data_version", Integer, nullable=False),
    UniqueConstraint("learner", "id"),
    ForeignKeyConstraint(["learner", "id"], ["lab_runs.learner", "lab_runs.id"]),
)

predictions = Table(
    "predictions",
    metadata,
    _seq(),
    _key("learner"),
    _key("id"),
    _key("item"),
    _key("claim"),
    _key("condition"),
    _key("way"),
    Column("size", Integer, nullable=False),
    Column("sure", Double, nullable=False),
    Column("at", UtcTime, nullable=False),
    Column("data_version", Integer, nullable=False),
    UniqueConstraint("learner", "id"),
    Index(None, "learner", "item"),
)

APPEND_ONLY = (
    "attempts",
    "reviews",
    "appeals",
    "submissions",
    "disclosures",
    "lab_runs",
    "lab_measurements",
    "lab_ends",
    "predictions",
)
"""Tables whose rows the database itself refuses to change or delete."""

BY_TYPE: dict[str, Table] = {
    "attempt": attempts,
    "review": reviews,
    "appeal": appeals,
    "draft": drafts,
    "submission": submissions,
    "disclosure": disclosures,
    "lab-run": lab_runs,
    "lab-measurement": lab_measurements,
    "lab-end": lab_ends,
    "prediction": predictions,
}
"""Record type to its table, in the order in which rows may refer to earlier ones."""
