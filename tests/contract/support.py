"""Values to store: one of everything, and some that have broken databases before."""

from __future__ import annotations

import dataclasses
from datetime import UTC, datetime, timedelta

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
from vivavoce.domain.exercise import Confinement, Failure, Framework, JudgeReport, Outcome, TestResult
from vivavoce.domain.ids import ItemId
from vivavoce.domain.lab import Effect, Measurement, Origin, Points, Ruled, RunState
from vivavoce.domain.lab import Outcome as LabOutcome
from vivavoce.domain.lab_run import KeptMeasurement, LabEnd, LabRun, Prediction, Way
from vivavoce.domain.review import Rating, RatingSource, Review
from vivavoce.domain.submission import CodeSubmission, Disclosure, DisclosureKind
from vivavoce.storage.store import SqlStore

WHY = ItemId("dropout", "why-scale")
WHEN = ItemId("dropout", "when-off")
DRAWN = {"k": 3, "rate": 0.1, "width": 10**12, "scale": 2.0}
NOON = datetime(2026, 11, 21, 12, 0, 0, 123456, tzinfo=UTC)
HOUR = timedelta(hours=1)
NASTY = "כן, ‮abc‬ 🙂 é \u0301 <script>alert(1)</script> '; DROP TABLE attempts; -- %s \\ \t\r\n￿ \x01 \x7f"
GRADE = Grade(
    verdicts=(
        Verdict("a", VerdictKind.MET, 0.9, (Span(0, 2), Span(3, 4)), (PartVerdict("p", True, 1.0),)),
        Verdict("b", VerdictKind.CONTRADICTED, 0.1, (Span(1, 2),), (), "m"),
        Verdict("c", VerdictKind.MISSED, 1e-300),
    ),
    misconceptions=(MisconceptionFound("m", 1 / 3, (Span(0, 1),)),),
    flags=(Flagged(Flag.INSTRUCTION, (Span(0, 1),)), Flagged(Flag.OFF_TOPIC)),
    grader="local-1",
)


def an_attempt(name: str = "a1", item: ItemId = WHY, at: datetime = NOON, words: str = "hello") -> Attempt:
    return Attempt(name, item, "h", Mode.PRACTICE, words, GRADE, {"c": 1, "a": 2, "b": 3}, at, 61.25)


def a_review(name: str = "r1", attempt: str = "a1", item: ItemId = WHY, replaces: str | None = None) -> Review:
    return Review(
        name, item, attempt, NOON, Rating.GOOD, RatingSource.DERIVED, "2026-11", 0.1 + 0.2, None, "fsrs-6.3.2", replaces
    )


def a_draft(item: ItemId = WHY, writer: str = "tab", words: str = "half", at: datetime = NOON) -> Draft:
    return Draft(item, writer, words, at, at - HOUR)


def submitted_draft(attempt: str, item: ItemId = WHY, writer: str = "tab") -> Draft:
    return dataclasses.replace(a_draft(item, writer), submission=Submission(attempt, NOON, 1.5))


FAILURE = Failure("differs", {"x": NASTY}, "1", "2", (0, 3), 1e-300, NASTY, 7)
TESTS = (
    TestResult("example_a", "A", Outcome.PASSED, True, None, 0.25, 0.5, NASTY),
    TestResult("test_b", "B", Outcome.WRONG_VALUE, False, FAILURE, 1e-3, 2e-3),
)


def a_submission(
    name: str = "s1", item: ItemId = WHY, outcome: Outcome = Outcome.WRONG_VALUE, at: datetime = NOON
) -> CodeSubmission:
    tests = TESTS[:1] if outcome is Outcome.PASSED else TESTS if outcome is Outcome.WRONG_VALUE else ()
    report = JudgeReport(
        item,
        Framework.TORCH,
        outcome,
        tests,
        Confinement.CONFINED,
        "judge-1",
        {"variance": "biased"},
        "no-shift",
        "m",
        3,
    )
    return CodeSubmission(name, item, "h", Framework.TORCH, NASTY, report, at, 61.25, 2)


def a_disclosure(name: str = "d1", kind: DisclosureKind = DisclosureKind.HINT, detail: str = "1") -> Disclosure:
    return Disclosure(name, WHY, kind, detail, NOON)


LAB = ItemId("cnn", "shift-pooling")
ORIGIN = Origin(
    "h", "2026-11-21T12:00:00+00:00", {"python": "3.12"}, "a machine, 2 cores", {"shift": 2.0, "act": NASTY}
)


def a_lab_run(name: str = "run1", item: ItemId = LAB, at: datetime = NOON, origin: Origin = ORIGIN) -> LabRun:
    return LabRun(name, item, origin, (8, 16, 32), at)


def a_measurement(
    seed: int = 0, run: str = "run1", value: float = 0.25, taken_from: str | None = None
) -> KeptMeasurement:
    values = {"": {"pooling": {"unchanged": value}, "strides": {"unchanged": float("inf")}}}
    return KeptMeasurement(run, Measurement(seed, values, 1.5), taken_from)


def a_lab_end(run: str = "run1", state: RunState = RunState.FINISHED, at: datetime = NOON + HOUR) -> LabEnd:
    effect = Effect("", LabOutcome.REFUTED, 25.4, 19.7, None, 8, 0, 8, {"pooling": 1}, True)
    ruled = {"c": Ruled("c", LabOutcome.REFUTED, (effect,), (effect,), "because")}
    return LabEnd(run, state, at, 12.5, 0.98, ruled, NASTY, (Points("t", "x", "y", {"g": ((0.0, 1.0),)}),))


def a_prediction(name: str = "pr1", item: ItemId = LAB, at: datetime = NOON) -> Prediction:
    return Prediction(name, item, "c", "", Way.BELOW, 2, 0.85, at)


def fill(store: SqlStore) -> None:
    """One of everything."""
    store.record(an_attempt(), a_review(), writer=None)
    second = dataclasses.replace(an_attempt("a2", WHEN, NOON + HOUR, NASTY), numbers=DRAWN)
    store.record(second, a_review("r2", "a2", WHEN), writer=None)
    follow_up = dataclasses.replace(an_attempt("a3"), mode=Mode.FOLLOW_UP, follow_up="deeper", parent="a1")
    store.record(follow_up, None, writer=None)
    override = dataclasses.replace(a_review("r3", replaces="r1"), source=RatingSource.OVERRIDE, predicted_recall=0.7)
    store.add_review(override)
    store.add_appeal(Appeal("p1", "a1", "b", NOON, "I did"))
    store.add_appeal(Appeal("p2", "a1", "b", NOON, "", withdraws="p1"))
    store.save_draft(a_draft())
    submission = Submission("a9", NOON, 3.5, "deeper", "a2")
    store.save_draft(dataclasses.replace(a_draft(WHEN), submission=submission, numbers=DRAWN))
    store.code.record(a_submission())
    store.code.record(a_submission("s2", WHEN, Outcome.PASSED, NOON + HOUR))
    store.code.disclose(a_disclosure())
    store.labs.begin(a_lab_run())
    store.labs.begin(a_lab_run("run2", at=NOON + HOUR))
    store.labs.keep([a_measurement(0), a_measurement(1)])
    store.labs.end(a_lab_end())
    store.labs.predict(a_prediction())
