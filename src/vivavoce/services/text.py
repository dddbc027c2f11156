"""A typed text made fit to be kept and graded, once, at the door."""

from __future__ import annotations

import re

from vivavoce.domain.attempt import MAX_ANSWER_CHARS
from vivavoce.domain.errors import AnswerRejectedError, BadInputError

_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
_ID = re.compile(r"[A-Za-z0-9_.-]{1,120}")


def clean(text: str) -> str:
    """Line ends as one character; NUL and lone surrogates, which no database keeps, shown as U+FFFD."""
    return _UNSTORABLE.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))


def require_answer(text: str) -> str:
    """`text` if it can be graded. Raises `AnswerRejectedError`; the caller keeps the draft."""
    if not text.strip():
        raise AnswerRejectedError("the answer is empty; write at least a sentence, then submit")
    if len(text) > MAX_ANSWER_CHARS:
        raise AnswerRejectedError(
            f"the answer has {len(text):,} characters and at most {MAX_ANSWER_CHARS:,} are graded; "
            "shorten it (your text is kept as a draft)"
        )
    return text


def require_id(name: str, value: str) -> str:
    """`value` if it can be an id chosen by a client. Raises `BadInputError`."""
    if not _ID.fullmatch(value):
        raise BadInputError(f"{name} {value[:40]!r} is not valid; use up to 120 letters, digits and -_.")
    return value
