"""What works here and what does not, with what to do about it."""

from __future__ import annotations

import os
import platform
import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from importlib.metadata import PackageNotFoundError, version

from rapidfuzz import process

from vivavoce import __version__
from vivavoce.domain.errors import VivavoceError
from vivavoce.domain.exercise import Confinement, Framework
from vivavoce.plugins import make_grader
from vivavoce.services.judge_host import JudgeHost, advice
from vivavoce.services.lab_needs import how_to_install, missing
from vivavoce.services.workspace import open_library
from vivavoce.settings import PREFIX, Settings, setting_names
from vivavoce.storage.store import open_store

LIBRARIES = ("numpy", "sqlalchemy", "alembic", "fsrs", "starlette", "uvicorn", "typer", "rich", "pydantic", "psycopg")


class State(StrEnum):
    OK = "ok"
    WARNING = "warning"
    PROBLEM = "problem"


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the report."""

    name: str
    state: State
    found: str
    remedy: str = ""


def examine(settings: Settings, environ: Mapping[str, str] = os.environ) -> tuple[Finding, ...]:
    """Look at everything that the program needs. Never raises: a failure is a finding."""
    checks: tuple[tuple[str, Callable[[], Finding]], ...] = (
        ("vivavoce", lambda: Finding("vivavoce", State.OK, f"{__version__} on Python {platform.python_version()}")),
        (
            "system",
            lambda: Finding("system", State.OK, f"{platform.system()} {platform.release()} {platform.machine()}"),
        ),
        ("libraries", _libraries),
        ("settings", lambda: _settings(environ)),
        ("data folder", lambda: _data_folder(settings)),
        ("database", lambda: _database(settings)),
        ("bank", lambda: _bank(settings)),
        ("grader", _grader),
        ("judge", _judge),
        ("pytorch", _pytorch),
        ("labs", lambda: _labs(settings)),
        ("full-text search", _fts),
        ("editor", lambda: _editor(settings)),
        ("postgresql driver", _postgres),
    )
    return tuple(_guarded(name, check) for name, check in checks)


def _guarded(name: str, check: Callable[[], Finding]) -> Finding:
    try:
        return check()
    except VivavoceError as error:
        return Finding(name, State.PROBLEM, str(error))
    except Exception as error:
        return Finding(name, State.PROBLEM, f"{type(error).__name__}: {error}", "please report this")


def _libraries() -> Finding:
    found = []
    for name in LIBRARIES:
        try:
            found.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            continue
    return Finding("libraries", State.OK, ", ".join(found))


def _settings(environ: Mapping[str, str]) -> Finding:
    known = setting_names()
    given = sorted(name for name in environ if name.startswith(PREFIX))
    for name in given:
        if name not in known:
            near = process.extractOne(name, known)
            meant = f"; did you mean {near[0]}?" if near else ""
            return Finding(
                "settings", State.WARNING, f"{name} is no setting{meant}", "docs/users/commands.md lists them"
            )
    return Finding("settings", State.OK, ", ".join(given) or "all as they come")


def _data_folder(settings: Settings) -> Finding:
    folder = settings.data_dir
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=folder):
            free = shutil.disk_usage(folder).free
    except OSError as error:
        remedy = f"make it writable for you, or choose another folder with {PREFIX}DATA_DIR"
        return Finding("data folder", State.PROBLEM, f"{folder} cannot be written ({error.strerror})", remedy)
    if free < 100 * 2**20:
        return Finding("data folder", State.WARNING, f"{folder}, {free / 2**20:.0f} MB free", "free some disk space")
    return Finding("data folder", State.OK, f"{folder}, {free / 2**30:.1f} GB free")


def _database(settings: Settings) -> Finding:
    store = open_store(settings.database)
    try:
        info = store.info()
    finally:
        store.close()
    found = (
        f"{info.backend} at {info.location}, revision {info.revision}, {info.attempts} attempts, "
        f"{info.reviews} reviews, {info.lab_runs} runs of labs"
    )
    return Finding("database", State.OK, found)


def _bank(settings: Settings) -> Finding:
    library = open_library(settings)
    shelf = library.current()
    missing = [f"{p.origin}: {p.problem}" for p in library.packs if p.problem]
    concepts, questions = len(shelf.bank.concepts), len(shelf.bank.questions)
    code = f"{len(shelf.bank.exercises)} exercises, {len(shelf.bank.cases)} cases, {len(shelf.bank.labs)} labs"
    found = f"{concepts} concepts, {questions} questions, {code} from {len(library.folders)} pack(s)"
    if missing or shelf.diagnostics:
        count = len(shelf.diagnostics)
        problems = "; ".join(missing) or f"{count} problem{'s' if count != 1 else ''} in the content"
        return Finding("bank", State.WARNING, f"{found}; {problems}", "run `viva content check`")
    return Finding("bank", State.OK, found)


def _grader() -> Finding:
    grader = make_grader()
    grader.warm_up()
    details = getattr(grader, "details", lambda: "")()
    return Finding("grader", State.OK, f"{grader.name}{', ' + details if details else ''}")


def _judge() -> Finding:
    host = JudgeHost()
    try:
        level, found = host.confinement, host.describe()
    finally:
        host.close()
    if level is Confinement.LIMITED:
        return Finding(
            "judge", State.WARNING, found, "run code of other people on Linux with Landlock and seccomp only"
        )
    if level is Confinement.CONFINED:
        return Finding("judge", State.OK, found + " (level L2 needs bubblewrap and user namespaces)")
    return Finding("judge", State.OK, found)


def _pytorch() -> Finding:
    missing = advice(Framework.TORCH)
    if missing:
        return Finding("pytorch", State.WARNING, "PyTorch variants of exercises cannot run", missing)
    return Finding("pytorch", State.OK, version("torch"))


def _labs(settings: Settings) -> Finding:
    labs = open_library(settings).bank.labs.values()
    lacking = {lab.id: missing(lab) for lab in labs}
    idle = sum(bool(names) for names in lacking.values())
    if idle:
        packages = tuple(dict.fromkeys(name for names in lacking.values() for name in names))
        found = f"{idle} of {len(lacking)} labs cannot run here; their recorded results are shown"
        return Finding("labs", State.WARNING, found, how_to_install(packages))
    return Finding("labs", State.OK, f"all {len(lacking)} can run")


def _fts() -> Finding:
    connection = sqlite3.connect(":memory:")
    try:
        connection.execute("CREATE VIRTUAL TABLE probe USING fts5(words)")
    except sqlite3.OperationalError:
        return Finding(
            "full-text search", State.WARNING, "this Python's SQLite has no FTS5", "search falls back to plain matching"
        )
    finally:
        connection.close()
    return Finding("full-text search", State.OK, f"SQLite {sqlite3.sqlite_version} with FTS5")


def _editor(settings: Settings) -> Finding:
    if settings.editor and shutil.which(settings.editor.split()[0]):
        return Finding("editor", State.OK, settings.editor)
    if settings.editor:
        return Finding("editor", State.WARNING, f"{settings.editor!r} is not on the PATH", "set EDITOR to one that is")
    return Finding("editor", State.WARNING, "none set", "set EDITOR to write long answers in it")


def _postgres() -> Finding:
    try:
        return Finding("postgresql driver", State.OK, f"psycopg {version('psycopg')}")
    except PackageNotFoundError:
        return Finding(
            "postgresql driver", State.OK, "not installed (only needed for a PostgreSQL database: extra `server`)"
        )
