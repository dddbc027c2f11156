"""Answer and rubric to verdicts."""
