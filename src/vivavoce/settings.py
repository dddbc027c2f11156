"""Every setting: its name, its default and one sentence. Each is set by an environment variable `VIVAVOCE_<NAME>`."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path

import platformdirs

from vivavoce.domain.errors import BadInputError

PREFIX = "VIVAVOCE_"


def _default_data_dir() -> Path:
    return Path(platformdirs.user_data_dir("vivavoce", appauthor=False))


@dataclass(frozen=True, slots=True)
class Settings:
    """What a user may change. Built once at start by `load_settings` and passed on."""

    data_dir: Path
    """Folder of the database, its backups, the local secret and what is kept of the bank for the next start."""
    database_url: str
    """SQLAlchemy URL; empty means `vivavoce.db` in the data folder."""
    packs: tuple[Path, ...]
    """Further folders with content packs, separated as in PATH."""
    port: int
    """Port of the web app; a free one is taken when it is in use."""
    new_per_day: int
    """How many questions never seen before are offered a day."""
    retention: float
    """Chance of recall at which a question comes back, 0.7 to 0.97."""
    role: str
    """The role you apply for; orders new questions by how likely they are asked."""
    editor: str
    """Editor for long answers in the terminal; empty means VISUAL or EDITOR."""

    @property
    def database(self) -> str | Path:
        """URL or file of the store."""
        return self.database_url or self.data_dir / "vivavoce.db"


ROLES = ("ml-engineer", "research-engineer", "research-scientist", "applied-scientist", "data-scientist")


def load_settings(environ: Mapping[str, str] = os.environ, *, data_dir: Path | None = None) -> Settings:
    """Settings from the environment. Raises `BadInputError` naming the variable and what would be right."""

    def get(name: str, default: str) -> str:
        return environ.get(PREFIX + name, default).strip()

    role = get("ROLE", ROLES[0])
    if role not in ROLES:
        raise BadInputError(f"{PREFIX}ROLE is {role!r}; it must be one of {', '.join(ROLES)}")
    return Settings(
        data_dir=data_dir or Path(get("DATA_DIR", "") or _default_data_dir()).expanduser(),
        database_url=get("DATABASE_URL", ""),
        packs=tuple(Path(p).expanduser() for p in get("PACKS", "").split(os.pathsep) if p),
        port=_whole("PORT", get("PORT", "8765"), 1, 65535),
        new_per_day=_whole("NEW_PER_DAY", get("NEW_PER_DAY", "8"), 0, 500),
        retention=_number("RETENTION", get("RETENTION", "0.9"), 0.7, 0.97),
        role=role,
        editor=get("EDITOR", "") or environ.get("VISUAL", "") or environ.get("EDITOR", ""),
    )


def setting_names() -> tuple[str, ...]:
    """The environment variables that exist."""
    return tuple(PREFIX + f.name.upper() for f in fields(Settings))


def _whole(name: str, text: str, low: int, high: int) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 10 and low <= int(text) <= high):
        raise BadInputError(f"{PREFIX}{name} is {text!r}; it must be a whole number from {low} to {high}")
    return int(text)


def _number(name: str, text: str, low: float, high: float) -> float:
    try:
        value = float(text)
    except ValueError:
        value = float("nan")
    if not low <= value <= high:
        raise BadInputError(f"{PREFIX}{name} is {text!r}; it must be a number from {low:g} to {high:g}")
    return value
