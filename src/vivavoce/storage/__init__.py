"""Where attempts, reviews, drafts and appeals are kept: SQLite by default, PostgreSQL by URL."""
