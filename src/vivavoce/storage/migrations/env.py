"""Run by Alembic. The connection, in a transaction already begun, is handed over by `vivavoce.storage.migrate`."""

from __future__ import annotations

from alembic import context

from vivavoce.storage.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,  # SQLite changes a table by building a new one
    transactional_ddl=True,  # ours is: the transaction is begun by us, not by the driver
)
with context.begin_transaction():
    context.run_migrations()
