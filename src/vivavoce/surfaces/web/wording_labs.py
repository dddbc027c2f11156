"""The words of the pages of labs and claims."""

from __future__ import annotations

from datetime import datetime

from vivavoce.domain.lab import Lab, Outcome, Recorded

SIGNS = {
    Outcome.SUPPORTED: "met",
    Outcome.REFUTED: "contradicted",
    Outcome.INCONCLUSIVE: "partly",
    Outcome.DEPENDS: "unsure",
}
"""The sign and colour of an outcome: those of the verdict that it resembles."""
_ROUND_FROM_S = 10


def seconds(lab: Lab, recorded: Recorded | None = None) -> str:
    """`about 20 s`: what the recorded run took, or else what the lab may take."""
    value = recorded.result.seconds if recorded and recorded.result.seconds else lab.budget_s
    if value < _ROUND_FROM_S:
        return f"about {max(1, round(value))} s"
    return f"about {5 * round(value / 5)} s"


def day(at: str) -> str:
    """`21 Nov 2026` of an ISO date; nothing of nothing."""
    if not at:
        return ""
    moment = datetime.fromisoformat(at)
    return f"{moment.day} {moment:%b %Y}"
