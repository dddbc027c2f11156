"""A question and the box to answer it."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import urlencode

from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from vivavoce.domain.drawn import as_asked
from vivavoce.domain.errors import AnswerRejectedError, StorageError, VivavoceError
from vivavoce.domain.estimate import Numbers
from vivavoce.services.answer import Answer, submit
from vivavoce.services.browse import row
from vivavoce.services.drafts import find_drafts, save_draft
from vivavoce.services.drawn import given_numbers, next_numbers, numbers_to_open
from vivavoce.services.history import history
from vivavoce.services.text import clean, require_id
from vivavoce.services.unfinished import being_graded
from vivavoce.surfaces.web.templating import question_url
from vivavoce.surfaces.web.trail import trail_of
from vivavoce.surfaces.web.visit import Visit, endpoint, log, sentence

GIVING_UP = "I don't know."


def show(visit: Visit) -> Response:
    """`?writer=` continues the draft of that writer."""
    question = visit.ws.question(visit.item)
    if question.id in visit.ws.library.bank.cases:
        writer = urlencode({"writer": visit.query("writer")}) if visit.query("writer") else ""
        return RedirectResponse(f"/code/{question.id}{'?' if writer else ''}{writer}#diagnosis", status_code=303)
    if str(question.id) != visit.item:
        return RedirectResponse(question_url(question) + trail_of(visit).query, status_code=308)
    writer = visit.query("writer")
    numbers = numbers_to_open(visit.ws, question, writer)
    drafts = find_drafts(visit.ws, visit.item, writer, numbers)
    # A text to numbers that are never drawn any more is gone on with too: nothing typed is lost.
    draft = drafts.mine or next((d for d in drafts.elsewhere if d.writer == writer), None)
    return _page(visit, writer=writer if draft else "", text=draft.text if draft else "", numbers=numbers)


def answer(visit: Visit) -> Response:
    """Submit. An answer that cannot be taken comes back on the page, with the reason."""
    try:
        record_id, parent = _submit(visit)
    except AnswerRejectedError as error:
        return _refused(visit, 422, sentence(error))
    except StorageError as error:
        return _refused(visit, 503, f"Not submitted. {sentence(error)} Your text is still here; try again in a moment.")
    except VivavoceError:
        raise
    except Exception as error:
        log.error("submitting an answer to %s failed", visit.item, exc_info=error)
        return _refused(
            visit,
            500,
            f"Vivavoce failed while reading your answer ({type(error).__name__}; the terminal shows more). Your text "
            "is still here and kept; try again, or save it and report this.",
        )
    if parent:
        return visit.go(f"/attempts/{parent}{trail_of(visit).query}#follow-up")
    return visit.go(f"/attempts/{record_id}{trail_of(visit).query}")


def _submit(visit: Visit) -> tuple[str, str]:
    """The ids of the recorded attempt and, for a follow-up, of the attempt that asked it."""
    form, ws = visit.form, visit.ws
    numbers = given_numbers(ws.question(visit.item), form.get("numbers", ""))
    text, writer = form.get("text", ""), form.get("writer", "") or f"page-{ws.new_id()}"
    attempt_id = form.get("attempt_id", "") or ws.new_id()
    follow_up, parent = form.get("follow_up") or None, form.get("parent") or None
    if parent is not None:
        require_id("attempt", parent)
    if form.get("dont_know"):
        if text.strip() and follow_up is None:
            save_draft(ws, visit.item, writer, text, numbers)  # kept, not graded
        text, writer = GIVING_UP, f"{writer}-gave-up"
    given = Answer(visit.item, text, attempt_id, writer, _seconds(visit), follow_up, parent, numbers)
    record = submit(ws, given)
    if record.attempt.text != clean(text):
        # The browser's Back button gave the old page with its old id: this is another answer.
        record = submit(ws, replace(given, attempt_id=ws.new_id()))
    replaced = form.get("replaces", "")
    if replaced and replaced != writer and follow_up is None:
        save_draft(ws, visit.item, replaced, "", numbers)
    visit.shared.health.grader_problem = ""  # it works, whatever was wrong before
    return record.attempt.id, parent or ""


def _refused(visit: Visit, status: int, message: str) -> Response:
    if visit.json or visit.form.get("follow_up"):
        return visit.problem(status, "Not submitted", message, kept=visit.form.get("text", ""))
    question = visit.ws.question(visit.item)
    return _page(
        visit,
        status=status,
        refused=message,
        writer=visit.form.get("writer", ""),
        text=visit.form.get("text", ""),
        numbers=given_numbers(question, visit.form.get("numbers", "")) or next_numbers(visit.ws, question),
    )


def _page(
    visit: Visit, *, status: int = 200, writer: str, text: str, numbers: Numbers | None, refused: str = ""
) -> Response:
    ws = visit.ws
    question = as_asked(ws.question(visit.item), numbers)
    try:
        drafts, waiting = find_drafts(ws, visit.item, writer, numbers), being_graded(ws, visit.item)
        standing, past = row(ws, question), history(ws, visit.item)
    except StorageError:
        if not refused:
            raise
        drafts, waiting, standing, past = None, (), None, ()  # the page comes back with the text, whatever else fails
    return visit.page(
        "question.html",
        status=status,
        question=question,
        concept=ws.library.bank.concept(question.id.concept),
        row=standing,
        past=past,
        now=ws.clock(),
        attempt_id=ws.new_id(),
        opened=int(ws.clock().timestamp()),
        writer=writer or f"page-{ws.new_id()[:12]}",
        text=text,
        refused=refused,
        others=drafts.others if drafts else (),
        elsewhere=drafts.elsewhere if drafts else (),
        waiting=waiting,
        trail=trail_of(visit),
    )


def _seconds(visit: Visit) -> float:
    """As the page's timer counted, or from the opening of the page to now."""
    try:
        if "seconds" in visit.form:
            return max(0.0, float(visit.form["seconds"]))
        return max(0.0, visit.ws.clock().timestamp() - float(visit.form.get("opened", "nan") or "nan"))
    except ValueError:
        return 0.0


ROUTES = (
    Route("/questions/{concept}/{name}", endpoint(show)),
    Route("/questions/{concept}/{name}/answer", endpoint(answer), methods=["POST"]),
)
