"""A clock to turn and a grader that says what it is told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from vivavoce.domain.attempt import Grade, MisconceptionFound, Span, Verdict, VerdictKind
from vivavoce.domain.question import Criterion, Misconception

ITEM = "vanishing-exploding-gradients/why-deep-sigmoid-stalls"
SPANNED = {VerdictKind.MET, VerdictKind.PARTLY, VerdictKind.CONTRADICTED}


class Clock:
    """Stands still until it is moved."""

    def __init__(self) -> None:
        self.now = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def move(self, **by: float) -> None:
        self.now += timedelta(**by)


@dataclass
class SayingGrader:
    """Gives each criterion the verdict in `says` (missed when not named); quotes the first word."""

    says: dict[str, VerdictKind] = field(default_factory=dict)
    holds: tuple[str, ...] = ()
    seen: list[str] = field(default_factory=list)
    fails: bool = False
    name: str = "saying-1"

    def warm_up(self) -> None:
        return

    def grade(
        self,
        answer: str,
        *,
        prompt: str,
        criteria: Sequence[Criterion],
        misconceptions: Sequence[Misconception] = (),
    ) -> Grade:
        if self.fails:
            raise KeyboardInterrupt
        self.seen.append(answer)
        word = Span(0, max(1, len(answer.split(" ")[0])))
        verdicts = []
        for criterion in criteria:
            kind = self.says.get(criterion.id, VerdictKind.MISSED)
            verdicts.append(Verdict(criterion.id, kind, 0.5, (word,) if kind in SPANNED else ()))
        found = tuple(MisconceptionFound(m, 0.9, (word,)) for m in self.holds)
        return Grade(tuple(verdicts), found, (), self.name)
