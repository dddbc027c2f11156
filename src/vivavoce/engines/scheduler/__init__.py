"""Review log and time to cards and a queue."""
