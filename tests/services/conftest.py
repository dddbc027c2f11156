"""A workspace over a temporary store and the real bank."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.services.support import Clock, SayingGrader
from vivavoce.plugins import PackFolder, core_pack, make_scheduler
from vivavoce.services.library import Library
from vivavoce.services.workspace import Workspace
from vivavoce.settings import load_settings
from vivavoce.storage.store import open_store


@pytest.fixture(scope="session")
def library() -> Library:
    return Library([PackFolder("core", core_pack())])


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def grader() -> SayingGrader:
    return SayingGrader()


@pytest.fixture
def ws(tmp_path: Path, library: Library, clock: Clock, grader: SayingGrader) -> Iterator[Workspace]:
    settings = load_settings({}, data_dir=tmp_path)
    numbers = itertools.count(1)
    workspace = Workspace(
        settings=settings,
        library=library,
        grader=grader,
        scheduler=make_scheduler(settings.retention),
        store=open_store(settings.database),
        clock=clock,
        new_id=lambda: f"id{next(numbers)}",
    )
    with workspace:
        yield workspace
