"""Several programs at one database, and programs that are killed: nothing is lost and nothing is half-written."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable

import pytest

from vivavoce.storage.store import SqlStore

KILLS = 15
SEED = 20261121

RECORDER = """
import os
import sys
from datetime import UTC, datetime
from vivavoce.domain.attempt import Attempt, Draft, Grade, Mode, Submission, Verdict, VerdictKind
from vivavoce.domain.ids import ItemId
from vivavoce.domain.review import Rating, RatingSource, Review
from vivavoce.storage.store import open_store

url, first, count = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
store, item, tab = open_store(url), ItemId("dropout", "why-scale"), f"tab {os.getpid()}"
print("ready", flush=True)
for number in range(first, first + count):
    now = datetime.now(UTC)
    name, words = f"a{number}", f"answer {number} " + "x" * 3000
    store.save_draft(Draft(item, tab, words, now, now, Submission(name, now, 1.0)))
    print("draft", number, flush=True)
    grade = Grade((Verdict("a", VerdictKind.MISSED, 0.1),), grader="local-1")
    attempt = Attempt(name, item, "h", Mode.PRACTICE, words, grade, {"a": 1}, now, 1.0)
    review = Review(f"r{number}", item, name, now, Rating.GOOD, RatingSource.DERIVED, "1", 0.5, None, "fsrs-6.3.2")
    is_new = store.record(attempt, review, writer=tab)
    print("recorded" if is_new else "there", number, flush=True)
"""


@pytest.mark.skipif(os.name != "posix", reason="kill -9 is POSIX")
def test_nothing_confirmed_is_lost_and_nothing_is_half_written_when_killed_at_any_moment(
    url: str, opened: Callable[[str], SqlStore]
) -> None:
    chance = random.Random(SEED)
    confirmed: set[int] = set()
    drafted = -1
    following = 0
    for _ in range(KILLS):
        lines = _run_and_kill(url, following, after=chance.uniform(0.0, 0.15))
        confirmed |= {int(n) for what, n in lines if what == "recorded"}
        drafted = max([int(n) for what, n in lines if what == "draft"], default=drafted)
        store = opened(url)
        attempts = {int(r.attempt.id[1:]): r.attempt.text for r in store.attempts()}
        assert confirmed <= set(attempts), f"lost {sorted(confirmed - set(attempts))}"
        assert all(words == f"answer {n} " + "x" * 3000 for n, words in attempts.items())
        assert {int(r.attempt[1:]) for r in store.reviews()} == set(attempts)
        drafts = {int(d.submission.attempt_id[1:]) for d in store.drafts() if d.submission}
        assert drafts.isdisjoint(attempts), "a recorded answer is still a draft"
        assert drafted in attempts or drafted in drafts or drafted == -1, f"submission {drafted} is lost"
        store.close()
        following = max({-1, drafted, *attempts, *drafts}) + 1
    assert len(confirmed) >= KILLS, "too few were recorded for the test to say anything"


def test_programs_that_open_a_new_database_and_record_the_same_attempts_at_once_record_each_once(
    url: str, opened: Callable[[str], SqlStore]
) -> None:
    recorders = [_start(url, 0, 40) for _ in range(3)]
    lines = [line.split() for recorder in recorders for line in recorder.communicate()[0].splitlines()]
    assert [recorder.returncode for recorder in recorders] == [0, 0, 0]
    recorded = [int(line[1]) for line in lines if line[0] == "recorded"]
    there = [int(line[1]) for line in lines if line[0] == "there"]
    assert sorted(recorded) == list(range(40))
    assert len(there) == 80
    store = opened(url)
    assert len(store.attempts()) == len(store.reviews()) == 40
    assert store.drafts() == ()


def _start(url: str, first: int, count: int) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", RECORDER, url, str(first), str(count)],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )


def _run_and_kill(url: str, first: int, after: float) -> list[tuple[str, str]]:
    recorder = _start(url, first, 100_000)
    assert recorder.stdout is not None
    assert recorder.stdout.readline() == "ready\n"
    time.sleep(after)
    recorder.send_signal(signal.SIGKILL)
    said, _ = recorder.communicate()
    # A last line without its end was being written when the process died; what it says was done before.
    return [
        (words[0], words[1])
        for line in said.splitlines(keepends=True)
        if line.endswith("\n") and (words := line.split())
    ]
