"""A fresh store of each backend. PostgreSQL is started from the distribution's binaries, or reported as missing."""

from __future__ import annotations

import glob
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import Connection, Engine, create_engine, text
from sqlalchemy.exc import OperationalError

from vivavoce.storage.store import SqlStore, open_store

START_SECONDS = 30
PASSWORD = "not-to-be-shown"
"""Not asked for by this server; here so that tests can see whether a message shows it."""


class Postgres:
    """A running server, reached by a socket in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._free: list[str] = []

    def url(self, name: str) -> str:
        return f"postgresql://viva:{PASSWORD}@/{name}?host={self._folder}"

    @contextmanager
    def database(self) -> Iterator[str]:
        """The URL of an empty database, used again afterwards: making one copies seven megabytes."""
        name = self._free.pop() if self._free else "t" + uuid.uuid4().hex
        with self._connect("postgres") as connection:
            if not connection.execute(text(f"SELECT 1 FROM pg_database WHERE datname = '{name}'")).first():
                connection.execute(text(f"CREATE DATABASE {name}"))
        yield self.url(name)
        with self._connect(name) as connection:
            others = "datname = current_database() AND pid <> pg_backend_pid()"
            connection.execute(text(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE {others}"))
            connection.execute(text("DROP SCHEMA public CASCADE"))
            connection.execute(text("CREATE SCHEMA public"))
        self._free.append(name)

    @contextmanager
    def _connect(self, name: str) -> Iterator[Connection]:
        engine = create_engine(_driver(self.url(name)), isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            yield connection
        engine.dispose()


def _driver(url: str) -> str:
    return url.replace("postgresql:", "postgresql+psycopg:")


def _binaries() -> Path | None:
    """The folder that holds both initdb and postgres."""
    found = [Path(p).resolve().parent for p in [shutil.which("postgres")] if p]
    places = ("/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin", "/opt/homebrew/opt/postgresql*/bin")
    found += [Path(p) for place in places for p in sorted(glob.glob(place), reverse=True)]
    return next((p for p in found if (p / "initdb").exists() and (p / "postgres").exists()), None)


def _user() -> str | None:
    """Whom to run the server as: it refuses to run as root."""
    if os.geteuid() != 0:
        return None
    names = {entry.pw_name for entry in pwd.getpwall()}
    return next((name for name in ("postgres", "nobody") if name in names), "")


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    binaries, user = _binaries(), _user()
    if binaries is None:
        pytest.skip("PostgreSQL is not installed (no initdb and postgres found), so the contract is not checked on it")
    if user == "":
        pytest.skip("PostgreSQL does not run as root, and there is no user postgres or nobody to run it as")
    # Not in pytest's own folder: the path of a socket may have 107 bytes at most.
    folder = Path(tempfile.mkdtemp(prefix="viva-pg-", dir="/tmp"))
    if user:
        shutil.chown(folder, user)
        folder.chmod(0o755)
    data, log = folder / "data", folder / "log"
    made = subprocess.run(
        [binaries / "initdb", "-D", data, "-U", "viva", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"],
        user=user,
        cwd=folder,
        capture_output=True,
        text=True,
    )
    if made.returncode:
        shutil.rmtree(folder, ignore_errors=True)
        pytest.skip(f"PostgreSQL could not be set up: {made.stderr.strip()[-300:]}")
    with log.open("w") as output:
        server = subprocess.Popen(
            [binaries / "postgres", "-D", data, "-k", folder, "-h", "", "-F"],
            user=user,
            cwd=folder,
            stdout=output,
            stderr=output,
        )
    try:
        started = Postgres(folder)
        _wait(started, server, log)
        yield started
    finally:
        server.send_signal(signal.SIGQUIT)  # immediate: nothing in it is worth keeping
        server.wait(timeout=30)
        shutil.rmtree(folder, ignore_errors=True)


def _wait(started: Postgres, server: subprocess.Popen[bytes], log: Path) -> None:
    engine = create_engine(_driver(started.url("postgres")))
    deadline = time.monotonic() + START_SECONDS
    while True:
        try:
            engine.connect().close()
        except OperationalError:
            if server.poll() is not None or time.monotonic() > deadline:
                pytest.fail(f"PostgreSQL did not start in {START_SECONDS} s:\n{log.read_text()[-2000:]}")
            time.sleep(0.1)
        else:
            engine.dispose()
            return


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of a database with nothing in it."""
    yield from _url(request, tmp_path / "data")


@pytest.fixture(params=["sqlite", "postgresql"])
def other_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A second one: of the same kind and of the other."""
    yield from _url(request, tmp_path / "other")


def _url(request: pytest.FixtureRequest, folder: Path) -> Iterator[str]:
    if request.param == "sqlite":
        yield f"sqlite:///{folder / 'vivavoce.db'}"
        return
    server: Postgres = request.getfixturevalue("postgres")
    with server.database() as url:
        yield url


@pytest.fixture
def engine(url: str) -> Iterator[Engine]:
    """Another program at the same database."""
    engine = create_engine(_driver(url))
    yield engine
    engine.dispose()


@pytest.fixture
def opened() -> Iterator[Callable[[str], SqlStore]]:
    """Opens stores and closes them at the end."""
    stores: list[SqlStore] = []

    def open_one(url: str) -> SqlStore:
        stores.append(open_store(url))
        return stores[-1]

    yield open_one
    for store in stores:
        store.close()


@pytest.fixture
def store(url: str, opened: Callable[[str], SqlStore]) -> SqlStore:
    return opened(url)


@pytest.fixture
def other(other_url: str, opened: Callable[[str], SqlStore]) -> SqlStore:
    return opened(other_url)
