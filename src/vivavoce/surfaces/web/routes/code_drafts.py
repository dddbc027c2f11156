"""Saving code as it is typed, and finding it again."""

from __future__ import annotations

from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from vivavoce.domain.submission import CodeDraft
from vivavoce.services.code_drafts import code_drafts, discard_code_draft, save_code_draft
from vivavoce.surfaces.web.visit import Visit, endpoint


def save(visit: Visit) -> Response:
    """Keep the code of `writer`. `replaces` names the writer whose code was taken over as it was at `replaces_at`."""
    form = visit.form
    framework, writer = form.get("framework", ""), form.get("writer", "")
    save_code_draft(visit.ws, visit.item, framework, writer, form.get("text", form.get("code", "")))
    replaced = form.get("replaces", "")
    if replaced and replaced != writer:
        known = {d.writer: milliseconds(d) for d in code_drafts(visit.ws, visit.item, framework)}
        if str(known.get(replaced)) == form.get("replaces_at"):  # that tab has typed no further
            discard_code_draft(visit.ws, visit.item, framework, replaced)
    if visit.json:
        return JSONResponse({"at": int(visit.ws.clock().timestamp() * 1000)})
    return visit.go(f"/code/{visit.item}?framework={framework}")


def find(visit: Visit) -> Response:
    """What `writer` typed, and what others did."""
    writer = visit.query("writer")
    found = code_drafts(visit.ws, visit.item, visit.query("framework"))
    drafts = [{"writer": d.writer, "text": d.code, "at": milliseconds(d)} for d in found]
    return JSONResponse(
        {
            "mine": next((d for d in drafts if d["writer"] == writer), None),
            "others": [d for d in drafts if d["writer"] != writer],
        }
    )


def milliseconds(draft: CodeDraft) -> int:
    return int(draft.updated_at.timestamp() * 1000)


ROUTES = (
    Route("/code/{concept}/{name}/draft", endpoint(save), methods=["POST"]),
    Route("/code/{concept}/{name}/drafts", endpoint(find)),
)
