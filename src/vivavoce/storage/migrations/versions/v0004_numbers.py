"""The numbers that were drawn for an attempt, beside it and beside the text that is being typed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_TABLES = ("attempts", "drafts")


def upgrade() -> None:
    # A plain ADD COLUMN: no table is built anew, so the triggers that keep the log append-only stay.
    for table in _TABLES:
        op.add_column(table, sa.Column("numbers", sa.JSON()))


def downgrade() -> None:
    for table in _TABLES:
        op.drop_column(table, "numbers")
