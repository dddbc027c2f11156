"""Keep what is being typed, so that nothing typed is ever lost."""

from __future__ import annotations

from dataclasses import dataclass

from vivavoce.domain.attempt import Draft
from vivavoce.domain.errors import AnswerRejectedError
from vivavoce.domain.estimate import Numbers
from vivavoce.domain.ids import ItemId
from vivavoce.services.drawn import draft_name
from vivavoce.services.text import clean, require_id
from vivavoce.services.workspace import Workspace

MAX_DRAFT_CHARS = 1_000_000
"""A draft may be far longer than what is graded: it is kept, and submitting says what to shorten."""


@dataclass(frozen=True, slots=True)
class Drafts:
    """What a writer finds when opening a question."""

    mine: Draft | None
    others: tuple[Draft, ...]
    """Texts of other tabs and terminals for the same question, the newest first."""
    elsewhere: tuple[Draft, ...] = ()
    """Texts for the same question with other numbers, whoever wrote them, the newest first."""


def save_draft(ws: Workspace, item: str, writer: str, text: str, numbers: Numbers | None = None) -> Draft | None:
    """Keep `text` as the draft of `writer`; an empty text removes it. Raises `UnknownItemError`.

    A draft whose submission is under way is left alone: its text is already on its way to a grade.
    """
    return keep(ws, ws.question(item).id, draft_name(require_id("writer", writer), numbers), text, numbers)


def keep(ws: Workspace, item: ItemId, name: str, text: str, numbers: Numbers | None = None) -> Draft | None:
    """`save_draft` under any name: what is kept now under it, which is not `text` while a submission is under way."""
    text = clean(text)
    if len(text) > MAX_DRAFT_CHARS:
        raise AnswerRejectedError(f"the draft has {len(text):,} characters; at most {MAX_DRAFT_CHARS:,} are kept")
    current = draft_of(ws, item, name)
    if not text.strip():
        ws.store.discard_draft(item, name, submitted=False)
        return current if current is not None and current.submission is not None else None
    now = ws.clock()
    draft = Draft(item, name, text, now, current.opened_at if current else now, numbers=numbers)
    return draft if ws.store.save_draft(draft) else draft_of(ws, item, name)


def find_drafts(ws: Workspace, item: str, writer: str, numbers: Numbers | None = None) -> Drafts:
    """The drafts of a question as `writer` should see them; one under submission is not offered as text to edit.

    Where numbers are drawn, only texts that answer to `numbers` can be gone on with here.
    """
    question = ws.question(item)
    drafts = [d for d in ws.store.drafts(question.id) if ":" not in d.writer and d.submission is None]
    here = [d for d in drafts if numbers is None or d.numbers is None or d.numbers == numbers]
    names = (draft_name(writer, numbers), writer)
    mine = next((d for d in here if d.writer in names), None)
    return Drafts(mine, tuple(d for d in here if d is not mine), tuple(d for d in drafts if d not in here))


def open_drafts(ws: Workspace) -> tuple[Draft, ...]:
    """Unfinished answers to questions of the bank, the newest first: for the home page."""
    known = ws.library.bank.questions
    return tuple(d for d in ws.store.drafts() if d.item in known and ":" not in d.writer and d.submission is None)


def discard(ws: Workspace, item: str, writer: str) -> None:
    """Throw a draft away, on request."""
    ws.store.discard_draft(ws.question(item).id, writer)


def draft_of(ws: Workspace, item: ItemId, name: str) -> Draft | None:
    """What is kept under that very name, submitted or not."""
    return next((d for d in ws.store.drafts(item) if d.writer == name), None)
