"""Keep code that is being typed. It lies among the drafts of answers, under names that no answer has."""

from __future__ import annotations

from vivavoce.domain.attempt import Draft
from vivavoce.domain.errors import BadInputError
from vivavoce.domain.exercise import Exercise, Framework
from vivavoce.domain.submission import CodeDraft
from vivavoce.services.text import require_id
from vivavoce.services.workspace import Workspace

MAX_DRAFT_CHARS = 1_000_000
"""Far more than is judged: it is kept, and submitting says what to shorten."""
_PREFIX = "code"


def save_code_draft(ws: Workspace, item: str, framework: str, writer: str, code: str) -> None:
    """Keep `code` as the draft of `writer`; empty code removes it. Raises `UnknownItemError`, `BadInputError`."""
    exercise = ws.library.bank.exercise(item)
    name = _name(exercise, framework, writer)
    if len(code) > MAX_DRAFT_CHARS:
        raise BadInputError(f"the code has {len(code):,} characters; at most {MAX_DRAFT_CHARS:,} are kept")
    if not code.strip():
        ws.store.discard_draft(exercise.id, name)
        return
    now = ws.clock()
    before = next((d for d in ws.store.drafts(exercise.id) if d.writer == name), None)
    ws.store.save_draft(Draft(exercise.id, name, storable(code), now, before.opened_at if before else now))


def discard_code_draft(ws: Workspace, item: str, framework: str, writer: str) -> None:
    """Throw a draft away, on request."""
    exercise = ws.library.bank.exercise(item)
    ws.store.discard_draft(exercise.id, _name(exercise, framework, writer))


def code_drafts(ws: Workspace, item: str, framework: str) -> tuple[CodeDraft, ...]:
    """The drafts of an exercise in a framework, the newest first."""
    exercise = ws.library.bank.exercise(item)
    found = []
    for draft in ws.store.drafts(exercise.id):
        prefix, _, rest = draft.writer.partition(":")
        kind, _, writer = rest.partition(":")
        if prefix == _PREFIX and kind == framework and writer:
            value = CodeDraft(exercise.id, Framework(kind), writer, draft.text, draft.updated_at, draft.opened_at)
            found.append(value)
    return tuple(found)


def storable(code: str) -> str:
    """Code as a database takes it: line ends as Python has them, no NUL, no half characters."""
    text = code.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "\u2400")
    return text.encode("utf-8", "replace").decode("utf-8")


def _name(exercise: Exercise, framework: str, writer: str) -> str:
    if framework not in tuple(exercise.variants):
        raise BadInputError(f"{exercise.id} has no {framework!r} variant; it has {', '.join(exercise.variants)}")
    return f"{_PREFIX}:{framework}:{require_id('writer', writer)}"
