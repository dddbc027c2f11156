"""Saving what is typed, finding it again, throwing it away."""

from __future__ import annotations

from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from vivavoce.domain.attempt import Draft
from vivavoce.domain.estimate import Numbers, read_numbers
from vivavoce.services.drafts import discard, find_drafts, save_draft
from vivavoce.services.text import clean
from vivavoce.services.unfinished import follow_up_draft, save_follow_up_draft
from vivavoce.surfaces.web.visit import Visit, endpoint

STILL_GRADED = "an earlier text of this answer was submitted and has no grade yet; submit again to replace it"


def save(visit: Visit) -> Response:
    """Keep the text of `writer`. `replaces` names the writer whose text was taken over, and is now in this one."""
    writer, text = visit.form.get("writer", ""), visit.form.get("text", "")
    numbers = _numbers(visit, visit.form.get("numbers", ""))
    follow_up, replaced = visit.form.get("follow_up", ""), visit.form.get("replaces", "")
    if follow_up:
        draft = save_follow_up_draft(visit.ws, visit.item, follow_up, writer, text)
    else:
        draft = save_draft(visit.ws, visit.item, writer, text, numbers)
        if replaced and replaced != writer and draft is not None:
            save_draft(visit.ws, visit.item, replaced, "", numbers)
    if draft is not None and draft.submission is not None and draft.text != clean(text):
        return visit.problem(409, "Not saved", STILL_GRADED, kept=text)
    if visit.json:
        return JSONResponse({"at": _milliseconds(draft) if draft else None})
    if follow_up:
        return visit.go(f"/attempts/{visit.form.get('parent', '')}#follow-up")
    return visit.go(f"/questions/{visit.item}?writer={draft.writer}" if draft else f"/questions/{visit.item}")


def find(visit: Visit) -> Response:
    """What `writer` typed before, and what others did."""
    writer, follow_up = visit.query("writer"), visit.query("follow_up")
    if follow_up:
        return JSONResponse({"mine": _shown(follow_up_draft(visit.ws, visit.item, follow_up, writer)), "others": []})
    drafts = find_drafts(visit.ws, visit.item, writer, _numbers(visit, visit.query("numbers")))
    return JSONResponse({"mine": _shown(drafts.mine), "others": [_shown(d) for d in drafts.others]})


def throw_away(visit: Visit) -> Response:
    discard(visit.ws, visit.item, visit.form.get("writer", ""))
    return visit.go("/")


def _numbers(visit: Visit, text: str) -> Numbers | None:
    """Those of the page: a text is kept with them even when its question has been given others since."""
    return read_numbers(text) if text and visit.ws.question(visit.item).estimate is not None else None


def _shown(draft: Draft | None) -> dict[str, object] | None:
    return {"writer": draft.writer, "text": draft.text, "at": _milliseconds(draft)} if draft else None


def _milliseconds(draft: Draft) -> int:
    return int(draft.updated_at.timestamp() * 1000)


ROUTES = (
    Route("/questions/{concept}/{name}/draft", endpoint(save), methods=["POST"]),
    Route("/questions/{concept}/{name}/drafts", endpoint(find)),
    Route("/questions/{concept}/{name}/draft/discard", endpoint(throw_away), methods=["POST"]),
)
