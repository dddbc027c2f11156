"""Domain values to plain JSON records and back. Used for the columns of the database and for export alike.

A record is what `json.dumps` can write: texts, numbers, lists, objects. Times are UTC texts with microseconds. Every
record carries `type` and `version`; a record of a newer version is refused instead of being half understood.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, TypeAlias

from vivavoce.domain.attempt import (
    Appeal,
    Attempt,
    Draft,
    Flag,
    Flagged,
    Grade,
    MisconceptionFound,
    Mode,
    PartVerdict,
    Span,
    Submission,
    Verdict,
    VerdictKind,
)
from vivavoce.domain.errors import ExportFormatError
from vivavoce.domain.estimate import Numbers
from vivavoce.domain.lab_run import KeptMeasurement, LabEnd, LabRun, Prediction
from vivavoce.domain.review import Rating, RatingSource, Review
from vivavoce.domain.submission import CodeSubmission, Disclosure
from vivavoce.storage.codec_code import disclosure_record, read_disclosure, read_submission, submission_record
from vivavoce.storage.codec_lab import (
    end_record,
    kept_record,
    prediction_record,
    read_end,
    read_kept,
    read_prediction,
    read_run,
    run_record,
)
from vivavoce.storage.fields import Fields, moment_text, require_storable

DATA_VERSION = 1
"""Version of the records below. Raise it when a reader of the old form would misread the new one."""

Stored: TypeAlias = (
    Attempt | Review | Appeal | Draft | CodeSubmission | Disclosure | LabRun | KeptMeasurement | LabEnd | Prediction
)
Record: TypeAlias = dict[str, Any]


def encode(value: Stored) -> Record:
    """`value` as a record. Raises `StorageError` for texts, numbers and times that cannot be stored."""
    kind, write = _WRITERS[type(value)]
    body = write(value)
    require_storable(body, kind)
    return {"type": kind, "version": DATA_VERSION, **body}


def decode(record: object, where: str) -> Stored:
    """The value of a record. `where` begins every message. Raises `ExportFormatError`."""
    head = Fields(record, where)
    kind = head.text("type")
    if kind not in _READERS:
        raise ExportFormatError(f'{where}: "type" is {kind!r}; one of {", ".join(_READERS)} is expected')
    version = head.number("version")
    if version > DATA_VERSION:
        raise ExportFormatError(
            f"{where} has version {version:g}, written by a newer Vivavoce; "
            f"this one reads up to {DATA_VERSION}. Update Vivavoce."
        )
    if version != DATA_VERSION:
        raise ExportFormatError(f"{where} has version {version:g}; this Vivavoce reads version {DATA_VERSION}")
    return _READERS[kind](Fields(record, f"{where} ({kind})"))


def _spans(spans: Iterable[Span]) -> list[list[int]]:
    return [[span.start, span.end] for span in spans]


def _read_spans(fields: Fields) -> tuple[Span, ...]:
    return tuple(Span(start, end) for start, end in fields.ranges("spans"))


def _number(value: float) -> float:
    # A whole number given as int, and minus zero, come back from a database as what they equal.
    return float(value) + 0.0


def _numbers(numbers: Numbers | None) -> Record | None:
    return None if numbers is None else dict(numbers)


def _grade(grade: Grade) -> Record:
    return {
        "grader": grade.grader,
        "verdicts": [
            {
                "criterion": v.criterion,
                "kind": v.kind.value,
                "probability": _number(v.probability),
                "spans": _spans(v.spans),
                "parts": [{"part": p.part, "met": p.met, "probability": _number(p.probability)} for p in v.parts],
                "misconception": v.misconception,
            }
            for v in grade.verdicts
        ],
        "misconceptions": [
            {"misconception": m.misconception, "probability": _number(m.probability), "spans": _spans(m.spans)}
            for m in grade.misconceptions
        ],
        "flags": [{"flag": f.flag.value, "spans": _spans(f.spans)} for f in grade.flags],
    }


def _read_grade(fields: Fields) -> Grade:
    return Grade(
        verdicts=tuple(
            Verdict(
                criterion=v.text("criterion"),
                kind=v.choice("kind", VerdictKind),
                probability=v.number("probability"),
                spans=_read_spans(v),
                parts=tuple(
                    PartVerdict(p.text("part"), p.boolean("met"), p.number("probability")) for p in v.objects("parts")
                ),
                misconception=v.optional_text("misconception"),
            )
            for v in fields.objects("verdicts")
        ),
        misconceptions=tuple(
            MisconceptionFound(m.text("misconception"), m.number("probability"), _read_spans(m))
            for m in fields.objects("misconceptions")
        ),
        flags=tuple(Flagged(f.choice("flag", Flag), _read_spans(f)) for f in fields.objects("flags")),
        grader=fields.text("grader"),
    )


def _attempt(attempt: Attempt) -> Record:
    return {
        "id": attempt.id,
        "item": str(attempt.item),
        "graded_hash": attempt.graded_hash,
        "mode": attempt.mode.value,
        "text": attempt.text,
        "grade": _grade(attempt.grade),
        "points": dict(attempt.points),
        "submitted_at": moment_text(attempt.submitted_at),
        "seconds": _number(attempt.seconds),
        "follow_up": attempt.follow_up,
        "parent": attempt.parent,
        "numbers": _numbers(attempt.numbers),
    }


def _read_attempt(fields: Fields) -> Attempt:
    return Attempt(
        id=fields.text("id"),
        item=fields.item("item"),
        graded_hash=fields.text("graded_hash"),
        mode=fields.choice("mode", Mode),
        text=fields.text("text"),
        grade=_read_grade(fields.inner("grade")),
        points=fields.counts("points"),
        submitted_at=fields.moment("submitted_at"),
        seconds=fields.number("seconds"),
        follow_up=fields.optional_text("follow_up"),
        parent=fields.optional_text("parent"),
        numbers=fields.optional_numbers("numbers"),
    )


def _review(review: Review) -> Record:
    return {
        "id": review.id,
        "item": str(review.item),
        "attempt": review.attempt,
        "at": moment_text(review.at),
        "rating": review.rating.value,
        "source": review.source.value,
        "map_version": review.map_version,
        "raw_score": _number(review.raw_score),
        "predicted_recall": None if review.predicted_recall is None else _number(review.predicted_recall),
        "model": review.model,
        "replaces": review.replaces,
    }


def _read_review(fields: Fields) -> Review:
    return Review(
        id=fields.text("id"),
        item=fields.item("item"),
        attempt=fields.text("attempt"),
        at=fields.moment("at"),
        rating=fields.choice("rating", Rating),
        source=fields.choice("source", RatingSource),
        map_version=fields.text("map_version"),
        raw_score=fields.number("raw_score"),
        predicted_recall=fields.optional_number("predicted_recall"),
        model=fields.text("model"),
        replaces=fields.optional_text("replaces"),
    )


def _appeal(appeal: Appeal) -> Record:
    return {
        "id": appeal.id,
        "attempt": appeal.attempt,
        "criterion": appeal.criterion,
        "at": moment_text(appeal.at),
        "note": appeal.note,
        "withdraws": appeal.withdraws,
    }


def _read_appeal(fields: Fields) -> Appeal:
    return Appeal(
        id=fields.text("id"),
        attempt=fields.text("attempt"),
        criterion=fields.text("criterion"),
        at=fields.moment("at"),
        note=fields.text("note"),
        withdraws=fields.optional_text("withdraws"),
    )


def _draft(draft: Draft) -> Record:
    return {
        "item": str(draft.item),
        "writer": draft.writer,
        "text": draft.text,
        "updated_at": moment_text(draft.updated_at),
        "opened_at": moment_text(draft.opened_at),
        "submission": None if draft.submission is None else _submission(draft.submission),
        "numbers": _numbers(draft.numbers),
    }


def _submission(submission: Submission) -> Record:
    return {
        "attempt_id": submission.attempt_id,
        "submitted_at": moment_text(submission.submitted_at),
        "seconds": _number(submission.seconds),
        "follow_up": submission.follow_up,
        "parent": submission.parent,
    }


def _read_draft(fields: Fields) -> Draft:
    submission = fields.optional_inner("submission")
    return Draft(
        item=fields.item("item"),
        writer=fields.text("writer"),
        text=fields.text("text"),
        updated_at=fields.moment("updated_at"),
        opened_at=fields.moment("opened_at"),
        submission=None
        if submission is None
        else Submission(
            attempt_id=submission.text("attempt_id"),
            submitted_at=submission.moment("submitted_at"),
            seconds=submission.number("seconds"),
            follow_up=submission.optional_text("follow_up"),
            parent=submission.optional_text("parent"),
        ),
        numbers=fields.optional_numbers("numbers"),
    )


_READERS: dict[str, Callable[[Fields], Stored]] = {
    "attempt": _read_attempt,
    "review": _read_review,
    "appeal": _read_appeal,
    "draft": _read_draft,
    "submission": read_submission,
    "disclosure": read_disclosure,
    "lab-run": read_run,
    "lab-measurement": read_kept,
    "lab-end": read_end,
    "prediction": read_prediction,
}

_WRITERS: dict[type[Stored], tuple[str, Callable[[Any], Record]]] = {
    Attempt: ("attempt", _attempt),
    Review: ("review", _review),
    Appeal: ("appeal", _appeal),
    Draft: ("draft", _draft),
    CodeSubmission: ("submission", submission_record),
    Disclosure: ("disclosure", disclosure_record),
    LabRun: ("lab-run", run_record),
    KeptMeasurement: ("lab-measurement", kept_record),
    LabEnd: ("lab-end", end_record),
    Prediction: ("prediction", prediction_record),
}
