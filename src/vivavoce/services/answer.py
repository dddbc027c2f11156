"""Submit an answer: keep it, grade it, rate it, reschedule, and save all of that at once.

What is submitted is first kept as a draft marked with its submission, then graded, then recorded with its review in
one transaction that also removes the draft. So an answer whose submit was interrupted, by a crash or `kill -9`, is
found again by `resume` and graded as if nothing had happened; and a submit that is repeated is one attempt.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass, replace

from vivavoce.domain.attempt import Attempt, AttemptRecord, Draft, Mode, Submission, question_points, score
from vivavoce.domain.drawn import as_asked
from vivavoce.domain.errors import AnswerRejectedError, UnknownItemError
from vivavoce.domain.estimate import Numbers
from vivavoce.domain.question import ALL_MET, Criterion, FollowUp, Question
from vivavoce.domain.review import RATING_MAP_VERSION, Rating, RatingSource, Review, derive_rating
from vivavoce.services.drafts import keep
from vivavoce.services.drawn import draft_name, next_numbers, require_drawn
from vivavoce.services.grading import grade_answer
from vivavoce.services.text import clean, require_answer, require_id
from vivavoce.services.workspace import Workspace

log = logging.getLogger("vivavoce.answer")


@dataclass(frozen=True, slots=True)
class Answer:
    """What a surface hands in."""

    item: str
    text: str
    attempt_id: str
    """Chosen by the surface when the question was opened; a repeated submit with it is the same attempt."""
    writer: str
    """The tab or terminal whose draft this is."""
    seconds: float = 0.0
    follow_up: str | None = None
    parent: str | None = None
    numbers: Numbers | None = None
    """With which the question was shown; without them, those that it would be shown with now."""


def submit(ws: Workspace, answer: Answer) -> AttemptRecord:
    """Grade and record `answer`.

    Raises `AnswerRejectedError` (the text stays a draft), `UnknownItemError` and the kinds of `StorageError`.
    """
    question = ws.question(answer.item)
    require_id("attempt", answer.attempt_id)
    require_id("writer", answer.writer)
    done = ws.store.attempt(answer.attempt_id)
    if done is not None:
        return done
    if answer.follow_up is not None:
        find_follow_up(question, answer.follow_up)
    parent = None if answer.parent is None else _require_parent(ws, question, answer.parent)
    numbers = _numbers(ws, question, answer, parent)
    writer = _draft_writer(answer, numbers)
    text = clean(answer.text)
    try:
        require_answer(text)
    except AnswerRejectedError:
        keep(ws, question.id, writer, text, numbers)
        raise
    now = ws.clock()
    seconds = max(0.0, min(answer.seconds, 86_400.0))
    submission = Submission(answer.attempt_id, now, seconds, answer.follow_up, answer.parent)
    draft = Draft(question.id, writer, text, now, now, submission, numbers)
    ws.store.save_draft(draft)
    return _finish(ws, draft, submission)


def resume(ws: Workspace) -> tuple[AttemptRecord, ...]:
    """Grade what was submitted and not recorded. One that fails again stays where it is and never stops the others."""
    finished = []
    for draft in ws.store.drafts():
        if draft.submission is None:
            continue
        try:
            finished.append(_finish(ws, draft, draft.submission))
        except Exception as error:  # of the grader too: one text that it cannot read is no reason to lose the others
            log.warning("a submitted answer to %s has no grade yet: %s", draft.item, error)
    return tuple(finished)


def resume_one(ws: Workspace, attempt_id: str) -> AttemptRecord:
    """The attempt of that id, graded now if its submit was interrupted. Raises `UnknownItemError`."""
    record = ws.store.attempt(attempt_id)
    if record is not None:
        return record
    for draft in ws.store.drafts():
        if draft.submission is not None and draft.submission.attempt_id == attempt_id:
            return _finish(ws, draft, draft.submission)
    raise UnknownItemError("attempt", attempt_id)


def _finish(ws: Workspace, draft: Draft, submission: Submission) -> AttemptRecord:
    question = as_asked(ws.question(draft.item), draft.numbers)
    criteria, points, prompt = question.criteria, question_points(question), question.prompt
    if submission.follow_up is not None:
        follow_up = find_follow_up(question, submission.follow_up)
        criterion = follow_up_criterion(question, follow_up)
        criteria, points, prompt = (criterion,), {criterion.id: criterion.points}, follow_up.ask
    grade = grade_answer(
        ws.grader, draft.text, prompt=prompt, criteria=criteria, misconceptions=question.misconceptions
    )
    attempt = Attempt(
        id=submission.attempt_id,
        item=question.id,
        graded_hash=question.graded_hash,
        mode=Mode.FOLLOW_UP if submission.follow_up else Mode.PRACTICE,
        text=draft.text,
        grade=grade,
        points=points,
        submitted_at=submission.submitted_at,
        seconds=submission.seconds,
        follow_up=submission.follow_up,
        parent=submission.parent,
        numbers=draft.numbers,
    )
    review = None if submission.follow_up else _review(ws, question, attempt)
    ws.store.record(attempt, review, writer=draft.writer)
    recorded = ws.store.attempt(attempt.id)
    return recorded or AttemptRecord(attempt)


def _review(ws: Workspace, question: Question, attempt: Attempt) -> Review:
    card = ws.cards().get(question.id)
    points = score(attempt.points, attempt.grade)
    return Review(
        id=ws.new_id(),
        item=question.id,
        attempt=attempt.id,
        at=attempt.submitted_at,
        rating=derived_rating(question, attempt, first_exposure=card is None),
        source=RatingSource.DERIVED,
        map_version=RATING_MAP_VERSION,
        raw_score=points.fraction,
        predicted_recall=ws.scheduler.retrievability(card, attempt.submitted_at) if card else None,
        model=ws.scheduler.model,
    )


def derived_rating(
    question: Question, attempt: Attempt, *, first_exposure: bool, claimed: frozenset[str] = frozenset()
) -> Rating:
    """The rating that the score of an attempt gives, with `claimed` criteria counted."""
    must_have = frozenset(c.id for c in question.criteria if c.must_have) - claimed
    points = score(attempt.points, attempt.grade, claimed)
    return derive_rating(points, attempt.grade, must_have, first_exposure=first_exposure)


def follow_up_criterion(question: Question, follow_up: FollowUp) -> Criterion:
    """What the answer to a follow-up is graded by: its criterion, the answer one wants to hear among the wordings."""
    deeper = follow_up.when == ALL_MET and follow_up.criterion is not None
    criterion = follow_up.criterion if deeper else question.criterion(follow_up.when)
    if criterion is None:
        raise UnknownItemError("criterion", follow_up.when)
    return replace(criterion, paraphrases=(*criterion.paraphrases, follow_up.answer), parts={})


def find_follow_up(question: Question, follow_up_id: str) -> FollowUp:
    """Raises `UnknownItemError`."""
    for follow_up in question.follow_ups:
        if follow_up.id == follow_up_id:
            return follow_up
    raise UnknownItemError("follow-up", follow_up_id, tuple(f.id for f in question.follow_ups))


def _require_parent(ws: Workspace, question: Question, parent: str) -> AttemptRecord:
    record = ws.store.attempt(parent)
    if record is None or record.attempt.item != question.id:
        raise UnknownItemError(f"attempt at {question.id}", parent)
    return record


def _numbers(ws: Workspace, question: Question, answer: Answer, parent: AttemptRecord | None) -> Numbers | None:
    """With which the answer is graded: a follow-up goes on with those of its question."""
    if question.estimate is None:
        return None
    if parent is not None:
        return parent.attempt.numbers
    return next_numbers(ws, question) if answer.numbers is None else require_drawn(question, answer.numbers)


def _draft_writer(answer: Answer, numbers: Numbers | None) -> str:
    return f"{answer.writer}:{answer.follow_up}" if answer.follow_up else draft_name(answer.writer, numbers)
