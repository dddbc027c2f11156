"""Texts on their way: answers to follow-ups that are being typed, and submitted answers without a grade yet."""

from __future__ import annotations

from vivavoce.domain.attempt import Draft
from vivavoce.domain.errors import AnswerRejectedError
from vivavoce.services.answer import find_follow_up
from vivavoce.services.drafts import MAX_DRAFT_CHARS
from vivavoce.services.text import clean, require_id
from vivavoce.services.workspace import Workspace


def save_follow_up_draft(ws: Workspace, item: str, follow_up: str, writer: str, text: str) -> Draft | None:
    """Keep `text` as what `writer` answers to a follow-up; an empty text removes it. Raises `UnknownItemError`.

    It never shows as an unfinished answer to the question itself.
    """
    question = ws.question(item)
    find_follow_up(question, follow_up)
    name = _name(writer, follow_up)
    text = clean(text)
    if len(text) > MAX_DRAFT_CHARS:
        raise AnswerRejectedError(f"the draft has {len(text):,} characters; at most {MAX_DRAFT_CHARS:,} are kept")
    current = next((d for d in ws.store.drafts(question.id) if d.writer == name), None)
    if current is not None and current.submission is not None:
        return current
    if not text.strip():
        ws.store.discard_draft(question.id, name)
        return None
    now = ws.clock()
    draft = Draft(question.id, name, text, now, current.opened_at if current else now)
    ws.store.save_draft(draft)
    return draft


def follow_up_draft(ws: Workspace, item: str, follow_up: str, writer: str) -> Draft | None:
    """What `writer` has typed to a follow-up and not submitted."""
    name = _name(writer, follow_up)
    drafts = ws.store.drafts(ws.question(item).id)
    return next((d for d in drafts if d.writer == name and d.submission is None), None)


def being_graded(ws: Workspace, item: str) -> tuple[Draft, ...]:
    """Submitted answers to a question that have no grade yet: their submit is under way or was interrupted."""
    drafts = ws.store.drafts(ws.question(item).id)
    return tuple(d for d in drafts if d.submission is not None and d.submission.follow_up is None)


def _name(writer: str, follow_up: str) -> str:
    return f"{require_id('writer', writer)}:{require_id('follow-up', follow_up)}"
