"""Texts on their way: answers to follow-ups that are being typed, and submitted answers without a grade yet."""

from __future__ import annotations

from vivavoce.domain.attempt import Draft
from vivavoce.services.answer import find_follow_up
from vivavoce.services.drafts import draft_of, keep
from vivavoce.services.text import require_id
from vivavoce.services.workspace import Workspace


def save_follow_up_draft(ws: Workspace, item: str, follow_up: str, writer: str, text: str) -> Draft | None:
    """Keep `text` as what `writer` answers to a follow-up; an empty text removes it. Raises `UnknownItemError`.

    It never shows as an unfinished answer to the question itself.
    """
    question = ws.question(item)
    find_follow_up(question, follow_up)
    return keep(ws, question.id, _name(writer, follow_up), text)


def follow_up_draft(ws: Workspace, item: str, follow_up: str, writer: str) -> Draft | None:
    """What `writer` has typed to a follow-up and not submitted."""
    name = _name(writer, follow_up)
    draft = draft_of(ws, ws.question(item).id, name)
    return draft if draft is not None and draft.submission is None else None


def being_graded(ws: Workspace, item: str) -> tuple[Draft, ...]:
    """Submitted answers to a question that have no grade yet: their submit is under way or was interrupted."""
    drafts = ws.store.drafts(ws.question(item).id)
    return tuple(d for d in drafts if d.submission is not None and d.submission.follow_up is None)


def _name(writer: str, follow_up: str) -> str:
    return f"{require_id('writer', writer)}:{require_id('follow-up', follow_up)}"
