"""Runs of labs, what each seed gave, how runs ended, and predictions."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_APPEND_ONLY = ("lab_runs", "lab_measurements", "lab_ends", "predictions")


def upgrade() -> None:
    time = sa.DateTime(timezone=True).with_variant(sa.Text(), "sqlite")
    seq = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "lab_runs",
        sa.Column("seq", seq, autoincrement=True, nullable=False),
        sa.Column("learner", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("item", sa.Text(), nullable=False),
        sa.Column("origin", sa.JSON(), nullable=False),
        sa.Column("looks", sa.JSON(), nullable=False),
        sa.Column("started_at", time, nullable=False),
        sa.Column("data_version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("seq", name="pk_lab_runs"),
        sa.UniqueConstraint("learner", "id", name="uq_lab_runs_learner_id"),
    )
    op.create_index("ix_lab_runs_learner_item_started_at", "lab_runs", ["learner", "item", "started_at"])
    op.create_table(
        "lab_measurements",
        sa.Column("seq", seq, autoincrement=True, nullable=False),
        sa.Column("learner", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("run", sa.Text(), nullable=False),
        sa.Column("seed", sa.Integer(), nullable=False),
        sa.Column("seconds", sa.Double(), nullable=False),
        sa.Column("measured", sa.JSON(), nullable=False),
        sa.Column("taken_from", sa.Text()),
        sa.Column("data_version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("seq", name="pk_lab_measurements"),
        sa.UniqueConstraint("learner", "id", name="uq_lab_measurements_learner_id"),
        sa.ForeignKeyConstraint(
            ["learner", "run"], ["lab_runs.learner", "lab_runs.id"], name="fk_lab_measurements_learner_run"
        ),
    )
    op.create_index("ix_lab_measurements_learner_run", "lab_measurements", ["learner", "run"])
    op.create_table(
        "lab_ends",
        sa.Column("seq", seq, autoincrement=True, nullable=False),
        sa.Column("learner", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("ended_at", time, nullable=False),
        sa.Column("seconds", sa.Double(), nullable=False),
        sa.Column("confidence", sa.Double(), nullable=False),
        sa.Column("ruled", sa.JSON(), nullable=False),
        sa.Column("error", sa.Text(), nullable=False),
        sa.Column("illustrations", sa.JSON(), nullable=False),
        sa.Column("data_version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("seq", name="pk_lab_ends"),
        sa.UniqueConstraint("learner", "id", name="uq_lab_ends_learner_id"),
        sa.ForeignKeyConstraint(["learner", "id"], ["lab_runs.learner", "lab_runs.id"], name="fk_lab_ends_learner_id"),
    )
    op.create_table(
        "predictions",
        sa.Column("seq", seq, autoincrement=True, nullable=False),
        sa.Column("learner", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("item", sa.Text(), nullable=False),
        sa.Column("claim", sa.Text(), nullable=False),
        sa.Column("condition", sa.Text(), nullable=False),
        sa.Column("way", sa.Text(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sure", sa.Double(), nullable=False),
        sa.Column("at", time, nullable=False),
        sa.Column("data_version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("seq", name="pk_predictions"),
        sa.UniqueConstraint("learner", "id", name="uq_predictions_learner_id"),
    )
    op.create_index("ix_predictions_learner_item", "predictions", ["learner", "item"])
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
    for table in ("predictions", "lab_ends", "lab_measurements", "lab_runs"):
        op.drop_table(table)
