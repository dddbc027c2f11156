"""`kill -9` at any moment of submit loses no submitted answer and leaves nothing half-written."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.services.support import SayingGrader
from vivavoce.plugins import PackFolder, core_pack, make_scheduler
from vivavoce.services.answer import resume
from vivavoce.services.library import Library
from vivavoce.services.workspace import Workspace
from vivavoce.settings import load_settings
from vivavoce.storage.store import open_store

KILLS = 50

CHILD = """
import sys, time
from pathlib import Path
from tests.services.support import ITEM, SayingGrader
from tests.services.test_kill import workspace
from vivavoce.services.answer import Answer, submit

folder, start = Path(sys.argv[1]), int(sys.argv[2])

class Slow(SayingGrader):
    def grade(self, *args, **kwargs):
        time.sleep(0.003)
        return super().grade(*args, **kwargs)

ws = workspace(folder, Slow())
submit(ws, Answer(ITEM, f"answer number {start}", f"a{start}", f"tab{start}"))
print("ready", flush=True)
print(f"submit {start}", flush=True)
print(f"done {start}", flush=True)
for n in range(start + 1, start + 10_000):
    print(f"submit {n}", flush=True)
    submit(ws, Answer(ITEM, f"answer number {n}", f"a{n}", f"tab{n}"))
    print(f"done {n}", flush=True)
"""


def workspace(folder: Path, grader: SayingGrader) -> Workspace:
    """As the program would open it after a crash."""
    settings = load_settings({}, data_dir=folder)
    return Workspace(
        settings=settings,
        library=Library([PackFolder("core", core_pack())]),
        grader=grader,
        scheduler=make_scheduler(settings.retention),
        store=open_store(settings.database),
    )


def _run_and_kill(folder: Path, start: int, after: float) -> list[str]:
    child = subprocess.Popen(
        [sys.executable, "-c", CHILD, str(folder), str(start)],
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[2],
    )
    assert child.stdout is not None
    with child.stdout as stream:
        try:
            assert stream.readline() == "ready\n"
            time.sleep(after)
        finally:
            child.kill()
        lines = stream.read().splitlines()
        child.wait()
    return lines


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_fifty_kills_at_random_moments_lose_no_submitted_answer(tmp_path: Path) -> None:
    chance = random.Random(20260301)
    done: set[int] = set()
    handed: set[int] = set()
    interrupted = 0
    for kill in range(KILLS):
        lines = [line.split() for line in _run_and_kill(tmp_path, kill * 10_000, chance.uniform(0, 0.2))]
        now_done = {int(n) for word, n in (x for x in lines if len(x) == 2) if word == "done"}
        now_handed = {int(n) for word, n in (x for x in lines if len(x) == 2) if word == "submit"}
        done |= now_done
        handed |= now_handed
        interrupted += len(now_handed - now_done)
    with workspace(tmp_path, SayingGrader()) as ws:
        waiting = {d.submission.attempt_id for d in ws.store.drafts() if d.submission}
        before = {r.attempt.id for r in ws.store.attempts()}
        resume(ws)
        records = ws.store.attempts()
        reviews = ws.store.reviews()
        assert ws.store.drafts() == ()
    kept = {r.attempt.id: r for r in records}
    assert {f"a{n}" for n in done} <= before, "an acknowledged answer is gone"
    assert set(kept) == before | waiting, "a kept submission was not finished"
    assert set(kept) <= {f"a{n}" for n in handed}
    assert all(r.attempt.text == f"answer number {i[1:]}" for i, r in kept.items())
    assert sorted(r.attempt for r in reviews) == sorted(kept), "an attempt without its review, or twice"
    assert interrupted >= KILLS // 2, "too few kills hit a submit; the test would prove little"
    assert len(waiting) >= KILLS // 10, "too few kills fell between keeping and grading"
