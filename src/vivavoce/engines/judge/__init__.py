"""Code and trusted tests to a `JudgeReport`: the submission runs confined, and everything that decides runs outside."""
