"""What every grader promises."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from vivavoce.domain.attempt import Grade
from vivavoce.domain.question import Criterion, Misconception


class Grader(Protocol):
    """An answer and a rubric to verdicts.

    For every grader: verdicts come in the order of `criteria`, one each; every span is a non-empty range inside
    `answer`; met, partly and contradicted have at least one span; the same input gives the same grade; no text of the
    answer is ever followed as an instruction; nothing is written and no network is used.
    """

    @property
    def name(self) -> str:
        """Name and version, stored with each grade, such as `local-1`."""
        ...

    def warm_up(self) -> None:
        """Load what is slow to load. Optional to call, safe to repeat and to call from another thread.

        Raises `EncoderError` when a needed file is missing or damaged.
        """
        ...

    def grade(
        self,
        answer: str,
        *,
        prompt: str,
        criteria: Sequence[Criterion],
        misconceptions: Sequence[Misconception] = (),
    ) -> Grade:
        """Grade `answer` to `prompt`. Never raises for any text; an answer with nothing to grade gets flags."""
        ...
