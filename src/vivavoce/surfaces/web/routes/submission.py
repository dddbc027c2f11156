"""One submission: its code, its report, and what was changed since another."""

from __future__ import annotations

from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from vivavoce.domain.errors import UnknownItemError
from vivavoce.domain.submission import CodeSubmission
from vivavoce.services.exercises import exercise_view
from vivavoce.surfaces.web.judged import shown
from vivavoce.surfaces.web.source import difference
from vivavoce.surfaces.web.visit import Visit, endpoint


def show(visit: Visit) -> Response:
    """`?against=` another submission's id, `starter` or `draft`; the one before it when nothing is said."""
    submission = _find(visit)
    view = exercise_view(visit.ws, visit.item, submission.framework)
    same = [s for s in view.history if s.framework is submission.framework]
    place = next((n for n, s in enumerate(same) if s.id == submission.id), len(same))
    before = same[place + 1] if place + 1 < len(same) else None
    wanted = visit.query("against") or (before.id if before else "starter")
    versions = {"starter": view.starter, **{s.id: s.code for s in same}}
    if view.draft is not None:
        versions["draft"] = view.draft.code
    if wanted not in versions:
        raise UnknownItemError("version", wanted)
    newer = wanted == "draft" or (wanted in [s.id for s in same[:place]])
    older_code, newer_code = (submission.code, versions[wanted]) if newer else (versions[wanted], submission.code)
    return visit.page(
        "submission.html",
        submission=submission,
        exercise=view.exercise,
        concept=view.concept,
        told=shown(submission.report, view.exercise, examples=False),
        changed=submission.judged_hash != view.exercise.judged_hash,
        lines=difference(older_code, newer_code),
        against=wanted,
        newer=newer,
        others=[s for s in same if s.id != submission.id],
        has_draft=view.draft is not None,
        now=visit.ws.clock(),
    )


def code(visit: Visit) -> Response:
    """For the editor."""
    found = _find(visit)
    return JSONResponse({"code": found.code, "framework": found.framework})


def _find(visit: Visit) -> CodeSubmission:
    wanted = visit.path("submission")
    found = next((s for s in exercise_view(visit.ws, visit.item).history if s.id == wanted), None)
    if found is None:
        raise UnknownItemError("submission", wanted)
    return found


ROUTES = (
    Route("/code/{concept}/{name}/submissions/{submission}", endpoint(show)),
    Route("/code/{concept}/{name}/submissions/{submission}/code", endpoint(code)),
)
