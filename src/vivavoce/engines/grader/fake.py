"""A grader that says what a test tells it to."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping, Sequence

from vivavoce.domain.attempt import Flag, Flagged, Grade, MisconceptionFound, Span, Verdict, VerdictKind
from vivavoce.domain.question import Criterion, Misconception

_PROBABILITY = {
    VerdictKind.MET: 0.95,
    VerdictKind.PARTLY: 0.4,
    VerdictKind.UNSURE: 0.5,
    VerdictKind.MISSED: 0.05,
    VerdictKind.CONTRADICTED: 0.02,
}


class ScriptedGrader:
    """Implements `Grader`. Replies are given in the order in which they were queued; then `otherwise`, for ever."""

    def __init__(self, otherwise: VerdictKind = VerdictKind.MET) -> None:
        self.otherwise = otherwise
        self.asked: list[str] = []
        """Every answer that was graded."""
        self._replies: deque[Grade | Exception | Mapping[str, VerdictKind]] = deque()

    def queue(self, *replies: Grade | Exception | Mapping[str, VerdictKind]) -> None:
        """A whole grade, an exception to raise, or verdicts by criterion (those not named get `otherwise`)."""
        self._replies.extend(replies)

    @property
    def name(self) -> str:
        return "scripted-1"

    def warm_up(self) -> None:
        """Nothing is slow to load."""

    def grade(
        self,
        answer: str,
        *,
        prompt: str,
        criteria: Sequence[Criterion],
        misconceptions: Sequence[Misconception] = (),
    ) -> Grade:
        """The next queued reply. The span of every verdict that needs one is the whole answer without outer space."""
        self.asked.append(answer)
        reply = self._replies.popleft() if self._replies else {}
        if isinstance(reply, Exception):
            raise reply
        if isinstance(reply, Grade):
            return reply
        start = len(answer) - len(answer.lstrip())
        whole = Span(start, len(answer.rstrip()))
        if whole.start >= whole.end:
            return Grade(
                tuple(Verdict(c.id, VerdictKind.MISSED, 0.0) for c in criteria), (), (Flagged(Flag.EMPTY),), self.name
            )
        verdicts = tuple(_verdict(c.id, reply.get(c.id, self.otherwise), whole) for c in criteria)
        wrong = {v.criterion for v in verdicts if v.kind is VerdictKind.CONTRADICTED}
        held = tuple(MisconceptionFound(m.id, 0.9, (whole,)) for m in misconceptions if wrong & set(m.contradicts))
        return Grade(verdicts, held, (), self.name)


def _verdict(criterion: str, kind: VerdictKind, whole: Span) -> Verdict:
    return Verdict(criterion, kind, _PROBABILITY[kind], () if kind is VerdictKind.MISSED else (whole,))
