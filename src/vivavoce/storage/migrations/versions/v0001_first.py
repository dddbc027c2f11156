"""Attempts, reviews, appeals and drafts."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_APPEND_ONLY = ("attempts", "reviews", "appeals")


def upgrade() -> None:
    time = sa.DateTime(timezone=True).with_variant(sa.Text(), "sqlite")
    seq = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "attempts",
        sa.Column("seq", seq, autoincrement=True, nullable=False),
        sa.Column("learner", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("item", sa.Text(), nullable=False),
        sa.Column("graded_hash", sa.Text(), nullable=False),
        sa.Column("mode", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("grade", sa.JSON(), nullable=False),
        sa.Column("points", sa.JSON(), nullable=False),
        sa.Column("submitted_at", time, nullable=False),
        sa.Column("seconds", sa.Double(), nullable=False),
        sa.Column("follow_up", sa.Text()),
        sa.Column("parent", sa.Text()),
        sa.Column("data_version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("seq", name="pk_attempts"),
        sa.UniqueConstraint("learner", "id", name="uq_attempts_learner_id"),
    )
    op.create_index("ix_attempts_learner_item_submitted_at", "attempts", ["learner", "item", "submitted_at"])
    op.create_index("ix_attempts_learner_submitted_at", "attempts", ["learner", "submitted_at"])
    op.create_table(
        "reviews",
        sa.Column("seq", seq, autoincrement=True, nullable=False),
        sa.Column("learner", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("item", sa.Text(), nullable=False),
        sa.Column("attempt", sa.Text(), nullable=False),
        sa.Column("at", time, nullable=False),
        sa.Column("rating", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("map_version", sa.Text(), nullable=False),
        sa.Column("raw_score", sa.Double(), nullable=False),
        sa.Column("predicted_recall", sa.Double()),
        sa.Column("model", sa.Text(), nullable=False),
        sa.Column("replaces", sa.Text()),
        sa.Column("data_version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("seq", name="pk_reviews"),
        sa.UniqueConstraint("learner", "id", name="uq_reviews_learner_id"),
        sa.ForeignKeyConstraint(
            ["learner", "attempt"], ["attempts.learner", "attempts.id"], name="fk_reviews_learner_attempt"
        ),
        sa.ForeignKeyConstraint(
            ["learner", "replaces"], ["reviews.learner", "reviews.id"], name="fk_reviews_learner_replaces"
        ),
    )
    op.create_index("ix_reviews_learner_item", "reviews", ["learner", "item"])
    op.create_table(
        "appeals",
        sa.Column("seq", seq, autoincrement=True, nullable=False),
        sa.Column("learner", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("attempt", sa.Text(), nullable=False),
        sa.Column("criterion", sa.Text(), nullable=False),
        sa.Column("at", time, nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("withdraws", sa.Text()),
        sa.Column("data_version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("seq", name="pk_appeals"),
        sa.UniqueConstraint("learner", "id", name="uq_appeals_learner_id"),
        sa.ForeignKeyConstraint(
            ["learner", "attempt"], ["attempts.learner", "attempts.id"], name="fk_appeals_learner_attempt"
        ),
        sa.ForeignKeyConstraint(
            ["learner", "withdraws"], ["appeals.learner", "appeals.id"], name="fk_appeals_learner_withdraws"
        ),
    )
    op.create_index("ix_appeals_learner_attempt", "appeals", ["learner", "attempt"])
    op.create_table(
        "drafts",
        sa.Column("learner", sa.Text(), nullable=False),
        sa.Column("item", sa.Text(), nullable=False),
        sa.Column("writer", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("updated_at", time, nullable=False),
        sa.Column("opened_at", time, nullable=False),
        sa.Column("submission", sa.JSON()),
        sa.Column("data_version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("learner", "item", "writer", name="pk_drafts"),
    )
    _refuse_changes()


def _refuse_changes() -> None:
    """Triggers: what was once written is never edited, whatever program asks."""
    if op.get_bind().dialect.name == "sqlite":
        for table in _APPEND_ONLY:
            for action in ("update", "delete"):
                op.execute(
                    f"CREATE TRIGGER {table}_no_{action} BEFORE {action.upper()} ON {table} "
                    f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
                )
        return
    op.execute(
        "CREATE FUNCTION vivavoce_append_only() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$"
    )
    for table in _APPEND_ONLY:
        op.execute(
            f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
            f"FOR EACH STATEMENT EXECUTE FUNCTION vivavoce_append_only()"
        )


def downgrade() -> None:
    for table in ("drafts", "appeals", "reviews", "attempts"):
        op.drop_table(table)
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION vivavoce_append_only()")
