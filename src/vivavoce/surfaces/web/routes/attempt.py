"""The result of an answer, and what one can do about it: appeal, rate, go on."""

from __future__ import annotations

from starlette.responses import Response
from starlette.routing import Route

from vivavoce.domain.errors import BadInputError
from vivavoce.domain.review import Rating
from vivavoce.services.appeal import appeal, withdraw
from vivavoce.services.history import history, practised
from vivavoce.services.practise import plan
from vivavoce.services.rate import override
from vivavoce.services.result import result
from vivavoce.surfaces.web.trail import trail_of
from vivavoce.surfaces.web.visit import Visit, endpoint
from vivavoce.surfaces.web.wording import announce_score, score_words


def show(visit: Visit) -> Response:
    ws = visit.ws
    found = result(ws, visit.path("attempt"))
    attempt, trail = found.record.attempt, trail_of(visit)
    queue = [p for p in plan(ws, trail.filters, more_new=trail.more) if p.question.id != attempt.item]
    bank = ws.library.bank
    return visit.page(
        "result.html",
        result=found,
        attempt=attempt,
        concept=bank.concept(attempt.item.concept),
        earlier=[p for p in practised(history(ws, str(attempt.item))) if p.record.attempt.id != attempt.id],
        answered=[result(ws, r.attempt.id) for r in reversed(found.answered_follow_ups)],
        left=len(queue),
        in_case=attempt.item in bank.cases,
        trail=trail,
        now=ws.clock(),
        attempt_id=ws.new_id(),
        writer=f"page-{ws.new_id()[:12]}",
        opened=int(ws.clock().timestamp()),
        score_words=score_words(found.score, [row.kind for row in found.criteria]),
        labs=bank.labs,
        recorded=bank.recorded,
        announcement=announce_score(found.score),
    )


def claim(visit: Visit) -> Response:
    """*I did say this*, or taking it back."""
    attempt_id, criterion = visit.path("attempt"), visit.form.get("criterion", "")
    if visit.form.get("withdraw"):
        withdraw(visit.ws, attempt_id, criterion)
    else:
        appeal(visit.ws, attempt_id, criterion, visit.form.get("note", ""))
    return _back(visit, f"criterion-{criterion}")


def rate(visit: Visit) -> Response:
    wanted = visit.form.get("rating", "")
    if wanted not in set(Rating):
        raise BadInputError(f"rating {wanted[:40]!r} is not one of {', '.join(Rating)}")
    override(visit.ws, visit.path("attempt"), Rating(wanted))
    return _back(visit, "rating")


def _back(visit: Visit, anchor: str) -> Response:
    """The result page that the form was on: for a follow-up, the one of its question."""
    shown = visit.form.get("on", "")
    page = shown if shown.isalnum() else visit.path("attempt")
    return visit.go(f"/attempts/{page}{trail_of(visit).query}#{anchor}")


ROUTES = (
    Route("/attempts/{attempt}", endpoint(show)),
    Route("/attempts/{attempt}/appeal", endpoint(claim), methods=["POST"]),
    Route("/attempts/{attempt}/rating", endpoint(rate), methods=["POST"]),
)
