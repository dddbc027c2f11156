"""Submitted code, its reports, and what was disclosed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_APPEND_ONLY = ("submissions", "disclosures")


def upgrade() -> None:
    time = sa.DateTime(timezone=True).with_variant(sa.Text(), "sqlite")
    seq = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "submissions",
        sa.Column("seq", seq, autoincrement=True, nullable=False),
        sa.Column("learner", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("item", sa.Text(), nullable=False),
        sa.Column("judged_hash", sa.Text(), nullable=False),
        sa.Column("framework", sa.Text(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("report", sa.JSON(), nullable=False),
        sa.Column("submitted_at", time, nullable=False),
        sa.Column("seconds", sa.Double(), nullable=False),
        sa.Column("hints", sa.Integer(), nullable=False),
        sa.Column("data_version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("seq", name="pk_submissions"),
        sa.UniqueConstraint("learner", "id", name="uq_submissions_learner_id"),
    )
    op.create_index("ix_submissions_learner_item_submitted_at", "submissions", ["learner", "item", "submitted_at"])
    op.create_table(
        "disclosures",
        sa.Column("seq", seq, autoincrement=True, nullable=False),
        sa.Column("learner", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("item", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("at", time, nullable=False),
        sa.Column("data_version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("seq", name="pk_disclosures"),
        sa.UniqueConstraint("learner", "id", name="uq_disclosures_learner_id"),
    )
    op.create_index("ix_disclosures_learner_item", "disclosures", ["learner", "item"])
    _refuse_changes()


def _refuse_changes() -> None:
    """Triggers, as for the tables of the first migration, whose function PostgreSQL uses again."""
    for table in _APPEND_ONLY:
        if op.get_bind().dialect.name == "sqlite":
            for action in ("update", "delete"):
                op.execute(
                    f"CREATE TRIGGER {table}_no_{action} BEFORE {action.upper()} ON {table} "
                    f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
                )
        else:
            op.execute(
                f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
                f"FOR EACH STATEMENT EXECUTE FUNCTION vivavoce_append_only()"
            )


def downgrade() -> None:
    for table in _APPEND_ONLY:
        op.drop_table(table)
